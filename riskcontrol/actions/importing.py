"""Taking in a year's control plan from a file."""

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import rules
from ..columns import as_rows
from ..models import (
    ControlActivity,
    ControlItem,
    ControlPlan,
    FollowUp,
    ItemFollowUp,
    PlanAdoption,
    Risk,
    RiskCategory,
    RiskScale,
)
from ..planfile import NUMBERS, PlanReader, read_plan
from ..scoring import Scale, as_data

TEXTS = ("text", "source", "cause", "effect", "responsible", "treatment", "decision", "analysis")


ITEM_FLAGS = ("is_mandatory", "needs_reports")


@transaction.atomic
def load_plan(content: bytes, *, by: User | None) -> ControlPlan:
    """Take in a plan whole (läs in), or not at all. `by` is None when the command does it.

    What was adopted or approved elsewhere is registered as that, without a paper of ours. Refused with every problem
    and its place, and when the year has a plan.
    """
    if by is not None:
        rules.check_can_keep(by)
    scales = {each.name: each.scale for each in RiskScale.objects.all()}
    categories = {each.name: each for each in RiskCategory.objects.all()}
    values = PlanReader(read_plan(content), scales, set(categories)).values()
    if ControlPlan.objects.filter(year=values["year"]).exists():
        raise Refused(f"Det finns redan en plan för {values['year']}. Inget har sparats.", field="file")
    plan = _plan(values)
    earlier = _earlier(plan)
    for number, row in enumerate(values["risks"], 1):
        _risk(plan, number, row, categories, earlier, by)
    if values["adopted"]:
        told = values["adopted"]
        PlanAdoption.objects.create(plan=plan, adopted_on=told["on"], decision=told["decision"], by=by)
    if values["follow_up"]:
        _follow_up(plan, values["follow_up"])
    record("control_plan.loaded", plan, by=by, number=len(values["risks"]))
    return plan


def _plan(values: dict) -> ControlPlan:
    kept = {"mandatory_words": values["mandatory_words"]} if values["mandatory_words"] else {}
    before = ControlPlan.objects.filter(year__lt=values["year"], next=None).order_by("-year").first()
    return ControlPlan.objects.create(
        year=values["year"],
        title=values["title"],
        intro=values["intro"],
        columns=as_rows(values["columns"]),
        scale=_scale(*values["scale"]) if values["scale"] else None,
        previous=before,
        **kept,
    )


def _scale(name: str, scale: Scale) -> RiskScale:
    """The board's scale of that name; refused when the file says something else of it."""
    row, is_new = RiskScale.objects.get_or_create(name=name, defaults=as_data(scale))
    if not is_new and row.scale != scale:
        raise Refused(
            f"Nämnden har redan en skala som heter ”{name}”, och den ser annorlunda ut. Ge filens ett annat namn."
        )
    return row


def _earlier(plan: ControlPlan) -> dict[str, Risk]:
    """The risks of the plan before, by what they are called."""
    risks = plan.previous.risks.filter(merged_into=None) if plan.previous else ()
    return {each.text.casefold(): each for each in reversed(list(risks))}


def _risk(plan: ControlPlan, number: int, row: dict, categories: dict, earlier: dict[str, Risk], by: User | None):
    facts = {name: row[name] for name in (*TEXTS, *NUMBERS)}
    follows = earlier.pop((row["follows"] or row["text"]).casefold(), None)
    risk = Risk.objects.create(
        plan=plan, number=number, category=categories.get(row["category"]), follows=follows, raised_by=by, **facts
    )
    if not row["in_plan"]:
        return
    item = ControlItem.objects.create(risk=risk, position=number, **{key: row[key] for key in ITEM_FLAGS})
    for control in row["controls"]:
        ControlActivity.objects.create(item=item, **control)


def _follow_up(plan: ControlPlan, told: dict):
    approved = told["approved"]
    made = FollowUp.objects.create(
        plan=plan,
        name=told["name"],
        followed_on=told["on"],
        assessment=told["assessment"],
        approved_on=approved["on"] if approved else None,
        decision=approved["decision"] if approved else "",
    )
    items = {item.risk.text: item for item in ControlItem.objects.filter(risk__plan=plan).select_related("risk")}
    for row in told["rows"]:
        text = row.pop("text")
        ItemFollowUp.objects.create(follow_up=made, item=items[text], **row)

"""From one year's plan to the next: what goes along, and what has changed since."""

from . import changes
from .models import ControlActivity, ControlItem, ControlPlan, ItemFollowUp, Risk
from .plan_table import cells_of, items_of

CARRIED = (
    *("text", "category", "source", "cause", "effect", "responsible", "responsible_body", "likelihood", "consequence"),
    *("treatment", "decision", "analysis"),
)
OF_ACTIVITY = ("method", "frequency", "schedule", "responsible", "responsible_person")


def carry_over(before: ControlPlan, after: ControlPlan, *, by, with_gross_list: bool, with_decisions: bool):
    """Copy the items, but for the mandatory ones, and the rest of the gross list when asked for.

    What a risk is worth after treatment is what it begins with the next year. `with_decisions` takes decision and
    analysis along, the latest follow-up's before the plan's; else the board says them anew.
    """
    items = list(items_of(before))
    chosen = {item.risk_id for item in items}
    told = latest_follow_ups(before)
    number = 0
    for item in (each for each in items if not each.is_mandatory):
        number += 1
        risk = _carry_risk(item.risk, after, number, by, told.get(item.pk), with_decisions)
        copied = ControlItem.objects.create(
            risk=risk, position=number, text=item.text, needs_reports=item.needs_reports
        )
        for activity in item.activities.all():
            facts = {name: getattr(activity, name) for name in OF_ACTIVITY}
            ControlActivity.objects.create(item=copied, **facts)
    if with_gross_list:
        rest = before.risks.filter(merged_into=None).exclude(pk__in=chosen).select_related("plan__scale")
        for place, risk in enumerate(rest, number + 1):
            _carry_risk(risk, after, place, by, None, with_decisions)


def _carry_risk(
    risk: Risk, plan: ControlPlan, number: int, by, told: ItemFollowUp | None, with_decisions: bool
) -> Risk:
    facts = {name: getattr(risk, name) for name in CARRIED}
    if risk.likelihood_after:
        facts |= {"likelihood": risk.likelihood_after, "consequence": risk.consequence_after}
    if told and told.next_responsible:
        facts |= {"responsible": told.next_responsible, "responsible_body": None}
    if not with_decisions:
        facts |= {"decision": "", "analysis": ""}
    elif told:
        facts |= {"decision": told.decision or risk.decision, "analysis": told.analysis or risk.analysis}
    if plan.scale_id != risk.plan.scale_id:
        facts |= {"likelihood": None, "consequence": None}
    made = Risk.objects.create(plan=plan, number=number, follows=risk, raised_by=by, **facts)
    made.activities.set(risk.activities.all())
    return made


def latest_follow_ups(plan: ControlPlan) -> dict[int, ItemFollowUp]:
    """What the latest follow-up that speaks of it says of each item, by the item's key."""
    rows = ItemFollowUp.objects.filter(follow_up__plan=plan).order_by("follow_up__followed_on", "follow_up__pk")
    return {row.item_id: row for row in rows if row.decision or row.analysis or row.next_responsible}


def changes_of(plan: ControlPlan) -> list[changes.Change]:
    """How the items of a plan differ from those of the plan that it builds on; nothing when it builds on none."""
    if plan.previous_id is None:
        return []
    rows = [_rows(each, plan) for each in (plan.previous, plan)]
    return changes.changes_between(*rows)


def _rows(of: ControlPlan, shown_as: ControlPlan) -> list[changes.Row]:
    """The items as rows of text under the headings of the newer plan, keyed by their risk."""
    columns = [column for column in shown_as.shown_columns if column.key != "text"]
    return [
        changes.Row(
            item.risk_id,
            item.risk.follows_id,
            str(item),
            {shown_as.shown_columns[0].heading: str(item)}
            | {column.heading: text for column, text in zip(columns, cells_of(item, columns), strict=True)},
        )
        for item in items_of(of)
    ]

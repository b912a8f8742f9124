"""The verbs of a year's plan: begun from last year's, adopted, taken back."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.documents.issuing import issue_paper, withdraw_paper
from enamnd.journal.record import record
from enamnd.newer import check_facts, standing
from enamnd.refusal import Refused
from meetings.models import Paragraph

from .. import carrying, paper, rules
from ..columns import as_rows, fact_of, read_columns, usual_columns, with_facts
from ..models import ControlPlan, PlanAdoption, RiskScale, WorkStep
from .risks import locked_plan


@transaction.atomic
def begin_plan(
    year: int,
    title: str,
    *,
    by: User,
    previous: ControlPlan | None = None,
    scale: RiskScale | None = None,
    with_gross_list: bool = False,
    with_decisions: bool = False,
) -> ControlPlan:
    """Begin a year's risk work (ny internkontrollplan), from the plan of an earlier year when there is one.

    From `previous` come scale, columns and introduction, and its items with what the latest follow-up said of them:
    another responsible, or the same. Mandatory items are of their year and stay there. `with_gross_list` takes the
    rest of the gross list along too, `with_decisions` what was decided and why. Refused when the year has a plan, or
    `previous` is not earlier.
    """
    rules.check_can_keep(by)
    if ControlPlan.objects.filter(year=year).exists():
        raise Refused(f"Det finns redan en plan för {year}. Öppna den i stället.", field="year")
    if previous and previous.year >= year:
        raise Refused(f"En plan för {year} kan inte bygga på planen för {previous.year}.", field="previous")
    if previous and hasattr(previous, "next"):
        raise Refused(f"Planen för {previous.next.year} bygger redan på {previous.year}.", field="previous")
    kept = {name: getattr(previous, name) for name in ("columns", "mandatory_words", "intro")} if previous else {}
    kept |= {"scale": scale or (previous.scale if previous else None)}
    plan = ControlPlan.objects.create(
        year=year, title=title.strip(), previous=previous, **{"columns": usual_columns()} | kept
    )
    if previous:
        carrying.carry_over(previous, plan, by=by, with_gross_list=with_gross_list, with_decisions=with_decisions)
    record("control_plan.begun", plan, by=by, previous=previous.year if previous else 0)
    return plan


@transaction.atomic
def change_plan(
    plan: ControlPlan, *, by: User, of_columns: Mapping | None = None, shown: Mapping | None = None, **facts
) -> ControlPlan:
    """Change title, introduction, scale or columns of a proposal. Refused when a value does not stand on the scale.

    `of_columns` are facts of columns by their names (columns.fact_of). `shown` is what the page showed of all facts:
    what somebody else has changed since is refused, as Newer.
    """
    rules.check_can_keep(by)
    plan = locked_plan(plan)
    rules.check_is_proposal(plan)
    columns, of_columns = plan.shown_columns, of_columns or {}

    def now(name: str):
        return fact_of(columns, name) if name in of_columns else standing(plan, name)

    check_facts(plan, {**facts, **of_columns}, shown or {}, now)
    if of_columns:
        facts["columns"] = as_rows(read_columns(as_rows(with_facts(columns, of_columns))))
    for name, value in facts.items():
        setattr(plan, name, value)
    _check_values(plan)
    plan.save()
    record("control_plan.changed", plan, by=by)
    return plan


def _check_values(plan: ControlPlan):
    scale = plan.scale.scale if plan.scale_id else None
    for risk in plan.risks.exclude(likelihood=None):
        try:
            rules.check_value(scale, risk.likelihood, risk.consequence)
        except Refused as refusal:
            raise Refused(
                f"Risk {risk.number} har ett värde: {refusal} Ändra värdet först.", field="scale"
            ) from refusal


@transaction.atomic
def add_step(plan: ControlPlan, *, by: User, **facts) -> WorkStep:
    """Keep what was done in the year's risk work, by whom and when."""
    rules.check_can_keep(by)
    rules.check_has_been(facts["done_on"], "done_on")
    step = WorkStep.objects.create(plan=plan, **facts)
    record("control_plan.step_added", plan, by=by, what=step.what)
    return step


@transaction.atomic
def remove_step(step: WorkStep, *, by: User):
    """Take away a step that was wrong. The history keeps it."""
    rules.check_can_keep(by)
    record("control_plan.step_removed", step.plan, by=by, what=step.what)
    step.delete()


def adopt_plan(
    plan: ControlPlan, adopted_on: date, *, by: User, paragraph: Paragraph | None = None, decision: str = ""
) -> PlanAdoption:
    """Say where the plan was adopted (anta). It is issued as a paper, and its items do not change any more.

    The paper is drawn before the transaction that keeps it; when the plan has changed meanwhile, nothing is kept.
    """
    rules.check_can_keep(by)
    plan = ControlPlan.objects.select_related("scale").get(pk=plan.pk)
    rules.check_can_adopt(plan, adopted_on, paragraph, decision)
    drawn = paper.compose_plan(plan, adopted=paper.adopted_words(adopted_on, paragraph, decision))
    content = paper.as_pdf(drawn)
    return _adopt(plan, adopted_on, drawn, content, by=by, paragraph=paragraph, decision=decision.strip())


@transaction.atomic
def _adopt(plan, adopted_on, drawn, content, *, by, paragraph, decision) -> PlanAdoption:
    plan = locked_plan(plan)
    rules.check_can_adopt(plan, adopted_on, paragraph, decision)
    now = paper.compose_plan(plan, adopted=paper.adopted_words(adopted_on, paragraph, decision))
    if not paper.is_same(drawn, now):
        raise Refused("Planen har just ändrats av någon annan. Se efter och anta den igen.")
    issued = issue_paper(content, kind="control_plan", title=plan.title, subject=plan, by=by)
    made = PlanAdoption.objects.create(
        plan=plan, adopted_on=adopted_on, paragraph=paragraph, decision=decision, paper=issued, by=by
    )
    record("control_plan.adopted", plan, by=by, on=long_date(adopted_on))
    return made


@transaction.atomic
def withdraw_adoption(plan: ControlPlan, reason: str, *, by: User) -> PlanAdoption:
    """Take back an adoption that was wrong (ta tillbaka). The paper says so from now on, and the plan is a proposal."""
    rules.check_can_keep(by)
    plan = locked_plan(plan)
    adoption = plan.adoptions.filter(withdrawn_at=None).first()
    if adoption is None:
        raise Refused("Planen är inte antagen.")
    if not reason.strip():
        raise Refused("Skriv varför antagandet tas tillbaka.", field="reason")
    adoption.withdrawn_at, adoption.withdrawn_because = timezone.now(), reason.strip()[:200]
    adoption.save()
    if adoption.paper:
        withdraw_paper(adoption.paper, adoption.withdrawn_because, by=by)
    record("control_plan.adoption_withdrawn", plan, by=by, reason=adoption.withdrawn_because)
    return adoption

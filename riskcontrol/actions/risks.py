"""The verbs of the gross list: risks are added, scored, merged, and given the board's own value."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.accounts.roles import Permission
from enamnd.journal.record import record
from enamnd.newer import check_facts
from enamnd.refusal import Problem, Refused

from .. import rules
from ..models import ControlPlan, Risk, Score, Workshop
from ..scoring import Scale, check_score

FACTS = (
    *("text", "category", "source", "cause", "effect", "responsible", "responsible_body", "goals", "activities"),
    *("likelihood", "consequence", "treatment", "decision", "analysis"),
)
MANY = ("goals", "activities")
AFTER = ("treatment", "likelihood_after", "consequence_after")


@transaction.atomic
def add_risk(plan: ControlPlan, *, by: User, **facts) -> Risk:
    """Put a risk on the year's gross list (bruttolista): those who keep it at any time, others in an open workshop."""
    plan = locked_plan(plan)
    workshop = open_workshop(plan)
    if not by.may(Permission.KEEP_CONTROL):
        rules.check_can_take_part(by, workshop)
    rules.check_value(scale_of(plan), facts.get("likelihood"), facts.get("consequence"))
    many = {name: facts.pop(name) for name in MANY if name in facts}
    last = plan.risks.aggregate(last=Max("number"))["last"] or 0
    risk = Risk.objects.create(plan=plan, number=last + 1, raised_by=by, workshop=workshop, **facts)
    _link(risk, many)
    record("risk.added", risk, by=by, within=plan)
    return risk


@transaction.atomic
def change_risk(risk: Risk, *, by: User, shown: Mapping | None = None, **facts) -> Risk:
    """Change some facts of a risk. Refused in an adopted plan and outside the scale.

    `shown` is what the page showed: a fact that somebody else has changed since is refused, as Newer.
    """
    rules.check_can_keep(by)
    risk = locked_risk(risk)
    rules.check_may_change(risk)
    check_facts(risk, facts, shown or {})
    many = {name: facts.pop(name) for name in MANY if name in facts}
    _apply(risk, facts)
    _link(risk, many)
    record("risk.changed", risk, by=by, within=risk.plan)
    return risk


def _link(risk: Risk, many: Mapping):
    for name, rows in many.items():
        getattr(risk, name).set(rows)


@transaction.atomic
def tell_after(risk: Risk, *, by: User, shown: Mapping | None = None, **facts) -> Risk:
    """Say how a risk was treated and what it is worth after that (efter behandling). Free also in an adopted plan.

    `facts` are some of AFTER, `shown` what the page showed of them.
    """
    rules.check_can_keep(by)
    risk = locked_risk(risk)
    check_facts(risk, facts, shown or {})
    _apply(risk, {name: value for name, value in facts.items() if name in AFTER})
    record("risk.treated", risk, by=by, within=risk.plan, value=risk.value_after or 0)
    return risk


def _apply(risk: Risk, facts: dict):
    for name, value in facts.items():
        setattr(risk, name, value)
    scale = scale_of(risk.plan)
    rules.check_value(scale, risk.likelihood, risk.consequence)
    rules.check_value(scale, risk.likelihood_after, risk.consequence_after, after="_after")
    risk.revision += 1
    risk.save()


@transaction.atomic
def set_value(
    risk: Risk, likelihood: int | None, consequence: int | None, *, by: User, shown: Mapping | None = None
) -> Risk:
    """Set the board's own value of a risk, whatever people scored; nothing takes it away. `shown` is what a page showed
    of the two: refused, as Newer, when somebody else has set another value since.
    """
    rules.check_can_keep(by)
    risk = locked_risk(risk)
    rules.check_may_change(risk)
    facts = {"likelihood": likelihood, "consequence": consequence}
    check_facts(risk, facts, shown or {})
    _apply(risk, facts)
    record("risk.valued", risk, by=by, within=risk.plan, value=risk.value or 0)
    return risk


@transaction.atomic
def score_risks(plan: ControlPlan, scores: dict[int, tuple[int | None, int | None]], *, by: User) -> int:
    """Keep what `by` scores, by key of the risk (bedömning). Returns how many scores were new or changed.

    A pair of None leaves the risk unscored. Refused, all or nothing, with every half or impossible pair and its place.
    """
    plan = locked_plan(plan)
    rules.check_can_take_part(by, open_workshop(plan))
    risks = {each.pk: each for each in plan.risks.filter(merged_into=None, pk__in=scores)}
    problems = _problems(scale_of(plan), risks, scores)
    if problems:
        raise Refused(problems=tuple(problems))
    earlier = {each.risk_id: each for each in Score.objects.select_for_update().filter(risk__in=risks, by=by)}
    changed = sum(_score(risks[key], earlier.get(key), *pair, by) for key, pair in scores.items() if key in risks)
    if changed:
        record("risk.scored", plan, by=by, number=changed)
    return changed


def _problems(scale: Scale | None, risks: dict[int, Risk], scores: dict) -> list[Problem]:
    found = []
    for key, (likelihood, consequence) in scores.items():
        if key not in risks or (likelihood is None and consequence is None):
            continue
        place = f"Risk {risks[key].number}"
        if likelihood is None or consequence is None:
            found.append(Problem(place, "ange både sannolikhet och konsekvens."))
            continue
        try:
            check_score(scale, likelihood, consequence, place=place)
        except Refused as refusal:
            found.append(Problem("", str(refusal)))
    return found


def _score(risk: Risk, earlier: Score | None, likelihood: int | None, consequence: int | None, by: User) -> bool:
    if likelihood is None:
        return False
    if earlier and (earlier.likelihood, earlier.consequence) == (likelihood, consequence):
        return False
    row = earlier or Score(risk=risk, by=by)
    row.likelihood, row.consequence = likelihood, consequence
    row.save()
    return True


@transaction.atomic
def merge_risk(risk: Risk, into: Risk, *, by: User) -> Risk:
    """Let a risk be the same as another (slå ihop). It is kept, with what people scored it."""
    rules.check_can_keep(by)
    risk = locked_risk(risk)
    into = locked_risk(into)
    rules.check_can_merge(risk, into)
    for each in [risk, *risk.merged.all()]:
        each.merged_into = into
        each.revision += 1
        each.save()
    record("risk.merged", risk, by=by, within=risk.plan, into=into.number)
    return risk


@transaction.atomic
def part_risk(risk: Risk, *, by: User) -> Risk:
    """Let a merged risk stand by itself again."""
    rules.check_can_keep(by)
    risk = locked_risk(risk)
    if risk.merged_into_id is None:
        raise Refused("Risken är inte sammanslagen med någon.")
    risk.merged_into = None
    risk.revision += 1
    risk.save()
    record("risk.parted", risk, by=by, within=risk.plan)
    return risk


@transaction.atomic
def open_new_workshop(plan: ControlPlan, *, by: User, **facts) -> Workshop:
    """Open a workshop (verkstad), in which many people add and score risks. One at a time."""
    rules.check_can_keep(by)
    plan = locked_plan(plan)
    if plan.scale_id is None:
        raise Refused("Planen har ingen skala. Välj en under Planens uppgifter innan riskerna bedöms.")
    if open_workshop(plan):
        raise Refused("En verkstad är redan öppen för året. Stäng den först.")
    made = Workshop.objects.create(plan=plan, **facts)
    record("workshop.opened", made, by=by, within=plan)
    return made


@transaction.atomic
def close_workshop(plan: ControlPlan, *, by: User) -> Workshop:
    """Close the open workshop. What was added and scored stays."""
    rules.check_can_keep(by)
    workshop = open_workshop(locked_plan(plan))
    if workshop is None:
        raise Refused("Ingen verkstad är öppen.")
    workshop.closed_at, workshop.closed_by = timezone.now(), by
    workshop.save()
    record("workshop.closed", workshop, by=by, within=plan)
    return workshop


def open_workshop(plan: ControlPlan) -> Workshop | None:
    return plan.workshops.filter(closed_at=None).first()


def scale_of(plan: ControlPlan) -> Scale | None:
    return plan.scale.scale if plan.scale_id else None


def locked_plan(plan: ControlPlan) -> ControlPlan:
    return ControlPlan.objects.select_for_update(of=("self",)).select_related("scale").get(pk=plan.pk)


def locked_risk(risk: Risk) -> Risk:
    rows = Risk.objects.select_for_update(of=("self",)).select_related("plan__scale", "merged_into")
    return rows.get(pk=risk.pk)

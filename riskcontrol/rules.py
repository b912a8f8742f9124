"""What may be done with risks and control plans, when and by whom."""

from datetime import date

from django.utils import timezone

from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_date
from enamnd.refusal import Refused

from .models import ControlActivity, ControlItem, ControlPlan, FollowUp, PlanAdoption, Risk, Workshop
from .scoring import Scale, check_score


def check_can_read(by):
    check_may(by, Permission.READ_CONTROL)


def check_can_keep(by):
    """Scales, plans, items, checks and follow-ups are kept by those who keep the control."""
    check_may(by, Permission.KEEP_CONTROL)


def check_can_take_part(by, workshop: Workshop | None):
    """Refused unless a workshop is open and `by` may add and score risks."""
    check_may(by, Permission.ASSESS_RISKS)
    if workshop is None or workshop.closed_at:
        raise Refused("Ingen verkstad är öppen. Den som för risker och intern kontroll öppnar en.")


def check_has_been(day: date, field: str):
    if day > timezone.localdate():
        raise Refused(f"{long_date(day)} har inte varit än. Skriv dagen då det hände.", field=field)


def adoption_of(plan: ControlPlan) -> PlanAdoption | None:
    """The adoption that holds, None while the plan is a proposal."""
    return next((each for each in plan.adoptions.all() if each.withdrawn_at is None), None)


def check_is_proposal(plan: ControlPlan):
    """An adopted plan is a paper: it is changed in next year's, or once its adoption has been taken back."""
    adoption = adoption_of(plan)
    if adoption:
        raise Refused(
            f"{plan.title} antogs {long_date(adoption.adopted_on)} och ändras inte. Ta tillbaka antagandet först om "
            "det var fel, eller gör ändringen i nästa års plan."
        )


def check_may_change(risk: Risk):
    """Refused for a risk that stands in an adopted plan. What is only on the gross list is free."""
    if is_chosen(risk):
        check_is_proposal(risk.plan)


def is_chosen(risk: Risk) -> bool:
    return ControlItem.objects.filter(risk=risk).exists()


def check_value(scale: Scale | None, likelihood: int | None, consequence: int | None, *, after: str = ""):
    """Refused for half a value, and for one outside the scale. `after` is the ending of the field names."""
    if likelihood is None and consequence is None:
        return
    if likelihood is None or consequence is None:
        field = "likelihood" if likelihood is None else "consequence"
        raise Refused("Ange både sannolikhet och konsekvens, eller ingen av dem.", field=field + after)
    try:
        check_score(scale, likelihood, consequence)
    except Refused as refusal:
        raise Refused(str(refusal), field=f"{refusal.field}{after}") from refusal


def check_can_merge(risk: Risk, into: Risk):
    """Refused for what is no pair of separate risks on the same list."""
    if risk.pk == into.pk:
        raise Refused("Välj en annan risk att slå ihop med.", field="into")
    if risk.plan_id != into.plan_id:
        raise Refused("Riskerna hör till olika år och kan inte slås ihop.", field="into")
    if risk.merged_into_id:
        raise Refused(f"Risk {risk.number} är redan sammanslagen med risk {risk.merged_into.number}.", field="into")
    if into.merged_into_id:
        raise Refused(
            f"Risk {into.number} är själv sammanslagen med risk {into.merged_into.number}. Välj den i stället.",
            field="into",
        )
    if is_chosen(risk):
        raise Refused(f"Risk {risk.number} står i planen. Ta ut den ur planen först, eller behåll den.", field="into")


def check_can_choose(risk: Risk):
    """Refused for a merged risk, one that is chosen, and in an adopted plan."""
    check_is_proposal(risk.plan)
    if risk.merged_into_id:
        raise Refused(f"Risk {risk.number} är sammanslagen med risk {risk.merged_into.number}. Välj den i stället.")
    if is_chosen(risk):
        raise Refused(f"Risk {risk.number} står redan i planen.")


def check_can_leave(item: ControlItem):
    """An item leaves a proposal while nothing has been done about it."""
    check_is_proposal(item.risk.plan)
    is_checked = any(each.checks.exists() for each in item.activities.all())
    if is_checked or item.measures.exists() or item.follow_ups.exists():
        raise Refused("Momentet har kontroller, åtgärder eller uppföljning och kan inte tas ut ur planen.")


def check_can_adopt(plan: ControlPlan, adopted_on: date, paragraph, decision: str):
    """Refused while something is lacking that the paper must have: a scale, items, a value and an owner of each."""
    check_is_proposal(plan)
    check_has_been(adopted_on, "adopted_on")
    if paragraph is None and not decision.strip():
        raise Refused("Välj paragrafen där planen antogs, eller skriv datum och paragraf.", field="decision")
    if plan.scale_id is None:
        raise Refused("Planen har ingen skala. Välj en under Planens uppgifter innan den antas.")
    items = list(ControlItem.objects.filter(risk__plan=plan).select_related("risk").prefetch_related("activities"))
    if not items:
        raise Refused("Planen har inga kontrollmoment. Välj risker ur bruttolistan innan den antas.")
    lacking = [f"{what_is_lacking(each)} ({each})" for each in items if what_is_lacking(each)]
    if lacking:
        raise Refused("Planen kan inte antas än: " + "; ".join(lacking) + ".")


def what_is_lacking(item: ControlItem) -> str:
    """What an item must have before the plan is adopted: nothing, or what it lacks in words."""
    risk = item.risk
    if risk.value is None:
        return "riskvärde saknas"
    if not risk.answers_for_it:
        return "ansvarig saknas"
    activities = item.activities.all()
    if not activities:
        return "metod saknas"
    return "egna dagar saknas" if any(map(_has_no_days, activities)) else ""


def _has_no_days(activity: ControlActivity) -> bool:
    """Whether it is carried out on days of its own, and none is given: as when the plan goes on from last year's."""
    return activity.schedule == ControlActivity.Schedule.DAYS and not activity.days


def check_can_follow_up(follow_up: FollowUp):
    if follow_up.approved_on:
        raise Refused(
            f"Uppföljningen godkändes {long_date(follow_up.approved_on)} och ändras inte. Gör en ny uppföljning."
        )

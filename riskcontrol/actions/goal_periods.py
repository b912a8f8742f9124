"""The verbs of following up: periods, what is said in them, and what is kept for indicators."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.newer import check_facts
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

from ..goals import rules
from ..models import Goal, GoalPeriod, GoalPlan, Indicator, IndicatorValue, Occasion, Outlook, PartyMark
from .goals import locked_indicator, locked_plan

Kind = Indicator.Kind


@transaction.atomic
def add_period(plan: GoalPlan, *, by: User, name: str, first_on: date, last_on: date) -> GoalPeriod:
    """Add a time to follow up (ny period). Refused when it shares a day with another of the year."""
    rules.check_can_keep(by)
    plan = locked_plan(plan)
    rules.check_period(plan, first_on, last_on)
    period = plan.periods.create(name=name.strip(), first_on=first_on, last_on=last_on)
    record("goal_period.added", period, by=by, within=plan)
    return period


@transaction.atomic
def change_period(period: GoalPeriod, *, by: User, shown: Mapping | None = None, **facts) -> GoalPeriod:
    """Change name or days of a period that is not approved.

    `shown` is what a page showed: a fact that somebody else has changed since is refused, as Newer.
    """
    rules.check_can_keep(by)
    plan = locked_plan(period.plan)
    period = _locked(period)
    rules.check_is_open(period)
    check_facts(period, facts, shown or {})
    for name, value in facts.items():
        setattr(period, name, value)
    rules.check_period(plan, period.first_on, period.last_on, besides=period)
    period.save()
    record("goal_period.changed", period, by=by, within=plan)
    return period


@transaction.atomic
def tell_outlook(
    period: GoalPeriod, subject: Goal | Indicator, *, by: User, shown: Mapping | None = None, **facts: str
) -> Outlook:
    """Write comment and forecast of a goal or an indicator (kommentar och prognos).

    `facts` are some of comment, forecast and councils. Refused in an approved period, with half a forecast where it has
    two parts, and, as Newer, for a fact that somebody else has written since the page showed it as in `shown`.
    """
    rules.check_can_keep(by)
    period = _locked(period)
    rules.check_is_open(period)
    if subject.plan_id != period.plan_id:
        raise Refused("Målet hör till ett annat år än perioden.")
    of = {"goal": subject} if isinstance(subject, Goal) else {"indicator": subject}
    outlook = Outlook.objects.select_for_update(of=("self",)).filter(period=period, **of).first()
    outlook = outlook or Outlook(period=period, revision=0, **of)
    check_facts(outlook, facts, shown or {})
    for name, value in facts.items():
        setattr(outlook, name, value.strip())
    rules.check_outlook(subject, outlook.forecast, outlook.councils)
    outlook.by, outlook.revision = by, outlook.revision + 1
    outlook.save()
    record("outlook.told", subject, by=by, within=period.plan, period=period.name)
    return outlook


@transaction.atomic
def approve_period(
    period: GoalPeriod, approved_on: date, *, by: User, paragraph=None, decision: str = ""
) -> GoalPeriod:
    """Say where the board approved the follow-up and adopted its action plan (godkänn). Its texts then stay."""
    rules.check_can_keep(by)
    period = _locked(period)
    rules.check_can_approve(period, approved_on, paragraph, decision)
    period.approved_on, period.paragraph, period.decision = approved_on, paragraph, decision.strip()
    period.save()
    record("goal_period.approved", period, by=by, within=period.plan, on=long_date(approved_on))
    return period


@transaction.atomic
def withdraw_approval(period: GoalPeriod, reason: str, *, by: User) -> GoalPeriod:
    """Take back an approval that was wrong (ta tillbaka). The reason stands in the journal, the history in the row."""
    rules.check_can_keep(by)
    period = _locked(period)
    if not period.approved_on:
        raise Refused("Uppföljningen är inte godkänd.")
    if not reason.strip():
        raise Refused("Skriv varför godkännandet tas tillbaka.", field="reason")
    period.approved_on, period.paragraph, period.decision = None, None, ""
    period.save()
    record("goal_period.approval_withdrawn", period, by=by, within=period.plan, reason=reason.strip()[:200])
    return period


@transaction.atomic
def add_occasion(indicator: Indicator, *, by: User, held_on: date, name: str, last_on: date | None = None) -> Occasion:
    """Keep an occasion that no calendar has, held or planned (tillfälle)."""
    rules.check_can_keep(by)
    indicator = locked_indicator(indicator)
    rules.check_counts(indicator, Kind.AT_LEAST, "tillfällen")
    rules.check_in_year(indicator.plan, held_on, "held_on")
    if last_on and last_on < held_on:
        raise Refused("Tillfället slutar före det börjar. Ändra någon av dagarna.", field="last_on")
    made = indicator.occasions.create(held_on=held_on, last_on=last_on, name=name.strip())
    record("indicator.occasion_added", indicator, by=by, within=indicator.plan, what=made.name, on=long_date(held_on))
    return made


@transaction.atomic
def remove_occasion(occasion: Occasion, *, by: User):
    """Take away an occasion that did not come about. The history keeps it."""
    rules.check_can_keep(by)
    indicator = occasion.indicator
    record("indicator.occasion_removed", indicator, by=by, within=indicator.plan, what=occasion.name)
    occasion.delete()


@transaction.atomic
def mark_party(
    indicator: Indicator, municipality: Municipality, *, by: User, done_on: date | None, note: str = ""
) -> PartyMark | None:
    """Say since when a municipality has what the indicator asks for, or that it has not (None)."""
    rules.check_can_keep(by)
    indicator = locked_indicator(indicator)
    rules.check_counts(indicator, Kind.PARTIES, "kommuner")
    if done_on:
        rules.check_has_been(done_on, "done_on")
    mark = indicator.marks.filter(municipality=municipality).first()
    if done_on is None:
        if mark:
            mark.delete()
    else:
        mark = mark or PartyMark(indicator=indicator, municipality=municipality)
        mark.done_on, mark.note = done_on, note.strip()
        mark.save()
    said = "klar" if done_on else "inte klar"
    record("indicator.party_marked", indicator, by=by, within=indicator.plan, party=municipality.name, said=said)
    return mark if done_on else None


@transaction.atomic
def keep_value(indicator: Indicator, *, by: User, measured_on: date, value, note: str = "") -> IndicatorValue:
    """Keep what an indicator stood at on a day (värde). A value of the same day is corrected."""
    rules.check_can_keep(by)
    indicator = locked_indicator(indicator)
    rules.check_counts(indicator, Kind.BY_HAND, "värden")
    rules.check_has_been(measured_on, "measured_on")
    found = indicator.values.filter(measured_on=measured_on).first()
    found = found or IndicatorValue(indicator=indicator, measured_on=measured_on)
    found.value, found.note = value, note.strip()
    found.save()
    record("indicator.value_kept", indicator, by=by, within=indicator.plan, on=long_date(measured_on))
    return found


def _locked(period: GoalPeriod) -> GoalPeriod:
    return GoalPeriod.objects.select_for_update(of=("self",)).select_related("plan").get(pk=period.pk)

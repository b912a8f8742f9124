"""What may be done with goals and indicators, when and by whom."""

from datetime import date
from decimal import Decimal

from enamnd.dates import long_date
from enamnd.refusal import Refused
from finance.models import CostItem
from riskcontrol.models import Goal, GoalMoney, GoalPeriod, GoalPlan, Indicator
from riskcontrol.rules import check_can_keep, check_can_read, check_has_been

from .outlooks import lines_of, needs_councils

__all__ = ["check_can_keep", "check_can_read", "check_has_been"]

Kind = Indicator.Kind
WITH_BODIES = (Kind.AT_LEAST, Kind.TURNOUT)


def check_effect(first_year: int, last_year: int | None):
    if last_year is not None and last_year < first_year:
        raise Refused("Effektmålet slutar före det börjar. Ändra något av åren.", field="last_year")


def check_in_year(plan: GoalPlan, day: date, field: str):
    if day.year != plan.year:
        raise Refused(f"{long_date(day)} ligger inte i {plan.year}, som målen gäller.", field=field)


def check_period(plan: GoalPlan, first_on: date, last_on: date, *, besides: GoalPeriod | None = None):
    """Refused for a period that ends before it begins, lies outside the year or shares a day with another."""
    check_in_year(plan, first_on, "first_on")
    check_in_year(plan, last_on, "last_on")
    if last_on < first_on:
        raise Refused(
            f"Perioden slutar {long_date(last_on)}, före den börjar. Ändra någon av dagarna.", field="last_on"
        )
    others = plan.periods.exclude(pk=besides.pk if besides else None)
    if clash := others.filter(first_on__lte=last_on, last_on__gte=first_on).first():
        raise Refused(
            f"Perioden går in i {clash.name}, {long_date(clash.first_on)} till {long_date(clash.last_on)}. "
            "Två perioder kan inte ha samma dagar.",
            field="first_on" if clash.first_on <= first_on else "last_on",
        )


def check_is_open(period: GoalPeriod):
    """An approved follow-up is what the board has decided: it stays."""
    if period.approved_on:
        raise Refused(
            f"{period.name} godkändes {long_date(period.approved_on)} och ändras inte. Skriv i nästa period, eller "
            "ta tillbaka godkännandet om det var fel infört."
        )


def check_indicator(facts: dict):
    """Refused without a target, and when what is counted does not fit the kind."""
    kind, target, aim = Kind(facts["kind"]), facts.get("target"), facts.get("aim")
    all_parties = kind == Kind.PARTIES and facts.get("all_parties")
    if target is None and not all_parties:
        raise Refused("Skriv vad som är målet. En indikator utan mål visar ingenting.", field="target")
    if target is not None and target <= 0:
        raise Refused("Målet ska vara större än noll.", field="target")
    if kind == Kind.TURNOUT:
        _check_turnout(target, aim, facts.get("counting"))
    elif kind != Kind.BY_HAND and target is not None and target != target.to_integral_value():
        raise Refused("Skriv målet som ett helt antal.", field="target")
    if aim is not None and target is not None and aim < target:
        raise Refused("Det som eftersträvas kan inte vara mindre än målet.", field="aim")
    if kind == Kind.TURNOUT and not facts.get("bodies"):
        raise Refused("Välj vilka organs möten som närvaron gäller.", field="bodies")


def _check_turnout(target: Decimal, aim: Decimal | None, counting: str | None):
    for field, value in (("target", target), ("aim", aim)):
        if value is not None and value > 100:
            raise Refused("Närvaron kan vara högst 100 procent.", field=field)
        if value is not None and value != value.to_integral_value():
            raise Refused("Skriv närvaron i hela procent.", field=field)
    if counting not in Indicator.Counting.values:
        raise Refused("Välj vad som ska räknas.", field="counting")


def check_goal(facts: dict):
    if facts.get("matter") and not facts.get("depends_on_councils"):
        raise Refused(
            "Kryssa för att målet kräver beslut i fullmäktige, eller ta bort frågan.", field="depends_on_councils"
        )


def check_money(goal: Goal, item: CostItem, amount: int | None, *, besides: GoalMoney | None = None):
    """Refused for no money at all, and for an item that the goal takes from already."""
    if amount is not None and amount <= 0:
        raise Refused("Skriv ett belopp större än noll, eller lämna tomt för hela posten.", field="amount")
    if goal.budget_money.filter(item=item).exclude(pk=besides and besides.pk).exists():
        raise Refused(f"Målet är redan kopplat till {item}. Ändra beloppet där i stället.", field="item")


def check_outlook(subject: Goal | Indicator, forecast: str, councils: str):
    """A goal that councils also decide on has a forecast in two parts, or none yet."""
    if needs_councils(subject) and bool(forecast) != bool(councils):
        field = "councils" if forecast else "forecast"
        raise Refused(
            "Målet kräver beslut i fullmäktige, så prognosen har två delar: nämndens egen och fullmäktiges. Ange båda.",
            field=field,
        )
    if councils and not needs_councils(subject):
        raise Refused("Målet kräver inget beslut i fullmäktige. Prognosen har en del.", field="councils")


def check_can_approve(period: GoalPeriod, approved_on: date, paragraph, decision: str):
    """Refused while a comment or a forecast is lacking, and before the period has ended."""
    check_is_open(period)
    check_has_been(approved_on, "approved_on")
    if approved_on < period.first_on:
        raise Refused(f"Perioden börjar först {long_date(period.first_on)}.", field="approved_on")
    if paragraph is None and not decision.strip():
        raise Refused("Välj paragrafen där uppföljningen godkändes, eller skriv datum och paragraf.", field="decision")
    goals, indicators = lines_of(period)
    if lacking := [str(each.subject.number) for each in goals if each.is_lacking]:
        raise Refused(f"Kommentar eller prognos saknas för mål {', '.join(lacking)}. Skriv dem först.")
    if lacking := [str(each.subject.number) for each in indicators if each.is_lacking]:
        raise Refused(f"Kommentar eller prognos saknas för indikator {', '.join(lacking)}. Skriv dem först.")


def check_counts(indicator: Indicator, kind: str, what: str):
    if indicator.kind != kind:
        raise Refused(f"Indikatorn räknas inte så, och tar inte emot {what}.")


def check_can_begin(year: int, previous: GoalPlan | None):
    if GoalPlan.objects.filter(year=year).exists():
        raise Refused(f"Det finns redan mål för {year}. Öppna dem i stället.", field="year")
    if previous and previous.year >= year:
        raise Refused(f"Mål för {year} kan inte bygga på målen för {previous.year}.", field="previous")
    if previous and hasattr(previous, "next"):
        raise Refused(f"Målen för {previous.next.year} bygger redan på {previous.year}.", field="previous")


def check_can_remove_goal(goal: Goal):
    """A goal leaves the year while nothing is said of it and nothing is being done about it."""
    if goal.outlooks.exists() or goal.measures.exists() or goal.followed_by.exists():
        raise Refused("Målet har kommentarer eller åtgärder, eller fortsätter ett annat år. Det kan inte tas bort.")


def check_can_remove_indicator(indicator: Indicator):
    is_used = any(
        rows.exists() for rows in (indicator.outlooks, indicator.occasions, indicator.marks, indicator.values)
    )
    if is_used or indicator.followed_by.exists():
        raise Refused("Indikatorn har kommentarer eller uppgifter, eller fortsätter ett annat år. Den tas inte bort.")


def check_has_no_data(indicator: Indicator):
    """What is kept for an indicator belongs to how it is counted."""
    if any(rows.exists() for rows in (indicator.occasions, indicator.marks, indicator.values)):
        raise Refused(
            "Uppgifter är redan införda för indikatorn så som den räknas nu. Ta bort dem först, eller lägg upp en ny "
            "indikator.",
            field="kind",
        )

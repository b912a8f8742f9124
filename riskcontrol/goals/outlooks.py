"""Goals and indicators beside what is said of them in a period, and what is still lacking."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from enamnd.dates import long_date
from riskcontrol.models import Goal, GoalPeriod, GoalPlan, Indicator, Outlook

Forecast = Outlook.Forecast
TONES = {
    Forecast.REACHED: "ok",
    Forecast.WILL: "ok",
    Forecast.RISK: "soon",
    Forecast.UNSURE: "soon",
    Forecast.MISSED: "late",
}
SENTENCES = {
    Forecast.REACHED: "{what} är {reached}.",
    Forecast.WILL: "Prognosen är att {what} kommer att nås.",
    Forecast.RISK: "Prognosen är att det finns en risk att {what} inte nås.",
    Forecast.UNSURE: "Prognosen är osäker.",
    Forecast.MISSED: "Prognosen är att {what} inte nås.",
}


@dataclass(frozen=True)
class Line:
    """A goal or an indicator, and what is said of it (None: nothing)."""

    subject: Goal | Indicator
    outlook: Outlook | None

    @property
    def is_goal(self) -> bool:
        return isinstance(self.subject, Goal)

    @property
    def tone(self) -> str:
        """late, soon or ok, as lists show it."""
        return tone_of(self.outlook)

    @property
    def is_lacking(self) -> bool:
        return lacks(self.subject, self.outlook)


def tone_of(outlook: Outlook | None) -> str:
    return TONES.get(outlook.forecast, "") if outlook else ""


def lacks(subject: Goal | Indicator, outlook: Outlook | None) -> bool:
    """Whether comment or forecast, or the councils' part of it, is still to be written."""
    if outlook is None or not outlook.comment.strip() or not outlook.forecast:
        return True
    return needs_councils(subject) and not outlook.councils


def needs_councils(subject: Goal | Indicator) -> bool:
    """Whether the forecast is in two parts."""
    return isinstance(subject, Goal) and subject.depends_on_councils


def lines_of(period: GoalPeriod) -> tuple[list[Line], list[Line]]:
    """The goals and the indicators of the year with what the period says of them: three queries."""
    told = list(period.outlooks.select_related("by"))
    of_goals = {each.goal_id: each for each in told if each.goal_id}
    of_indicators = {each.indicator_id: each for each in told if each.indicator_id}
    goals = period.plan.goals.select_related("matter").order_by("number")
    indicators = period.plan.indicators.prefetch_related("bodies", "occasions", "marks", "values").order_by("number")
    return (
        [Line(each, of_goals.get(each.pk)) for each in goals],
        [Line(each, of_indicators.get(each.pk)) for each in indicators],
    )


def latest_lines(plan: GoalPlan) -> tuple[list[Line], list[Line]]:
    """The goals and the indicators of a year with what was last said of each, whichever the period: three queries."""
    told = list(Outlook.objects.filter(period__plan=plan).exclude(forecast="").select_related("period"))
    told.sort(key=lambda each: each.period.last_on)
    of_goals = {each.goal_id: each for each in told}
    of_indicators = {each.indicator_id: each for each in told}
    return (
        [Line(each, of_goals.get(each.pk)) for each in plan.goals.order_by("number")],
        [Line(each, of_indicators.get(each.pk)) for each in plan.indicators.order_by("number")],
    )


def lacking_in(period: GoalPeriod) -> tuple[int, int]:
    """How many goals and indicators lack a comment or a forecast."""
    goals, indicators = lines_of(period)
    return sum(each.is_lacking for each in goals), sum(each.is_lacking for each in indicators)


def sentence(forecast: str, *, is_goal: bool) -> str:
    """Prognosen är att målet kommer att nås. Nothing where no forecast is made."""
    if not forecast:
        return ""
    what, reached = ("målet", "uppnått") if is_goal else ("indikatorn", "uppnådd")
    said = SENTENCES[Forecast(forecast)].format(what=what, reached=reached)
    return said[:1].upper() + said[1:]


def without_risks(plan: GoalPlan) -> list[Goal]:
    """Goals that no risk of a risk analysis is linked to."""
    return list(plan.goals.filter(risks=None).order_by("number"))


def latest_period(plan: GoalPlan, today: date) -> GoalPeriod | None:
    """The period that was begun last: the one to write in, or the one to read."""
    periods = sorted(plan.periods.all(), key=lambda each: each.first_on)
    begun = [each for each in periods if each.first_on <= today]
    return begun[-1] if begun else (periods[0] if periods else None)


def thirds(year: int) -> list[tuple[str, date, date]]:
    """The usual periods (tertial): name, first and last day."""
    return [
        ("Tertial 1", date(year, 1, 1), date(year, 4, 30)),
        ("Tertial 2", date(year, 5, 1), date(year, 8, 31)),
        ("Tertial 3", date(year, 9, 1), date(year, 12, 31)),
    ]


def period_in_words(period: GoalPeriod) -> str:
    """1 januari–31 maj 2022."""
    first = long_date(period.first_on).removesuffix(f" {period.last_on.year}")
    return f"{first}–{long_date(period.last_on)}"


def day_of(period: GoalPeriod) -> date:
    """The day that the indicators of a period are read on: its last, or today while it goes on."""
    return min(period.last_on, timezone.localdate())

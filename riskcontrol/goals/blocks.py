"""Texts for protocols out of the goals: goals and indicators of a period with comment and forecast, and attendance."""

from collections.abc import Iterable

from enamnd.dates import long_date
from enamnd.organisation.models import Body
from meetings.text.markup_tree import escaped
from riskcontrol.models import GoalPeriod, Indicator

from . import turnout
from .happenings import number_held
from .measuring import Gauge, Reading
from .money import Money, budget_of, money_of_goals
from .money import sentence as paid_in_words
from .outlooks import Line, day_of, lines_of, needs_councils, sentence
from .overview import attendance_of

COUNTED = {
    Indicator.Counting.PARTIES: "kommuner deltog",
    Indicator.Counting.MEMBERS: "ledamöter deltog",
    Indicator.Counting.SERVING: "platser hade någon som tjänstgjorde",
}


def goals_follow_up(options: dict) -> str:
    """Each goal of a period with its comment and forecast (R274). `period` is its key, the latest when left out."""
    period = _period(options)
    if period is None:
        return ""
    goals, _ = lines_of(period)
    paid = money_of_goals([each.subject.pk for each in goals], budget_of(period.plan.year))
    return "".join(_goal(each, paid.get(each.subject.pk, ())) for each in goals)


def _goal(line: Line, paid: Iterable[Money]) -> str:
    """The goal, what pays for it, Kommentar, and the forecast: in two parts where councils also decide (R300)."""
    goal, outlook = line.subject, line.outlook
    parts = [f"<p><strong>{goal.number}. {escaped(goal.text)}</strong></p>", _paragraph(paid_in_words(paid))]
    if outlook is None:
        return "".join([*parts, "<p>Ej bedömt under perioden.</p>"])
    parts += _comment(outlook.comment)
    if needs_councils(goal):
        parts.append(_paragraph(f"Nämndens del: {sentence(outlook.forecast, is_goal=True)}"))
        parts.append(_paragraph(f"Fullmäktiges beslut: {sentence(outlook.councils, is_goal=True)}"))
    else:
        parts.append(_paragraph(sentence(outlook.forecast, is_goal=True)))
    return "".join(parts)


def _comment(comment: str) -> list[str]:
    lines = [text.strip() for text in comment.splitlines() if text.strip()]
    return ["<p>Kommentar:</p>", *map(_paragraph, lines)] if lines else []


def _paragraph(text: str) -> str:
    return f"<p>{escaped(text)}</p>" if text else ""


def indicators_follow_up(options: dict) -> str:
    """Each indicator of a period with what it was counted from, comment and forecast, as it stood on the last day.

    Meetings that have been held are struck through (R279), and each meeting's attendance has a line (R280).
    """
    period = _period(options)
    if period is None:
        return ""
    _, indicators = lines_of(period)
    readings = Gauge([each.subject for each in indicators], period.plan.year, day_of(period)).readings()
    return "".join(_indicator(each, readings[each.subject.pk]) for each in indicators)


def _indicator(line: Line, reading: Reading) -> str:
    indicator, outlook = line.subject, line.outlook
    parts = [f"<p><strong>{indicator.number}. {escaped(indicator.text)}</strong></p>"]
    days = ((escaped(each.words), each.is_held) for each in reading.happenings)
    parts += _list(f"<s>{words}</s>" if is_held else words for words, is_held in days)
    parts += _list(map(escaped, turnout_lines(indicator, reading)))
    parts.append(_paragraph(told_in_words(indicator, reading)))
    if outlook:
        parts += [*_comment(outlook.comment), _paragraph(sentence(outlook.forecast, is_goal=False))]
    return "".join(parts)


def _list(items: Iterable[str]) -> list[str]:
    found = [f"<li><p>{each}</p></li>" for each in items]
    return [f"<ul>{''.join(found)}</ul>"] if found else []


def turnout_lines(indicator: Indicator, reading: Reading) -> list[str]:
    """16 mars 2022: 9 av 14 ledamöter deltog, 64 %."""
    words = COUNTED[Indicator.Counting(indicator.counting)]
    return [
        f"{long_date(sitting.held_on)}: {share.part} av {share.of} {words}, {share.percent} %"
        if share.of
        else f"{long_date(sitting.held_on)}: närvaron är inte förd"
        for sitting, share in reading.sittings
    ]


def told_in_words(indicator: Indicator, reading: Reading) -> str:
    """What the indicator reads, and its target: Sex av minst tio, in figures."""
    if indicator.kind == Indicator.Kind.AT_LEAST:
        held = number_held(reading.happenings)
        return f"{held} har genomförts. Målet är {reading.target}."
    if reading.is_reached is None:
        return f"Underlag saknas. Målet är {reading.target}."
    return f"Läget är {reading.words}. Målet är {reading.target}."


def attendance_table(options: dict) -> str:
    """Each municipality's attendance at the meetings of a body in a year. `body` is its key, `year` the year."""
    body = Body.objects.filter(pk=options.get("body")).first()
    if body is None:
        return ""
    counting = options.get("counting", Indicator.Counting.PARTIES)
    found = attendance_of(body, options["year"], options.get("until"), counting)
    told = [each for each in found.sittings if each.is_told]
    if not told:
        return ""
    head = ["Kommun", *(f"{each.held_on.day}/{each.held_on.month}" for each in told), "Deltog", "Andel"]
    rows = [
        (party.name, *found.signs_of(party.pk, told), f"{share.part} av {share.of}", _percent(share))
        for party, share in found.parties
    ]
    last = ("Alla", *(str(turnout.of_sitting(each, counting).part) for each in told))
    return _table(head, [*rows, (*last, f"{found.whole.part} av {found.whole.of}", _percent(found.whole))])


def _percent(share: turnout.Share) -> str:
    return f"{share.percent} %" if share.of else "–"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    first = "".join(f"<th>{_paragraph(each)}</th>" for each in head)
    body = "".join("<tr>" + "".join(f"<td>{_paragraph(each)}</td>" for each in row) + "</tr>" for row in rows)
    return f"<table><tbody><tr>{first}</tr>{body}</tbody></table>"


def _period(options: dict) -> GoalPeriod | None:
    periods = GoalPeriod.objects.select_related("plan")
    return periods.filter(pk=options["period"]).first() if options.get("period") else periods.first()

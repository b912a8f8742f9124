"""The plan of a body's meetings in a year (sammanträdesplan): what may be done with it, and how it reads."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import escape

from enamnd import dates
from enamnd.formats import listed
from enamnd.organisation.models import Board
from enamnd.refusal import Refused
from enamnd.working_days import day_off
from meetings.models import Meeting, PlannedDay, YearPlan
from meetings.text import sections


@dataclass(frozen=True)
class PlanLine:
    """A day of the plan as it is shown: the row, and what is worth a thought about it (nothing, mostly)."""

    day: PlannedDay
    remarks: tuple[str, ...]


def lines_of(plan: YearPlan) -> list[PlanLine]:
    """The days of a plan in order, with their meetings, in one query."""
    days = list(plan.days.select_related("meeting", "plan__body"))
    standing = Counter(day.held_on for day in days if not day.cancelled_because)
    return [PlanLine(day, remarks_on(day, standing[day.held_on])) for day in days]


def remarks_on(day: PlannedDay, on_the_same_day: int = 1) -> tuple[str, ...]:
    """Why the day may be a slip: a day off, or twice in the plan. Nothing for a cancelled day."""
    if day.cancelled_because:
        return ()
    reason = day_off(day.held_on)
    found = [f"{dates.short_date(day.held_on)} är {reason}." if reason else ""]
    found.append("Dagen står två gånger i planen." if on_the_same_day > 1 else "")
    return tuple(filter(None, found))


def when(day: PlannedDay | Meeting) -> str:
    """onsdag 17 mars 2027, kl. 13.00–16.00, Teams."""
    hours = dates.clock(day.starts_at) if day.starts_at else ""
    if hours and day.ends_at:
        hours += f"–{day.ends_at:%H.%M}"
    return ", ".join(filter(None, (dates.weekday_date(day.held_on), hours, day.place)))


def standing_days(plan: YearPlan) -> QuerySet[PlannedDay]:
    """Days that have not been cancelled."""
    return plan.days.filter(cancelled_because="")


def title_of(plan: YearPlan) -> str:
    return f"Sammanträdesdagar {plan.year}"


def sections_of(plan: YearPlan, board: Board, words: dict[str, str]) -> sections.Sections:
    """The text of the paragraph that decides the plan: the decision in a point for each day, ready to be changed."""
    decided = f"{sentence_name(board, plan)} fastställer följande sammanträdesdagar för {plan.year}: "
    decided += listed(dates.short_date(day.held_on) for day in standing_days(plan)) + "."
    days = "".join(f"<li>{when(day)}</li>" for day in escaped(standing_days(plan)))
    return tuple(
        {
            sections.DECISION: sections.new_section(each.kind, each.heading, items=(sections.Item(decided),)),
            sections.TEXT: sections.new_section(each.kind, each.heading, html=f"<ul>{days}</ul>"),
        }.get(each.kind)
        or each
        for each in sections.starting_sections(words)
    )


def escaped(days) -> list[PlannedDay]:
    """The days with their places as they may stand in HTML."""
    found = list(days)
    for day in found:
        day.place = str(escape(day.place))
    return found


def sentence_name(board: Board, plan: YearPlan) -> str:
    """Who decides, as a sentence begins: E-nämnden, Beredningsgruppen."""
    name = board.short_name if plan.body.kind == plan.body.Kind.BOARD else (plan.body.short_name or plan.body.name)
    return name[:1].upper() + name[1:]


# What may be done ----------------------------------------------------------------------------------------------------


def check_in_year(plan: YearPlan, held_on: date):
    if held_on.year != plan.year:
        raise Refused(
            f"{dates.long_date(held_on)} hör inte till {plan.year}. Lägg dagen i planen för {held_on.year}.",
            field="held_on",
        )


def check_times(starts_at, ends_at):
    if starts_at and ends_at and ends_at < starts_at:
        raise Refused(
            f"Sammanträdet kan inte sluta {ends_at:%H.%M}, innan det börjar {starts_at:%H.%M}. Ändra en av tiderna.",
            field="ends_at",
        )


def check_can_change(day: PlannedDay):
    """Refused for a day that has been cancelled, and for one whose meeting has been held or is being written."""
    if day.cancelled_because:
        raise Refused(f"{dates.long_date(day.held_on)} är inställt: {day.cancelled_because} Lägg till en ny dag.")
    if day.held_on < timezone.localdate():
        raise Refused(f"{dates.long_date(day.held_on)} har redan varit och ändras inte i planen.")
    if day.meeting and day.meeting.numbered_at:
        raise Refused("Sammanträdets paragrafer har fått nummer. Ändra dagen på sammanträdets sida i stället.")


def check_can_remove(day: PlannedDay):
    """Refused unless the day is a slip in a plan that nobody has decided: otherwise it is cancelled, and stays."""
    if day.plan.decided_in_id:
        raise Refused("Planen är beslutad. Ställ in dagen i stället, så syns det varför.")
    if day.meeting_id:
        raise Refused("Dagen har ett sammanträde. Ställ in den i stället, så syns det varför.")


def check_has_days(plan: YearPlan):
    if not standing_days(plan).exists():
        raise Refused("Planen har inga dagar än. Lägg till dem först.")

"""The attendance of a body in a year, as the page, the file and the table for protocols show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from enamnd.formats import swedish_key
from enamnd.organisation.models import Body, Municipality
from riskcontrol.models import Indicator

from . import turnout
from .reading import sittings_of
from .turnout import PARTIES, Share, Sitting

CAME, ABSENT, NO_SEAT = "●", "○", "–"


@dataclass(frozen=True)
class Attendance:
    """The meetings of a year until a day, each municipality's share of them in Swedish order, and the whole."""

    sittings: tuple[Sitting, ...]
    parties: tuple[tuple[Municipality, Share], ...]
    whole: Share
    counting: str = PARTIES

    def signs_of(self, party: int, sittings: Sequence[Sitting]) -> list[str]:
        """For each meeting whether the municipality came; how many, where it has several seats."""
        return [_sign(turnout.by_party(each, self.counting).get(party)) for each in sittings]

    def rows(self) -> list[tuple[Municipality, list[str], Share]]:
        """A row for each municipality with a sign for each meeting that has a list."""
        told = self.told
        shares = [turnout.by_party(each, self.counting) for each in told]
        return [(party, [_sign(each.get(party.pk)) for each in shares], share) for party, share in self.parties]

    @property
    def told(self) -> list[Sitting]:
        return [each for each in self.sittings if each.is_told]

    @property
    def untold(self) -> list[Sitting]:
        """Meetings that have been, and where nobody is marked."""
        return [each for each in self.sittings if not each.is_told]

    def meetings(self) -> list[tuple[int, date, Share]]:
        """Key, day and share of each meeting, as picture.py takes them."""
        return [(each.key, each.held_on, turnout.of_sitting(each, self.counting)) for each in self.sittings]


def _sign(share: Share | None) -> str:
    if share is None or not share.of:
        return NO_SEAT
    if share.of > 1:
        return f"{share.part}/{share.of}"
    return CAME if share.part else ABSENT


def attendance_of(body: Body, year: int, until: date | str | None = None, counting: str = PARTIES) -> Attendance:
    """The attendance of a body in a year, until a day (a date, or ISO text; the year's end when left out)."""
    end = date(year, 12, 31)
    last = min(end, date.fromisoformat(until) if isinstance(until, str) else until or end)
    sittings = sittings_of([body.pk], date(year, 1, 1), last)[body.pk]
    shares = turnout.of_parties(sittings, counting)
    named = Municipality.objects.in_bulk(list(shares))
    parties = sorted(named.values(), key=lambda each: swedish_key(each.name))
    told = tuple((each, shares[each.pk]) for each in parties)
    return Attendance(tuple(sittings), told, turnout.over(sittings, counting), counting)


def target_of(body: Body, year: int) -> Indicator | None:
    """The indicator that says how many are to come to the meetings of a body, in that year or the latest before."""
    rows = Indicator.objects.filter(kind=Indicator.Kind.TURNOUT, bodies=body, plan__year__lte=year)
    return rows.order_by("-plan__year", "number").first()


def bodies_with_seats():
    """Bodies where municipalities have seats: those whose attendance can be told."""
    return Body.objects.filter(seats__kind="member").distinct().order_by("kind", "name")

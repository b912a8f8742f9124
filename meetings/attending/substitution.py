"""Who may serve for whom (ersättares tjänstgöring): the same municipality first, in the order of the seats.

What the council decides about the order goes first (KL 6 kap. 16 §); in a joint board each party has its own
substitutes (KL 9 kap. 24 §), so the usual answer is the substitute of the member's own municipality.
"""

from collections.abc import Iterable

from meetings.models import Attendance
from meetings.models.attendance import PresenceKind

MEMBER, SUBSTITUTE = Attendance.SeatKind.MEMBER, Attendance.SeatKind.SUBSTITUTE


def substitutes_for(member: Attendance, rows: Iterable[Attendance]) -> list[Attendance]:
    """Substitutes who could serve for `member`: own municipality, by seat order, neither absent nor serving."""
    return [
        row
        for row in sorted(rows, key=lambda row: row.position)
        if row.seat_kind == SUBSTITUTE
        and row.municipality_name == member.municipality_name
        and row.presence in (PresenceKind.UNMARKED, PresenceKind.PRESENT)
    ]


def members_to_replace(substitute: Attendance, rows: Iterable[Attendance]) -> list[Attendance]:
    """All members, the likeliest first: own municipality, then the absent, then the others, as `rows` stand."""
    rows = list(rows)
    replaced = {row.replaces_id for row in rows if row.pk != substitute.pk}
    members = [row for row in rows if row.seat_kind == MEMBER]
    return sorted(members, key=lambda member: _likelihood(member, substitute, replaced))


def suggested_member(substitute: Attendance, rows: Iterable[Attendance]) -> Attendance | None:
    """The member that `substitute` most likely serves for: own municipality, not serving, not replaced already."""
    rows = list(rows)
    replaced = {row.replaces_id for row in rows if row.pk != substitute.pk}
    own = (row for row in members_to_replace(substitute, rows) if row.municipality_name == substitute.municipality_name)
    return next((row for row in own if row.presence != PresenceKind.SERVING and row.pk not in replaced), None)


def _likelihood(member: Attendance, substitute: Attendance, replaced: set) -> tuple[bool, bool, bool]:
    return (
        member.municipality_name != substitute.municipality_name,
        member.presence != PresenceKind.ABSENT,
        member.pk in replaced,
    )

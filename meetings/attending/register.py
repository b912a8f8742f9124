"""What the register says about a body on one day: who sits where, who holds which office, which seats are empty."""

from dataclasses import dataclass
from datetime import date

from enamnd.formats import swedish_key
from enamnd.organisation.models import Body, Mandate, Office, Seat

PRESIDING = (Office.Role.CHAIR, Office.Role.VICE_CHAIR, Office.Role.SECOND_VICE_CHAIR)


@dataclass(frozen=True)
class Sitting:
    """A mandate in force, with the role that its holder has in the body ("ordförande", or nothing)."""

    mandate: Mandate
    role: str

    @property
    def seat(self) -> Seat:
        return self.mandate.seat


def sittings(body: Body, day: date, last_day: date | None = None) -> tuple[Sitting, ...]:
    """Everybody with a mandate in `body` on `day`, by municipality in Swedish order, members before substitutes.

    With `last_day`, of a meeting that goes on for more than one: on any of its days. A role is that of the first day,
    or one that began later.
    """
    last_day = last_day or day
    mandates = (
        Mandate.objects.valid_within(day, last_day)
        .filter(seat__in=Seat.objects.valid_within(day, last_day).filter(body=body))
        .select_related("person", "seat__municipality")
    )
    roles = roles_on(body, day) if last_day == day else roles_on(body, last_day) | roles_on(body, day)
    return tuple(Sitting(mandate, roles.get(mandate.person_id, "")) for mandate in sorted(mandates, key=_printed_order))


def roles_on(body: Body, day: date) -> dict[int, str]:
    """Person → the presiding role as it is printed: ordförande, vice ordförande, andre vice ordförande."""
    offices = Office.objects.valid_on(day).filter(body=body, role__in=PRESIDING)
    return {office.person_id: office.get_role_display().lower() for office in offices}


def officer_on(body: Body, day: date, role: str) -> Office | None:
    """Whoever holds `role` in `body` on `day`: the latest appointed when there are several."""
    held = Office.objects.valid_on(day).filter(body=body, role=role)
    return held.select_related("person").order_by("-valid_from").first()


def empty_seats(body: Body, day: date) -> tuple[Seat, ...]:
    """Seats that nobody holds on `day` and that await a by-election (fyllnadsval, KL 6 kap. 20 §)."""
    held = Mandate.objects.valid_on(day).values("seat")
    seats = Seat.objects.valid_on(day).filter(body=body).exclude(pk__in=held).select_related("municipality")
    return tuple(sorted(seats, key=_seat_order))


def _printed_order(mandate: Mandate):
    return (*_seat_order(mandate.seat), mandate.valid_from, mandate.pk)


def _seat_order(seat: Seat):
    return swedish_key(seat.municipality.name), seat.kind != Seat.Kind.MEMBER, seat.order

"""Who sits where on a day, as tables show it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from enamnd.formats import listed, swedish_key
from enamnd.organisation.models import Body, Mandate, Municipality, Seat


@dataclass(frozen=True)
class Place:
    """A seat on a day: who holds it, or nobody."""

    seat: Seat
    mandate: Mandate | None


@dataclass
class Party:
    """A municipality's places in a body on a day."""

    municipality: Municipality
    members: list[Place] = field(default_factory=list)
    substitutes: list[Place] = field(default_factory=list)

    @property
    def lacks(self) -> list[str]:
        """What the municipality has nobody for: each has at least one member and one substitute (KL 9 kap. 24 §)."""
        kinds = (("ledamot", self.members), ("ersättare", self.substitutes))
        return [name for name, places in kinds if not any(place.mandate for place in places)]


def parties_on(body: Body, day: date) -> list[Party]:
    """The municipalities with seats in the body on `day`, in Swedish order, with who sits. Two queries."""
    seats = body.seats.valid_on(day).select_related("municipality", "body").order_by("order")
    held = Mandate.objects.valid_on(day).filter(seat__body=body).select_related("person")
    by_seat = {mandate.seat_id: mandate for mandate in held.order_by("valid_from")}
    parties: dict[int, Party] = {}
    for seat in seats:
        party = parties.setdefault(seat.municipality_id, Party(seat.municipality))
        places = party.members if seat.kind == Seat.Kind.MEMBER else party.substitutes
        places.append(Place(seat, by_seat.get(seat.pk)))
    return sorted(parties.values(), key=lambda party: swedish_key(party.municipality.name))


def vacancies(parties: Iterable[Party]) -> list[str]:
    """Kalix saknar ersättare."""
    return [f"{party.municipality} saknar {listed(party.lacks)}" for party in parties if party.lacks]

"""The board, its municipalities, people, bodies and seats."""

from datetime import date

from enamnd.organisation.models import Board, Body, Mandate, Municipality, Office, Person, Seat

from .serial import numbers

PLACES = ("Björkby", "Granvik", "Åsele skog", "Östanå", "Ängslunda", "Lerhamn", "Tallmo", "Vidsjö", "Norrfors")
PARTIES = ("S", "M", "V", "C", "L", "KD", "MP", "SD")


def municipality(name: str | None = None, **fields) -> Municipality:
    name = name or new_place()
    return Municipality.objects.create(**{"name": name, "full_name": f"{name} kommun"} | fields)


def new_place() -> str:
    number = next(numbers)
    return f"{PLACES[number % len(PLACES)]} {number}"


def board(**fields) -> Board:
    """The one board of an installation, with a host of its own."""
    host = fields.pop("host", None) or municipality()
    return Board.objects.create(
        **{"name": "Gemensamma prövningsnämnden", "short_name": "prövningsnämnden", "host": host} | fields
    )


def person(name: str | None = None, **fields) -> Person:
    number = next(numbers)
    fields = {"political_party": PARTIES[number % len(PARTIES)]} | fields
    return Person.objects.create(name=name or f"Kim Provberg {number}", **fields)


def body(name: str | None = None, **fields) -> Body:
    return Body.objects.create(**{"name": name or f"Nämnden {next(numbers)}", "kind": Body.Kind.BOARD} | fields)


def seat(of: Body, **fields) -> Seat:
    fields = {"kind": Seat.Kind.MEMBER, "municipality": fields.get("municipality") or municipality()} | fields
    return Seat.objects.create(body=of, **fields)


def mandate(on: Seat, **fields) -> Mandate:
    """A term on a seat since 2019, without an end."""
    fields = {"person": fields.get("person") or person(), "valid_from": date(2019, 1, 1)} | fields
    return Mandate.objects.create(seat=on, **{"political_party": fields["person"].political_party} | fields)


def office(of: Body, role: str = Office.Role.CHAIR, **fields) -> Office:
    fields = {"person": fields.get("person") or person(), "valid_from": date(2019, 1, 1)} | fields
    return Office.objects.create(body=of, role=role, **fields)


def seated_body(municipalities: int = 3, **fields) -> Body:
    """A body where so many municipalities have a member and a substitute each."""
    made = body(**fields)
    for _ in range(municipalities):
        party = municipality()
        mandate(seat(made, municipality=party, kind=Seat.Kind.MEMBER))
        mandate(seat(made, municipality=party, kind=Seat.Kind.SUBSTITUTE))
    return made

"""What must hold in the register over bodies, seats and mandates. Who may keep it is asked by enamnd.accounts."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from enamnd import dates
from enamnd.refusal import Refused

from .models import Body, Mandate, Person, Seat


def check_term(valid_from: date, valid_until: date | None, *, what: str = "Uppdraget", field: str = "valid_until"):
    """Refused when a term ends before it begins; both days belong to the term."""
    if valid_until is not None and valid_until < valid_from:
        raise Refused(
            f"{what} slutar {dates.long_date(valid_until)}, före det börjar {dates.long_date(valid_from)}. "
            "Ändra någon av dagarna.",
            field=field,
        )


def check_seat_is_free(seat: Seat, valid_from: date, valid_until: date | None, *, besides: Mandate | None = None):
    """Refused, with who and when, while somebody else holds the seat on any day of the term."""
    others = seat.mandates.exclude(pk=besides.pk if besides else None).select_related("person")
    for other in others:
        if share_a_day(valid_from, valid_until, other.valid_from, other.valid_until):
            raise Refused(
                f"Platsen är upptagen: {other.name_with_party} har den {term(other)}. "
                "Avsluta det uppdraget först, eller välj en annan dag.",
                field="valid_from",
            )


def check_office_is_free(body: Body, person: Person, role: str, valid_from: date, valid_until: date | None):
    """Refused when the person has the very role in the body on any day of the term."""
    for other in body.offices.filter(person=person, role=role):
        if share_a_day(valid_from, valid_until, other.valid_from, other.valid_until):
            name = other.get_role_display().lower()
            raise Refused(f"{person} är redan {name} {term(other)}. Avsluta den rollen först.", field="valid_from")


def overlaps(mandates: Iterable[Mandate]) -> Iterator[tuple[Mandate, Mandate]]:
    """Pairs of mandates, the earlier first, that share a seat and a day."""
    in_order = sorted(mandates, key=lambda mandate: (mandate.seat_id, mandate.valid_from, mandate.pk))
    for one, other in combinations(in_order, 2):
        if one.seat_id == other.seat_id and share_a_day(
            one.valid_from, one.valid_until, other.valid_from, other.valid_until
        ):
            yield one, other


def overlap_sentence(earlier: Mandate, later: Mandate) -> str:
    return (
        f"platsen är upptagen: {earlier.person} har den {term(earlier)} och {later.person} {term(later)}. "
        "Avsluta det ena uppdraget innan det andra börjar."
    )


def share_a_day(from_a: date, until_a: date | None, from_b: date, until_b: date | None) -> bool:
    """Whether two terms have a day in common; an end that is None lies ahead for ever."""
    return (until_b is None or from_a <= until_b) and (until_a is None or from_b <= until_a)


def term(row) -> str:
    """1 januari 2023–31 december 2026, or från 1 januari 2023."""
    if row.valid_until is None:
        return f"från {dates.long_date(row.valid_from)}"
    return f"{dates.long_date(row.valid_from)}–{dates.long_date(row.valid_until)}"

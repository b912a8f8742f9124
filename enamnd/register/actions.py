"""Keeping the register: persons, bodies, seats, mandates and offices."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction

from enamnd import dates
from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.journal.record import record
from enamnd.newer import check_facts
from enamnd.organisation import rules
from enamnd.organisation.models import Body, Mandate, Municipality, Office, Person, Seat
from enamnd.refusal import Refused


@transaction.atomic
def add_mandate(
    seat: Seat,
    person: Person,
    *,
    valid_from: date,
    valid_until: date | None = None,
    political_party: str = "",
    appointed_by: str = "",
    appointed_on: date | None = None,
    decision: str = "",
    decides_as_officer: bool = False,
    by,
) -> Mandate:
    """Put a person on a seat (lägga in ett uppdrag) from a day, and until one when it is known.

    `decides_as_officer` says that the person may take an officer's decisions for the municipality (tjänstemannabeslut).
    Refused while somebody else holds the seat on any of the days, or when it ends before it begins.
    """
    check_may(by, Permission.KEEP_ORGANISATION)
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    rules.check_term(valid_from, valid_until)
    rules.check_seat_is_free(seat, valid_from, valid_until)
    mandate = Mandate.objects.create(
        seat=seat,
        person=person,
        political_party=political_party.strip() or person.political_party,
        appointed_by=appointed_by.strip(),
        appointed_on=appointed_on,
        decision=decision.strip(),
        decides_as_officer=decides_as_officer,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    record("mandate.added", mandate, by=by, within=seat.body)
    return mandate


@transaction.atomic
def seat_person(seat: Seat, who: Person | str, *, political_party: str = "", by, **facts) -> Mandate:
    """Put somebody on a seat: a person of the register, or a new one by name, who is then added to it."""
    if isinstance(who, str):
        who = save_row(Person(), name=who.strip(), political_party=political_party.strip(), by=by)
    return add_mandate(seat, who, political_party=political_party, by=by, **facts)


@transaction.atomic
def change_mandate(mandate: Mandate, *, by, **facts) -> Mandate:
    """Correct what a mandate says (rätta ett uppdrag): its days, party or the council's decision."""
    check_may(by, Permission.KEEP_ORGANISATION)
    seat = Seat.objects.select_for_update().get(pk=mandate.seat_id)
    mandate = Mandate.objects.select_related("seat__body", "person").get(pk=mandate.pk)
    for key, value in facts.items():
        setattr(mandate, key, value)
    rules.check_term(mandate.valid_from, mandate.valid_until)
    rules.check_seat_is_free(seat, mandate.valid_from, mandate.valid_until, besides=mandate)
    mandate.save()
    record("mandate.changed", mandate, by=by, within=seat.body)
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, on: date, by) -> Mandate:
    """Let a mandate end (avsluta ett uppdrag) with `on` as its last day."""
    check_may(by, Permission.KEEP_ORGANISATION)
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    rules.check_term(mandate.valid_from, on, field="on")
    _check_earlier(mandate, on)
    mandate.valid_until = on
    mandate.save()
    record("mandate.ended", mandate, by=by, within=mandate.seat.body, last_day=str(on))
    return mandate


@transaction.atomic
def add_office(
    body: Body, person: Person, role: str, *, valid_from: date, valid_until: date | None = None, by
) -> Office:
    """Give a person a role in a body (lägga in en roll): chair, secretary. Refused when the person has it then."""
    check_may(by, Permission.KEEP_ORGANISATION)
    body = Body.objects.select_for_update().get(pk=body.pk)
    rules.check_term(valid_from, valid_until, what="Rollen")
    rules.check_office_is_free(body, person, role, valid_from, valid_until)
    office = Office.objects.create(body=body, person=person, role=role, valid_from=valid_from, valid_until=valid_until)
    record("office.added", office, by=by, within=body)
    return office


@transaction.atomic
def end_office(office: Office, *, on: date, by) -> Office:
    """Let a role in a body end (avsluta en roll) with `on` as its last day."""
    check_may(by, Permission.KEEP_ORGANISATION)
    office = Office.objects.select_for_update().get(pk=office.pk)
    rules.check_term(office.valid_from, on, what="Rollen", field="on")
    _check_earlier(office, on)
    office.valid_until = on
    office.save()
    record("office.ended", office, by=by, within=office.body, last_day=str(on))
    return office


@transaction.atomic
def add_seat(body: Body, municipality: Municipality, kind: str, *, by) -> Seat:
    """Give a municipality one more seat in a body (lägga till en plats), last in the order of its kind."""
    check_may(by, Permission.KEEP_ORGANISATION)
    body = Body.objects.select_for_update().get(pk=body.pk)
    order = body.seats.filter(municipality=municipality, kind=kind).count() + 1
    seat = Seat.objects.create(body=body, municipality=municipality, kind=kind, order=order)
    record("seat.added", seat, by=by, within=body)
    return seat


@transaction.atomic
def save_row(row: models.Model, *, shown: Mapping | None = None, by, **facts) -> models.Model:
    """Save a person, a body or a municipality with these facts: a new one, or an old one changed.

    Refused, with the field, when a fact cannot be true (an organisation number with the wrong check digit); as Newer
    when somebody has changed the same fact since the page said what is in `shown`.
    """
    check_may(by, Permission.KEEP_ORGANISATION)
    is_new = row.pk is None
    if not is_new:
        row = type(row).objects.select_for_update().get(pk=row.pk)
        check_facts(row, facts, shown or {})
    for key, value in facts.items():
        setattr(row, key, value)
    try:
        row.full_clean()
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise Refused(" ".join(sentences), field=field) from error
    row.save()
    record(f"{row._meta.model_name}.{'added' if is_new else 'changed'}", row, by=by)
    return row


def _check_earlier(row: Mandate | Office, on: date):
    if row.valid_until is not None and on > row.valid_until:
        already = dates.long_date(row.valid_until)
        raise Refused(f"Det slutar redan {already}. Välj den dagen eller en tidigare.", field="on")

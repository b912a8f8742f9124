"""Whom a newsletter may go to: the parties, those who sit in each body, and the board's own mailing list."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.signing import BadSignature, Signer

from enamnd.accounts.models import RoleGrant
from enamnd.formats import swedish_key
from enamnd.organisation.models import Body, Mandate, Municipality, Office, Person, Seat
from meetings.models import NewsletterReader

PARTIES, MAILING_LIST = "parter", "sandlista"
_SIGNER = Signer(salt="meetings.newsletters.reader")


@dataclass(frozen=True)
class Addressee:
    """Somebody who is to have a newsletter: by what name and address, as what ("ledamot för Boden")."""

    name: str
    email: str
    capacity: str
    reader: NewsletterReader | None = None


@dataclass(frozen=True)
class Group:
    """Addressees that are chosen together. `without` are the names of those who have no address."""

    key: str
    name: str
    people: tuple[Addressee, ...]
    without: tuple[str, ...] = ()


def groups_on(day: date) -> tuple[Group, ...]:
    """All groups with somebody in them, in a number of queries that does not grow."""
    found = (_parties(), *_bodies(day), _mailing_list())
    return tuple(each for each in found if each.people or each.without)


def chosen(groups: Iterable[Group], keys: Collection[str], already: Collection[str] = ()) -> list[Addressee]:
    """Everybody in the chosen groups, each address once, but for those who have got it `already`."""
    found: dict[str, Addressee] = {}
    for each in (each for group in groups if group.key in keys for each in group.people):
        if each.email not in already:
            found.setdefault(each.email, each)
    return list(found.values())


def _group(key: str, name: str, rows: Iterable[tuple[str, str, str]]) -> Group:
    rows = list(rows)
    people = tuple(Addressee(who, email.lower(), as_what) for who, email, as_what in rows if email)
    return Group(key, name, people, tuple(who for who, email, _ in rows if not email))


def _parties() -> Group:
    rows = sorted(Municipality.objects.filter(is_party=True), key=lambda each: swedish_key(each.name))
    return _group(PARTIES, "Parternas registratorer", ((each.full_name, each.email, "registrator") for each in rows))


def _bodies(day: date) -> list[Group]:
    """Who sits in each body and who holds an office there; with the preparatory group, also whose account prepares."""
    bodies = {body.pk: body for body in Body.objects.valid_on(day)}
    people: dict[int, dict[int, tuple[Person, str]]] = defaultdict(dict)
    for body, person, capacity in (*_seated(day), *_in_office(day), *_preparing(day, bodies.values())):
        if body in bodies:
            people[body].setdefault(person.pk, (person, f"{capacity}, {bodies[body]}"))
    order = sorted(people, key=lambda key: (bodies[key].kind != Body.Kind.BOARD, swedish_key(bodies[key].name)))
    return [_group(f"organ-{key}", bodies[key].name, _by_name(people[key].values())) for key in order]


def _by_name(found: Iterable[tuple[Person, str]]) -> Iterator[tuple[str, str, str]]:
    for person, capacity in sorted(found, key=lambda each: swedish_key(each[0].name)):
        account = getattr(person, "account", None)
        yield person.name, person.email or (account.email if account and account.is_active else ""), capacity


def _seated(day: date) -> Iterator[tuple[int, Person, str]]:
    mandates = Mandate.objects.valid_on(day).filter(seat__in=Seat.objects.valid_on(day))
    for each in mandates.select_related("person__account", "seat__municipality").order_by("seat__kind", "pk"):
        yield each.seat.body_id, each.person, f"{each.seat.get_kind_display().lower()} för {each.seat.municipality}"


def _in_office(day: date) -> Iterator[tuple[int, Person, str]]:
    for each in Office.objects.valid_on(day).select_related("person__account").order_by("pk"):
        yield each.body_id, each.person, each.get_role_display().lower()


def _preparing(day: date, bodies: Iterable[Body]) -> Iterator[tuple[int, Person, str]]:
    group = next((each.pk for each in bodies if each.kind == Body.Kind.PREPARATORY), None)
    grants = RoleGrant.objects.valid_on(day).filter(role="preparatory", user__is_active=True)
    for each in grants.select_related("user__person__account", "municipality").order_by("pk"):
        if group and each.user.person:
            yield group, each.user.person, f"representant för {each.municipality}"


def _mailing_list() -> Group:
    readers = NewsletterReader.objects.filter(left_at=None).select_related("municipality")
    people = tuple(Addressee(each.name, each.email, capacity_of(each), each) for each in readers)
    return Group(MAILING_LIST, "Sändlistan", people)


def capacity_of(reader: NewsletterReader) -> str:
    """kommunikatör, Boden, på sändlistan."""
    place = reader.municipality.name if reader.municipality else ""
    return ", ".join(filter(None, (reader.about, place, "på sändlistan")))


def token_of(reader: NewsletterReader) -> str:
    """The secret part of the address where somebody leaves the mailing list."""
    return _SIGNER.sign(str(reader.pk)).replace(":", ".")


def by_token(token: str) -> NewsletterReader | None:
    """Who leaves by that address; None for an address that nobody has been given."""
    try:
        key = _SIGNER.unsign(token.replace(".", ":"))
    except BadSignature:
        return None
    return NewsletterReader.objects.filter(pk=key).first()

"""Whom a newsletter may go to: the parties, those who sit in each body, and the board's own mailing list."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.core.signing import BadSignature, Signer

from enamnd.formats import swedish_key
from enamnd.organisation.models import Body, Mandate, Municipality, Seat
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
    """All groups with somebody in them, in three queries."""
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
    seats = Seat.objects.valid_on(day).filter(body__in=Body.objects.valid_on(day))
    mandates = Mandate.objects.valid_on(day).filter(seat__in=seats)
    by_body: dict[Body, list[Mandate]] = defaultdict(list)
    for each in mandates.select_related("person", "seat__body", "seat__municipality").order_by("person__name", "pk"):
        by_body[each.seat.body].append(each)
    bodies = sorted(by_body, key=lambda body: (body.kind != Body.Kind.BOARD, swedish_key(body.name)))
    return [_group(f"organ-{body.pk}", body.name, map(_in_body, by_body[body])) for body in bodies]


def _in_body(mandate: Mandate) -> tuple[str, str, str]:
    kind = mandate.seat.get_kind_display().lower() if mandate.seat.body.kind == Body.Kind.BOARD else "representant"
    return mandate.person.name, mandate.person.email, f"{kind} för {mandate.seat.municipality}, {mandate.seat.body}"


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

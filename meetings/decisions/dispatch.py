"""Sending decisions out (expediering): to whom, by which address, what of it may be read without log-in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db.models import Prefetch, QuerySet

from enamnd.documents.models import Document
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Body, Municipality, Office, Person
from meetings.models import Adjustment, Dispatch, Extract, Meeting, Paragraph, Publication
from meetings.publishing.masking import is_contact_detail
from meetings.publishing.reading import shown
from meetings.text import sections

FRONT = ""  # where a mask of the front page or of the lists of people says that it is
_SIGNER = Signer(salt="meetings.decisions.dispatch")


@dataclass(frozen=True)
class Recipient:
    """Somebody whom a decision goes to: the name as written, and what it stands for, if anything known."""

    name: str
    municipality: Municipality | None = None
    body: Body | None = None
    person: Person | None = None
    email: str = ""


@dataclass(frozen=True)
class Known:
    """Whom names can stand for, read once: municipalities by name and full name, bodies, persons."""

    municipalities: Mapping[str, Municipality]
    bodies: Mapping[str, Body]
    persons: Mapping[str, Person]
    parties: tuple[Municipality, ...]
    all_parties: str
    secretaries: Mapping[int, str]


def known() -> Known:
    """Municipalities, bodies and persons of the register; a name that two persons share stands for neither."""
    municipalities = list(Municipality.objects.order_by("name"))
    persons: dict[str, Person | None] = {}
    for each in Person.objects.exclude(email=""):
        persons[each.name.casefold()] = None if each.name.casefold() in persons else each
    offices = Office.objects.filter(role=Office.Role.SECRETARY, valid_until=None).select_related("person")
    return Known(
        {name.casefold(): each for each in municipalities for name in (each.name, each.full_name)},
        {each.name.casefold(): each for each in Body.objects.all()},
        {name: each for name, each in persons.items() if each},
        tuple(each for each in municipalities if each.is_party),
        current_board().word("all_parties").casefold(),
        {each.body_id: each.person.email for each in offices},
    )


def recipients_of(paragraph: Paragraph, register: Known) -> list[Recipient]:
    """Everybody under ”Beslutet skickas till”, each once; all parties are written out, one by one."""
    found: dict[str, Recipient] = {}
    for item in _items(paragraph):
        for recipient in _recipients(item, register):
            found.setdefault(recipient.name.casefold(), recipient)
    return list(found.values())


def _items(paragraph: Paragraph) -> Iterator[sections.Item]:
    for section in sections.from_json(paragraph.sections):
        if section.kind == sections.RECIPIENTS:
            yield from (item for item in section.items or () if item.text.strip())


def _recipients(item: sections.Item, register: Known) -> Iterable[Recipient]:
    name = item.text.strip().rstrip(".").casefold()
    if name == register.all_parties:
        return [of_municipality(each) for each in register.parties]
    if municipality := register.municipalities.get(name):
        return [of_municipality(municipality)]
    if body := register.bodies.get(name):
        return [Recipient(body.name, body=body, email=register.secretaries.get(body.pk, ""))]
    if person := register.persons.get(name):
        return [Recipient(person.name, person=person, email=person.email)]
    return [Recipient(item.text.strip()[:200])]


def of_municipality(municipality: Municipality) -> Recipient:
    return Recipient(municipality.full_name, municipality=municipality, email=municipality.email)


# Reading


@dataclass(frozen=True)
class Group:
    """What goes out together: one paragraph's dispatches, or the protocol's, with the newest extract of it."""

    paragraph: Paragraph | None
    title: str
    rows: tuple[Dispatch, ...]
    extract: Extract | None

    @property
    def unsent(self) -> int:
        return sum(not row.sent_on for row in self.rows)

    @property
    def tally(self) -> str:
        """14 av 14 skickade, 4 har bekräftat."""
        confirmed = sum(bool(row.confirmed_on) for row in self.rows)
        return f"{len(self.rows) - self.unsent} av {len(self.rows)} skickade, {confirmed} har bekräftat"


def of_meeting(meeting: Meeting) -> list[Group]:
    """All that is to go out after a meeting: the protocol first, then paragraph by paragraph."""
    rows = list(
        meeting.dispatches.select_related("municipality", "paragraph", "extract__paper")
        .defer("paragraph__sections")
        .order_by("id")
    )
    newest = Prefetch("extracts", Extract.objects.select_related("paper").order_by("issued_at", "id"))
    wanted = meeting.paragraphs.filter(pk__in={row.paragraph_id for row in rows if row.paragraph_id})
    groups = [_protocol_group(rows)] if any(row.paragraph_id is None for row in rows) else []
    return groups + [_group(each, rows) for each in wanted.defer("sections").prefetch_related(newest)]


def _protocol_group(rows: list[Dispatch]) -> Group:
    return Group(None, "Protokollet", tuple(row for row in rows if row.paragraph_id is None), None)


def _group(paragraph: Paragraph, rows: list[Dispatch]) -> Group:
    extracts = list(paragraph.extracts.all())
    own = tuple(row for row in rows if row.paragraph_id == paragraph.pk)
    return Group(paragraph, str(paragraph), own, extracts[-1] if extracts else None)


def unsent() -> QuerySet[Dispatch]:
    """What has not been sent, from all meetings."""
    return Dispatch.objects.filter(sent_on__isnull=True)


# Links without log-in


def token_of(dispatch: Dispatch) -> str:
    """The secret part of the address that the letter leads to: who has it may read this and confirm it."""
    return _SIGNER.sign(str(dispatch.pk)).replace(":", ".")


def by_token(token: str) -> Dispatch | None:
    """The dispatch that a letter's address leads to; None for an address that nobody has been given."""
    try:
        key = _SIGNER.unsign(token.replace(".", ":"))
    except BadSignature:
        return None
    rows = Dispatch.objects.select_related(
        "meeting__body", "paragraph__case", "extract__paper__file", "adjustment__paper__file"
    )
    return rows.filter(pk=key).first()


def is_open_to_holder(dispatch: Dispatch) -> bool:
    """Whether whoever holds the letter's link may read the paper: adjusted, and nothing in it under secrecy.

    Anything else needs a log-in: a link is passed on more easily than a password. A revoked link opens nothing.
    """
    if dispatch.link_revoked_at:
        return False
    if dispatch.paragraph_id is None:
        adjustment = dispatch.adjustment
        return bool(adjustment and adjustment.adjusted_on and not protocol_holds_secrets(adjustment))
    extract = dispatch.extract
    return bool(extract and extract.is_adjusted and extract.paper.is_public and not holds_secrets([dispatch.paragraph]))


def public_version(dispatch: Dispatch) -> Publication | None:
    """The public rendition of a protocol that was sent, which everybody may read; None for an extract."""
    if dispatch.paragraph_id or dispatch.adjustment_id is None:
        return None
    found = shown().filter(adjustment=dispatch.adjustment_id)
    return found.select_related("paper__file").defer("content", "search_text").first()


def protocol_holds_secrets(adjustment: Adjustment) -> bool:
    """Whether there are secrets in the paragraphs of an adjusted protocol, or something is masked on its front page."""
    return FRONT in masked_keys([adjustment.meeting_id]) or holds_secrets(_paragraphs_of(adjustment))


def holds_secrets(paragraphs: Iterable[Paragraph]) -> bool:
    """Whether something behind closed doors, masked, or from a case with a secrecy mark, stands in the paragraphs."""
    paragraphs = list(paragraphs)
    if any(each.is_behind_closed_doors for each in paragraphs):
        return True
    masked = masked_keys({each.meeting_id for each in paragraphs})
    if any(key_of(each) in masked for each in paragraphs):
        return True
    cases = {each.case_id for each in paragraphs if each.case_id}
    return Document.objects.secret().filter(case__in=cases).exists()


def masked_keys(meetings: Iterable[int]) -> set[str]:
    """Where something has been masked for the public, ever: keys of paragraphs ("p7"), and FRONT for the front page.

    Also by a public version that was replaced or withdrawn: what it hid has not become public by that. Contact details
    that only were not to be on the web are no secret to those who are sent the paper.
    """
    masks = Publication.objects.filter(adjustment__meeting__in=meetings).values_list("masks", flat=True)
    return {each["paragraph"] for rows in masks for each in rows if not is_contact_detail(each)}


def key_of(paragraph: Paragraph) -> str:
    """What the frozen protocol calls the paragraph."""
    return f"p{paragraph.pk}"


def _paragraphs_of(adjustment: Adjustment) -> QuerySet[Paragraph]:
    """What the adjusted paper prints: the whole protocol has what was adjusted at once in it too."""
    if adjustment.is_immediate:
        found = Paragraph.objects.filter(adjustments__adjustment=adjustment, adjustments__is_void=False)
    else:
        found = Paragraph.objects.filter(meeting=adjustment.meeting_id, adjustments__is_void=False)
    return found.defer("sections")

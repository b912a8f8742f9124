"""The call to a meeting (kallelse): who is called, when it must go, and what it says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from enamnd import dates
from enamnd.accounts.models import RoleGrant
from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.documents.models import Document
from enamnd.documents.rules import is_unreleased
from enamnd.formats import count, listed
from enamnd.organisation.models import Board, Body, Mandate, Office, Person, Seat
from enamnd.refusal import Refused
from meetings import rules
from meetings.attending import register
from meetings.models import Call, Meeting, Paragraph
from meetings.planning.year_plan import when
from meetings.text import sections

MEMBER, SUBSTITUTE, PREPARATORY = "ledamot", "ersättare", "beredningsgrupp"
PDF = "application/pdf"
MARKS = {Paragraph.Origin.STANDING: "Stående punkt", Paragraph.Origin.LATE: "Extra ärende"}


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets the call, as what, and where (no address: nowhere)."""

    person: Person
    capacity: str
    email: str


@dataclass(frozen=True)
class CallDocument:
    """A paper to an item. What is secret has no file and no title here: it is handed out by itself."""

    key: int
    number: str
    title: str
    file: str = ""  # SHA-256
    file_name: str = ""
    is_pdf: bool = False
    secrecy: str = ""
    is_unreleased: bool = False


@dataclass(frozen=True)
class CallItem:
    """An item of the agenda: its place or §, title, case, mark ("Extra ärende"), papers."""

    key: int
    label: str
    title: str
    case_number: str
    mark: str
    documents: tuple[CallDocument, ...]
    is_new: bool = False


@dataclass(frozen=True)
class CallPaper:
    """All that a call says, ready to be printed. `news` is what has changed since the call before."""

    board_name: str
    body_name: str
    title: str
    when: str
    place: str
    called: str
    secretary: str
    message: tuple[str, ...]
    items: tuple[CallItem, ...]
    news: tuple[str, ...]
    created_at: str
    is_draft: bool = False
    language: str = "sv"

    @property
    def documents(self) -> list[CallDocument]:
        return [document for item in self.items for document in item.documents]


# When ----------------------------------------------------------------------------------------------------------------


def due_on(meeting: Meeting, board: Board) -> date:
    """The last day to send the call by the board's own rule, `call_days`: the law sets none for a board (KL 6:23)."""
    return meeting.held_on - timedelta(days=board.rule("call_days"))


def rule_in_words(board: Board) -> str:
    return (
        f"{count(board.rule('call_days'), 'dag', 'dagar')} före sammanträdet, enligt egen regel för {board.short_name}"
    )


def is_cancelled(meeting: Meeting) -> bool:
    day = getattr(meeting, "planned_day", None)
    return bool(day and day.cancelled_because)


def check_can_call(meeting: Meeting, by):
    """Refused for a meeting that has been, has been cancelled, or lacks what a call must say: when, where, what."""
    rules.check_can_write(by)
    if is_cancelled(meeting):
        raise Refused(f"Sammanträdet är inställt: {meeting.planned_day.cancelled_because}")
    if meeting.held_on < timezone.localdate():
        raise Refused(f"Sammanträdet hölls {dates.long_date(meeting.held_on)}. Det går inte att kalla till det nu.")
    if not meeting.starts_at or not (meeting.place or meeting.is_remote):
        raise Refused("Kallelsen ska säga när och var. Fyll i tid och plats under Uppgifter och framsida först.")
    if not meeting.paragraphs.exists():
        raise Refused("Dagordningen är tom. Lägg till ärenden först.")


def check_can_read_call(call: Call, by):
    """Refused when a paper of the call has been marked as secret since it was issued, unless `by` may read such."""
    check_may(by, Permission.READ_CASES)
    if by.may(Permission.REGISTER_CASES):
        return
    keys = [each["document"] for item in call.agenda["items"] for each in item["documents"] if each["sha256"]]
    if Document.objects.filter(pk__in=keys).exclude(secrecy="").exists():
        raise Refused("En handling i kallelsen har sekretessmarkerats efter utskicket. Vänd dig till sekreteraren.")


# To whom -------------------------------------------------------------------------------------------------------------


def recipients_of(meeting: Meeting, board: Board) -> list[Recipient]:
    """Members, then substitutes, then the preparatory group where the board's rule says so; each person once."""
    found: dict[int, tuple[Person, str]] = {}
    for sitting in by_kind(register.sittings(meeting.body, meeting.held_on, meeting.last_day)):
        capacity = MEMBER if sitting.seat.kind == Seat.Kind.MEMBER else SUBSTITUTE
        found.setdefault(sitting.mandate.person_id, (sitting.mandate.person, capacity))
    for person in preparatory_group(meeting, board):
        found.setdefault(person.pk, (person, PREPARATORY))
    addresses = accounts_of(found)
    return [
        Recipient(person, capacity, person.email or addresses.get(key, "")) for key, (person, capacity) in found.items()
    ]


def by_kind(sittings: Iterable[register.Sitting]) -> list[register.Sitting]:
    return sorted(sittings, key=lambda each: each.seat.kind != Seat.Kind.MEMBER)


def preparatory_group(meeting: Meeting, board: Board) -> list[Person]:
    """Who prepares the board's matters on the meeting's day: seats and offices in such bodies, and such accounts."""
    is_own = meeting.body.kind == Body.Kind.PREPARATORY
    if not is_own and not (board.rule("sends_to_preparatory_group") and meeting.body.kind == Body.Kind.BOARD):
        return []
    bodies = Body.objects.filter(kind=Body.Kind.PREPARATORY)
    day = meeting.held_on
    keys = {
        *Mandate.objects.valid_on(day).filter(seat__body__in=bodies).values_list("person", flat=True),
        *Office.objects.valid_on(day).filter(body__in=bodies).values_list("person", flat=True),
        *RoleGrant.objects.valid_on(day).filter(role="preparatory").values_list("user__person", flat=True),
    }
    return list(Person.objects.filter(pk__in=keys - {None}))


def accounts_of(people: Iterable[int]) -> dict[int, str]:
    """The log-in address of each, for those whom the register has no address for."""
    found = Person.objects.filter(pk__in=list(people), account__is_active=True)
    return dict(found.values_list("pk", "account__email"))


# What it says --------------------------------------------------------------------------------------------------------


def compose_call(meeting: Meeting, board: Board, message: str = "", *, is_draft: bool = False) -> CallPaper:
    """The call as it would read now, held against the latest one that was issued."""
    latest = meeting.calls.order_by("pk").last()
    paper = CallPaper(
        board_name=board.name,
        body_name=meeting.body.name,
        title="Tilläggskallelse" if latest else "Kallelse",
        when=when(replace_place(meeting)),
        place=" ".join(filter(None, (meeting.place, "(på distans)" if meeting.is_remote else ""))),
        called=called(meeting, board),
        secretary=meeting.secretary_name,
        message=tuple(line.strip() for line in message.splitlines() if line.strip()),
        items=items_of(meeting),
        news=(),
        created_at=timezone.localtime().isoformat(timespec="seconds"),
        is_draft=is_draft,
    )
    return with_news(paper, latest) if latest else paper


def replace_place(meeting: Meeting) -> Meeting:
    """The meeting's day and hours alone: the place has a line of its own."""
    return Meeting(
        held_on=meeting.held_on, starts_at=meeting.starts_at, ends_at=meeting.ends_at, ends_on=meeting.ends_on
    )


def called(meeting: Meeting, board: Board) -> str:
    """Whom the call is for, and who gets it to know of it."""
    also = ["ersättare"]
    if meeting.body.kind == Body.Kind.BOARD and board.rule("sends_to_preparatory_group"):
        also.append("beredningsgruppen")
    return f"Ledamöter. För kännedom: {listed(also)}."


def items_of(meeting: Meeting) -> tuple[CallItem, ...]:
    paragraphs = list(meeting.paragraphs.select_related("case", "raised_by").order_by("position"))
    documents = named_documents(paragraphs)
    return tuple(
        CallItem(
            key=each.pk,
            label=each.label if each.number else f"{place}.",
            title=each.title,
            case_number=each.case.number if each.case else "",
            mark=mark_of(each),
            documents=tuple(documents[key] for key in keys_of_documents(each) if key in documents),
        )
        for place, each in enumerate(paragraphs, 1)
    )


def mark_of(paragraph: Paragraph) -> str:
    """Where an item comes from, when that is worth saying: standing, late, raised by a member."""
    if paragraph.origin == Paragraph.Origin.MEMBER:
        return f"Väckt av {paragraph.raised_by}" if paragraph.raised_by else "Väckt av ledamot"
    return MARKS.get(paragraph.origin, "")


def keys_of_documents(paragraph: Paragraph) -> list[int]:
    """The documents that the paragraph names (Beslutsunderlag), each once."""
    named = (each for each in sections.from_json(paragraph.sections) if each.kind == sections.DOCUMENTS)
    return list(dict.fromkeys(item.document for each in named for item in each.items or () if item.document))


def named_documents(paragraphs: Iterable[Paragraph]) -> dict[int, CallDocument]:
    keys = {key for each in paragraphs for key in keys_of_documents(each)}
    rows = Document.objects.filter(pk__in=keys, voided_because="").select_related("file", "release")
    rows = rows.defer("file__content")
    return {row.pk: document_of(row) for row in rows}


def document_of(row: Document) -> CallDocument:
    if row.secrecy:
        return CallDocument(row.pk, row.number, "Handling med sekretess", secrecy=row.secrecy)
    if is_unreleased(row):
        return CallDocument(row.pk, row.number, row.title, is_unreleased=True)
    file_name = row.file_name if row.file_id else ""
    is_pdf = bool(row.file_id) and (row.file.media_type == PDF or file_name.lower().endswith(".pdf"))
    return CallDocument(row.pk, row.number, row.title, row.file_id or "", file_name, is_pdf)


# What is new ---------------------------------------------------------------------------------------------------------


def snapshot(paper: CallPaper) -> dict:
    """What a later call is held against, as JSON: when, where, and each item with its papers."""
    return {
        "when": paper.when,
        "place": paper.place,
        "items": [
            {
                "paragraph": item.key,
                "title": item.title,
                "documents": [{"document": each.key, "sha256": each.file} for each in item.documents],
            }
            for item in paper.items
        ],
    }


def with_news(paper: CallPaper, latest: Call) -> CallPaper:
    """The paper with a sentence for each thing that is not as in the latest call, and its new items marked."""
    before = latest.agenda
    known = {item["paragraph"]: item for item in before["items"]}
    items = tuple(replace(item, is_new=item.key not in known) for item in paper.items)
    return replace(paper, items=items, news=tuple(news(paper, before, known)))


def news(paper: CallPaper, before: dict, known: dict[int, dict]) -> Iterable[str]:
    if paper.when != before["when"]:
        yield f"Ny tid: {paper.when}. Förut: {before['when']}."
    if paper.place != before["place"]:
        yield f"Ny plats: {paper.place}. Förut: {before['place']}."
    for item in paper.items:
        yield from news_of_item(item, known.get(item.key))
    standing = {item.key for item in paper.items}
    for key, item in known.items():
        if key not in standing:
            yield f"Utgår: {item['title']}."


def news_of_item(item: CallItem, before: dict | None) -> Iterable[str]:
    if before is None:
        yield f"Nytt ärende: {item.title}."
        return
    if item.title != before["title"]:
        yield f"Ny rubrik: {item.title}. Förut: {before['title']}."
    had = {(each["document"], each["sha256"]) for each in before["documents"]}
    for document in item.documents:
        if (document.key, document.file) not in had:
            yield f"Ny handling till ”{item.title}”: {document.title}."


def changes_since(meeting: Meeting, board: Board, latest: Call | None) -> tuple[str, ...]:
    """What the latest call does not say; nothing when it still holds, or none has been issued."""
    return compose_call(meeting, board).news if latest else ()

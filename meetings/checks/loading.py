"""From the database to what the checks look at, in a number of queries that does not grow with the protocol."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.roles import Permission
from enamnd.documents.models import Document
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Board, Mandate, Person
from meetings.attending.listed_roll import MeetingRoll, roll_of
from meetings.days import beginnings, later_days
from meetings.models import (
    AdjustedParagraph,
    Ballot,
    ChairPeriod,
    Meeting,
    Motion,
    Paragraph,
    Statement,
)
from meetings.noticing.clock_rules import adjust_by
from meetings.sitting.records import RECORDED, loaded_records
from meetings.sitting.table import Table
from meetings.sitting.texts import MISSING, WrittenText, texts_of
from meetings.text import sections
from meetings.text.reference_targets import meant_by
from meetings.text.references import find_references

from .protocol import LoadedProtocol, Matter, Named, PlainBallot, PlainMotion, PlainStatement


def load_protocol(
    meeting: Meeting, paragraphs: Iterable[Paragraph] | None = None, *, is_immediate: bool = False
) -> LoadedProtocol:
    """Everything that is checked of `meeting`; `paragraphs` are those to adjust, by default all that are not frozen."""
    board, found = current_board(), roll_of(meeting)
    matters = _matters(meeting, found, board)
    chosen = _free(matters) if paragraphs is None else frozenset(each.pk for each in paragraphs)
    accounts = _accounts(meeting)
    return LoadedProtocol(
        held_on=meeting.held_on,
        today=timezone.localdate(),
        matters=matters,
        chosen=chosen,
        is_immediate=is_immediate,
        numbers_paragraphs=meeting.body.numbers_paragraphs,
        number_before=_number_before(meeting),
        latest_on=adjust_by(meeting.last_day),
        rows=found.rows,
        seats=found.seats,
        secretary=_secretary(meeting, accounts),
        chairs=tuple(_ranged(each, accounts) for each in meeting.chairs.select_related("person", "first", "last")),
        adjusters=tuple(
            _ranged(each, accounts) for each in meeting.adjusters.select_related("person", "first", "last")
        ),
        adjusters_needed=board.rule("adjusters"),
        allows_remote=board.rule("allows_remote"),
        registered=_registered(found),
        without_file=_without_file(matters),
        procedure_heading=board.word("procedure"),
        known_references=_known(meeting, matters),
        year=meeting.year,
        hrefs=_hrefs(meeting),
        **_days(meeting, found),
    )


def _days(meeting: Meeting, found: MeetingRoll) -> dict:
    """What is known of the days, where they are more than one."""
    if not meeting.ends_on:
        return {}
    begun = beginnings(meeting)
    told = {each.day for each in begun}
    return {
        "begun": begun,
        "days_untold": tuple(day for day in later_days(meeting) if day not in told),
        "terms": _terms(meeting, found),
    }


def _terms(meeting: Meeting, found: MeetingRoll) -> dict[str, tuple]:
    """The first and last day of the mandate that each row stands for; of two that follow each other, the whole."""
    held: dict[tuple, list[Mandate]] = defaultdict(list)
    seats = {entry.seat_id for entry in found.entries if entry.seat_id}
    for each in Mandate.objects.valid_within(meeting.held_on, meeting.last_day).filter(seat__in=seats):
        held[each.seat_id, each.person_id].append(each)
    rows = {str(entry.pk): held.get((entry.seat_id, entry.person_id)) for entry in found.entries}
    return {
        key: (
            min(each.valid_from for each in mandates),
            None if any(each.valid_until is None for each in mandates) else max(each.valid_until for each in mandates),
        )
        for key, mandates in rows.items()
        if mandates
    }


def _hrefs(meeting: Meeting) -> dict[str, str]:
    facts = reverse("meetings:meeting_facts", args=[meeting.pk])
    return {
        "meeting": reverse("meetings:meeting", args=[meeting.pk]),
        "attendance": reverse("meetings:attendance", args=[meeting.pk]),
        "facts": facts,
        "days": f"{facts}#days-title",
        "chairs": f"{facts}#chairs-title",
        "adjusters": f"{facts}#adjusters-title",
    }


# The paragraphs


def _matters(meeting: Meeting, found: MeetingRoll, board: Board) -> tuple[Matter, ...]:
    rows = meeting.paragraphs.select_related("case", "closing", "procedure").prefetch_related(*RECORDED)
    return tuple(_matter(each, _texts(each, found, board)) for each in rows.order_by("position"))


def _texts(row: Paragraph, found: MeetingRoll, board: Board) -> Sequence[WrittenText]:
    """The sections that were written from the records, or should be."""
    table = Table(row, found, tuple(row.recusals.all()), (), board.rule("substitutes_from"))
    return texts_of(loaded_records(table), board)


def _matter(row: Paragraph, written: Sequence[WrittenText]) -> Matter:
    closing = getattr(row, "closing", None)
    return Matter(
        pk=row.pk,
        position=row.position,
        number=row.number,
        title=row.title,
        is_decision=row.kind == Paragraph.Kind.DECISION,
        case_number=row.case.number if row.case else "",
        text=sections.from_json(row.sections),
        outcome=closing.outcome if closing else "",
        recused=frozenset(str(each.attendance_id) for each in row.recusals.all()),
        motions=tuple(_motion(each) for each in row.motions.all()),
        ballots=tuple(_ballot(each) for each in row.ballots.all()),
        statements=tuple(
            PlainStatement(str(each.attendance_id), each.kind == Statement.Kind.RESERVATION)
            for each in row.statements.all()
        ),
        href=reverse("meetings:paragraph", args=[row.meeting_id, row.pk]),
        records_href=f"{reverse('meetings:sitting', args=[row.meeting_id])}?par={row.pk}#texter",
        stale=tuple(each.heading for each in written if each.is_stale),
        unwritten=tuple(each.heading for each in written if each.state == MISSING and each.name != "decision"),
    )


def _motion(row: Motion) -> PlainMotion:
    mover = str(row.mover_id) if row.mover_id else None
    return PlainMotion(mover, row.withdrawn_at is not None, tuple(str(each) for each in row.supporters))


def _ballot(row: Ballot) -> PlainBallot:
    counts = (row.yes_count, row.no_count, row.abstain_count)
    return PlainBallot(
        method=row.method,
        is_finished=row.finished_at is not None,
        is_election=row.is_election,
        counts=None if counts == (None, None, None) else tuple(each or 0 for each in counts),
        votes=tuple((str(each.attendance_id), each.choice) for each in row.votes.all()),
        casting_vote=row.casting_vote,
        lot_outcome=row.lot_outcome,
    )


def _free(matters: tuple[Matter, ...]) -> frozenset[int]:
    """Paragraphs that no adjustment holds."""
    held = AdjustedParagraph.objects.filter(is_void=False, paragraph__in=[each.pk for each in matters])
    taken = set(held.values_list("paragraph", flat=True))
    return frozenset(each.pk for each in matters if each.pk not in taken)


def _number_before(meeting: Meeting) -> int | None:
    """The last § number of the year before this meeting; None when the portal has no earlier one."""
    earlier = Paragraph.objects.numbered(meeting.body, meeting.year).filter(meeting__held_on__lt=meeting.held_on)
    return earlier.exclude(meeting=meeting).aggregate(last=Max("number"))["last"]


def _without_file(matters: tuple[Matter, ...]) -> frozenset[int]:
    named = {
        item.document
        for matter in matters
        for section in matter.of_kind(sections.DOCUMENTS)
        for item in section.items or ()
        if item.document
    }
    return frozenset(Document.objects.filter(pk__in=named, file=None, voided_because="").values_list("pk", flat=True))


def _known(meeting: Meeting, matters: tuple[Matter, ...]) -> frozenset[tuple]:
    """(date or year, number) of every § that the protocol refers to and the portal has, in one query."""
    wanted = meant_by((found for matter in matters for found in find_references(matter.words)), meeting.year)
    if not wanted:
        return frozenset()
    rows = Paragraph.objects.filter(wanted, body=meeting.body_id).values_list("number", "year", "meeting__held_on")
    return frozenset((when, number) for number, year, held_on in rows for when in (year, held_on))


# The people


def _accounts(meeting: Meeting) -> dict[int, tuple[bool, bool]]:
    """Of each person who may have to sign: whether they have an account that opens the protocol, and an address."""
    people = Person.objects.filter(
        Q(pk=meeting.secretary_id)
        | Q(pk__in=meeting.chairs.values("person"))
        | Q(pk__in=meeting.adjusters.values("person"))
    ).select_related("account")
    found: dict[int, tuple[bool, bool]] = defaultdict(lambda: (False, False))
    for person in people:
        account = getattr(person, "account", None)
        can_read = bool(account and account.may(Permission.READ_MEETINGS))
        found[person.pk] = (can_read, bool(person.email or account))
    return found


def _secretary(meeting: Meeting, accounts: Mapping) -> Named | None:
    if not meeting.secretary_name:
        return None
    return _named(meeting.secretary_name, meeting.secretary_name, meeting.secretary, accounts)


def _ranged(row: ChairPeriod, accounts: Mapping) -> Named:
    label = f"{row.name} ({row.political_party})" if row.political_party else row.name
    first, last = (end.position if end else None for end in (row.first, row.last))
    return _named(row.name, label, row.person, accounts, first, last)


def _named(name: str, label: str, person: Person | None, accounts: Mapping, *ends) -> Named:
    has_account, has_address = accounts[person.pk] if person else (False, False)
    return Named(name, label, person.name if person else "", *ends, has_account=has_account, has_address=has_address)


def _registered(found: MeetingRoll) -> dict[str, str]:
    """The register's name of each row of the roll that stands for somebody there."""
    people = {entry.pk: entry.person_id for entry in found.entries if entry.person_id}
    names = dict(Person.objects.filter(pk__in=people.values()).values_list("pk", "name"))
    return {str(key): names[person] for key, person in people.items()}

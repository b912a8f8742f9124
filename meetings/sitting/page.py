"""The page of the meeting as it is held, as data: every paragraph at the side, one of them large, everybody's place."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from enamnd.answers import is_allowed, refusal_of
from enamnd.organisation.current import current_board
from meetings.attending import roll
from meetings.attending.listed_roll import roll_of
from meetings.forms.sitting import (
    BallotForm,
    ChairForm,
    FinishForm,
    MomentForm,
    MotionForm,
    ProcedureForm,
    RecusalForm,
    ResultForm,
    StatementForm,
)
from meetings.models import Attendance, Ballot, Closing, Meeting, Motion, Paragraph
from meetings.rules import check_is_open

from . import sentences, texts
from .counting import ABSTAIN, NO, YES
from .course import ADJOURNED, OPENED, course_of, sitting_day
from .reading import table_at
from .records import Counted, records_of
from .rules import check_may_record
from .table import MEMBER, RECUSED, Place

STATES = {
    roll.SERVING: "tjänstgör",
    roll.PRESENT: "närvarar",
    roll.ABSENT: "borta",
    roll.UNMARKED: "inte markerad",
    RECUSED: "jävig",
}
MOMENT_VERBS = {"opened": "Öppna", "adjourned": "Ajournera", "resumed": "Återuppta", "closed": "Avsluta sammanträdet"}


@dataclass(frozen=True)
class Line:
    """One person's row beside the paragraph."""

    place: Place
    chosen: Attendance | None
    offers: tuple[Attendance, ...]
    is_chair: bool

    @property
    def entry(self) -> Attendance:
        return self.place.entry

    @property
    def key(self) -> str:
        """The row's number as text: a template takes much longer over whole numbers, which it formats."""
        return mark_safe(str(self.entry.pk))  # noqa: S308 digits

    @property
    def chosen_key(self) -> str:
        return mark_safe(str(self.chosen.pk))  # noqa: S308 digits

    @property
    def label(self) -> str:
        return self.place.row.label

    @property
    def is_member(self) -> bool:
        return self.entry.seat_kind == MEMBER

    @property
    def in_words(self) -> str:
        """tjänstgör för Anna Alm (S), ordförande, på distans."""
        instead = f" för {self.place.replaces.name_with_party}" if self.place.replaces else ""
        parts = (
            STATES[self.place.state] + instead,
            "ordförande" if self.is_chair else "",
            "på distans" if self.entry.is_remote and self.place.is_here else "",
        )
        return ", ".join(filter(None, parts))


@dataclass(frozen=True)
class Party:
    """A municipality's people."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Shown:
    """A ballot as the page shows it, with the forms that it needs while it goes on."""

    counted: Counted
    question: str
    lines: tuple[str, ...]
    result: str
    finish_form: FinishForm
    result_form: ResultForm

    @property
    def ballot(self) -> Ballot:
        return self.counted.ballot


@dataclass(frozen=True)
class Voter:
    """A row of the grid: who, and how they voted so far."""

    entry: Attendance
    choice: str


class SittingPage:
    """Everything that the page of `paragraph` shows to `user`. `bound` are forms that were refused, by name."""

    def __init__(self, meeting: Meeting, paragraph: Paragraph | None, user, bound: Mapping | None = None):
        self.meeting = meeting
        self.user = user
        self.bound = bound or {}
        self.paragraph = paragraph or self._current()
        self.locked = refusal_of(check_is_open, self.paragraph or meeting)
        self.may_write = self.locked is None and is_allowed(check_may_record, user)

    @cached_property
    def items(self) -> tuple[Paragraph, ...]:
        """The paragraphs in order, each with its closing, without their text."""
        fields = ("pk", "meeting_id", "position", "number", "title", "kind", "is_behind_closed_doors")
        rows = self.meeting.paragraphs.order_by("position").only(*fields, *(f"closing__{each}" for each in CLOSING))
        return tuple(rows.select_related("closing"))

    def _current(self) -> Paragraph | None:
        """The first that is not closed, else the last."""
        current = next((each for each in self.items if not hasattr(each, "closing")), None)
        current = current or (self.items[-1] if self.items else None)
        return current and full_paragraphs(self.meeting).get(pk=current.pk)

    @property
    def place(self) -> int:
        return [each.pk for each in self.items].index(self.paragraph.pk)

    @property
    def label(self) -> str:
        """§ 8, or the place in order (3.) while numbers are not given."""
        return self.paragraph.label if self.paragraph.number else f"{self.place + 1}."

    @property
    def previous(self) -> Paragraph | None:
        return self.items[self.place - 1] if self.place else None

    @property
    def next(self) -> Paragraph | None:
        return self.items[self.place + 1] if self.place + 1 < len(self.items) else None

    @cached_property
    def course(self):
        return course_of(self.meeting)

    @cached_property
    def is_live(self) -> bool:
        return self.course.is_live(sitting_day())

    @cached_property
    def board(self):
        return current_board()

    @cached_property
    def roll(self):
        return roll_of(self.meeting)

    @cached_property
    def table(self):
        return table_at(self.paragraph, self.roll)

    @cached_property
    def records(self):
        return records_of(self.table)

    @cached_property
    def texts(self) -> tuple[texts.WrittenText, ...]:
        return texts.texts_of(self.records, self.board)

    @property
    def may_record(self) -> bool:
        """Whether records can be made: by who may write, of a matter that is not closed."""
        return self.may_write and self.records.closing is None

    @property
    def is_information(self) -> bool:
        return self.paragraph.kind == Paragraph.Kind.INFORMATION

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to look at: the roll's own, and that nobody who may holds the chair here."""
        return tuple(filter(None, (self.table.chair_problem, *self.roll.warnings)))

    # People

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        seated = [place for place in self.table.places if place.entry.seat_kind]
        groups = groupby(seated, key=lambda place: place.entry.municipality_name)
        return tuple(Party(name, tuple(map(self._line, places))) for name, places in groups)

    @cached_property
    def presence_base(self) -> str:
        """The address that says what somebody is from here on, but for the row's number."""
        return self._base("meetings:sitting_presence")

    @cached_property
    def remote_base(self) -> str:
        return self._base("meetings:sitting_remote")

    def _base(self, name: str) -> str:
        return reverse(name, args=[self.meeting.pk, self.paragraph.pk, 0]).removesuffix("0/")

    @property
    def has_unmarked_members(self) -> bool:
        return any(row.seat == roll.MEMBER and not row.spans for row in self.roll.rows)

    @cached_property
    def others(self) -> tuple[Line, ...]:
        return tuple(self._line(place) for place in self.table.places if not place.entry.seat_kind)

    def _line(self, place: Place) -> Line:
        entry = place.entry
        is_empty = entry.seat_kind == MEMBER and place.state in (roll.ABSENT, RECUSED)
        offers = self.table.substitutes_for(entry) if is_empty and not self.table.is_replaced(entry) else ()
        return Line(place, self._chosen(place), offers, self.table.chair == entry)

    def _chosen(self, place: Place) -> Attendance | None:
        """Whom a substitute would serve for: the first member of the same party to the board whose place is empty."""
        if place.entry.seat_kind == MEMBER or not place.entry.seat_kind or place.is_serving:
            return None
        return next((member for member in self._empty if place.entry in self.table.substitutes_for(member)), None)

    @cached_property
    def _empty(self) -> tuple[Attendance, ...]:
        return tuple(
            place.entry
            for place in self.table.places
            if place.entry.seat_kind == MEMBER
            and place.state == roll.ABSENT
            and not self.table.is_replaced(place.entry)
        )

    # Records

    @property
    def motions(self) -> list[tuple[Motion, str]]:
        return [(each, sentences.motion_sentence(each, self.records.supporters(each))) for each in self.records.motions]

    @cached_property
    def ballots(self) -> list[Shown]:
        return [self._shown(each) for each in self.records.ballots]

    def _shown(self, each: Counted) -> Shown:
        result = texts.result_of(each, self.board) if each.is_finished else ""
        name = f"finish-{each.ballot.pk}"
        return Shown(
            counted=each,
            question=sentences.question_sentence(each.ballot),
            lines=sentences.vote_lines(each.ballot, each.choices),
            result=result,
            finish_form=self.bound.get(name) or FinishForm(ballot=each.ballot, initial=_finished(each)),
            result_form=ResultForm(initial={"result": result}, auto_id=f"id_result_{each.ballot.pk}_%s"),
        )

    @property
    def voters(self) -> list[Voter]:
        """The grid of the open ballot that goes on, in the order of the list."""
        chosen = {
            entry.pk: choice
            for each in self.records.open_ballots
            for choice, people in each.choices.items()
            for entry in people
        }
        chosen |= self.bound.get("votes", {})
        return [Voter(entry, chosen.get(entry.pk, "")) for entry in self.table.serving]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(YES, "Ja"), (NO, "Nej"), (ABSTAIN, "Avstår")]

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        """What the matter can end as, the likeliest first."""
        outcome = Closing.Outcome
        first = (outcome.INFORMED, "Information lämnad") if self.is_information else (outcome.DECIDED, "Beslutat")
        return [
            first,
            (outcome.POSTPONED, "Bordlagt"),
            (outcome.REFERRED, "Återremitterat"),
            (outcome.DROPPED, "Utgår"),
        ]

    # Forms

    def _form(self, name: str, make):
        return self.bound.get(name) or make()

    @property
    def moment_verbs(self) -> list[tuple[str, str]]:
        return [(str(kind), MOMENT_VERBS[kind]) for kind in self.course.next_kinds]

    @property
    def moment_form(self) -> MomentForm:
        now = timezone.localtime().replace(second=0, microsecond=0)
        told = now.time() if self.course.day == sitting_day() else None
        day = now.date() if told and self.course.moments else self.course.day
        if not self.course.moments:
            told = told or self.meeting.starts_at
        initial = {"at": told or self.meeting.ends_at, "on": day}
        return self._form("moment", lambda: MomentForm(initial=initial, auto_id="id_moment_%s"))

    @property
    def asks_for_the_day(self) -> bool:
        """Only the first day is known beforehand."""
        return OPENED not in self.course.next_kinds

    @property
    def may_adjourn(self) -> bool:
        return ADJOURNED in self.course.next_kinds

    @property
    def chair_form(self) -> ChairForm:
        return self._form("chair", lambda: ChairForm(table=self.table))

    @property
    def recusal_form(self) -> RecusalForm:
        return self._form("recusal", lambda: RecusalForm(table=self.table))

    @property
    def motion_form(self) -> MotionForm:
        return self._form("motion", lambda: MotionForm(table=self.table))

    @property
    def procedure_form(self) -> ProcedureForm:
        return self._form(
            "procedure", lambda: ProcedureForm(initial={"text": self._procedure()}, auto_id="id_procedure_%s")
        )

    def _procedure(self) -> str:
        if self.records.procedure:
            return self.records.procedure.text
        chair = self.table.chair.name_with_party if self.table.chair and not self.table.chair_problem else ""
        return sentences.procedure_sentence(self.records.standing, self.board.short_name, chair)

    @property
    def ballot_form(self) -> BallotForm:
        proposals = [sentences.proposal_words(each) for each in self.records.standing]
        sides = [*dict.fromkeys(proposals), "", ""]
        initial = {"yes_means": sides[0], "no_means": sides[1]}
        return self._form("ballot", lambda: BallotForm(initial=initial, auto_id="id_ballot_%s"))

    @property
    def statement_form(self) -> StatementForm:
        return self._form("statement", lambda: StatementForm(table=self.table))


CLOSING = ("outcome", "paragraph_id")


def _finished(each: Counted) -> dict:
    ballot = each.ballot
    return {"yes": ballot.yes_count, "no": ballot.no_count, "abstain": ballot.abstain_count}


def full_paragraphs(meeting: Meeting):
    """The query of paragraphs of a meeting with all that their page names."""
    return meeting.paragraphs.select_related("meeting__body", "case")


def address_of(paragraph: Paragraph, part: str = "") -> str:
    """The page with this paragraph large, at one of its parts."""
    fragment = f"#{part}" if part else ""
    return f"{reverse('meetings:sitting', args=[paragraph.meeting_id])}?par={paragraph.pk}{fragment}"

"""What the drafting page shows of one paragraph, loaded in a number of queries that does not grow with the text."""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from enamnd.answers import is_allowed
from enamnd.organisation.current import current_board
from meetings import rules
from meetings.attending.listed_roll import quorum_of
from meetings.models import ChairPeriod, Meeting, Paragraph, Phrase, Presence
from meetings.sitting.reading import table_at
from meetings.sitting.records import records_of
from meetings.sitting.texts import MISSING, WrittenText, texts_of
from meetings.text import sections
from meetings.text.item_links import document_choices, recipient_choices
from meetings.text.markup import link_references
from meetings.text.plain_editing import as_lines, as_source
from meetings.text.reference_targets import ReferenceLine, Targets, reference_lines, references_in, targets_of
from meetings.text.references import Reference
from meetings.text.sections import DECISION, DOCUMENTS, RECIPIENTS, Section

_AMOUNT = r"[-−–+]?[0-9][0-9\s\u00a0]*(?:,[0-9]+)?\s?(?:%|kr|tkr)?"
_AMOUNT_CELL = re.compile(rf'<(t[dh])((?: (?:colspan|rowspan)="[0-9]+")*>(?:<p>)?{_AMOUNT}(?:</p>)?</)')
STILL_HERE = timedelta(seconds=40)


@dataclass(frozen=True)
class Part:
    """One section as the page shows it."""

    section: Section
    shown: SafeString
    place: int
    count: int

    def __getattr__(self, name):
        return getattr(self.section, name)

    @property
    def is_numbered(self) -> bool:
        """A decision in several points is printed with numbers."""
        return self.section.kind == DECISION and len(self.section.items or ()) > 1

    @property
    def lines(self) -> str | None:
        """What a plain text box may hold: a line an item, or the text when nothing of it would be lost."""
        if self.section.is_list:
            return "\n".join(item.text for item in self.section.items)
        return as_lines(self.section.html)

    @property
    def source(self) -> str:
        """The markup itself, for a plain text box."""
        return as_source(self.section.html)

    @property
    def is_empty(self) -> bool:
        return not self.section.html and not self.section.items

    @property
    def choices_id(self) -> str:
        """The list of suggestions that its items are picked from."""
        return {DOCUMENTS: "document-choices", RECIPIENTS: "recipient-choices"}.get(self.section.kind, "")

    @property
    def is_first(self) -> bool:
        return self.place == 0

    @property
    def is_last(self) -> bool:
        return self.place == self.count - 1

    @property
    def place_above(self) -> int:
        return self.place - 1

    @property
    def place_below(self) -> int:
        return self.place + 1


class Desk:
    """One paragraph on the desk of one person."""

    def __init__(self, paragraph: Paragraph, user):
        self.paragraph = paragraph
        self.meeting = paragraph.meeting
        self.user = user
        self.sections = sections.from_json(paragraph.sections)
        self.can_write = is_allowed(rules.check_can_change, paragraph, user)
        self.can_remove = self.can_write and is_allowed(rules.check_can_remove, paragraph, user)

    @cached_property
    def parts(self) -> list[Part]:
        return [part_of(section, self.sections, self.facts.targets.resolve) for section in self.sections]

    @cached_property
    def siblings(self) -> list[Paragraph]:
        """All paragraphs of the meeting in order, without their text."""
        return list(self.meeting.paragraphs.order_by("position").only("pk", "meeting_id", "number", "title"))

    @cached_property
    def place(self) -> int:
        return [each.pk for each in self.siblings].index(self.paragraph.pk)

    @property
    def previous(self) -> Paragraph | None:
        return self.siblings[self.place - 1] if self.place else None

    @property
    def next(self) -> Paragraph | None:
        return self.siblings[self.place + 1] if self.place + 1 < len(self.siblings) else None

    @cached_property
    def versions(self) -> int:
        return Paragraph.history.filter(id=self.paragraph.pk).count()

    @cached_property
    def phrases(self) -> list[Phrase]:
        return list(Phrase.objects.filter(is_retired=False))

    @cached_property
    def board(self):
        return current_board()

    @property
    def case_word(self) -> str:
        return self.board.word("case_number")

    @cached_property
    def addable(self) -> list[sections.Standard]:
        """Standard sections, under the board's words, that the paragraph does not have yet."""
        words = {each.name: self.board.word(each.name) for each in sections.STANDARDS}
        there = {(section.kind, section.heading) for section in self.sections}
        return [each for each in sections.standards(words) if (each.kind, each.heading) not in there]

    @cached_property
    def document_choices(self) -> list[str]:
        return list(document_choices(self.paragraph))

    @cached_property
    def recipient_choices(self) -> list[str]:
        return [self.board.word("all_parties"), *recipient_choices()]

    @cached_property
    def facts(self) -> "Facts":
        return Facts(self.paragraph, self.user)


def _with_amounts(markup: str) -> str:
    """Amounts stand to the right, as on paper."""
    return _AMOUNT_CELL.sub(r'<\1 class="amount"\2', markup)


def part_of(section: Section, among: sections.Sections, resolve) -> Part:
    """The section for the page, with its cross-references as links."""
    shown = mark_safe(_with_amounts(link_references(section.html, resolve)))  # noqa: S308 - clean since it was saved
    return Part(section, shown, among.index(section), len(among))


class Facts:
    """What stands beside the text: what the system counts and finds by itself."""

    def __init__(self, paragraph: Paragraph, user):
        self.paragraph = paragraph
        self.user = user

    @cached_property
    def quorum(self):
        return quorum_of(self.paragraph)

    @cached_property
    def chairs(self) -> list[ChairPeriod]:
        return chairs_of(self.paragraph)

    @cached_property
    def found(self) -> list[Reference]:
        """Every cross-reference in the text."""
        return references_in(sections.from_json(self.paragraph.sections))

    @cached_property
    def targets(self) -> Targets:
        return targets_of(self.paragraph, self.found)

    @cached_property
    def references(self) -> list[ReferenceLine]:
        return reference_lines(self.found, self.targets)

    @cached_property
    def may_mend(self) -> bool:
        return is_allowed(rules.check_can_change, self.paragraph, self.user)

    @cached_property
    def lagging(self) -> tuple[WrittenText, ...]:
        """Sections that say something else than what was recorded at the table, or nothing of it."""
        records = records_of(table_at(self.paragraph))
        return tuple(each for each in texts_of(records, current_board()) if each.is_stale or each.state == MISSING)

    @cached_property
    def others(self) -> list[str]:
        return others_in(self.paragraph, self.user)


def chairs_of(paragraph: Paragraph) -> list[ChairPeriod]:
    """Who held the chair at the paragraph."""
    position = paragraph.position
    began = Q(first__isnull=True) | Q(first__position__lte=position)
    lasted = Q(last__isnull=True) | Q(last__position__gte=position)
    return list(ChairPeriod.objects.filter(began, lasted, meeting=paragraph.meeting_id).order_by("order", "pk"))


def others_in(paragraph: Paragraph, user) -> list[str]:
    """Names of others who have the paragraph open right now."""
    here = Presence.objects.filter(paragraph=paragraph, seen_at__gte=timezone.now() - STILL_HERE)
    return list(here.exclude(user=user).order_by("user__name").values_list("user__name", flat=True))


def paragraph_for_page(meeting_id: int, paragraph_id: int):
    """The query for one paragraph of one meeting, with all that its page names."""
    joined = Paragraph.objects.select_related("meeting__body", "case", "edited_by")
    return joined.filter(pk=paragraph_id, meeting=meeting_id)


def meeting_for_page(meeting_id: int):
    return Meeting.objects.select_related("body").filter(pk=meeting_id)

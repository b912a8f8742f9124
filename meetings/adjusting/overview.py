"""What the pages of the adjustment show: remarks by place, adjustments with how far their signing has come."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from meetings.adjusting.freezing import spans
from meetings.adjusting.letters import address_of
from meetings.checks.protocol import Remark
from meetings.models import AdjustedParagraph, Adjustment, ConfirmedWarning, Meeting, Paragraph, Signatory


@dataclass(frozen=True)
class Place:
    """A paragraph, or the protocol as a whole, and what the check says of it."""

    name: str
    remarks: tuple[Remark, ...]


def by_place(remarks: Iterable[Remark], paragraphs: Sequence[Paragraph]) -> list[Place]:
    """The remarks, those of the whole protocol first, then paragraph by paragraph."""
    found: dict[int | None, list[Remark]] = defaultdict(list)
    for remark in remarks:
        found[remark.paragraph].append(remark)
    places = [Place("Hela protokollet", tuple(found.pop(None, ())))]
    places += [
        Place(f"{each.label} {each.title}" if each.number else each.title, tuple(found.pop(each.pk, ())))
        for each in paragraphs
    ]
    rest = tuple(remark for left in found.values() for remark in left)
    return [place for place in (*places, Place("Övrigt", rest)) if place.remarks]


@dataclass(frozen=True)
class SignatoryLine:
    """One who signs: how far they have come, and whether they can do it in the portal."""

    row: Signatory
    is_next: bool
    has_account: bool
    has_address: bool

    @property
    def state(self) -> str:
        if self.row.signed_at:
            return "signed"
        if self.row.declined_at:
            return "declined"
        return "next" if self.is_next else "later"


@dataclass(frozen=True)
class AdjustmentView:
    """One adjustment as its page shows it."""

    row: Adjustment
    lines: tuple[SignatoryLine, ...]
    span: str
    warnings: tuple[ConfirmedWarning, ...]

    def __getattr__(self, name):
        return getattr(self.row, name)

    @property
    def is_standing(self) -> bool:
        return self.row.withdrawn_at is None

    @property
    def is_waiting(self) -> bool:
        return self.is_standing and self.row.adjusted_on is None

    @property
    def signed(self) -> int:
        return sum(1 for line in self.lines if line.row.signed_at)


def adjustments_of(meeting: Meeting) -> list[AdjustmentView]:
    """Every adjustment of a meeting, the latest first, in so many queries whatever their number."""
    return [view_of(each) for each in with_signatories(meeting.adjustments.order_by("-frozen_at", "-id"))]


def with_signatories(adjustments):
    """Adjustments with all that their pages show."""
    people = Signatory.objects.select_related("person__account").order_by("order")
    paragraphs = AdjustedParagraph.objects.select_related("paragraph").order_by("paragraph__position")
    return (
        adjustments.defer("content")
        .select_related("paper", "frozen", "frozen_by", "withdrawn_by", "meeting__body")
        .prefetch_related(
            Prefetch("signatories", people),
            Prefetch("paragraphs", paragraphs),
            Prefetch("confirmed_warnings", ConfirmedWarning.objects.select_related("confirmed_by")),
        )
    )


def view_of(adjustment: Adjustment) -> AdjustmentView:
    rows = list(adjustment.signatories.all())
    first = next((each for each in rows if not each.signed_at), None)
    lines = tuple(SignatoryLine(each, each is first, _has_account(each), bool(address_of(each))) for each in rows)
    numbered = [each.paragraph for each in adjustment.paragraphs.all()]
    return AdjustmentView(adjustment, lines, spans(numbered), tuple(adjustment.confirmed_warnings.all()))


def _has_account(signatory: Signatory) -> bool:
    account = getattr(signatory.person, "account", None) if signatory.person else None
    return bool(account and account.is_active)

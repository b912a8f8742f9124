"""Matters that every party's council must decide: who has, who has not, and since when they have been asked.

An agreement or a reglemente holds when all have adopted it (KL 9 kap. 22 and 33 §§).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from enamnd.dates import long_date
from enamnd.formats import count, listed, swedish_key
from enamnd.organisation.models import Municipality
from meetings.models import CouncilDecision, CouncilMatter

APPROVING = (CouncilDecision.Outcome.APPROVED, CouncilDecision.Outcome.APPROVED_CHANGED)
TONES = {
    CouncilDecision.Outcome.APPROVED: "ok",
    CouncilDecision.Outcome.APPROVED_CHANGED: "soon",
    CouncilDecision.Outcome.REJECTED: "late",
    CouncilDecision.Outcome.REFERRED: "soon",
}


@dataclass(frozen=True)
class Row:
    """One party of a matter: its council's decision, or since when it has waited (”väntar sedan 14 mars 2026”)."""

    municipality: Municipality
    decision: CouncilDecision | None
    waits: str
    tone: str
    may_answer: bool


@dataclass(frozen=True)
class Tally:
    """How a matter stands: how many of the parties have approved it, and what that means."""

    approved: int
    parties: int
    rejected: tuple[str, ...]
    referred: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def is_in_force(self) -> bool:
        return self.parties > 0 and self.approved == self.parties

    @property
    def sentence(self) -> str:
        """9 av 14 har godkänt. Boden, Kiruna och 3 till har inte svarat."""
        first = f"{self.approved} av {self.parties} har godkänt."
        if self.is_in_force:
            return f"{first} Beslutet gäller."
        said = []
        if self.rejected:
            said.append(f"{listed(_some(self.rejected))} har avslagit.")
        if self.referred:
            said.append(f"{listed(_some(self.referred))} har återremitterat.")
        if self.missing:
            said.append(f"{listed(_some(self.missing))} har inte svarat.")
        return " ".join([first, *said, "Beslutet gäller först när alla har godkänt."])


def _some(names: Sequence[str], most: int = 4) -> list[str]:
    left = len(names) - most
    return [*names[:most], f"{left} till"] if left > 1 else list(names)


def parties() -> list[Municipality]:
    """The parties of the board, in Swedish order."""
    return sorted(Municipality.objects.filter(is_party=True), key=lambda each: swedish_key(each.name))


def matters() -> QuerySet[CouncilMatter]:
    """All matters, open ones first, with how many have approved and answered."""
    approved = Count("decisions", filter=Q(decisions__outcome__in=APPROVING, decisions__municipality__is_party=True))
    return (
        CouncilMatter.objects.select_related("case", "paragraph__meeting")
        .annotate(approved=approved, answered=Count("decisions"))
        .order_by("closed_on", "-asked_on", "-id")
    )


def tally(rows: Sequence[Row]) -> Tally:
    return Tally(
        sum(row.decision is not None and row.decision.outcome in APPROVING for row in rows),
        len(rows),
        _names(rows, CouncilDecision.Outcome.REJECTED),
        _names(rows, CouncilDecision.Outcome.REFERRED),
        tuple(row.municipality.name for row in rows if not row.decision),
    )


def _names(rows: Sequence[Row], outcome: str) -> tuple[str, ...]:
    return tuple(row.municipality.name for row in rows if row.decision and row.decision.outcome == outcome)


def rows_of(matter: CouncilMatter, today: date, may_answer=lambda municipality: False) -> list[Row]:
    """Every party, with its decision or since when it has waited. `may_answer` says for whom the reader may write."""
    decisions = {each.municipality_id: each for each in matter.decisions.select_related("document", "told_by")}
    return [_row(each, decisions.get(each.pk), matter, today, may_answer(each)) for each in parties()]


def _row(municipality, decision, matter: CouncilMatter, today: date, may_answer: bool) -> Row:
    if decision:
        return Row(municipality, decision, "", TONES[decision.outcome], may_answer)
    late = bool(matter.answer_by and matter.answer_by < today)
    return Row(municipality, None, waits(matter, today), "late" if late else "", may_answer)


def waits(matter: CouncilMatter, today: date) -> str:
    """Since when an answer is waited for: ”väntar sedan 14 mars 2026 (92 dagar)”."""
    if matter.asked_on is None:
        return "inte tillfrågad än"
    days = (today - matter.asked_on).days
    return f"väntar sedan {long_date(matter.asked_on)} ({count(max(days, 0), 'dag', 'dagar')})"

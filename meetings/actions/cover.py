"""Verbs of what the protocol's cover says: chairs, adjusters, the proof of the notice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db import models, transaction

from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.newer import check_facts
from enamnd.organisation.models import Person
from enamnd.refusal import Refused
from meetings import rules
from meetings.attending.adjusted import kept_as_adjusted
from meetings.models import Meeting, Paragraph, Proof

from .newer import check_list


@dataclass(frozen=True)
class Named:
    """Somebody as the cover names them, with the register's person when there is one."""

    name: str
    political_party: str = ""
    person: Person | None = None

    @property
    def name_with_party(self) -> str:
        return f"{self.name} ({self.political_party})" if self.political_party else self.name

    @property
    def columns(self) -> dict:
        return {"name": self.name, "political_party": self.political_party, "person": self.person}


@dataclass(frozen=True)
class Chairing:
    """Who holds the chair, or adjusts, from which paragraph to which; an empty end is that of the meeting."""

    who: Named
    first: Paragraph | None = None
    last: Paragraph | None = None

    @property
    def columns(self) -> dict:
        return {**self.who.columns, "first": self.first, "last": self.last}

    @property
    def starts(self) -> float:
        return self.first.position if self.first else float("-inf")

    @property
    def ends(self) -> float:
        return self.last.position if self.last else float("inf")


@transaction.atomic
def set_chairs(meeting: Meeting, chairings: Sequence[Chairing], *, shown: str | None = None, by):
    """Say who chaired which paragraphs (ordförande). Refused when a range runs backwards or two chair the same §.

    `shown` is the mark (newer.mark_of) of the list that the writer saw; refused as Newer when another stands now.
    """
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rules.check_is_open(meeting)
    _check_ranges(meeting, chairings)
    _check_one_at_a_time(chairings)
    check_list(meeting.chairs, _rows(meeting.chairs, chairings), shown)
    with kept_as_adjusted(meeting):
        _replace(meeting.chairs, [chairing.columns for chairing in chairings], by)
    record("meeting.chairs_set", meeting, by=by, chairs=[chairing.who.name_with_party for chairing in chairings])


@transaction.atomic
def set_adjusters(meeting: Meeting, adjusters: Sequence[Named | Chairing], *, shown: str | None = None, by):
    """Say who adjusts the protocol besides the chair (justerare, KL 5 kap. 69 §), all of it or from one § to another.

    Several may adjust the same paragraphs. Refused when one is named twice, or a range runs backwards; as Newer when
    another list stands than the one that the writer saw (`shown`, see set_chairs).
    """
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    rules.check_is_open(meeting)
    adjusters = [each if isinstance(each, Chairing) else Chairing(each) for each in adjusters]
    names = [each.who.name_with_party for each in adjusters]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Refused(f"{twice} står två gånger som justerare. Ta bort den ena.")
    _check_ranges(meeting, adjusters)
    check_list(meeting.adjusters, _rows(meeting.adjusters, adjusters), shown)
    with kept_as_adjusted(meeting):
        _replace(meeting.adjusters, [each.columns for each in adjusters], by)
    record("meeting.adjusters_set", meeting, by=by, adjusters=names)


def set_proof(
    meeting: Meeting,
    *,
    posted_on: date | None = None,
    removed_on: date | None = None,
    storage: str = "",
    signed_by: str = "",
    by,
) -> Proof:
    """Fill in the whole proof of the notice: see change_proof."""
    facts = {"posted_on": posted_on, "removed_on": removed_on, "storage": storage, "signed_by": signed_by}
    return change_proof(meeting, facts, by=by)


@transaction.atomic
def change_proof(meeting: Meeting, facts: Mapping, *, shown: Mapping | None = None, by) -> Proof:
    """Fill in facts of the proof of the notice (BEVIS/ANSLAG, KL 8 kap. 12 §), any of set_proof's.

    Refused when it comes down before it goes up; as Newer when somebody has changed the same fact since it was `shown`.
    It tells what is done once the protocol is adjusted, and is open when the rest of the cover is frozen.
    """
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    proof, _ = Proof.objects.get_or_create(meeting=meeting)
    check_facts(proof, facts, shown or {})
    for name, value in facts.items():
        setattr(proof, name, value)
    _check_days(proof.posted_on, proof.removed_on)
    proof._history_user = by
    proof.save()
    record("meeting.proof_set", meeting, by=by)
    return proof


def _check_days(posted_on: date | None, removed_on: date | None):
    if posted_on and removed_on and removed_on < posted_on:
        raise Refused(
            f"Anslaget kan inte tas ned {long_date(removed_on)}, innan det sätts upp {long_date(posted_on)}. "
            "Ändra ett av datumen.",
            field="removed_on",
        )


def _rows(existing: models.Manager, chairings: Sequence[Chairing]) -> list:
    return [existing.model(**each.columns) for each in chairings]


def _check_ranges(meeting: Meeting, chairings: Sequence[Chairing]):
    for chairing in chairings:
        for end in (chairing.first, chairing.last):
            if end is not None and end.meeting_id != meeting.pk:
                raise Refused("Paragrafen hör till ett annat sammanträde. Läs in sidan på nytt.")
        if chairing.starts > chairing.ends:
            raise Refused(
                f"{chairing.who.name_with_party}: {chairing.first.label} kommer efter {chairing.last.label}. "
                "Välj den första paragrafen först."
            )


def _check_one_at_a_time(chairings: Sequence[Chairing]):
    ordered = sorted(chairings, key=lambda chairing: (chairing.starts, chairing.ends))
    for earlier, later in pairwise(ordered):
        if later.starts <= earlier.ends:
            raise Refused(
                f"{earlier.who.name_with_party} och {later.who.name_with_party} är ordförande för samma paragraf. "
                "Ange från vilken paragraf till vilken var och en av dem är ordförande."
            )


def _replace(existing: models.Manager, wanted: Sequence[dict], by):
    """Let the rows become `wanted`, in order: rows are changed where they stand, so that their history reads well."""
    rows = list(existing.all())
    for order, columns in enumerate(wanted, 1):
        row = rows.pop(0) if rows else existing.model(meeting=existing.instance)
        for name, value in {**columns, "order": order}.items():
            setattr(row, name, value)
        row._history_user = by
        row.save()
    for row in rows:
        row._history_user = by
        row.delete()

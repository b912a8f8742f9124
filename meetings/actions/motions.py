"""Verbs of proposals (yrkanden), and of the order in which the chair puts them (propositionsordning)."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from enamnd.journal.record import record
from enamnd.refusal import Refused
from meetings.models import Attendance, Motion, Paragraph, Procedure
from meetings.sitting.reading import table_at
from meetings.sitting.rules import check_is_not_closed, check_motion

from .sitting import at_the_table


@transaction.atomic
def add_motion(
    paragraph: Paragraph,
    kind: str,
    text: str = "",
    *,
    mover: Attendance | None = None,
    supporters: Sequence[Attendance] = (),
    by,
) -> Motion:
    """Keep a proposal (yrkande, KL 5 kap. 67 § p. 1). Without `mover` it is the proposal of the papers.

    Refused for those who do not serve there, and without words where the kind does not say all.
    """
    row = at_the_table(paragraph, by=by)
    check_is_not_closed(row)
    supporters = list(dict.fromkeys(supporters))
    check_motion(table_at(row), kind, text, mover, supporters)
    last = row.motions.aggregate(last=Max("order"))["last"] or 0
    motion = Motion(paragraph=row, kind=kind, text=text.strip(), mover=mover, order=last + 1)
    motion.supporters = [each.pk for each in supporters]
    _save(motion, by)
    record("motion.added", row, by=by, within=row.meeting, **_told(motion))
    return motion


@transaction.atomic
def set_withdrawn(motion: Motion, is_withdrawn: bool, *, by) -> Motion:
    """Take a proposal back (återta), or let it stand again. One that is withdrawn is kept, and not printed."""
    row = at_the_table(motion.paragraph, by=by)
    check_is_not_closed(row)
    motion = Motion.objects.get(pk=motion.pk)
    if (motion.withdrawn_at is not None) == is_withdrawn:
        return motion
    motion.withdrawn_at = timezone.now() if is_withdrawn else None
    _save(motion, by)
    record("motion.withdrawn" if is_withdrawn else "motion.restored", row, by=by, within=row.meeting, **_told(motion))
    return motion


@transaction.atomic
def remove_motion(motion: Motion, *, by):
    """Take away a proposal that was never made (felskrivet). What it said stays in the history."""
    row = at_the_table(motion.paragraph, by=by)
    check_is_not_closed(row)
    told = _told(motion)
    motion._history_user = by
    motion.delete()
    record("motion.removed", row, by=by, within=row.meeting, **told)


@transaction.atomic
def set_procedure(paragraph: Paragraph, text: str, *, by) -> Procedure | None:
    """Say in which order the chair put the proposals, and what was found. An empty text takes it away."""
    row = at_the_table(paragraph, by=by)
    check_is_not_closed(row)
    if row.kind == Paragraph.Kind.INFORMATION and text.strip():
        raise Refused("I ett informationsärende ställs ingen proposition.", field="text")
    procedure = Procedure.objects.filter(paragraph=row).first() or Procedure(paragraph=row)
    if procedure.text == text.strip():
        return procedure if procedure.pk else None
    procedure._history_user = by
    procedure.text = text.strip()
    if procedure.text:
        procedure.save()
    else:
        procedure.delete()
    record("motion.procedure_set", row, by=by, within=row.meeting)
    return procedure if procedure.text else None


def _save(motion: Motion, by):
    motion._history_user = by
    motion.save()


def _told(motion: Motion) -> dict:
    return {"kind": motion.get_kind_display(), "who": motion.mover.name_with_party if motion.mover else ""}

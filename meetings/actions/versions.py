"""Versions of a paragraph: what is kept in its history, when, and how an old one comes back.

Saving text while somebody writes updates the row and nothing else. A version, one row of history, is kept when
somebody leaves the paragraph, before another person's text is overwritten, after a quiet while, and before the
paragraph is numbered, restored or removed.
"""

from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from enamnd.accounts.models import User
from enamnd.dates import long_instant
from enamnd.journal.record import record
from enamnd.refusal import Refused
from meetings import rules
from meetings.text import sections
from meetings.text.sections import Section, Sections

from ..models import Paragraph

QUIET = timedelta(minutes=10)


def locked(paragraph: Paragraph) -> Paragraph:
    """The paragraph's row as it stands, locked until the transaction ends. Refused when it has been removed."""
    found = Paragraph.objects.select_for_update().filter(pk=paragraph.pk, meeting=paragraph.meeting_id).first()
    if found is None:
        raise Refused("Paragrafen finns inte längre. Någon har tagit bort den.")
    return found


def open_for_writing(paragraph: Paragraph, *, by: User) -> Paragraph:
    """Lock the paragraph for a change by `by`. What was written a quiet while ago is first kept as a version.

    Refused when it is frozen. That is asked once the row is locked: freezing takes the same lock.
    """
    rules.check_can_write(by)
    row = locked(paragraph)
    rules.check_is_open(row)
    if is_quiet(row):
        keep(row)
    return row


def write(row: Paragraph, *, by: User, **changes) -> Paragraph:
    """Change the locked row without a row of history, and see to it that a version is kept in a while.

    `queryset.update` on purpose: `save` would write a version for every pause in the writing.
    """
    if not is_unkept(row):
        keep_when_quiet.using(run_after=timezone.now() + QUIET).enqueue(row.pk)
    changes |= {"revision": row.revision + 1, "edited_at": timezone.now(), "edited_by": by}
    Paragraph.objects.filter(pk=row.pk).update(**changes)
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def is_unkept(row: Paragraph) -> bool:
    return row.revision > row.kept_revision


def is_quiet(row: Paragraph) -> bool:
    """Whether there is text that is in no version, and nobody has written for a while."""
    return is_unkept(row) and (row.edited_at is None or row.edited_at <= timezone.now() - QUIET)


def keep(row: Paragraph, reason: str = "") -> bool:
    """Make the locked row's text a version, by whom and when it was last written. False when it already is one."""
    if not is_unkept(row):
        return False
    row.kept_revision = row.revision
    _make_history(row, by=row.edited_by, at=row.edited_at, reason=reason)
    Paragraph.objects.filter(pk=row.pk).update(kept_revision=row.revision)
    return True


def _make_history(row: Paragraph, *, by, at, reason: str):
    Paragraph.history.bulk_history_create(
        [row], update=True, default_user=by, default_date=at, default_change_reason=reason[:100]
    )


def make_side_version(row: Paragraph, *, by: User, reason: str):
    """Put `row`, as it is in memory, in the history without changing the paragraph: a text that was not chosen."""
    _make_history(row, by=by, at=timezone.now(), reason=reason)


@transaction.atomic
def keep_version(paragraph: Paragraph, *, by: User) -> bool:
    """Keep the paragraph's text as a version (spara version) because `by` leaves it. False when nothing is new."""
    rules.check_can_write(by)
    return keep(locked(paragraph))


@task
@transaction.atomic
def keep_when_quiet(paragraph_pk: int) -> bool:
    """Keep a version when nobody has written for ten minutes, or look again later."""
    row = Paragraph.objects.select_for_update().filter(pk=paragraph_pk).first()
    if row is None or not is_unkept(row):
        return False
    if is_quiet(row):
        return keep(row)
    keep_when_quiet.using(run_after=row.edited_at + QUIET).enqueue(paragraph_pk)
    return False


@transaction.atomic
def restore_version(paragraph: Paragraph, history_id: int, *, by: User) -> Paragraph:
    """Let title, case and text be as in an old version (återställ). The text that stood is kept as a version too."""
    row = open_for_writing(paragraph, by=by)
    keep(row)
    old = version_of(row, history_id)
    now = sections.from_json(row.sections)
    text = tuple(_come_back(each, now) for each in sections.from_json(old.sections))
    write(row, by=by, title=old.title, case_id=old.case_id, sections=sections.to_json(text))
    keep(row, reason=f"Återställd från {long_instant(timezone.localtime(old.history_date))}")
    record("paragraph.restored", row, by=by, within=row.meeting, version=history_id)
    return row


@transaction.atomic
def restore_section(paragraph: Paragraph, history_id: int, key: str, *, by: User) -> Section:
    """Put one section back as it was in an old version: in its place, or where it stood when it has been removed."""
    row = open_for_writing(paragraph, by=by)
    keep(row)
    before, now = sections.from_json(version_of(row, history_id).sections), sections.from_json(row.sections)
    old = sections.find(before, key)
    back = _come_back(old, now)
    if any(each.key == key for each in now):
        text = tuple(back if each.key == key else each for each in now)
    else:
        text = sections.add(now, back, min(before.index(old), len(now)))
    write(row, by=by, sections=sections.to_json(text))
    record("section.restored", row, by=by, within=row.meeting, heading=back.heading)
    return back


def version_of(paragraph: Paragraph, history_id: int):
    """One row of the paragraph's history. Refused when it belongs to another paragraph or does not exist."""
    version = Paragraph.history.filter(id=paragraph.pk, history_id=history_id).first()
    if version is None:
        raise Refused("Versionen finns inte.")
    return version


def _come_back(old: Section, now: Sections) -> Section:
    """The old section with a revision that tells whoever has it open that it has changed."""
    current = next((each for each in now if each.key == old.key), None)
    return replace(old, revision=(current or old).revision + 1)

"""The verbs of the fixed headings in directives and final reports."""

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import rules
from ..default_headings import USUAL
from ..models import DirectiveHeading

FACTS = ("name", "order", "level", "shape", "hint", "template", "is_required")


@transaction.atomic
def begin_with_usual_headings(kind: str, *, by: User) -> list[DirectiveHeading]:
    """Take the usual headings as the board's own, to change from there. Refused when the board has some."""
    rules.check_can_keep(by)
    if DirectiveHeading.objects.filter(kind=kind).exists():
        raise Refused("Nämnden har redan rubriker. Ändra dem i stället.")
    rows = [DirectiveHeading(kind=kind, order=number * 10, **facts) for number, facts in enumerate(USUAL[kind], 1)]
    for each in rows:
        each.save()
    record("heading.usual_begun", rows[0], by=by, number=len(rows))
    return rows


@transaction.atomic
def add_heading(kind: str, *, by: User, **facts) -> DirectiveHeading:
    """Put a heading in the form (ny rubrik)."""
    rules.check_can_keep(by)
    heading = DirectiveHeading.objects.create(kind=kind, **facts)
    record("heading.added", heading, by=by)
    return heading


@transaction.atomic
def change_heading(heading: DirectiveHeading, *, by: User, **facts) -> DirectiveHeading:
    """Change a heading. What has been verified keeps the one that it had."""
    rules.check_can_keep(by)
    heading = DirectiveHeading.objects.select_for_update().get(pk=heading.pk)
    for name, value in facts.items():
        setattr(heading, name, value)
    heading.save()
    record("heading.changed", heading, by=by)
    return heading


@transaction.atomic
def set_heading_retired(heading: DirectiveHeading, is_retired: bool, *, by: User) -> DirectiveHeading:
    """Stop using a heading from today, or use it again. What is written under it in drafts is kept, unseen."""
    rules.check_can_keep(by)
    heading = DirectiveHeading.objects.select_for_update().get(pk=heading.pk)
    heading.retired_on = timezone.localdate() if is_retired else None
    heading.save()
    record("heading.retired" if is_retired else "heading.brought_back", heading, by=by)
    return heading

"""The verbs of a document's sections: written, laid out, given living blocks and an owner, said to be ready."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.letters.sending import write_letter
from enamnd.refusal import Refused
from meetings.actions.own_text import check_markup, put_text
from meetings.text.sections import Conflict

from ..governing import living, rules
from ..governing.as_text import as_text
from ..governing.numbering import check_levels
from ..governing.outline import heading_of, left_in
from ..governing.placing import moved, place_after, without
from ..models import GoverningDocument, GoverningSection
from .governing import locked_document, locked_proposal, new_block, new_key

REMINDER = "governing_reminder"


def _locked(section: GoverningSection) -> GoverningSection:
    """The section as it is now, with the document's lock, so that text and adoption never cross."""
    document = locked_document(section.document)
    rules.check_is_proposal(document)
    found = GoverningSection.objects.filter(pk=section.pk, document=document).first()
    if found is None:
        raise Refused("Avsnittet finns inte längre. Någon kan ha tagit bort det: läs in dokumentet på nytt.")
    found.document = document
    return found


@transaction.atomic
def save_text(section: GoverningSection, base_revision: int, html: str, *, by: User) -> GoverningSection:
    """Save what somebody writes (spara), begun from `base_revision`.

    Short, without an event in the journal; the history has what stood when another began to write, or a while later.
    Markup that the text cannot hold is refused with sentences; a Conflict carries the newer section as protocol text.
    """
    row = _locked(section)
    rules.check_can_write(row, by)
    check_markup(html)
    if html == row.html:
        return row
    if base_revision != row.revision:
        raise Conflict(as_text(row))
    _write(row, html, by)
    return row


def _write(row: GoverningSection, html: str, by: User):
    """Put the text in. What was ready is not ready any more: somebody has changed it."""
    row.ready_at = row.ready_by = None
    put_text(row, html, by)


@transaction.atomic
def settle_text(section: GoverningSection, choice: str, base_revision: int, html: str, *, by: User) -> GoverningSection:
    """Choose between one's own text and the newer one of `base_revision`: "mine", "theirs" or "both".

    The text that is not chosen stays in the history. Another Conflict when the newer one has been changed again.
    """
    row = _locked(section)
    rules.check_can_write(row, by)
    check_markup(html)
    if base_revision != row.revision:
        raise Conflict(as_text(row))
    theirs = row.html
    if choice == "theirs":
        _side_version(row, html, by)
        return row
    _write(row, theirs + html if choice == "both" else html, by)
    return row


def _side_version(row: GoverningSection, html: str, by: User):
    kept, row.html = row.html, html
    row._history_user = by
    row._change_reason = "Texten som valdes bort när två skrev samtidigt"
    row.save()
    row.html = kept
    row._change_reason = None
    row.save()


@transaction.atomic
def add_section(document: GoverningDocument, *, by: User, after: GoverningSection | None = None, **facts):
    """Add an empty section after another with all that is under it, or last. Refused on a level that hangs in air."""
    document = locked_proposal(document, by)
    rows = list(document.sections.all())
    at = len(rows)
    if after:
        start = next((place for place, each in enumerate(rows) if each.pk == after.pk), at - 1)
        at = place_after(rows, start, facts.get("level", 1)) if rows else 0
    made = GoverningSection(document=document, key=new_key(), position=at + 1, **facts)
    rows.insert(at, made)
    _check_and_place(rows)
    record("governing_section.added", made, by=by, within=document)
    return made


def _check_and_place(rows: list[GoverningSection]):
    """Give the sections their places 1, 2, 3 …, once their levels have been found to hang together."""
    check_levels([heading_of(each) for each in rows])
    for position, each in enumerate(rows, 1):
        if each.pk is None or each.position != position:
            each.position = position
            each.save()


@transaction.atomic
def change_section(section: GoverningSection, *, by: User, **facts) -> GoverningSection:
    """Change heading, level, number, owner or day of a section."""
    rules.check_can_keep(by)
    row = _locked(section)
    for name, value in facts.items():
        setattr(row, name, value)
    rows = [row if each.pk == row.pk else each for each in row.document.sections.all()]
    check_levels([heading_of(each) for each in rows])
    row.save()
    record("governing_section.changed", row, by=by, within=row.document)
    return row


@transaction.atomic
def move_section(section: GoverningSection, step: int, *, by: User) -> GoverningSection:
    """Let a section with all under it change places with the one before (-1) or after (1) on its level."""
    rules.check_can_keep(by)
    row = _locked(section)
    rows = list(row.document.sections.all())
    order = moved(rows, _place_of(row, rows), step)
    if order is None:
        return row
    _check_and_place(order)
    record("governing_section.moved", row, by=by, within=row.document)
    return row


def _place_of(row: GoverningSection, rows: list[GoverningSection]) -> int:
    return next(at for at, each in enumerate(rows) if each.pk == row.pk)


@transaction.atomic
def remove_section(section: GoverningSection, *, by: User):
    """Take a section out of a proposal. Refused while others stand under it. The history keeps it."""
    rules.check_can_keep(by)
    row = _locked(section)
    rows = list(row.document.sections.all())
    left = without(rows, _place_of(row, rows))
    record("governing_section.removed", row, by=by, within=row.document)
    row.delete()
    _check_and_place(left)


@transaction.atomic
def add_block(section: GoverningSection, block: str, options: dict, caption: str = "", *, by: User):
    """Put a living block last in a section."""
    row = _locked(section)
    rules.check_can_write(row, by)
    if not living.is_known(block):
        raise Refused("Den delen finns inte. Välj en i listan.", field="block")
    row.blocks = [*row.blocks, new_block(block, options, caption)]
    row.save()
    record("governing_section.block_added", row, by=by, within=row.document, block=living.name_of(block))
    return row


@transaction.atomic
def remove_block(section: GoverningSection, key: str, *, by: User):
    """Take a living block out of a section."""
    row = _locked(section)
    rules.check_can_write(row, by)
    gone = next((each for each in row.blocks if each["key"] == key), None)
    if gone is None:
        raise Refused("Delen finns inte längre i avsnittet. Läs in sidan på nytt.")
    row.blocks = [each for each in row.blocks if each is not gone]
    row.save()
    record("governing_section.block_removed", row, by=by, within=row.document, block=living.name_of(gone["block"]))
    return row


@transaction.atomic
def set_ready(section: GoverningSection, is_ready: bool, *, by: User) -> GoverningSection:
    """Say that a section is ready (klart), or that it is not. Refused while something is left to fill in."""
    row = _locked(section)
    rules.check_can_write(row, by)
    left = left_in(row)
    if is_ready and left:
        raise Refused(f"Avsnittet är inte klart: fyll i {', '.join(left)}.")
    row.ready_at, row.ready_by = (timezone.now(), by) if is_ready else (None, None)
    row.save()
    record("governing_section.ready" if is_ready else "governing_section.not_ready", row, by=by, within=row.document)
    return row


@transaction.atomic
def remind_owners(document: GoverningDocument, *, by: User) -> int:
    """Write to all whose sections are not ready (påminn), one letter each: how many. Refused when nobody waits."""
    document = locked_proposal(document, by)
    waiting: dict[User, list[GoverningSection]] = {}
    for each in document.sections.filter(ready_at=None).exclude(owner=None).select_related("owner"):
        if each.owner.is_active and each.owner.email:
            waiting.setdefault(each.owner, []).append(each)
    if not waiting:
        raise Refused("Ingen har ett avsnitt som återstår. Välj vem som skriver på avsnittets sida.")
    for owner, rows in waiting.items():
        subject = f"Påminnelse: {document.title}"
        body = _letter(document, rows)
        write_letter(owner.email, subject, body, about=document, by=by, kind=REMINDER, to_name=owner.name)
    record("governing_document.reminded", document, by=by, number=len(waiting))
    return len(waiting)


def _letter(document: GoverningDocument, rows: list[GoverningSection]) -> str:
    lines = []
    for each in rows:
        due = f", klart senast {long_date(each.due_on)}" if each.due_on else ""
        path = reverse("riskcontrol:governing_section", args=[each.pk])
        lines.append(f"- {each.heading}{due}\n  {settings.PORTAL_URL}{path}")
    listed = "\n".join(lines)
    end = "Markera dem som klara i portalen."
    return f"Hej!\n\nDe här avsnitten i {document.title} väntar på dig:\n\n{listed}\n\n{end}"

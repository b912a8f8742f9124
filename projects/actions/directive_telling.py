"""The verbs of telling the board: what changes a commission, and a final report, becomes an information item."""

from dataclasses import replace

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.accounts.roles import Permission
from enamnd.dates import long_date
from enamnd.documents.actions import Upload, register_document
from enamnd.journal.record import record
from enamnd.refusal import Refused
from meetings.actions.paragraphs import add_paragraph, board_words
from meetings.models import Meeting, Paragraph
from meetings.text import sections
from meetings.text.markup_tree import escaped

from .. import directive_rules as rules
from ..models import Directive
from .directives import locked


@transaction.atomic
def tell_board(
    directive: Directive,
    *,
    meeting: Meeting | None = None,
    paragraph: Paragraph | None = None,
    title: str = "",
    by: User,
) -> Directive:
    """Report it to the board (anmäl): as a new information item of a meeting, or in a paragraph where it was told.

    The paper becomes a document of the activity's case, when there is an open one.
    """
    row = locked(directive)
    rules.check_can_tell(row, by)
    if meeting is None and paragraph is None:
        raise Refused("Välj ett sammanträde, eller paragrafen där den redan är anmäld.", field="meeting")
    row.told_in = paragraph or _new_item(row, meeting, title, by)
    row._history_user = by
    row.save()
    record("directive.told", row, by=by, within=row.activity, meeting=str(row.told_in.meeting))
    return row


def _new_item(row: Directive, meeting: Meeting, title: str, by: User) -> Paragraph:
    case = row.activity.case
    document = _registered(row, by) if case and not case.closed_on and not case.voided_because else None
    text = row.frozen["title"]
    item = sections.Item(document.title if document else text, document=document.pk if document else None)
    html = "".join(f"<p>{escaped(each)}</p>" for each in summary_of(row))
    return add_paragraph(
        meeting,
        title=title or title_of(row),
        case=case,
        kind=Paragraph.Kind.INFORMATION,
        sections=sections.to_json(_filled(html, item)),
        by=by,
    )


def _filled(html: str, item: sections.Item) -> sections.Sections:
    """The sections of a new paragraph, with the summary written and the paper among the documents."""
    words = board_words()
    summary, documents = words["summary"], words["documents"]
    made = []
    for each in sections.starting_sections(words):
        if each.heading == summary:
            each = replace(each, html=html)
        elif each.heading == documents:
            each = replace(each, items=(item,))
        made.append(each)
    return tuple(made)


def _registered(row: Directive, by: User):
    """The paper as a document of the case; the one that is there already when it has been told of before."""
    case, file = row.activity.case, row.paper.file
    if found := case.documents.filter(file=file, voided_because="").first():
        return found
    if not by.may(Permission.REGISTER_CASES):
        return None
    upload = Upload(f"{row.paper.title}.pdf", file.media_type, bytes(file.content))
    return register_document(
        case, direction="drawn_up", title=row.paper.title, dated=row.verified_on, upload=upload, by=by
    )


def title_of(row: Directive) -> str:
    """What the item is called on the agenda."""
    what = row.get_kind_display().lower()
    if row.revision and row.kind == Directive.Kind.DIRECTIVE:
        return f"Revidering av {what} {row.activity}, {row.revision_name}"
    return f"{row.get_kind_display()} {row.activity}"


def summary_of(row: Directive) -> list[str]:
    """What the item says: what was verified, when and by whom, and what has changed."""
    said = [f"{row.frozen['title']} verifierades {long_date(row.verified_on)}: {row.verified_by}."]
    if row.changes_commission:
        said.append("Revideringen ändrar uppdraget.")
    return [*said, *filter(None, map(str.strip, row.changes.splitlines()))]


@transaction.atomic
def untell(directive: Directive, *, by: User) -> Directive:
    """Say that it has not been told after all (ta tillbaka anmälan): the item may then be removed from its meeting."""
    row = locked(directive)
    rules.check_can_untell(row, by)
    record("directive.untold", row, by=by, within=row.activity, meeting=str(row.told_in.meeting))
    row.told_in = None
    row._history_user = by
    row.save()
    return row

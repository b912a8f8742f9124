"""Issuing the call to a meeting: one frozen paper, one row for each who gets it, one letter to each with an address."""

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from enamnd.dates import long_date
from enamnd.documents.issuing import issue_paper
from enamnd.journal.record import record
from enamnd.letters.sending import Attachment, write_letter
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Board
from enamnd.refusal import Refused
from meetings.planning import call_printing, calling
from meetings.planning.calendar_feed import meeting_file

from ..models import Call, CallRecipient, Meeting

KIND = "call"


def issue_call(meeting: Meeting, message: str = "", *, portal: str, by) -> Call:
    """Issue the call (utfärda kallelsen) and send it to everybody whom it is for.

    `portal` is the portal's own address, "https://portalen.example.se/". The paper is printed before the transaction,
    so that nobody waits for it; refused when somebody changed the agenda meanwhile. A later call replaces the earlier
    one and says what is new. Refused for a meeting that has been, was cancelled, or lacks time, place or items.
    """
    calling.check_can_call(meeting, by)
    board = current_board()
    paper = calling.compose_call(meeting, board, message)
    _check_says_something(meeting, paper, message)
    printed = call_printing.print_call(paper)
    archive = call_printing.archive(paper, printed.agenda)
    return _keep(meeting, board, paper, printed, archive, message.strip(), portal, by)


@transaction.atomic
def _keep(meeting, board: Board, paper, printed, archive: bytes, message: str, portal: str, by) -> Call:
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    _check_still(meeting, board, paper)
    _check_says_something(meeting, paper, message)
    call = _issue(meeting, paper, printed, archive, message, by)
    recipients = CallRecipient.objects.bulk_create(
        CallRecipient(call=call, person=each.person, name=each.person.name, capacity=each.capacity, email=each.email)
        for each in calling.recipients_of(meeting, board)
    )
    for each in recipients:
        _write(each, paper, meeting, portal, by)
    late = calling.due_on(meeting, board) < call.issued_at.date()
    lines = {"title": paper.title.lower(), "number": sum(1 for each in recipients if each.email), "late": late}
    record("call.issued", call, by=by, within=meeting, sha256=call.paper.file_id, **lines)
    return call


def _check_says_something(meeting: Meeting, paper: calling.CallPaper, message: str):
    """Refused for a call that says what the latest one said: most likely the button was pressed twice."""
    latest = meeting.calls.order_by("pk").last()
    if latest and not paper.news and message.strip() in ("", latest.message):
        raise Refused("Inget har ändrats sedan kallelsen skickades. Skriv ett meddelande om du vill skicka den igen.")


def _check_still(meeting: Meeting, board: Board, paper: calling.CallPaper):
    """Refused when the agenda is no longer what was printed."""
    now = calling.compose_call(meeting, board)
    if (calling.snapshot(now), now.news) != (calling.snapshot(paper), paper.news):
        raise Refused("Dagordningen ändrades medan kallelsen skrevs ut. Se efter att den stämmer och försök igen.")


def _issue(meeting: Meeting, paper, printed, archive: bytes, message: str, by) -> Call:
    latest = meeting.calls.order_by("pk").last()
    title = f"{paper.title} till {meeting.body} {long_date(meeting.held_on)}"
    kept = issue_paper(
        printed.whole, kind=KIND, title=title, subject=meeting, by=by, replaces=latest.paper if latest else None
    )
    zipped = issue_paper(
        archive,
        kind="call_archive",
        title=f"{title}, handlingar",
        subject=meeting,
        by=by,
        media_type="application/zip",
        replaces=latest.archive if latest else None,
    )
    return Call.objects.create(
        meeting=meeting, paper=kept, archive=zipped, issued_by=by, message=message, agenda=calling.snapshot(paper)
    )


def _write(recipient: CallRecipient, paper: calling.CallPaper, meeting: Meeting, portal: str, by):
    if not recipient.email:
        return
    address = portal.rstrip("/") + reverse("meetings:call", args=[meeting.pk])
    context = {"recipient": recipient, "paper": paper, "address": address}
    write_letter(
        recipient.email,
        f"{paper.title}: {meeting.body}, {long_date(meeting.held_on)}",
        render_to_string("meetings/letters/call.txt", context),
        about=recipient,
        by=by,
        kind=KIND,
        to_name=recipient.name,
        reply_to=by.email,
        attachments=[Attachment("sammantrade.ics", "text/calendar", meeting_file(meeting, portal))],
    )

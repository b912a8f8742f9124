"""Verbs of newsletters: begun, written, given text out of the portal, discarded, sent, withdrawn."""

from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.formats import count
from enamnd.journal.record import record
from enamnd.letters.sending import write_letter
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings.newsletters import receivers, rules
from meetings.newsletters.as_letter import as_letter
from meetings.newsletters.receivers import Addressee
from meetings.newsletters.wording import KIND, TRIAL
from meetings.text.sections import TEXT, Conflict, Section

from ..models import Meeting, Newsletter, NewsletterCopy
from .own_text import check_markup, put_text


@transaction.atomic
def begin_newsletter(title: str, meeting: Meeting | None = None, *, by: User) -> Newsletter:
    """Begin a newsletter (nytt nyhetsbrev), as a draft."""
    rules.check_can_write(by)
    made = Newsletter(title=_title(title), meeting=meeting, begun_by=by)
    made._history_user = by
    made.save()
    record("newsletter.begun", made, by=by)
    return made


def _title(written: str) -> str:
    title = " ".join(written.split())
    if not title:
        raise Refused("Skriv en rubrik.", field="title")
    return title


@transaction.atomic
def name_newsletter(newsletter: Newsletter, title: str, meeting: Meeting | None, *, by: User) -> Newsletter:
    """Change the title and the meeting that it comes after."""
    row = _locked_draft(newsletter, by)
    row.title, row.meeting = _title(title), meeting
    row._history_user = by
    row.save()
    record("newsletter.named", row, by=by)
    return row


@transaction.atomic
def save_text(newsletter: Newsletter, base_revision: int, html: str, *, by: User) -> Newsletter:
    """Save what somebody writes (spara), begun from `base_revision`, without an event in the journal.

    The history has what stood when another began to write, or a while later. Markup that the text cannot hold is
    refused with sentences; a Conflict carries the newer text.
    """
    row = _locked_draft(newsletter, by)
    check_markup(html)
    if html == row.html:
        return row
    if base_revision != row.revision:
        raise Conflict(as_section(row))
    put_text(row, html, by)
    return row


@transaction.atomic
def settle_text(newsletter: Newsletter, choice: str, base_revision: int, html: str, *, by: User) -> Newsletter:
    """Choose between one's own text and the newer one of `base_revision`: "mine", "theirs" or "both".

    The text that is not chosen stays in the history. Another Conflict when the newer one has been changed again.
    """
    row = _locked_draft(newsletter, by)
    check_markup(html)
    if base_revision != row.revision:
        raise Conflict(as_section(row))
    theirs = row.html
    if choice == "theirs":
        put_text(row, html, by)
        put_text(row, theirs, by, is_new_version=True)
    else:
        put_text(row, theirs + html if choice == "both" else html, by, is_new_version=True)
    return row


@transaction.atomic
def give_text(newsletter: Newsletter, html: str, what: str, *, by: User) -> Newsletter:
    """Put text out of the portal last in the draft (lägga in). `what` is its name for the journal."""
    row = _locked_draft(newsletter, by)
    if not html:
        raise Refused("Det finns ingenting att lägga in, med de valen.")
    check_markup(html)
    put_text(row, row.html + html, by, is_new_version=True)
    record("newsletter.given", row, by=by, what=what)
    return row


@transaction.atomic
def discard_newsletter(newsletter: Newsletter, *, by: User):
    """Throw a draft away (kasta). Its text stays in the history. Refused once it has been sent."""
    row = _locked_draft(newsletter, by)
    record("newsletter.discarded", row, by=by)
    row._history_user = by
    row.delete()


def as_section(newsletter: Newsletter) -> Section:
    """The text as a section of protocol text, which the house's comparison of two texts speaks of."""
    return Section(
        key="text",
        heading=newsletter.title,
        kind=TEXT,
        html=newsletter.html,
        revision=newsletter.revision,
        edited_by=newsletter.edited_by_id,
        edited_at=newsletter.edited_at.isoformat() if newsletter.edited_at else None,
    )


def _locked_draft(newsletter: Newsletter, by: User) -> Newsletter:
    row = _locked(newsletter)
    rules.check_can_change(row, by)
    return row


def _locked(newsletter: Newsletter) -> Newsletter:
    row = Newsletter.objects.select_for_update(of=("self",)).select_related("meeting").filter(pk=newsletter.pk).first()
    if row is None:
        raise Refused("Utkastet finns inte längre. Någon har kastat det.")
    return row


# Sending


@transaction.atomic
def send_newsletter(newsletter: Newsletter, groups: Collection[str], *, by: User) -> list[NewsletterCopy]:
    """Send it to everybody in the groups who has not got it yet (skicka): one letter and one row for each.

    From then on the text stands on the web and is not changed. `groups` are keys of `receivers.groups_on`. Refused when
    there is nobody, when it is empty, and when it says what not everybody may know.
    """
    rules.check_can_write(by)
    row = _locked(newsletter)
    rules.check_can_be_sent(row)
    already = set(row.copies.values_list("email", flat=True))
    people = receivers.chosen(receivers.groups_on(timezone.localdate()), groups, already)
    if not people:
        raise Refused("Alla i grupperna har redan fått nyhetsbrevet." if already else "Välj minst en grupp.")
    if row.sent_at is None:
        row.sent_at, row.sent_by = timezone.now(), by
        row._history_user = by
        row.save()
    copies = [_send_copy(row, each, by) for each in people]
    record("newsletter.sent", row, by=by, number=count(len(copies), "brev", "brev"))
    return copies


def _send_copy(newsletter: Newsletter, to: Addressee, by: User) -> NewsletterCopy:
    copy = NewsletterCopy.objects.create(newsletter=newsletter, name=to.name, capacity=to.capacity, email=to.email)
    write_letter(
        to.email,
        _subject(newsletter),
        _body(newsletter, to),
        about=copy,
        by=by,
        kind=KIND,
        to_name=to.name,
        reply_to=by.email,
        is_personal=to.reader is not None,
    )
    return copy


@transaction.atomic
def try_newsletter(newsletter: Newsletter, *, by: User):
    """Send it to oneself alone, to see how it reads (skicka ett prov). Refused as sending is."""
    rules.check_can_write(by)
    row = _locked(newsletter)
    rules.check_is_draft(row)
    rules.check_can_be_sent(row)
    to = Addressee(by.name, by.email, "den som provar utskicket")
    subject = f"Prov: {_subject(row)}"
    write_letter(by.email, subject, _body(row, to), about=row, by=by, kind=TRIAL, to_name=by.name, reply_to=by.email)
    record("newsletter.tried", row, by=by)


def _subject(newsletter: Newsletter) -> str:
    return f"{newsletter.title} ({current_board().name})"


def _body(newsletter: Newsletter, to: Addressee) -> str:
    public = settings.PORTAL_URL + reverse("public:newsletter", args=[newsletter.pk])
    return (
        f"{newsletter.title}\n\n{as_letter(newsletter.html, settings.PORTAL_URL)}\n\n-- \n{current_board().name}\n"
        f"Läs nyhetsbrevet på webben: {public}\n{_why(to)}\n"
    )


def _why(to: Addressee) -> str:
    told = f"Brevet går till {to.name}, {to.capacity}."
    if to.reader is None:
        return f"{told} Svara om det ska gå till någon annan."
    address = settings.PORTAL_URL + reverse("public:newsletter_leaving", args=[receivers.token_of(to.reader)])
    return f"{told} Vill du inte ha fler: {address}"


@transaction.atomic
def withdraw_newsletter(newsletter: Newsletter, because: str, *, by: User) -> Newsletter:
    """Take it away from the web (avpublicera): it was wrong, or told too much. What went out by mail stays out."""
    row = _locked(newsletter)
    rules.check_can_withdraw(row, by)
    because = " ".join(because.split())
    if not because:
        raise Refused("Skriv varför nyhetsbrevet avpubliceras.", field="because")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = timezone.now(), by, because[:300]
    row._history_user = by
    row.save()
    record("newsletter.withdrawn", row, by=by, reason=row.withdrawn_because)
    return row

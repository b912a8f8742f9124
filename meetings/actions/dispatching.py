"""Sending decisions and protocols out (expediering): who is to have them, sent how, confirmed, carried out."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.letters.sending import write_letter
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from meetings.decisions import dispatch as reading
from meetings.decisions.extract_paper import adjusting

from .. import rules
from ..models import Adjustment, Dispatch, Extract, Meeting, Paragraph
from .extracts import DrawnExtract, draw_extract, keep_extract

KIND = "dispatch"
BY_LETTER = "e-post"


@transaction.atomic
def open_dispatches(adjustment: Adjustment, *, by: User | None) -> list[Dispatch]:
    """Write down who is to be sent what has been adjusted: called when the last signature is there.

    The decisions go to those under ”Beslutet skickas till”, the protocol to all parties. What is there already is left
    alone, so that it may be called again.
    """
    paragraphs = Paragraph.objects.filter(adjustments__adjustment=adjustment, adjustments__is_void=False)
    return _open(adjustment.meeting, paragraphs.order_by("position"), adjustment, by)


@transaction.atomic
def open_for_meeting(meeting: Meeting, *, by: User) -> list[Dispatch]:
    """Write down the receivers by hand: new ones, or those of a protocol that is adjusted outside the portal.

    Refused when all stand there already.
    """
    rules.check_can_write(by)
    made = _open(meeting, meeting.paragraphs.order_by("position"), meeting_adjustment(meeting), by)
    if not made:
        raise Refused("Alla mottagare i paragraferna står redan här.")
    return made


def _open(meeting: Meeting, paragraphs: Iterable[Paragraph], adjustment: Adjustment | None, by) -> list[Dispatch]:
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    register = reading.known()
    _follow(meeting, adjustment)
    wanted = [] if adjustment and adjustment.is_immediate else _protocol_to(register)
    wanted += [(each, found) for each in paragraphs for found in reading.recipients_of(each, register)]
    there = _there(meeting, adjustment)
    rows = [
        _row(meeting, paragraph, found, adjustment)
        for paragraph, found in wanted
        if (paragraph.pk if paragraph else None, found.name.casefold()) not in there
    ]
    made = bulk_create_with_history(rows, Dispatch, default_user=by) if rows else []
    if made:
        record("dispatch.opened", meeting, by=by, number=len(made))
    return made


def _protocol_to(register: reading.Known) -> list[tuple[Paragraph | None, reading.Recipient]]:
    """The protocol goes to all parties after every meeting."""
    return [(None, reading.of_municipality(each)) for each in register.parties]


def _follow(meeting: Meeting, adjustment: Adjustment | None):
    """Receivers of the protocol who were written down before it was adjusted get the adjusted one."""
    waiting = meeting.dispatches.filter(paragraph=None, adjustment=None, sent_on=None)
    if adjustment and not adjustment.is_immediate:
        waiting.update(adjustment=adjustment)


def _there(meeting: Meeting, adjustment: Adjustment | None) -> set[tuple[int | None, str]]:
    """What stands there: decisions once a paragraph, the protocol once an adjustment."""
    rows = meeting.dispatches.values_list("paragraph", "recipient", "adjustment")
    own = adjustment.pk if adjustment else None
    return {(key, name.casefold()) for key, name, of in rows if key is not None or of in (own, None)}


def _row(meeting, paragraph, found: reading.Recipient, adjustment) -> Dispatch:
    return Dispatch(
        meeting=meeting,
        paragraph=paragraph,
        adjustment=adjustment,
        recipient=found.name,
        municipality=found.municipality,
        body=found.body,
        person=found.person,
        email=found.email,
    )


@transaction.atomic
def add_dispatch(
    meeting: Meeting,
    *,
    recipient: str,
    paragraph: Paragraph | None = None,
    municipality: Municipality | None = None,
    email: str = "",
    by: User,
) -> Dispatch:
    """Add somebody who is to be sent a decision, or the protocol when `paragraph` is left out (ny mottagare)."""
    rules.check_can_write(by)
    name = recipient.strip() or (municipality.full_name if municipality else "")
    if not name:
        raise Refused("Skriv mottagaren, eller välj en kommun.", field="recipient")
    row = Dispatch(meeting=meeting, paragraph=paragraph, recipient=name, municipality=municipality)
    row.adjustment = adjusting(paragraph) if paragraph else meeting_adjustment(meeting)
    row.email = email.strip() or (municipality.email if municipality else "")
    _keep(row, by)
    record("dispatch.added", row, by=by, within=meeting)
    return row


def meeting_adjustment(meeting: Meeting) -> Adjustment | None:
    """The adjustment of the protocol as a whole, once it is adjusted."""
    done = meeting.adjustments.filter(adjusted_on__isnull=False, withdrawn_at__isnull=True)
    return done.order_by("is_immediate", "-adjusted_on").first()


def send_by_letter(rows: Iterable[Dispatch], *, by: User) -> list[Dispatch]:
    """Send by e-mail, with a link to the paper (skicka). Extracts that are missing are issued and certified by `by`.

    They are printed before the transaction that sends. Refused, and nothing sent, when one of them has no address or
    its paragraph is not adjusted: an extract that is not adjusted is issued by hand first, knowingly.
    """
    rules.check_can_write(by)
    keys = [row.pk for row in rows]
    found = list(_unsent(keys))
    _check_may_be_sent(found)
    paragraphs = {row.paragraph_id: row.paragraph for row in found if row.paragraph_id}
    drawn = {
        key: draw_extract(each, certified_by=by.name, by=by)
        for key, each in paragraphs.items()
        if _usable_extract(each) is None
    }
    return _send_all(keys, drawn, by)


def _unsent(keys: list[int]):
    rows = Dispatch.objects.filter(pk__in=keys, sent_on__isnull=True)
    return rows.select_related("meeting__body", "paragraph__body", "adjustment__paper").order_by("id")


@transaction.atomic
def _send_all(keys: list[int], drawn: dict[int, DrawnExtract], by: User) -> list[Dispatch]:
    found = list(_unsent(keys).select_for_update(of=("self",)))
    _check_may_be_sent(found)
    extracts: dict[int, Extract] = {}
    for row in found:
        _send(row, extracts, drawn, by)
    record("dispatch.sent", found[0].meeting, by=by, to=[str(row) for row in found])
    return found


def _check_may_be_sent(rows: list[Dispatch]):
    if not rows:
        raise Refused("Välj minst en mottagare som inte redan har fått sitt.")
    without = [str(row) for row in rows if not row.email]
    if without:
        raise Refused(f"E-postadress saknas för {', '.join(without[:5])}. Skriv den, eller anteckna ett annat sätt.")
    if any(row.paragraph is None and row.adjustment is None for row in rows):
        raise Refused("Protokollet är inte justerat i portalen. Anteckna hur det skickades i stället.")


def _send(row: Dispatch, extracts: dict[int, Extract], drawn: dict[int, DrawnExtract], by: User):
    if row.paragraph_id and row.paragraph_id not in extracts:
        extracts[row.paragraph_id] = _extract_of(row.paragraph, drawn, by)
    row.extract = extracts.get(row.paragraph_id)
    write_letter(
        row.email, _subject(row), _body(row), about=row, by=by, kind=KIND, to_name=row.recipient, reply_to=by.email,
        is_personal=True,
    )  # fmt: skip
    row.sent_on, row.sent_by, row.manner = timezone.localdate(), by, BY_LETTER
    _keep(row, by)


def _extract_of(paragraph: Paragraph, drawn: dict[int, DrawnExtract], by: User) -> Extract:
    """The newest extract; what is missing is kept as it was printed."""
    if there := _usable_extract(paragraph):
        return there
    if paragraph.pk not in drawn:
        raise Refused(f"{paragraph.label} ändrades just nu. Ingenting skickades. Läs in sidan och försök igen.")
    return keep_extract(drawn[paragraph.pk], by=by)


def _usable_extract(paragraph: Paragraph) -> Extract | None:
    """The newest extract; one that was made before the adjustment is followed by a new one."""
    newest = paragraph.extracts.order_by("-issued_at", "-id").first()
    return newest if newest and (newest.is_adjusted or adjusting(paragraph) is None) else None


def _subject(row: Dispatch) -> str:
    board = current_board()
    what = _paragraph_words(row) if row.paragraph else "protokoll"
    return f"{board.name} {row.meeting.held_on}: {what}"


def _body(row: Dispatch) -> str:
    address = settings.PORTAL_URL + reverse("meetings:receipt", args=[reading.token_of(row)])
    held = f"{row.meeting.body} den {long_date(row.meeting.held_on)}"
    what = f"beslut, {_paragraph_words(row)}, vid {held}" if row.paragraph else f"protokollet från {held}"
    return (
        f"Till {row.recipient}\n\nHär kommer {what}.\n\nLäs handlingen och bekräfta att ni har tagit emot den:\n"
        f"{address}{_log_in(row)}\n\n{row.sent_by or ''}\n{current_board().name}\n"
    )


def _paragraph_words(row: Dispatch) -> str:
    """The paragraph with its title; without it when the link's page does not tell it either."""
    return str(row.paragraph) if reading.is_open_to_holder(row) else row.paragraph.label


def _log_in(row: Dispatch) -> str:
    if reading.is_open_to_holder(row):
        return ""
    if reading.public_version(row):
        return "\n\nLänken leder till den offentliga versionen. Logga in i portalen för att läsa hela protokollet."
    return "\n\nFör att läsa handlingen behöver du logga in i portalen."


@transaction.atomic
def record_sent(row: Dispatch, *, sent_on: date, manner: str, by: User) -> Dispatch:
    """Write down that it was sent in another way (skickat på annat sätt): by post, handed over."""
    rules.check_can_write(by)
    row = _locked(row)
    _check_day(sent_on, row.meeting.held_on, "sent_on")
    if not manner.strip():
        raise Refused("Skriv hur det skickades: brev, lämnat, e-post från egen adress.", field="manner")
    row.sent_on, row.sent_by, row.manner = sent_on, by, manner.strip()
    _keep(row, by)
    record("dispatch.recorded", row, by=by, within=row.meeting, manner=row.manner)
    return row


@transaction.atomic
def confirm(row: Dispatch, *, confirmed_by: str, confirmed_on: date | None = None, by: User | None) -> Dispatch:
    """Say that the receiver has it (bekräftat). `by` is None when the receiver says so with the letter's link.

    A second confirmation changes nothing. Refused before it was sent.
    """
    if by is not None:
        rules.check_can_write(by)
    row = _locked(row)
    if row.confirmed_on:
        return row
    if row.sent_on is None:
        raise Refused(f"Till {row.recipient} har ingenting skickats än. Anteckna först när och hur det skickades.")
    day = confirmed_on or timezone.localdate()
    _check_day(day, row.sent_on, "confirmed_on")
    row.confirmed_on, row.confirmed_by = day, " ".join(confirmed_by.split())[:150] or row.recipient[:150]
    _keep(row, by)
    record("dispatch.confirmed", row, by=by, within=row.meeting, who=row.confirmed_by)
    return row


@transaction.atomic
def change_dispatch(row: Dispatch, *, email: str, executed_on: date | None, by: User) -> Dispatch:
    """Change the address, and say when the decision was carried out there (verkställt)."""
    rules.check_can_write(by)
    row = _locked(row)
    if executed_on:
        _check_day(executed_on, row.meeting.held_on, "executed_on")
    row.email, row.executed_on = email.strip(), executed_on
    _keep(row, by)
    record("dispatch.changed", row, by=by, within=row.meeting)
    return row


@transaction.atomic
def revoke_link(row: Dispatch, because: str, *, by: User) -> Dispatch:
    """Let the letter's link lead to nothing more (återkalla länken): sent to the wrong address, passed on, replaced.

    The link says that it is revoked, and when. What was sent and confirmed stands. Refused without a reason, for what
    was not sent by letter, and twice. A new letter is a new receiver.
    """
    rules.check_can_write(by)
    row = _locked(row)
    if row.sent_on is None or row.manner != BY_LETTER:
        raise Refused(f"Till {row.recipient} har ingen länk skickats härifrån.")
    if row.link_revoked_at:
        when = long_date(timezone.localdate(row.link_revoked_at))
        raise Refused(f"Länken återkallades redan {when}.")
    because = " ".join(because.split())
    if not because:
        raise Refused("Skriv varför länken återkallas.", field="because")
    row.link_revoked_at, row.link_revoked_by, row.link_revoked_because = timezone.now(), by, because[:300]
    _keep(row, by)
    record("dispatch.link_revoked", row, by=by, within=row.meeting, reason=row.link_revoked_because)
    return row


@transaction.atomic
def remove_dispatch(row: Dispatch, *, by: User):
    """Take away somebody who is not to have it. Refused once it has been sent."""
    rules.check_can_write(by)
    row = _locked(row)
    if row.sent_on:
        raise Refused(f"Till {row.recipient} skickades det {long_date(row.sent_on)}. Det står kvar.")
    record("dispatch.removed", row, by=by, within=row.meeting)
    row._history_user = by
    row.delete()


def _check_day(day: date, earliest: date, field: str):
    if day > timezone.localdate():
        raise Refused(f"{long_date(day)} har inte varit än. Skriv dagen då det hände.", field=field)
    if day < earliest:
        raise Refused(f"{long_date(day)} är före {long_date(earliest)}. Skriv en senare dag.", field=field)


def _locked(row: Dispatch) -> Dispatch:
    found = Dispatch.objects.select_for_update(of=("self",)).select_related("meeting", "paragraph", "extract")
    return found.get(pk=row.pk)


def _keep(row: Dispatch, by: User | None):
    row._history_user = by
    row.save()

"""Who may write in a protocol, and when."""

from django.utils import timezone

from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_date
from enamnd.refusal import Refused

from .models import Adjustment, Meeting, Paragraph


def check_can_read(by):
    check_may(by, Permission.READ_MEETINGS)


def check_can_write(by):
    """Paragraphs, sections, titles, phrases: all that makes the text of the protocol."""
    check_may(by, Permission.WRITE_PROTOCOL)


def check_is_open(thing: Meeting | Paragraph):
    """Refused for what is frozen for adjustment, or adjusted: text, attendance, cover, numbers, what was done there.

    A paragraph is frozen with the adjustment that it belongs to, what concerns the whole meeting with the ordinary one:
    after an immediate adjustment the rest of the meeting goes on.
    """
    adjustment = Adjustment.objects.locking(thing).first()
    if adjustment:
        raise Refused(locked_sentence(adjustment))


def check_nothing_is_frozen(meeting: Meeting):
    """Refused when any paragraph of the meeting is frozen: its number stands on a paper."""
    adjustment = Adjustment.objects.standing().filter(meeting=meeting).first()
    if adjustment:
        raise Refused(locked_sentence(adjustment))


def check_no_paper_says_it(meeting: Meeting):
    """When, where and by whom the protocol is kept stands on the paper of every immediate adjustment too."""
    if Adjustment.objects.standing().filter(meeting=meeting, is_immediate=True).exists():
        raise Refused(
            "Paragrafer är låsta för omedelbar justering, och deras papper säger redan vilket organ som möttes, när, "
            "var och med vilken sekreterare. De uppgifterna ändras inte mer."
        )


def locked_sentence(adjustment: Adjustment) -> str:
    """Why nothing may be changed, and what to do about it."""
    if adjustment.adjusted_on:
        return (
            f"Protokollet är justerat {long_date(adjustment.adjusted_on)} och ändras inte mer. "
            "Ett skrivfel rättas genom ett nytt beslut."
        )
    return (
        f"Protokollet är låst för justering sedan {long_date(timezone.localdate(adjustment.frozen_at))}. "
        "Sekreteraren kan låsa upp det på sidan Justering."
    )


def check_can_change(thing: Meeting | Paragraph, by):
    """`by` may write, and the thing is not frozen: what decides whether buttons are shown."""
    check_can_write(by)
    check_is_open(thing)


def check_can_move(paragraph: Paragraph, by):
    """The order is free until the paragraphs have their numbers."""
    check_can_write(by)
    if paragraph.number:
        raise Refused(
            "Ordningen kan inte ändras sedan paragraferna har fått nummer. "
            "Ta tillbaka numren på sammanträdets sida först."
        )


def check_can_remove(paragraph: Paragraph, by):
    """A number that has been given is never left empty."""
    check_can_write(by)
    if paragraph.number:
        raise Refused(
            f"{paragraph.label} har fått sitt nummer och kan inte tas bort. "
            "Ta tillbaka numren på sammanträdets sida först."
        )


def check_can_number(meeting: Meeting, by):
    """Only bodies that number their paragraphs give numbers."""
    check_can_write(by)
    if not meeting.body.numbers_paragraphs:
        raise Refused(f"{meeting.body} numrerar inte sina paragrafer. Det ändras i registret under Organisation.")


def check_can_withdraw(meeting: Meeting, by):
    check_can_number(meeting, by)
    if meeting.numbered_at is None:
        raise Refused("Paragraferna har inga nummer att ta tillbaka.")

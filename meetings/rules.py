"""Who may write in a protocol, and when."""

from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.refusal import Refused

from .models import Meeting, Paragraph


def check_can_read(by):
    check_may(by, Permission.READ_MEETINGS)


def check_can_write(by):
    """Paragraphs, sections, titles, phrases: all that makes the text of the protocol."""
    check_may(by, Permission.WRITE_PROTOCOL)


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

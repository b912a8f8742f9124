"""Who may write newsletters, and when one may be changed, sent and withdrawn."""

from django.utils import timezone

from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_instant
from enamnd.refusal import Problem, Refused
from meetings.models import Newsletter
from meetings.text import markup

from .secrecy import what_must_not_be_said


def check_can_write(by):
    check_may(by, Permission.WRITE_NEWSLETTERS)


def check_is_draft(newsletter: Newsletter):
    """Refused for what has been sent: those who got it should find the same text on the web."""
    if newsletter.sent_at:
        when = long_instant(timezone.localtime(newsletter.sent_at))
        raise Refused(f"Nyhetsbrevet skickades {when} och ändras inte mer. Skriv ett nytt om något ska rättas.")


def check_can_change(newsletter: Newsletter, by):
    check_can_write(by)
    check_is_draft(newsletter)


def check_can_be_sent(newsletter: Newsletter):
    """Refused for an empty one, one that is withdrawn, and one that says what not everybody may know.

    What it says is looked through each time it is sent, also to those who are added later.
    """
    if newsletter.withdrawn_at:
        raise Refused("Nyhetsbrevet är avpublicerat och skickas inte mer.")
    if markup.is_empty(newsletter.html):
        raise Refused("Nyhetsbrevet är tomt. Skriv det, eller lägg in besluten, innan det skickas.")
    if found := what_must_not_be_said(f"{newsletter.title}\n{markup.plain_text(newsletter.html)}"):
        raise Refused(problems=tuple(Problem("", each) for each in found))


def check_can_withdraw(newsletter: Newsletter, by):
    check_can_write(by)
    if newsletter.sent_at is None:
        raise Refused("Nyhetsbrevet är inte skickat. Ett utkast kastas i stället.")
    if newsletter.withdrawn_at:
        raise Refused("Nyhetsbrevet är redan avpublicerat.")

"""Auditors read everything that is not secret, and change nothing (KL 9 kap. 34 § and 12 kap. 9 §)."""

from django.apps import apps
from django.urls import reverse

from tests import factories
from tests.test_access import TABLE, address_of, world

__all__ = ["world"]
AUDITOR = "auditor"
# What an auditor may send: a calendar of one's own, a signature of one's own (refused unless asked for it).
OWN_VERBS = {"adjusting:declining", "adjusting:signature", "meetings:calendar_renewal"}


def test_an_auditor_opens_every_page_that_members_read():
    closed = [each.name for each in TABLE if each.method == "GET" and "member" in each.to and AUDITOR not in each.to]

    assert closed == []


def test_an_auditor_may_send_nothing_but_what_is_ones_own():
    assert {each.name for each in TABLE if each.method == "POST" and AUDITOR in each.to} <= OWN_VERBS


# An address of one's own to the calendar, made when its page is first opened, and the log-in itself.
OWN_ROWS = {"meetings.FeedToken", "sessions.Session"}


def rows() -> dict[str, int]:
    """How many rows there are of each kind, those of one's own left out."""
    models = [each for each in apps.get_models() if each._meta.label not in OWN_ROWS]
    return {each._meta.label: each.objects.count() for each in models}


def test_what_an_auditor_sends_to_any_page_changes_nothing(world, client_as):
    client = client_as(AUDITOR)
    pages = [each.name for each in TABLE if AUDITOR in each.to and each.name not in OWN_VERBS]
    before = rows()

    for name in pages:
        client.post(address_of(name, world))

    assert {label: number for label, number in rows().items() if number != before[label]} == {}


def test_a_secret_document_is_closed_to_an_auditor(world, client_as):
    secret = factories.document(secrecy="OSL 19 kap. 1 §", file=factories.paper(b"hemligt").file, file_name="a.pdf")

    answer = client_as(AUDITOR).get(reverse("documents:file", args=[secret.pk]))

    assert answer.status_code == 403

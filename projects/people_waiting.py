"""What waits because of people and commissions: municipalities' answers, and what the board is to take up."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from enamnd.accounts.roles import Permission
from enamnd.dates import long_date
from enamnd.formats import count
from enamnd.organisation.models import Municipality
from enamnd.waiting import Waiting

from . import participation_rules, resources
from .models import Commission

MOST = 20


def waiting_about_people(user, today: date) -> Iterator[Waiting]:
    """What waits for `user`, in no order."""
    yield from _to_answer(user)
    yield from _to_remind(user, today)
    yield from _to_take_up(user)
    yield from _to_begin(user)


def _to_answer(user) -> Iterator[Waiting]:
    """Resource requests that one's municipality has not answered."""
    for municipality in Municipality.objects.filter(pk__in=participation_rules.may_tell_for(user)):
        for each in resources.waiting_for(municipality)[:MOST]:
            href = reverse("projects:request_answer", args=[each.activity_id, each.pk, municipality.pk])
            why = f"{municipality.full_name} är tillfrågad: {each.what}"
            yield Waiting(each.answer_by, f"Svara på resursbegäran från {each.activity}", why, href, "Svara")


def _to_remind(user, today: date) -> Iterator[Waiting]:
    """Requests whose day has passed without all having answered."""
    if not user.may(Permission.KEEP_PROJECTS):
        return
    late = resources.rows().filter(closed_on=None, activity__closed_on=None, answer_by__lt=today)
    for asked in resources.tallies_of(late.order_by("answer_by", "pk")[:MOST], today):
        if asked.silent:
            why = f"{count(asked.silent, 'kommun', 'kommuner')} har inte svarat: {asked.request.what}"
            what = f"Påminn om resurser till {asked.request.activity}"
            yield Waiting(asked.request.answer_by, what, why, asked.request.get_absolute_url(), "Öppna")


def _to_take_up(user) -> Iterator[Waiting]:
    """Commissions that the board has not answered: the secretary puts them on an agenda, the rest is the samordnare's.

    Who is both gets one line.
    """
    rows = Commission.objects.filter(is_accepted=None, closed_on=None).order_by("received_on", "pk")[:MOST]
    if user.may(Permission.WRITE_PROTOCOL):
        for each in rows:
            why = f"Överlämnat av kommuner {long_date(each.received_on)}. Nämnden har inte svarat."
            yield Waiting(None, f"Ta upp uppdraget {each} i nämnden", why, each.get_absolute_url(), "Öppna")
    elif user.may(Permission.KEEP_PROJECTS):
        for each in rows:
            why = f"Överlämnat {long_date(each.received_on)}. Bered ärendet, och för in beslutet när det är fattat."
            yield Waiting(None, f"Nämnden ska svara på uppdraget {each}", why, each.get_absolute_url(), "Öppna")


def _to_begin(user) -> Iterator[Waiting]:
    """Commissions that are accepted and nothing has come of."""
    if not user.may(Permission.KEEP_PROJECTS):
        return
    rows = Commission.objects.filter(is_accepted=True, activity=None, closed_on=None).order_by("received_on", "pk")
    for each in rows[:MOST]:
        why = "Nämnden har accepterat uppdraget. Låt det bli en aktivitet, eller skriv vad det blev av det."
        yield Waiting(None, f"Börja med uppdraget {each}", why, each.get_absolute_url(), "Öppna")

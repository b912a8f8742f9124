"""What waits for people in governing documents: sections to write, papers on remiss to answer."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet

from enamnd.accounts.roles import Permission
from enamnd.formats import count
from enamnd.waiting import Waiting

from ..models import Consultation, ConsultationAnswer, GoverningAdoption, GoverningSection
from . import rules

MOST = 20
BEFORE = timedelta(days=45)


def waiting_governing(user, today: date) -> list[Waiting]:
    """What waits for `user`, in no order."""
    return [*_to_write(user, today), *_to_answer(user), *_to_close(user, today)]


def _to_write(user, today: date) -> Iterator[Waiting]:
    """Sections that one is to write and has not said are ready: those whose day is near, and those without a day."""
    if not user.may(Permission.READ_CONTROL):
        return
    adopted = GoverningAdoption.objects.filter(withdrawn_at=None).values("document")
    rows = GoverningSection.objects.filter(owner=user, ready_at=None).exclude(document__in=adopted)
    rows = rows.select_related("document").order_by("due_on", "position")
    for each in [row for row in rows if row.due_on is None or row.due_on <= today + BEFORE][:MOST]:
        yield Waiting(
            each.due_on, f"Skriv ”{each.heading}”", f"{each.document.title}.", each.get_absolute_url(), "Skriv"
        )


def open_consultations() -> QuerySet[Consultation]:
    """Papers on remiss that still ask for answers: not those that have been adopted meanwhile."""
    adopted = GoverningAdoption.objects.filter(withdrawn_at=None).values("document")
    return Consultation.objects.filter(closed_at=None).exclude(document__in=adopted).select_related("document")


def _to_answer(user) -> Iterator[Waiting]:
    """Papers on remiss that one's own municipality has not answered."""
    own = rules.may_answer_for(user)
    if not own:
        return
    answered = set(
        ConsultationAnswer.objects.filter(consultation__closed_at=None, municipality__in=own).values_list(
            "consultation", "municipality"
        )
    )
    for each in open_consultations():
        if any((each.pk, place) not in answered for place in own):
            why = "Kommunen har inte svarat på remissen."
            yield Waiting(each.answer_by, f"Svara på {each.document.title}", why, each.get_absolute_url(), "Svara")


def _to_close(user, today: date) -> Iterator[Waiting]:
    """Papers on remiss whose day has passed."""
    if not user.may(Permission.KEEP_GOVERNING):
        return
    for each in Consultation.objects.filter(closed_at=None, answer_by__lt=today).select_related("document"):
        number = each.answers.count()
        why = f"{count(number, 'svar', 'svar')} har kommit."
        yield Waiting(each.answer_by, f"Avsluta remissen av {each.document.title}", why, each.get_absolute_url(), "Se")

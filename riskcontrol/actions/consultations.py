"""The verbs of a remiss: a proposal is sent to the municipalities, they answer, it is closed."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.documents.issuing import issue_paper
from enamnd.journal.record import record
from enamnd.letters.sending import write_letter
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

from ..governing import paper, rules
from ..models import Consultation, ConsultationAnswer, GoverningDocument
from ..rules import check_has_been
from .governing import locked_document

LETTER = "consultation"


def send_consultation(document: GoverningDocument, answer_by: date, message: str = "", *, by: User) -> Consultation:
    """Send a proposal to all parties (sänd på remiss). It is issued as a paper, so that all answer on the same words.

    Parties with an address get a letter. Refused for an adopted document, one on remiss already, and a day gone by.
    """
    rules.check_can_keep(by)
    _check_can_send(document, answer_by)
    drawn = paper.compose(document)
    return _send(document, answer_by, message.strip(), drawn, paper.as_pdf(drawn), by=by)


def _check_can_send(document: GoverningDocument, answer_by: date):
    rules.check_is_proposal(document)
    if answer_by < timezone.localdate():
        raise Refused("Dagen då svaren ska vara inne har redan varit.", field="answer_by")
    if document.consultations.filter(closed_at=None).exists():
        raise Refused("Dokumentet är redan på remiss. Avsluta den först.")
    if not document.sections.exists():
        raise Refused("Dokumentet har inga avsnitt att svara på.")


@transaction.atomic
def _send(document, answer_by, message, drawn, content, *, by) -> Consultation:
    document = locked_document(document)
    _check_can_send(document, answer_by)
    if not paper.is_same(drawn, paper.compose(document)):
        raise Refused("Dokumentet har just ändrats. Se efter vad som är nytt och sänd det igen.")
    title = f"Remiss: {document.title}"
    issued = issue_paper(content, kind="consultation", title=title, subject=document, by=by)
    made = Consultation.objects.create(
        document=document, paper=issued, message=message, answer_by=answer_by, sent_by=by
    )
    for each in Municipality.objects.filter(is_party=True).exclude(email=""):
        write_letter(each.email, title, _letter(made, each), about=made, by=by, kind=LETTER, to_name=each.full_name)
    record("consultation.sent", made, by=by, within=document, until=str(answer_by))
    return made


def _letter(consultation: Consultation, municipality: Municipality) -> str:
    address = settings.PORTAL_URL + reverse("riskcontrol:consultation", args=[consultation.pk])
    message = f"\n\n{consultation.message}" if consultation.message else ""
    return (
        f"{current_board().name} ber {municipality.full_name} att yttra sig över förslaget\n\n"
        f"    {consultation.document.title}{message}\n\n"
        f"Svaret behövs senast {long_date(consultation.answer_by)}. Läs förslaget och svara här:\n{address}\n"
    )


@transaction.atomic
def answer_consultation(
    consultation: Consultation,
    municipality: Municipality,
    *,
    stand: str,
    text: str = "",
    answered_on: date | None = None,
    by: User,
) -> ConsultationAnswer:
    """Keep what a municipality answers (svara på remiss), or its changed answer."""
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    rules.check_can_answer(consultation, municipality, by)
    answered_on = answered_on or timezone.localdate()
    check_has_been(answered_on, "answered_on")
    if stand in (ConsultationAnswer.Stand.COMMENTS, ConsultationAnswer.Stand.OPPOSES) and not text.strip():
        raise Refused("Skriv synpunkterna, eller varför kommunen avstyrker.", field="text")
    row = consultation.answers.filter(municipality=municipality).first()
    row = row or ConsultationAnswer(consultation=consultation, municipality=municipality)
    row.stand, row.text, row.answered_on, row.by = stand, text.strip(), answered_on, by
    row.save()
    record("consultation.answered", row, by=by, within=consultation.document)
    return row


@transaction.atomic
def close_consultation(consultation: Consultation, *, by: User) -> Consultation:
    """Say that no more answers are waited for (avsluta remissen)."""
    rules.check_can_keep(by)
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if consultation.closed_at:
        raise Refused("Remissen är redan avslutad.")
    consultation.closed_at, consultation.closed_by = timezone.now(), by
    consultation.save()
    record("consultation.closed", consultation, by=by, within=consultation.document)
    return consultation

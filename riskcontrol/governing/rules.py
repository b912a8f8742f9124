"""What may be done with governing documents, when and by whom."""

from datetime import date

from enamnd.accounts.roles import ROLES, Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_date
from enamnd.organisation.models import Municipality
from enamnd.refusal import Problem, Refused

from ..models import Consultation, GoverningAdoption, GoverningDocument, GoverningSection
from ..rules import check_has_been
from .outline import left_around, outline_of, words_of_blocks
from .template import WRITERS

ANSWERING = (Permission.KEEP_PARTICIPATION, Permission.ANSWER_FOR_MUNICIPALITY)


def check_can_keep(by):
    """Documents are begun, laid out, sent and adopted by those who keep them."""
    check_may(by, Permission.KEEP_GOVERNING)


def check_can_write(section: GoverningSection, by):
    """The owner of a section writes in it; those who keep documents write in all."""
    if section.owner_id and section.owner_id == by.pk and all(map(by.may, WRITERS)):
        return
    check_can_keep(by)


def adoption_of(document: GoverningDocument) -> GoverningAdoption | None:
    """The adoption that holds, None while the document is a proposal."""
    return next((each for each in document.adoptions.all() if each.withdrawn_at is None), None)


def check_is_proposal(document: GoverningDocument):
    """An adopted document is a paper: it is changed in next year's, or once its adoption has been taken back."""
    adoption = adoption_of(document)
    if adoption:
        raise Refused(
            f"{document.title} antogs {long_date(adoption.adopted_on)} och ändras inte. Ta tillbaka antagandet först "
            "om det var fel, eller gör ändringen i nästa års dokument."
        )


def check_can_adopt(document: GoverningDocument, adopted_on: date, paragraph, decision: str):
    """Refused without a decision, without sections, and while something is left to fill in, with each place (R303)."""
    check_is_proposal(document)
    check_has_been(adopted_on, "adopted_on")
    if paragraph is None and not decision.strip():
        raise Refused("Välj paragrafen där dokumentet antogs, eller skriv datum och paragraf.", field="decision")
    sections = list(document.sections.all())
    if not sections:
        raise Refused("Dokumentet har inga avsnitt. Lägg till dem innan det antas.")
    problems = problems_of(document, sections)
    if problems:
        raise Refused(problems=tuple(problems))


def problems_of(document: GoverningDocument, sections) -> list[Problem]:
    """Everything that keeps a document from being adopted, each with its place."""
    problems = []
    for line in outline_of(sections):
        problems += [Problem(line.label, f"fyll i {each}") for each in line.placeholders]
        problems += [Problem(line.label, f"delen ”{each}” finns inte i portalen") for each in line.unknown]
    return problems + [Problem(place, f"fyll i {each}") for place, each in left_around(document)]


def warnings_of(document: GoverningDocument, sections) -> list:
    """What the paper will lack without being kept from adoption by it."""
    return words_of_blocks(document, sections)


def may_answer_for(by) -> set[int]:
    """The municipalities that `by` answers for by a role of theirs."""
    return {
        each.municipality_id
        for each in by.grants_in_force
        if each.municipality_id and set(ANSWERING) & ROLES[each.role].permissions
    }


def check_can_see_consultation(by):
    """Those who read documents, and those who answer for a municipality."""
    if by.may(Permission.READ_CONTROL) or may_answer_for(by):
        return
    check_may(by, Permission.READ_CONTROL)


def check_can_answer(consultation: Consultation, municipality: Municipality, by):
    """Each municipality answers for itself; those who keep documents may write in an answer that came another way."""
    if consultation.closed_at:
        raise Refused("Remissen är avslutad. Kontakta nämndens sekreterare om kommunen vill yttra sig ändå.")
    if not municipality.is_party:
        raise Refused(f"{municipality} ingår inte i samverkan.")
    if by.is_active and municipality.pk in may_answer_for(by):
        return
    if own := may_answer_for(by):
        names = ", ".join(Municipality.objects.filter(pk__in=own).values_list("name", flat=True))
        raise Refused(f"Du svarar för {names} och kan inte svara för {municipality}.")
    check_can_keep(by)

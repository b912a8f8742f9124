"""Questions that several municipalities' auditors ask together: answered once, for all of them (R129)."""

from django.db.models import Q

from enamnd.formats import listed, swedish_key
from enamnd.organisation.models import Municipality

from ..models import Audit, Questionnaire
from .question_set import likeness


def municipalities_of(questionnaire: Questionnaire) -> list[Municipality]:
    """Whose auditors ask, by name. Prefetch `also__municipality` where there are many questionnaires."""
    others = [each.municipality for each in questionnaire.also.all()]
    return sorted([questionnaire.audit.municipality, *others], key=lambda one: swedish_key(one.name))


def names_of(questionnaire: Questionnaire) -> str:
    """Luleå, Piteå och Älvsbyn."""
    return listed(str(each) for each in municipalities_of(questionnaire))


def all_of(audit: Audit) -> list[Questionnaire]:
    """An audit's own questionnaires, and those that it shares with others."""
    return [*audit.questionnaires.all(), *audit.shared_questionnaires.all()]


def earlier_of(audit: Audit, title: str) -> Questionnaire | None:
    """The latest earlier questionnaire of the municipality: the one of the same heading when there are several."""
    own = Q(audit__municipality=audit.municipality_id) | Q(also__municipality=audit.municipality_id)
    rows = list(Questionnaire.objects.filter(own, audit__year__lt=audit.year).distinct().order_by("-audit__year", "pk"))
    latest = [each for each in rows if each.audit.year == rows[0].audit.year]
    return next((each for each in latest if likeness(each.title) == likeness(title)), latest[0] if latest else None)

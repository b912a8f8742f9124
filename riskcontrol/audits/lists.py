"""The audits of a year, municipality by municipality, as their pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch

from enamnd.dates import long_date
from enamnd.organisation.models import Municipality

from ..models import Audit, AuditMeasure, Finding, FollowUp, PlanAdoption, Questionnaire, Submission
from .sharing import all_of
from .standing import TONES, Facts, State, state_of


@dataclass(frozen=True)
class Line:
    """A municipality in a year's table: its audit, if any, and how it stands."""

    municipality: Municipality
    audit: Audit | None
    state: State
    tone: str
    observations: int
    recommendations: int
    measures: int
    done: int


def audits_for_page(**which):
    """Audits with everything that their state follows from."""
    given = Submission.objects.filter(questionnaire=OuterRef("pk"), withdrawn_at=None)
    return (
        Audit.objects.filter(**which)
        .select_related("municipality", "report", "case", "reply__paragraph__meeting", "reply__paragraph__body")
        .prefetch_related(
            Prefetch("findings", Finding.objects.prefetch_related("measures")),
            Prefetch("questionnaires", Questionnaire.objects.annotate(is_submitted=Exists(given))),
            Prefetch(
                "shared_questionnaires",
                Questionnaire.objects.select_related("audit__municipality").annotate(is_submitted=Exists(given)),
            ),
        )
    )


def measures_of(audit: Audit) -> list[AuditMeasure]:
    """Each measure that answers the audit, once, by the day it is due."""
    found = {each.pk: each for finding in audit.findings.all() for each in finding.measures.all()}
    return sorted(found.values(), key=lambda each: (each.due_on, each.pk))


def line_of(audit: Audit, today: date) -> Line:
    """How an audit of audits_for_page stands on a day."""
    measures = measures_of(audit)
    still = [each for each in measures if each.done_on is None]
    findings = list(audit.findings.all())
    recommendations = sum(bool(each.recommendation) for each in findings)
    facts = Facts(
        open_questionnaires=sum(not each.is_submitted for each in all_of(audit)),
        has_report=audit.received_on is not None,
        has_reply=audit.reply_id is not None,
        open_measures=len(still),
        late_measures=sum(each.due_on < today for each in still),
    )
    state = state_of(facts)
    counts = (len(findings) - recommendations, recommendations, len(measures), len(measures) - len(still))
    return Line(audit.municipality, audit, state, TONES[state], *counts)


def lines_of(year: int, today: date) -> list[Line]:
    """Every party of the board, and others that have audited the year, by name."""
    audits = {each.municipality_id: each for each in audits_for_page(year=year)}
    parties = {each.pk: each for each in Municipality.objects.filter(is_party=True)}
    parties |= {each.municipality_id: each.municipality for each in audits.values()}
    return [
        line_of(audits[each.pk], today) if each.pk in audits else _not_begun(each)
        for each in sorted(parties.values(), key=lambda one: one.name)
    ]


def _not_begun(municipality: Municipality) -> Line:
    return Line(municipality, None, State.NOT_BEGUN, TONES[State.NOT_BEGUN], 0, 0, 0, 0)


def known_evidence(year: int) -> list[str]:
    """What the internal control of a year can show the auditors, in words: its plan, and how it was followed up."""
    adopted = PlanAdoption.objects.filter(plan__year=year, withdrawn_at=None).select_related("plan")
    plans = [f"{each.plan.title}, antagen {long_date(each.adopted_on)}" for each in adopted]
    followed = FollowUp.objects.filter(plan__year=year).exclude(approved_on=None).select_related("plan")
    return plans + [
        f"Uppföljning av internkontrollplan {year}, {each.name}, godkänd {long_date(each.approved_on)}"
        for each in followed.order_by("followed_on")
    ]


def years_with_audits() -> list[int]:
    return sorted(set(Audit.objects.order_by().values_list("year", flat=True)), reverse=True)


def tally(lines: Iterable[Line]) -> list[tuple[State, int]]:
    """How many municipalities stand where, in the order of the way."""
    lines = list(lines)
    return [(state, number) for state in State if (number := sum(line.state == state for line in lines))]

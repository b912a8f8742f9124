"""What waits for people in the audits: questions to answer, reports to take up, measures."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from enamnd.accounts.roles import Permission
from enamnd.formats import count
from enamnd.waiting import Waiting

from ..models import Audit, AuditMeasure, Questionnaire, Submission
from .sharing import names_of

MOST = 20
MEASURES_BEFORE = timedelta(days=30)


def waiting_audits(user, today: date) -> list[Waiting]:
    """What waits for `user`, in no order."""
    if not user.may(Permission.READ_CONTROL):
        return []
    found = list(_measures(user, today))
    if user.may(Permission.KEEP_CONTROL):
        found += [*_questionnaires(), *_reports()]
    return found


def _questionnaires() -> Iterator[Waiting]:
    """Questionnaires whose answers have not been handed over."""
    given = Submission.objects.filter(questionnaire=OuterRef("pk"), withdrawn_at=None)
    to_answer = Q(sections__questions__only_for="", sections__questions__is_earlier=False)
    empty = to_answer & Q(sections__questions__mark="", sections__questions__comment="")
    rows = (
        Questionnaire.objects.filter(~Exists(given))
        .select_related("audit__municipality")
        .prefetch_related("also__municipality")
        .annotate(left=Count("sections__questions", filter=empty))
    )
    for each in rows.order_by("due_on", "pk")[:MOST]:
        why = f"{count(each.left, 'fråga', 'frågor')} utan svar." if each.left else "Alla frågor är besvarade."
        what = f"Lämna svar till revisorerna i {names_of(each)}"
        yield Waiting(each.due_on, what, why, each.get_absolute_url(), "Svara" if each.left else "Lämna")


def _reports() -> Iterator[Waiting]:
    """Reports that have come and that the board has not answered: one line a year."""
    rows = Audit.objects.filter(reply=None).exclude(received_on=None).select_related("municipality")
    years: dict[int, list[str]] = {}
    for each in rows.order_by("-year", "municipality__name")[:100]:
        years.setdefault(each.year, []).append(each.municipality.name)
    for year, names in years.items():
        href = reverse("riskcontrol:audit_year", args=[year])
        what = f"Ta upp {count(len(names), 'granskning', 'granskningar')} av {year} i nämnden"
        yield Waiting(None, what, f"{', '.join(names)} väntar på svar.", href, "Öppna")


def _measures(user, today: date) -> Iterator[Waiting]:
    """Measures that are not done and near their day: all of them, or one's own."""
    rows = AuditMeasure.objects.filter(done_on=None, due_on__lte=today + MEASURES_BEFORE)
    if not user.may(Permission.KEEP_CONTROL):
        if user.person_id is None:
            return
        rows = rows.filter(owner_person=user.person_id)
    for each in rows.prefetch_related("findings__audit__municipality")[:MOST]:
        findings = list(each.findings.all())
        names = ", ".join(dict.fromkeys(one.audit.municipality.name for one in findings))
        href = findings[0].audit.get_absolute_url() if findings else reverse("riskcontrol:audit_list")
        if user.may(Permission.KEEP_CONTROL):
            href = reverse("riskcontrol:audit_measure", args=[each.pk])
        yield Waiting(
            each.due_on, f"Åtgärd efter granskning: {each.text[:80]}", f"{names}. {each.owner} ansvarar.", href, "Öppna"
        )

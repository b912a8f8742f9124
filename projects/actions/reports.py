"""The verbs of status reports."""

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import report_rules
from ..models import Activity, StatusReport

KEPT = ("text", "time", "result", "cost", "next_step", "risks", "separate_matter")


@transaction.atomic
def report(activity: Activity, *, by: User, after: int | None = None, **facts) -> StatusReport:
    """Report how an activity stands (statusrapport). `after` is the report that the page showed, 0 for none."""
    activity, latest = _locked(activity, by)
    report_rules.check_report(latest, after, **facts)
    made = StatusReport.objects.create(activity=activity, by=by, **facts)
    record("report.written", activity, by=by)
    return made


@transaction.atomic
def report_nothing_new(activity: Activity, *, by: User, after: int | None = None) -> StatusReport:
    """Say that the latest report still holds today (inget nytt). Refused when nothing has been reported."""
    activity, latest = _locked(activity, by)
    report_rules.check_nobody_else_reported(latest, after)
    if latest is None:
        raise Refused("Ingenting är rapporterat än. Skriv den första rapporten.")
    facts = {name: getattr(latest, name) for name in KEPT}
    made = StatusReport.objects.create(
        activity=activity, by=by, reported_on=timezone.localdate(), is_unchanged=True, **facts
    )
    record("report.nothing_new", activity, by=by)
    return made


def _locked(activity: Activity, by: User) -> tuple[Activity, StatusReport | None]:
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    report_rules.check_can_report(activity, by)
    return activity, activity.reports.select_related("by").first()

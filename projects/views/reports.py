"""Reporting on an activity."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, page_of, query_without_page, tell_refusal
from enamnd.form_page import form_page
from enamnd.refusal import Refused
from projects import report_rules
from projects.actions import reports as actions
from projects.forms.reports import ReportForm
from projects.models import Activity, StatusReport
from projects.spreadsheets import spreadsheet_answer

HEADINGS = ("Dag", "Status", "Tid", "Resultat", "Kostnad", "Nästa steg", "Risker", "Rapporterat av")


def _to_report(request, activity_id) -> Activity:
    found = get_object_or_404(Activity, pk=activity_id)
    try:
        report_rules.check_can_report(found, request.user)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    return found


@requires(Permission.READ_PROJECTS)
def report_new(request, activity_id):
    """Write a report, with the latest one beside."""
    found = _to_report(request, activity_id)
    latest = found.reports.select_related("by").first()

    def act(data):
        actions.report(found, **data, by=request.user)
        messages.success(request, "Rapporten är sparad. Den följer med i statuslistan.")
        return found.get_absolute_url()

    more = {"activity": found, "latest": latest, "now": latest.pk if latest else 0}
    form = ReportForm.following(latest, request.POST or None)
    return form_page(request, form, act, template="projects/report.html", **more)


@require_POST
@requires(Permission.READ_PROJECTS)
def report_nothing_new(request, activity_id):
    """Nothing new since the latest report: one click."""
    found = _to_report(request, activity_id)
    after = request.POST.get("after", "")
    try:
        actions.report_nothing_new(found, by=request.user, after=int(after) if after.isdecimal() else None)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, "Inget nytt är fört in i dag. Den senaste rapporten gäller fortfarande.")
    return redirect(found.get_absolute_url())


@requires(Permission.READ_PROJECTS)
def report_list(request, activity_id):
    """All that has been told of an activity, the latest first."""
    found = get_object_or_404(Activity, pk=activity_id)
    page = page_of(request, found.reports.select_related("by", "separate_matter__meeting"), 20)
    may_report = is_allowed(report_rules.check_can_report, found, request.user)
    context = {"activity": found, "page": page, "may_report": may_report, "query": query_without_page(request)}
    return render(request, "projects/report_list.html", context)


@requires(Permission.READ_PROJECTS)
def report_file(request, activity_id):
    """The same reports, all of them, as an Excel file."""
    found = get_object_or_404(Activity, pk=activity_id)
    return spreadsheet_answer("Rapporter", HEADINGS, map(_cells, found.reports.select_related("by")))


def _cells(report: StatusReport) -> tuple:
    health = (report.get_time_display(), report.get_result_display(), report.get_cost_display())
    by = str(report.by) if report.by else ""
    return report.reported_on, "\n".join(report.lines), *health, report.next_step, report.risks, by

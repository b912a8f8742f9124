"""The register of agreements."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from meetings.forms.paragraphs import case_suggestions
from projects import agreements, rules
from projects.actions import agreements as actions
from projects.agreement_calendar import project_calendar
from projects.forms.agreements import AgreementForm
from projects.models import Agreement, CallOff
from projects.spreadsheets import spreadsheet_answer

FORM = "projects/agreement_form.html"
HEADINGS = ("Avtal", "Slag", "Leverantör", "Värde, kr", "Från", "Sista dag", "Läge", "Följs upp av", "Aktivitet")
CALL_OFF_HEADINGS = ("Avtal", "Kommun", "Bolag eller stiftelse", "Avropat", "Vad", "Värde, kr")


@requires(Permission.READ_PROJECTS)
def agreement_list(request):
    """All agreements, those that ask for attention first."""
    found = agreements.lines(timezone.localdate())
    context = {
        "lines": found,
        "in_force": agreements.in_force(found),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "projects/agreement_list.html", context)


@requires(Permission.READ_PROJECTS)
def agreement_file(request):
    """The list as an Excel file."""
    return spreadsheet_answer("Avtal", HEADINGS, map(_cells, agreements.lines(timezone.localdate())))


@requires(Permission.READ_PROJECTS)
def call_off_file(request):
    """All that has been called off, by agreement, as an Excel file."""
    rows = CallOff.objects.select_related("agreement", "municipality").order_by("agreement__name", "-called_on", "-pk")
    cells = (
        (each.agreement.name, each.municipality.name, each.company, each.called_on, each.what, each.value)
        for each in rows
    )
    return spreadsheet_answer("Avrop", CALL_OFF_HEADINGS, cells)


def _cells(line: agreements.AgreementLine) -> tuple:
    each = line.agreement
    activity = each.activity.name if each.activity else ""
    facts = (each.name, each.get_kind_display(), each.supplier, each.value, each.valid_from)
    return (*facts, line.last_day, line.state, each.followed_up_by, activity)


@requires(Permission.READ_PROJECTS)
def calendar(request):
    """Gates and agreements' days, to import in a calendar (RFC 5545)."""
    answer = HttpResponse(
        project_calendar(request.build_absolute_uri("/")), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="projekt-och-avtal.ics"'
    return answer


@requires(Permission.READ_PROJECTS)
def agreement(request, agreement_id):
    """One agreement: how long, for whom, what has been called off."""
    found = get_object_or_404(agreements.for_lists().select_related("case"), pk=agreement_id)
    context = {
        "agreement": found,
        "line": agreements.line_of(found, timezone.localdate()),
        "call_offs": (called := list(found.call_offs.select_related("municipality"))),
        "per_municipality": agreements.per_municipality(called),
        "procurement": found.procurement.all(),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
        "steps": trail_of(found),
    }
    return render(request, "projects/agreement.html", context)


@requires(Permission.KEEP_PROJECTS)
def agreement_new(request):
    def act(data):
        data.pop("seen")
        return actions.add_agreement(**data, by=request.user).get_absolute_url()

    form = AgreementForm(request.POST or None, initial={"activity": request.GET.get("aktivitet")})
    return form_page(request, form, act, template=FORM, title="Nytt avtal", cases=case_suggestions())


@requires(Permission.KEEP_PROJECTS)
def agreement_change(request, agreement_id):
    found = get_object_or_404(Agreement, pk=agreement_id)

    def act(data):
        return actions.change_agreement(Agreement(pk=agreement_id), **data, by=request.user).get_absolute_url()

    now = found.history.values_list("pk", flat=True).first()
    form = AgreementForm(request.POST or None, instance=found, initial={"seen": now})
    more = {"title": "Ändra avtal", "agreement": found, "cases": case_suggestions(), "now": now}
    return form_page(request, form, act, template=FORM, **more)

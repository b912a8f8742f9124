"""The activities as columns by phase, as a table, as a spreadsheet and along the years."""

from django.db.models import F, Prefetch
from django.shortcuts import render
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, page_of, query_without_page
from enamnd.organisation.current import current_board
from projects import lines, rules, timeline
from projects.forms.activities import FindActivities
from projects.models import Activity, Agreement, PhaseStep
from projects.process import phases_in_use
from projects.spreadsheets import spreadsheet_answer

ON_TIMELINE = 40
HEADINGS = ("Benämning", "Slag", "Fas", "Status", "Tidplan", "Ansvarig", "Kommentar", "Senast rapporterat")


@requires(Permission.READ_PROJECTS)
def overview(request):
    """What goes on, by the phase that it is in; running work below, and ideas without a phase on their own page."""
    today, board = timezone.localdate(), current_board()
    found = lines.outlines_of(lines.find())
    in_phase = {}
    for each in found:
        in_phase.setdefault(each.step and each.step.phase_id, []).append(each)
    columns = [(phase, in_phase.get(phase.pk, [])) for phase in phases_in_use() if not phase.is_end]
    late = {each.activity.pk for each in found if lines.is_overdue(each, today, board.rule("report_days"))}
    context = {
        "columns": columns,
        "last_of_role": next((phase for phase, _ in columns if phase.ends_boards_role), None),
        "outside": [each for each in in_phase.get(None, []) if each.activity.kind != Activity.Kind.IDEA],
        "ideas": sum(each.activity.kind == Activity.Kind.IDEA for each in found),
        "is_empty": not found,
        "late": late,
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "projects/overview.html", context)


@requires(Permission.READ_PROJECTS)
def table(request):
    """The activities in a table, narrowed by words, kind, phase and whether they go on."""
    form = FindActivities(request.GET, phases_in_use())
    page = page_of(request, lines.find(**form.asked()))
    context = {
        "form": form,
        "page": page,
        "lines": lines.lines_of(page),
        "query": query_without_page(request),
        "is_narrowed": bool(request.GET.keys() - {"sida"}),
    }
    return render(request, "projects/table.html", context)


@requires(Permission.READ_PROJECTS)
def table_file(request):
    """The same table, all of it, as an Excel file."""
    form = FindActivities(request.GET, phases_in_use())
    rows = (_cells(each) for each in lines.lines_of(lines.find(**form.asked())))
    return spreadsheet_answer("Aktiviteter", HEADINGS, rows)


def _cells(line: lines.Line) -> tuple:
    each = line.activity
    phase = line.phase.name if line.phase else ""
    told = line.report.reported_on if line.report else None
    return each.name, each.get_kind_display(), phase, line.status, each.time_plan, each.responsible, each.comment, told


@requires(Permission.READ_PROJECTS)
def timeline_page(request):
    """Plans, phases, gates and agreements' ends along the years, as a picture and as a table."""
    form = FindActivities(request.GET, phases_in_use())
    rows = lines.find(**form.asked()).exclude(kind=Activity.Kind.IDEA)
    rows = rows.exclude(kind=Activity.Kind.RUNNING, starts_on=None).order_by(
        F("starts_on").asc(nulls_last=True), "name"
    )
    steps = Prefetch("steps", PhaseStep.objects.select_related("phase"))
    page = page_of(request, rows.prefetch_related(steps, Prefetch("agreements", Agreement.objects.all())), ON_TIMELINE)
    drawn = [drawn_of(each) for each in page]
    context = {
        "form": form,
        "page": page,
        "picture": timeline.picture(drawn, timezone.localdate()) if drawn else None,
        "rows": [(each, each.steps.all(), each.agreements.all()) for each in page],
        "query": query_without_page(request),
        "is_narrowed": bool(request.GET.keys() - {"sida"}),
        "width": timeline.WIDTH,
    }
    return render(request, "projects/timeline.html", context)


def drawn_of(activity: Activity) -> timeline.Drawn:
    """An activity with its steps and agreements, as the picture draws it."""
    spans = tuple(
        timeline.Span(each.phase.name, each.started_on, each.ended_on, each.phase.gate)
        for each in activity.steps.all()
        if not each.phase.is_end
    )
    ends = tuple((each.valid_until, each.name) for each in activity.agreements.all() if each.valid_until)
    kind = "" if activity.kind == Activity.Kind.PROJECT else f" ({activity.get_kind_display().lower()})"
    return timeline.Drawn(
        f"{activity.name}{kind}", activity.get_absolute_url(), activity.starts_on, activity.ends_on, spans, ends
    )

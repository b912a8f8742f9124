"""The year's plan of meetings, and the annual wheel."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, tell_refusal
from enamnd.formats import count
from enamnd.journal.trail import trail_of
from enamnd.organisation.models import Body
from enamnd.refusal import Refused
from meetings import rules
from meetings.actions import planning as actions
from meetings.forms.planning import CancelForm, DayForm, ProposalForm
from meetings.models import PlannedDay, YearPlan
from meetings.planning import year_plan

LATEST = 10


@requires(Permission.READ_MEETINGS)
def planning(request):
    """Bodies that meet, with their plans by year and their wheels."""
    today = timezone.localdate()
    bodies = Body.objects.valid_on(today).prefetch_related("year_plans", "standing_items")
    rows = [(body, years_of(body, today.year), body.standing_items.all()) for body in bodies]
    return render(request, "meetings/planning.html", {"rows": rows, "may_write": may_write(request)})


def years_of(body: Body, this_year: int) -> list[int]:
    """The years to plan or to look at: this one, the next, and those that have a plan."""
    return sorted({this_year, this_year + 1, *(plan.year for plan in body.year_plans.all())})


def may_write(request) -> bool:
    return is_allowed(rules.check_can_write, request.user)


@requires(Permission.READ_MEETINGS)
def plan(request, body_id, year):
    """The plan of a body and a year: its days, what to think of, and a form for another day."""
    found = plan_of(body_id, year)
    form = DayForm(request.POST or None)
    if request.method == "POST":
        rules_or_403(request)
        if form.is_valid() and added(request, found, form):
            return redirect("meetings:year_plan", body_id, year)
    return plan_page(request, found, form=form)


def rules_or_403(request):
    """A reader may open the page, not write in it."""
    try:
        rules.check_can_write(request.user)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal


def plan_of(body_id: int, year: int) -> YearPlan:
    """The plan, or an unsaved one while it has no days."""
    body = get_object_or_404(Body, pk=body_id)
    found = YearPlan.objects.select_related("body", "decided_in__meeting").filter(body=body, year=year).first()
    return found or YearPlan(body=body, year=year)


def added(request, found: YearPlan, form: DayForm) -> bool:
    try:
        day = actions.plan_day(found.body, **form.cleaned_data, year=found.year, by=request.user)
    except Refused as refusal:
        add_refusal(form, refusal)
        return False
    for remark in year_plan.remarks_on(day):
        messages.warning(request, f"Dagen är tillagd. {remark}")
    return True


def plan_page(request, found: YearPlan, *, form: DayForm, proposal: ProposalForm | None = None):
    lines = year_plan.lines_of(found) if found.pk else []
    proposal = proposal or ProposalForm(plan=found, today=timezone.localdate())
    failed = form.errors or proposal.errors
    context = {
        "plan": found,
        "lines": lines,
        "form": form,
        "proposal": proposal,
        "has_coming": proposal.fields["meeting"].queryset.exists(),
        "without_meeting": sum(1 for line in lines if not line.day.meeting and not line.day.cancelled_because),
        "steps": trail_of(found, limit=LATEST) if found.pk else [],
        "may_write": may_write(request),
    }
    return render(request, "meetings/year_plan.html", context, status=400 if failed else 200)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def plan_meetings(request, body_id, year):
    """Make meetings of the days that have none."""
    try:
        made = actions.create_meetings(get_object_or_404(YearPlan, body=body_id, year=year), by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        number = count(len(made), "sammanträde", "sammanträden")
        messages.success(request, f"{number} är upplagda, med ledamöter och ersättare ur registret.")
    return redirect("meetings:year_plan", body_id, year)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def plan_proposal(request, body_id, year):
    """Write the paragraph that decides the plan, in a coming meeting."""
    found = get_object_or_404(YearPlan.objects.select_related("body"), body=body_id, year=year)
    form = ProposalForm(request.POST, plan=found, today=timezone.localdate())
    if form.is_valid():
        try:
            paragraph = actions.propose_plan(found, form.cleaned_data["meeting"], by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Förslaget står på dagordningen. Läs igenom det och ändra om något fattas.")
            return redirect(paragraph)
    return plan_page(request, found, form=DayForm(), proposal=form)


@requires(Permission.WRITE_PROTOCOL)
def planned_day(request, day_id):
    """Move a day: another date, time or place."""
    day = found_day(day_id)
    initial = actions.shared(day)
    form = DayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_day(day, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("meetings:year_plan", day.plan.body_id, day.plan.year)
    context = {
        "day": day,
        "plan": day.plan,
        "form": form,
        "may_change": is_allowed(year_plan.check_can_change, day),
        "may_remove": is_allowed(year_plan.check_can_remove, day),
    }
    return render(request, "meetings/planned_day.html", context, status=400 if form.errors else 200)


def found_day(day_id: int) -> PlannedDay:
    return get_object_or_404(PlannedDay.objects.select_related("plan__body", "meeting"), pk=day_id)


@requires(Permission.WRITE_PROTOCOL)
def planned_day_cancellation(request, day_id):
    """Cancel a day, with the reason."""
    day = found_day(day_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_day(day, form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("meetings:year_plan", day.plan.body_id, day.plan.year)
    context = {"day": day, "plan": day.plan, "form": form}
    return render(request, "meetings/planned_day_cancellation.html", context, status=400 if form.errors else 200)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def planned_day_removal(request, day_id):
    """Take a slip out of a plan that nobody has decided."""
    day = found_day(day_id)
    try:
        actions.remove_day(day, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("meetings:year_plan", day.plan.body_id, day.plan.year)

"""The board's process, and an activity's way through it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, tell_refusal
from enamnd.dates import long_date
from enamnd.form_page import form_page
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from projects import model_picture, rules
from projects.actions import phases as actions
from projects.forms.activities import CorrectionForm, EnterForm, PhaseForm
from projects.lines import needed_by
from projects.models import Activity, Phase, PhaseStep
from projects.process import model_of, next_phase, phases_in_use

FORM = "projects/form.html"


@requires(Permission.READ_PROJECTS)
def phase_list(request):
    """The process as a picture, and what each phase asks for as a table."""
    phases = phases_in_use()
    model = model_of(phases)
    context = {
        "picture": model_picture.picture(model) if model else None,
        "caption": model_picture.in_words(model),
        "phases": phases,
        "retired": Phase.objects.exclude(retired_on=None),
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "projects/phase_list.html", context)


@require_POST
@requires(Permission.KEEP_PROJECTS)
def phases_usual(request):
    """Begin with the usual phases."""
    try:
        actions.begin_with_usual_phases(by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("projects:phase_list")


@requires(Permission.KEEP_PROJECTS)
def phase_new(request):
    last = Phase.objects.order_by("-order").first()

    def act(data):
        actions.add_phase(**data, by=request.user)
        return reverse("projects:phase_list")

    form = PhaseForm(request.POST or None, initial={"order": last.order + 10 if last else 10})
    return form_page(
        request, form, act, template="projects/phase.html", title="Ny fas", back=reverse("projects:phase_list")
    )


@requires(Permission.KEEP_PROJECTS)
def phase(request, phase_id):
    """Change a phase."""
    found = get_object_or_404(Phase, pk=phase_id)

    def act(data):
        actions.change_phase(Phase(pk=phase_id), **data, by=request.user)
        return reverse("projects:phase_list")

    form = PhaseForm(request.POST or None, instance=found)
    more = {"title": found.name, "phase": found, "back": reverse("projects:phase_list"), "steps": trail_of(found)}
    return form_page(request, form, act, template="projects/phase.html", **more)


@require_POST
@requires(Permission.KEEP_PROJECTS)
def phase_retirement(request, phase_id):
    found = get_object_or_404(Phase, pk=phase_id)
    try:
        actions.set_phase_retired(found, "back" not in request.POST, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("projects:phase_list")


@requires(Permission.KEEP_PROJECTS)
def enter(request, activity_id):
    """Let the activity through the next gate, or another one."""
    found = get_object_or_404(Activity, pk=activity_id)
    step = found.steps.filter(ended_on=None).select_related("phase").first()
    phases = phases_in_use()

    def act(data):
        made = actions.enter_phase(found, **data, by=request.user)
        messages.success(request, f"{found} är i fasen {made.phase.name.lower()}.")
        return found.get_absolute_url()

    initial = {"phase": next_phase(phases, step.phase if step else None), "after": step.pk if step else 0}
    form = EnterForm(request.POST or None, initial=initial)
    more = {
        "title": "Till nästa fas",
        "button": "För till fasen",
        "lead": f"Nu i {step.phase.name.lower()} sedan {long_date(step.started_on)}."
        if step
        else "Aktiviteten har inte börjat än.",
        "waiting": step.deliverables.filter(approved_on=None) if step else (),
        "needed": needed_by(found),
        "activity": found,
        "back": found.get_absolute_url(),
    }
    return form_page(request, form, act, template="projects/enter.html", **more)


@requires(Permission.KEEP_PROJECTS)
def correction(request, activity_id, step_id):
    """Correct the day that a phase began."""
    found = get_object_or_404(PhaseStep.objects.select_related("activity", "phase"), pk=step_id, activity=activity_id)
    back = f"{found.activity.get_absolute_url()}#history-title"

    def act(data):
        actions.correct_step(found, **data, by=request.user)
        return back

    more = {"title": "Rätta dagen", "button": "Rätta", "activity": found.activity, "back": back}
    ended = f", slutade {long_date(found.ended_on)}" if found.ended_on else ""
    lead = f"Fasen {found.phase.name.lower()} började {long_date(found.started_on)}{ended}, enligt det som är infört."
    form = CorrectionForm(request.POST or None, initial={"started_on": found.started_on})
    return form_page(request, form, act, template=FORM, lead=lead, **more)

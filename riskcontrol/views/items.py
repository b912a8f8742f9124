"""One control item: how it is checked, what was found, what is done about it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import tell_refusal
from enamnd.form_page import form_page
from enamnd.refusal import Refused
from riskcontrol.actions import items as actions
from riskcontrol.due import activities_of, standing_of
from riskcontrol.forms.control import ActivityForm, CheckForm, ItemForm, MeasureForm
from riskcontrol.models import Check, ControlActivity, ControlItem, Measure

from .kit import FORM, of_plan, plan_of, shown_page


def _item(item_id: int) -> ControlItem:
    rows = ControlItem.objects.select_related("risk__plan", "risk__category", "risk__responsible_body")
    return get_object_or_404(rows, pk=item_id)


@requires(Permission.READ_CONTROL)
def item(request, control_item_id):
    """One item, whole."""
    found = _item(control_item_id)
    plan = plan_of(found.risk.plan.year)
    today = timezone.localdate()
    standing = standing_of(activities_of(plan).filter(item=found))
    context = of_plan(request, plan) | {
        "item": found,
        "risk": found.risk,
        "standing": [(each, each.due.late_on(today)) for each in standing],
        "measures": found.measures.select_related("owner_person"),
        "told": found.follow_ups.select_related("follow_up"),
        "today": today,
    }
    return render(request, "riskcontrol/item.html", context)


@requires(Permission.KEEP_CONTROL)
def item_change(request, control_item_id):
    found = _item(control_item_id)
    back = found.get_absolute_url()

    def act(facts, shown):
        actions.change_item(ControlItem(pk=control_item_id), **facts, shown=shown, by=request.user)
        return back

    form = ItemForm(request.POST or None, instance=found)
    more = {"title": "Ändra kontrollmomentet", "button": "Spara", "lead": found.risk.text}
    return shown_page(request, form, act, plan=found.risk.plan, back=back, **more)


@require_POST
@requires(Permission.KEEP_CONTROL)
def item_place(request, control_item_id):
    """Up or down in the plan."""
    found = _item(control_item_id)
    try:
        actions.move_item(found, up="up" in request.POST, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(found.risk.plan)


@require_POST
@requires(Permission.KEEP_CONTROL)
def item_removal(request, control_item_id):
    """Take the item out of the plan. The risk stays on the gross list."""
    found = _item(control_item_id)
    try:
        actions.leave_out(found, by=request.user)
        messages.success(request, f"Risk {found.risk.number} är ute ur planen och finns kvar på bruttolistan.")
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect("riskcontrol:item", control_item_id)
    return redirect(found.risk.plan)


@requires(Permission.KEEP_CONTROL)
def activity_new(request, control_item_id):
    """Say how the item is checked."""
    found = _item(control_item_id)

    def act(data):
        actions.add_activity(found, **data, by=request.user)
        return found.get_absolute_url()

    more = {"title": "Ny kontrollaktivitet", "button": "Lägg till", "lead": str(found)}
    form = ActivityForm(request.POST or None)
    return form_page(request, form, act, template=FORM, plan=found.risk.plan, back=found.get_absolute_url(), **more)


def _activity(activity_id: int) -> ControlActivity:
    return get_object_or_404(ControlActivity.objects.select_related("item__risk__plan"), pk=activity_id)


@requires(Permission.KEEP_CONTROL)
def activity(request, control_activity_id):
    """Change how the item is checked."""
    found = _activity(control_activity_id)
    back = found.item.get_absolute_url()

    def act(facts, shown):
        actions.change_activity(ControlActivity(pk=control_activity_id), **facts, shown=shown, by=request.user)
        return back

    form = ActivityForm(request.POST or None, instance=found)
    more = {"title": "Ändra kontrollaktiviteten", "button": "Spara", "lead": str(found.item)}
    return shown_page(request, form, act, plan=found.item.risk.plan, back=back, **more)


@require_POST
@requires(Permission.KEEP_CONTROL)
def activity_removal(request, control_activity_id):
    found = _activity(control_activity_id)
    try:
        actions.remove_activity(found, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(found.item)


@requires(Permission.KEEP_CONTROL)
def check_new(request, control_activity_id):
    """Keep that a check was made. After a deviation comes its measure."""
    found = _activity(control_activity_id)
    (standing,) = standing_of([found])
    form = CheckForm(request.POST or None, days=standing.due.open)

    def act(data):
        made = actions.keep_check(found, **form.facts(), by=request.user)
        if made.result == Check.Result.DEVIATION:
            messages.info(request, "Avvikelsen är införd. Skriv vad som ska göras åt den, eller gå tillbaka.")
            return redirect("riskcontrol:measure_after", found.item_id, made.pk).url
        messages.success(request, "Kontrollen är införd.")
        return found.item.get_absolute_url()

    more = {"title": "För in en kontroll", "button": "För in", "lead": f"{found.method} ({found.item})"}
    if found.item.needs_reports:
        more["lead"] += ". Momentet bygger på det som kommunerna rapporterar."
    back = found.item.get_absolute_url()
    return form_page(request, form, act, template=FORM, plan=found.item.risk.plan, back=back, **more)


@requires(Permission.KEEP_CONTROL)
def check(request, check_id):
    """Correct what was written about a check."""
    rows = Check.objects.select_related("activity__item__risk__plan", "document")
    found = get_object_or_404(rows, pk=check_id)
    initial = {name: getattr(found, name) for name in ("done_on", "result", "note", "evidence", "document")}
    back = found.activity.item.get_absolute_url()
    form = CheckForm(request.POST or None, initial=initial)

    def act(data):
        actions.correct_check(found, **form.facts(), by=request.user)
        return back

    more = {"title": "Rätta kontrollen", "button": "Spara", "lead": str(found.activity.item)}
    return form_page(request, form, act, template=FORM, plan=found.activity.item.risk.plan, back=back, **more)


@requires(Permission.KEEP_CONTROL)
def measure_new(request, control_item_id, check_id=None):
    """Say what is to be done, by whom and by when."""
    found = _item(control_item_id)
    after = get_object_or_404(Check, pk=check_id, activity__item=found) if check_id else None
    back = found.get_absolute_url()

    def act(data):
        actions.add_measure(found, **data, check_made=after, by=request.user)
        return back

    lead = f"Efter avvikelsen: {after.note}" if after else str(found)
    more = {"title": "Ny åtgärd", "button": "Lägg till", "lead": lead, "back": back}
    return form_page(request, MeasureForm(request.POST or None), act, template=FORM, plan=found.risk.plan, **more)


@requires(Permission.KEEP_CONTROL)
def measure(request, measure_id):
    """Change a measure, or keep that it is done."""
    found = get_object_or_404(Measure.objects.select_related("item__risk__plan"), pk=measure_id)
    back = found.item.get_absolute_url()

    def act(facts, shown):
        actions.change_measure(Measure(pk=measure_id), **facts, shown=shown, by=request.user)
        return back

    form = MeasureForm(request.POST or None, instance=found)
    more = {"title": "Åtgärd", "button": "Spara", "lead": str(found.item), "back": back}
    return shown_page(request, form, act, plan=found.item.risk.plan, **more)

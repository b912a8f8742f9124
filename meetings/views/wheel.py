"""The annual wheel of a body: picture, table, and the items themselves."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal, is_allowed, tell_refusal
from enamnd.journal.trail import trail_of
from enamnd.organisation.models import Body
from enamnd.refusal import Refused
from meetings import rules
from meetings.actions import wheel as actions
from meetings.forms.planning import ItemForm
from meetings.models import Meeting, Paragraph, StandingItem
from meetings.planning.wheel import span_of
from meetings.planning.wheel_picture import picture


@requires(Permission.READ_MEETINGS)
def wheel(request, body_id):
    """The wheel as a picture with the year's meetings on its rim, and as a table."""
    body = get_object_or_404(Body, pk=body_id)
    year = timezone.localdate().year
    items = list(body.standing_items.filter(retired_on=None).order_by("first_month", "order", "pk"))
    days = Meeting.objects.filter(body=body, held_on__year=year).order_by("held_on").values_list("held_on", flat=True)
    drawn = [(each.title, span_of(each), each.kind == Paragraph.Kind.DECISION) for each in items]
    context = {
        "body": body,
        "year": year,
        "picture": picture(drawn, list(days)),
        "rows": [(number, each, span_of(each).name) for number, each in enumerate(items, 1)],
        "retired": body.standing_items.exclude(retired_on=None),
        "may_write": is_allowed(rules.check_can_write, request.user),
    }
    return render(request, "meetings/wheel.html", context)


@requires(Permission.WRITE_PROTOCOL)
def wheel_item_new(request, body_id):
    """A new item of the wheel."""
    body = get_object_or_404(Body, pk=body_id)
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_item(body, **form.cleaned_data, by=request.user)
        return redirect("meetings:wheel", body.pk)
    return render(request, "meetings/wheel_item.html", {"body": body, "form": form}, status=400 if form.errors else 200)


@requires(Permission.WRITE_PROTOCOL)
def wheel_item(request, item_id):
    """Change an item of the wheel."""
    item = get_object_or_404(StandingItem.objects.select_related("body"), pk=item_id)
    form = ItemForm(request.POST or None, initial={name: getattr(item, name) for name in actions.FACTS})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_item(item, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("meetings:wheel", item.body_id)
    context = {"body": item.body, "item": item, "form": form, "steps": trail_of(item)}
    return render(request, "meetings/wheel_item.html", context, status=400 if form.errors else 200)


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def wheel_item_retirement(request, item_id):
    """Stop asking for an item, or ask for it again."""
    item = get_object_or_404(StandingItem, pk=item_id)
    try:
        actions.set_retired(item, "back" not in request.POST, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("meetings:wheel", item.body_id)

"""Pages of the delegation order: a document to read, and its next version to write."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, tell_refusal
from enamnd.documents.models import Paper
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from meetings.actions import delegation as actions
from meetings.decisions import delegation, delegation_paper, delegation_rules
from meetings.forms.delegation import AdoptionForm, NewOrderForm, OrderForm, PointForm
from meetings.models import DelegationOrder, DelegationPoint

from .form_page import form_page


@requires(Permission.READ_MEETINGS)
def order_now(request):
    """The order that is in force today; the latest version when none is."""
    orders = delegation.orders()
    order = delegation.order_in_force(timezone.localdate()) or orders.first()
    if order is None:
        may_write = is_allowed(delegation_rules.check_can_keep_order, request.user)
        return render(request, "meetings/delegation_none.html", {"may_write": may_write})
    return _show(request, order)


@requires(Permission.READ_MEETINGS)
def order(request, order_id):
    """One version of the order."""
    return _show(request, _find(order_id))


def _show(request, order: DelegationOrder):
    today = timezone.localdate()
    may_write = is_allowed(delegation_rules.check_can_keep_order, request.user)
    points = list(order.points.all())
    context = {
        "order": order,
        "state": delegation.state_of(order, today),
        "head": delegation_paper.head_of(order),
        "terms": [each for each in order.general_terms.splitlines() if each.strip()],
        "points": [(each, delegation_rules.not_delegable(each.text)) for each in points],
        "versions": [
            (each, delegation.state_of(each, today)) for each in delegation.orders().filter(body=order.body_id)
        ],
        "may_write": may_write,
        "may_change": may_write and is_allowed(delegation_rules.check_is_draft, order),
        "steps": trail_of(order),
    }
    return render(request, "meetings/delegation_order.html", context)


@require_safe
@requires(Permission.READ_MEETINGS)
def order_pdf(request, order_id):
    """The order as PDF: the issued paper, or the draft as it stands."""
    order = _find(order_id)
    issued = Paper.objects.of(order).select_related("file").first()
    content = (
        bytes(issued.file.content) if issued else delegation_paper.order_pdf(delegation_paper.compose_order(order))
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="delegationsordning-{order.valid_from}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Permission.WRITE_PROTOCOL)
def order_new(request):
    """Begin a new version, as a copy of the last."""
    last = delegation.orders().first()

    def act(data):
        order = actions.write_order(**data, by=request.user)
        messages.success(request, "Utkastet är en kopia av den senaste versionen. Ändra punkterna och anta den sedan.")
        return reverse("meetings:delegation_order", args=[order.pk])

    form = NewOrderForm(request.POST or None, initial={"title": last.title, "body": last.body} if last else {})
    lead = "Den nya versionen börjar som en kopia av den senaste och gäller först när den har antagits."
    return form_page(
        request, form, act, title="Ny version av delegationsordningen", lead=lead, button="Skriv utkast",
        back=reverse("meetings:delegation_order_now"), here="order",
    )  # fmt: skip


@requires(Permission.WRITE_PROTOCOL)
def order_facts(request, order_id):
    """Change what a draft says of itself."""
    order = _find(order_id)
    form = OrderForm.of(order, request.POST or None)

    def act(data):
        return _of(actions.change_order(order, **form.facts(order), by=request.user))

    return form_page(request, form, act, title="Ändra uppgifter", button="Spara", back=_of(order), here="order")


@requires(Permission.WRITE_PROTOCOL)
def order_adoption(request, order_id):
    """Say in which paragraph the version was adopted."""
    order = _find(order_id)

    def act(data):
        actions.adopt_order(order, **data, by=request.user)
        messages.success(request, "Delegationsordningen är antagen. Den ändras inte mer, och papperet finns att hämta.")
        return _of(order)

    lead = (
        "När den är antagen ändras den inte mer: nästa ändring blir en ny version. Den som gäller nu upphör dagen före."
    )
    return form_page(
        request, AdoptionForm(request.POST or None, order=order), act, title="Anta delegationsordningen", lead=lead,
        button="Anta", back=_of(order), here="order",
    )  # fmt: skip


@requires(Permission.WRITE_PROTOCOL)
def point_new(request, order_id):
    """Put a point last in a draft."""
    order = _find(order_id)
    form = PointForm(request.POST or None)

    def act(data):
        return _told(request, actions.add_point(order, **form.facts(), by=request.user))

    return form_page(request, form, act, title="Ny punkt", button="Lägg till", back=_of(order), here="order")


@requires(Permission.WRITE_PROTOCOL)
def point(request, point_id):
    """Change a point of a draft."""
    found = _find_point(point_id)
    form = PointForm(request.POST or None, instance=_find_point(point_id))

    def act(data):
        return _told(request, actions.change_point(found, **form.facts(), by=request.user))

    return form_page(
        request, form, act, title=f"Punkt {found.number}", button="Spara", back=_of(found.order), here="order"
    )


@require_POST
@requires(Permission.WRITE_PROTOCOL)
def point_removal(request, point_id):
    """Take a point out of a draft."""
    found = _find_point(point_id)
    try:
        actions.remove_point(found, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect(_of(found.order))


def _told(request, point: DelegationPoint) -> str:
    """Back to the order; a point that the law may keep from delegation is said so at once."""
    for what in delegation_rules.not_delegable(point.text):
        messages.warning(
            request, f"Punkt {point.number} kan gälla {what}. Det får inte delegeras (kommunallagen 6 kap. 38 §)."
        )
    return _of(point.order)


def _of(order: DelegationOrder) -> str:
    return reverse("meetings:delegation_order", args=[order.pk])


def _find(order_id: int) -> DelegationOrder:
    return get_object_or_404(delegation.orders(), pk=order_id)


def _find_point(point_id: int) -> DelegationPoint:
    return get_object_or_404(DelegationPoint.objects.select_related("order__body"), pk=point_id)

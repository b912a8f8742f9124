"""Bodies: who sits in them on a day, and who leads them."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.dates import long_date
from enamnd.formats import swedish_key
from enamnd.journal.trail import trail_of
from enamnd.organisation.models import Body, Mandate, Office, Seat
from enamnd.register import actions
from enamnd.register.changes import changes_of
from enamnd.register.forms import BodyForm, DayForm, DecisionFields, EndForm, MandateForm, OfficeForm, SeatForm
from enamnd.register.sitting import parties_on, vacancies

from .saving import save_page, verb_page


@requires(Permission.READ_ORGANISATION)
def body_list(request):
    today = timezone.localdate()
    bodies = sorted(Body.objects.all(), key=lambda body: (body.kind != Body.Kind.BOARD, swedish_key(body.name)))
    context = {"bodies": bodies, "today": today, "may_keep": request.user.may(Permission.KEEP_ORGANISATION)}
    return render(request, "organisation/body_list.html", context)


@requires(Permission.READ_ORGANISATION)
def body(request, body_id):
    """One body as it was on a day: seats by municipality, places that stood empty, and who led it."""
    one = get_object_or_404(Body, pk=body_id)
    form = DayForm(request.GET or None)
    day = (form.is_valid() and form.cleaned_data["dag"]) or timezone.localdate()
    parties = parties_on(one, day)
    may_keep = request.user.may(Permission.KEEP_ORGANISATION)
    context = {
        "body": one,
        "day": day,
        "is_today": day == timezone.localdate(),
        "form": form if form.errors else DayForm(initial={"dag": day}),
        "parties": parties,
        "vacancies": vacancies(parties),
        "offices": one.offices.valid_on(day).select_related("person"),
        "may_keep": may_keep,
        "steps": trail_of(one, limit=15) if may_keep else [],
        "changes": changes_of(one) if may_keep else [],
    }
    return render(request, "organisation/body.html", context)


@requires(Permission.KEEP_ORGANISATION)
def body_new(request):
    return save_page(request, Body(), BodyForm, "organisation:body", "Nytt organ")


@requires(Permission.KEEP_ORGANISATION)
def body_change(request, body_id):
    one = get_object_or_404(Body, pk=body_id)
    return save_page(request, one, BodyForm, "organisation:body", f"Ändra {one}")


@requires(Permission.KEEP_ORGANISATION)
def seat_new(request, body_id):
    """One more seat in the body."""
    one = get_object_or_404(Body, pk=body_id)

    def act(municipality, kind):
        actions.add_seat(one, municipality, kind, by=request.user)

    form = SeatForm(request.POST or None)
    return verb_page(request, form, act, title="Ny plats", lead=str(one), back=page_of(one))


@requires(Permission.KEEP_ORGANISATION)
def mandate_new(request, seat_id):
    """Somebody on a seat."""
    seat = get_object_or_404(Seat.objects.select_related("body", "municipality"), pk=seat_id)

    def act(person, new_person, **facts):
        actions.seat_person(seat, person or new_person, **facts, by=request.user)

    form = MandateForm(request.POST or None, initial={"appointed_by": council_of(seat)})
    return verb_page(request, form, act, title="Nytt uppdrag", lead=str(seat), back=page_of(seat.body))


def council_of(seat: Seat) -> str:
    """Who appointed the last one on the seat: most often the same council appoints the next."""
    last = seat.mandates.exclude(appointed_by="").first()
    return last.appointed_by if last else ""


@requires(Permission.KEEP_ORGANISATION)
def mandate_change(request, mandate_id):
    """Correct a mandate."""
    one = get_object_or_404(Mandate.objects.select_related("person", "seat__body", "seat__municipality"), pk=mandate_id)
    keys = ["political_party", "appointed_by", "appointed_on", "decision", "decides_as_officer"]
    keys += ["valid_from", "valid_until"]
    form = DecisionFields(request.POST or None, initial={key: getattr(one, key) for key in keys})

    def act(**facts):
        actions.change_mandate(one, **facts, by=request.user)

    return verb_page(request, form, act, title="Rätta uppdraget", lead=str(one), back=page_of(one.seat.body))


@requires(Permission.KEEP_ORGANISATION)
def mandate_end(request, mandate_id):
    """Let a mandate end."""
    one = get_object_or_404(Mandate.objects.select_related("person", "seat__body", "seat__municipality"), pk=mandate_id)

    def act(on):
        actions.end_mandate(one, on=on, by=request.user)

    lead = f"{one}, sedan {long_date(one.valid_from)}."
    form = EndForm(request.POST or None)
    return verb_page(
        request, form, act, title="Avsluta uppdraget", lead=lead, back=page_of(one.seat.body), button="Avsluta"
    )


@requires(Permission.KEEP_ORGANISATION)
def office_new(request, body_id):
    """A role in the body."""
    one = get_object_or_404(Body, pk=body_id)

    def act(person, role, **term):
        actions.add_office(one, person, role, **term, by=request.user)

    form = OfficeForm(request.POST or None)
    return verb_page(request, form, act, title="Ny roll", lead=str(one), back=page_of(one))


@requires(Permission.KEEP_ORGANISATION)
def office_end(request, office_id):
    """Let a role in a body end."""
    one = get_object_or_404(Office.objects.select_related("person", "body"), pk=office_id)

    def act(on):
        actions.end_office(one, on=on, by=request.user)

    lead = f"{one}, sedan {long_date(one.valid_from)}."
    form = EndForm(request.POST or None)
    return verb_page(request, form, act, title="Avsluta rollen", lead=lead, back=page_of(one.body), button="Avsluta")


def page_of(body: Body) -> str:
    return reverse("organisation:body", args=[body.pk])

"""Persons of the register, and what they have done through the years."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import page_of, query_without_page
from enamnd.organisation.models import Person
from enamnd.register.changes import changes_of
from enamnd.register.forms import PersonForm
from enamnd.search import matching

from .saving import save_page


@requires(Permission.READ_ORGANISATION)
def person_list(request):
    """Persons by name, found by name, party or organisation."""
    words = request.GET.get("q", "")
    found = Person.objects.filter(matching(words, "name", "political_party", "organisation", "title"))
    context = {
        "page": page_of(request, found.order_by("name")),
        "words": words,
        "query": query_without_page(request),
        "may_keep": request.user.may(Permission.KEEP_ORGANISATION),
    }
    return render(request, "organisation/person_list.html", context)


@requires(Permission.READ_ORGANISATION)
def person(request, person_id):
    """One person: mandates and offices through time."""
    one = get_object_or_404(Person, pk=person_id)
    mandates = list(one.mandates.select_related("seat__body", "seat__municipality", "person").order_by("-valid_from"))
    offices = list(one.offices.select_related("body", "person").order_by("-valid_from"))
    may_keep = request.user.may(Permission.KEEP_ORGANISATION)
    context = {
        "person": one,
        "mandates": mandates,
        "offices": offices,
        "today": timezone.localdate(),
        "may_keep": may_keep,
        "changes": changes_of(one, mandates, offices) if may_keep else [],
    }
    return render(request, "organisation/person.html", context)


@requires(Permission.KEEP_ORGANISATION)
def person_new(request):
    return save_page(request, Person(), PersonForm, "organisation:person", "Ny person")


@requires(Permission.KEEP_ORGANISATION)
def person_change(request, person_id):
    one = get_object_or_404(Person, pk=person_id)
    return save_page(request, one, PersonForm, "organisation:person", f"Ändra {one}")

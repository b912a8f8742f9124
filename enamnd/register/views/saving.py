"""Pages that are one form: what they do on the way in and out."""

from django.shortcuts import redirect, render
from django.urls import reverse

from enamnd.answers import add_refusal
from enamnd.newer import Newer
from enamnd.refusal import Refused
from enamnd.register import actions


def save_page(request, row, form_class, after: str, title: str):
    """A form with the facts of a person, body or municipality. `after` names the row's own page."""
    back = reverse(after, args=[row.pk]) if row.pk else reverse("organisation:overview")
    form = form_class(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        fresh = type(row)() if row.pk is None else type(row).objects.get(pk=row.pk)
        try:
            saved = actions.save_row(fresh, shown=form.shown, **form.changed_facts, by=request.user)
        except Newer as newer:
            form.tell_newer(newer)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(after, saved.pk)
    return form_page(request, form, title, back)


def verb_page(request, form, act, *, title: str, back: str, lead: str = "", button: str = "Spara"):
    """A form for a verb: `act(**cleaned)` does it, and its refusal stands in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(back)
    return form_page(request, form, title, back, lead=lead, button=button)


def form_page(request, form, title: str, back: str, *, lead: str = "", button: str = "Spara"):
    context = {"form": form, "title": title, "back": back, "lead": lead, "button": button}
    return render(request, "organisation/form.html", context, status=400 if form.errors else 200)

"""A page that is one form: it is shown, or it calls one verb and goes on; a refusal stands beside its field."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from enamnd.answers import add_refusal
from enamnd.refusal import Refused


def form_page(request: HttpRequest, form, act: Callable[[dict], str], *, template: str, **context) -> HttpResponse:
    """Answer with the form, or with what `act` leads to: it takes the cleaned data and gives an address."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(act(form.cleaned_data))
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, template, {"form": form} | context, status=422 if form.errors else 200)

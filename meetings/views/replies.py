"""Answering a script with JSON and a plain form with a page, from the same address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from enamnd.refusal import Refused


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def done(request: HttpRequest, to, **data) -> HttpResponse:
    """Done: the facts for a script, the page at `to` for a form."""
    return JsonResponse(data) if wants_json(request) else redirect(to)


def refused(request: HttpRequest, refusal: Refused, to) -> HttpResponse:
    """Not done, in sentences: for a script with 422, for a form on the page at `to`."""
    if wants_json(request):
        return JsonResponse({"lines": refusal.lines}, status=422)
    for line in refusal.lines:
        messages.error(request, line)
    return redirect(to)

"""Answers that pages of all apps give: a refusal beside its field, or as a message; a list a page at a time."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import BigAutoField
from django.forms import Form
from django.http import Http404, JsonResponse
from django.shortcuts import render

from enamnd.refusal import Refused


def add_refusal(form: Form, refusal: Refused):
    """Put the sentence beside the field that it concerns, else above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def tell_refusal(request, refusal: Refused):
    messages.error(request, str(refusal))


class RefusalPage:
    """Middleware: a refusal that the view leaves unanswered becomes a page with its sentences, never a fault.

    So it is before a board has been loaded, and when somebody has just removed what the view had found.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"lines": exception.lines}, status=422)
        return render(request, "refused.html", {"lines": exception.lines}, status=422)


class KnownNumbers:
    """Middleware: an address with a number that no row can have is not found. SQLite fails on more than 64 bits."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if any(isinstance(each, int) and each > BigAutoField.MAX_BIGINT for each in kwargs.values()):
            raise Http404


def page_of(request, rows, size: int = 50) -> Page:
    """The page of `rows` that the address asks for (?sida=2)."""
    return Paginator(rows, size).get_page(request.GET.get("sida"))


def query_without_page(request) -> str:
    """What the list is narrowed by, for links to its other pages."""
    query = request.GET.copy()
    query.pop("sida", None)
    return query.urlencode()


def is_allowed(check, *args) -> bool:
    """Whether a rule says yes: the same rule shows the button and lets the action run."""
    return refusal_of(check, *args) is None


def refusal_of(check, *args) -> Refused | None:
    """What a rule says no with; None when it says yes."""
    try:
        check(*args)
    except Refused as refusal:
        return refusal
    return None

"""What a letter's link leads to, without log-in: the paper, when it may be read so, and one button to confirm it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from enamnd.accounts.roles import Permission
from meetings.actions import dispatching as actions
from meetings.decisions import dispatch as reading
from meetings.forms.dispatching import ReceiptForm
from meetings.models import Dispatch, Publication

from .extracts import extract_name, paper_response
from .form_page import form_page


@login_not_required
def receipt(request, key_of_letter):
    """What has been sent, to read and to confirm."""
    row = _find(key_of_letter)
    if row.link_revoked_at:
        return _private(render(request, "meetings/dispatch_revoked.html", {"row": row}, status=410))
    address = reverse("meetings:receipt", args=[key_of_letter])

    def act(data):
        actions.confirm(row, **data, by=None)
        return address

    response = form_page(
        request,
        ReceiptForm(request.POST or None),
        act,
        template="meetings/dispatch_receipt.html",
        row=row,
        token=key_of_letter,
        may_read=may_read(row, request.user),
        public=public_version(row, request.user),
    )
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@login_not_required
def receipt_pdf(request, key_of_letter) -> HttpResponse:
    """The paper itself, for those who may read it; a protocol's public version for the others."""
    row = _find(key_of_letter)
    if public := public_version(row, request.user):
        return paper_response(public.paper, f"protokoll-{row.meeting.held_on}-offentlig-version")
    if not may_read(row, request.user):
        return redirect("meetings:receipt", key_of_letter)
    if row.extract:
        return paper_response(row.extract.paper, extract_name(row.extract))
    return paper_response(row.adjustment.paper, f"protokoll-{row.meeting.held_on}")


def may_read(row: Dispatch, user) -> bool:
    """Whoever holds the link, when the paper is adjusted and holds no secrets; else those who read meetings.

    Nobody by a link that is revoked: who reads meetings finds the paper in its own place.
    """
    if row.link_revoked_at or (row.extract is None and row.adjustment is None):
        return False
    return reading.is_open_to_holder(row) or (user.is_authenticated and user.may(Permission.READ_MEETINGS))


def public_version(row: Dispatch, user) -> Publication | None:
    """What everybody may read of a protocol, for whom may not read it whole."""
    if row.link_revoked_at or may_read(row, user):
        return None
    return reading.public_version(row)


def _find(token: str) -> Dispatch:
    row = reading.by_token(token)
    if row is None or row.sent_on is None:
        raise Http404("Länken leder ingenstans. Kontrollera att hela länken i brevet kom med.")
    return row

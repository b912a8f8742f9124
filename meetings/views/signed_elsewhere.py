"""The page where the secretary records what was signed outside the portal."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import add_refusal
from enamnd.documents.rules import check_file
from enamnd.refusal import Refused
from meetings.actions.signing_elsewhere import record_signed_elsewhere
from meetings.forms.signed_elsewhere import ElsewhereForm
from meetings.models import Adjustment


@requires(Permission.WRITE_PROTOCOL)
def elsewhere(request, adjustment_id):
    """Upload the signed file, and say who signed when."""
    adjustment = get_object_or_404(Adjustment.objects.select_related("meeting__body", "frozen"), pk=adjustment_id)
    left = list(adjustment.signatories.filter(signed_at=None).order_by("order"))
    form = ElsewhereForm(request.POST or None, request.FILES or None, signatories=left)
    if request.method == "POST" and form.is_valid():
        try:
            _record(adjustment, form, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Underskrifterna är sparade.")
            return redirect("meetings:adjusting", adjustment.meeting_id)
    context = {"adjustment": adjustment, "meeting": adjustment.meeting, "form": form, "left": left}
    return render(request, "meetings/signed_elsewhere.html", context, status=422 if form.errors else 200)


def _record(adjustment: Adjustment, form: ElsewhereForm, *, by):
    upload = form.cleaned_data["upload"]
    check_file(upload.size)
    vouched = form.cleaned_data["is_vouched_for"]
    record_signed_elsewhere(adjustment, upload.read(), form.signed, is_vouched_for=vouched, by=by)

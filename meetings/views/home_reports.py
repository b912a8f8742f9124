"""Pages of telling decisions at home: every party after a meeting, and one of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.organisation.models import Municipality
from meetings.actions import home_reports as actions
from meetings.decisions import home_reports as reading
from meetings.forms.dispatching import HomeReportForm
from meetings.models import Meeting

from .form_page import form_page


@requires(Permission.READ_MEETINGS)
def home_reports(request, meeting_id):
    """Where the meeting's decisions have been told at home, and where not."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=meeting_id)
    rows = reading.rows_of(meeting, request.user)
    context = {
        "meeting": meeting,
        "rows": rows,
        "told": sum(row.report is not None for row in rows),
        "may_tell": any(row.may_tell for row in rows),
    }
    return render(request, "meetings/home_reports.html", context)


@requires(Permission.READ_MEETINGS)
def home_report(request, meeting_id, municipality_id):
    """Say that it has been told in one of them."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=meeting_id)
    of = get_object_or_404(Municipality, pk=municipality_id)
    if not is_allowed(reading.check_can_tell, request.user, of):
        raise PermissionDenied(f"Återrapporteringen i {of.full_name} förs in av dem som företräder kommunen.")
    address = reverse("meetings:home_reports", args=[meeting.pk])

    def act(data):
        actions.tell_home_report(meeting, of, **data, by=request.user)
        messages.success(request, f"Återrapporteringen i {of.full_name} är införd.")
        return address

    known = meeting.home_reports.filter(municipality=of).first()
    names = ("reported_on", "reported_by", "where")
    initial = {name: getattr(known, name) for name in names} if known else {"reported_by": request.user.name}
    return form_page(
        request, HomeReportForm(request.POST or None, initial=initial), act, title=f"Återrapportering i {of.full_name}",
        lead=str(meeting), button="För in", back=address, here="dispatch", meeting=meeting,
    )  # fmt: skip

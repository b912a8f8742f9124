"""Meetings in and out as interchange files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.refusal import Refused
from meetings.actions.importing import import_meeting
from meetings.exchange.exporting import export_meeting
from meetings.exchange.format import read
from meetings.exchange.letters import letters_told
from meetings.forms.exchange import ImportForm
from meetings.models import Meeting


@requires(Permission.WRITE_PROTOCOL)
def import_page(request):
    """Choose a file and read it in; what is wrong is listed with its place, and nothing is saved."""
    form = ImportForm(request.POST or None, request.FILES or None)
    problems = ()
    if request.method == "POST" and form.is_valid():
        try:
            file = read(form.cleaned_data["file"].read())
            meeting = import_meeting(file, by=request.user, create=form.cleaned_data["create"])
        except Refused as refusal:
            problems = refusal.lines
        else:
            messages.success(request, "Sammanträdet är inläst. Kontrollera närvaro och paragrafer.")
            if told := letters_told(file):
                messages.warning(request, told)
            return redirect("meetings:meeting", meeting.pk)
    status = 422 if problems or form.errors else 200
    return render(request, "meetings/import.html", {"form": form, "problems": problems}, status=status)


@require_GET
@requires(Permission.READ_MEETINGS)
def export(request, meeting_id: int):
    """The meeting as a file to keep or to take to another portal."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), pk=meeting_id)
    content = export_meeting(meeting, with_secret_titles=request.user.may(Permission.REGISTER_CASES))
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sammantrade-{meeting.held_on}.json"'
    return response

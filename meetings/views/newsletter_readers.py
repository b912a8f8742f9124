"""Pages of the newsletters' mailing list, and the one where somebody leaves it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import page_of
from meetings.actions import newsletter_readers as actions
from meetings.forms.newsletters import ReaderForm, ReaderLeftForm
from meetings.models import NewsletterReader
from meetings.newsletters import receivers

from .form_page import form_page

WRITE = Permission.WRITE_NEWSLETTERS


@requires(WRITE)
def newsletter_readers(request):
    """The mailing list, and whom else a newsletter can go to."""
    rows = NewsletterReader.objects.filter(left_at=None).select_related("municipality")
    groups = [
        each for each in receivers.groups_on(timezone.localdate()) if each.key != receivers.MAILING_LIST
    ]  # fmt: skip
    context = {"page": page_of(request, rows), "groups": groups}
    return render(request, "meetings/newsletter_readers.html", context)


def _page(request, form, act, **more):
    back = reverse("meetings:newsletter_readers")
    return form_page(request, form, act, back=back, here="newsletter_readers", **more)


@requires(WRITE)
def newsletter_reader_new(request):
    def act(data):
        made = actions.add_reader(**data, by=request.user)
        messages.success(request, f"{made.name} står på sändlistan.")
        return reverse("meetings:newsletter_readers")

    lead = "Personer utanför nämndens organ. De som sitter i ett organ, och parternas registratorer, finns redan."
    return _page(
        request, ReaderForm(request.POST or None), act, title="Ny på sändlistan", lead=lead, button="Lägg till"
    )


@requires(WRITE)
def newsletter_reader(request, reader_id):
    reader = get_object_or_404(NewsletterReader, pk=reader_id, left_at=None)

    def act(data):
        actions.change_reader(reader, **data, by=request.user)
        return reverse("meetings:newsletter_readers")

    form = ReaderForm.of(reader, request.POST or None)
    return _page(request, form, act, title=f"Ändra {reader.name}", button="Spara")


@requires(WRITE)
def newsletter_reader_removal(request, reader_id):
    reader = get_object_or_404(NewsletterReader, pk=reader_id, left_at=None)

    def act(data):
        actions.take_off_reader(reader, data["because"], by=request.user)
        messages.success(request, f"{reader.name} får inga fler nyhetsbrev genom sändlistan.")
        return reverse("meetings:newsletter_readers")

    form = ReaderLeftForm(request.POST or None)
    return _page(request, form, act, title=f"Ta bort {reader.name}", lead=reader.email, button="Ta bort")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def newsletter_leaving(request, key_of_reader):
    """Leave the mailing list by the link in the letter: one question, one button."""
    reader = receivers.by_token(key_of_reader)
    if reader is None:
        raise Http404("Länken leder ingenstans. Kontrollera att hela länken i brevet kom med.")
    if request.method == "POST":
        reader = actions.take_off_reader(reader, actions.LEFT_BY_LINK, by=None)
    answer = render(request, "meetings/newsletter_leaving.html", {"reader": reader})
    answer["Cache-Control"], answer["X-Robots-Tag"] = "private, no-store", "noindex"
    return answer

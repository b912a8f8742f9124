"""Calendar feeds: the page that gives out a person's secret address, and the feed behind it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.organisation.models import Body
from meetings.actions.feeds import renew_token, token_of
from meetings.models import FeedToken
from meetings.planning import calendar_feed


@requires(Permission.READ_MEETINGS)
def calendar(request):
    """How to follow the meetings in a calendar of one's own."""
    token = token_of(request.user)
    bodies = Body.objects.valid_on(timezone.localdate())
    context = {
        "token": token,
        "address": address_of(request, "meetings:feed", token.token),
        "bodies": [(each, address_of(request, "meetings:feed_of_body", token.token, each.pk)) for each in bodies],
    }
    return render(request, "meetings/calendar.html", context)


def address_of(request, name: str, *args) -> str:
    return request.build_absolute_uri(reverse(name, args=args))


@require_POST
@requires(Permission.READ_MEETINGS)
def calendar_renewal(request):
    """Give the person a new secret address; the old one falls silent."""
    renew_token(request.user, by=request.user)
    messages.success(request, "Du har en ny adress. Den gamla visar ingenting mer: byt den i din kalender.")
    return redirect("meetings:calendar")


@login_not_required
@require_safe
def feed(request, token, body_id=None):
    """The feed of whoever has the token, as long as their account may read meetings."""
    found = FeedToken.objects.select_related("user").filter(token=token).first()
    if found is None or not found.user.may(Permission.READ_MEETINGS):
        raise Http404
    body = get_object_or_404(Body, pk=body_id) if body_id else None
    content = calendar_feed.feed(request.build_absolute_uri(reverse("home")), body)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="sammantraden.ics"'
    answer["Cache-Control"] = "private, max-age=900"
    answer["X-Robots-Tag"] = "noindex"
    return answer

"""The page that says what is set and what is missing."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission

from . import money_and_machine, points
from .checklist import missing

PARTS = (
    *(points.board, points.people, points.decisions, points.meetings),
    *(money_and_machine.economy, points.control, money_and_machine.installation),
)


@requires(Permission.KEEP_ORGANISATION)
def start_up(request):
    """What a board needs before it can work: what is set, what is missing, and where it is done."""
    today = timezone.localdate()
    made = [part(today) for part in PARTS]
    rows = [(each.title, [(point, _href(request.user, point)) for point in each.points]) for each in made]
    return render(request, "home/start_up.html", {"parts": rows, "missing": missing(made)})


def _href(user, point) -> str:
    """Where the point is done; nowhere for those who may not go there."""
    if not point.url_name or (point.permission and not user.may(point.permission)):
        return ""
    return reverse(point.url_name, args=point.args)

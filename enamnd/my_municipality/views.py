"""The page of a municipality."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

from . import parts, rules
from .audits import audits

# In the order of the page.
PROVIDERS = (
    parts.to_answer,
    parts.seats,
    parts.activities,
    parts.decisions,
    parts.notices,
    parts.invoiced,
    audits,
)


@requires(Permission.READ_ORGANISATION)
def my_municipality(request):
    """What the portal knows of one's own municipality, or of the one that is chosen (?kommun=key)."""
    today = timezone.localdate()
    offered = rules.may_see(request.user)
    chosen = _chosen(request, offered)
    made = [provide(request.user, chosen, today) for provide in PROVIDERS] if chosen else []
    context = {"municipality": chosen, "offered": offered, "parts": [each for each in made if each]}
    return render(request, "home/municipality.html", context)


def _chosen(request, offered: list[Municipality]) -> Municipality | None:
    """The one that the address asks for, else the first of one's own. Refused for another's."""
    wanted = request.GET.get("kommun", "")
    if not (wanted.isdecimal() and len(wanted) < 18):
        own = rules.own_municipalities(request.user)
        return next((each for each in offered if each.pk in own), offered[0] if offered else None)
    found = Municipality.objects.filter(pk=int(wanted)).first()
    if found is None:
        return None
    try:
        rules.check_can_see(request.user, found)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    return found

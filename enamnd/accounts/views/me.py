"""My own page: what I may do, and how I log in."""

from allauth.mfa.models import Authenticator
from django.shortcuts import render

from enamnd.accounts.roles import ROLES, Permission


def me(request):
    """The roles that the person has, what they may do with them, and the ways to log in."""
    user = request.user
    context = {
        "grants": [(grant, ROLES[grant.role]) for grant in user.grants_in_force],
        "permissions": [permission.label for permission in Permission if user.may(permission)],
        "has_password": user.has_usable_password(),
        "second_steps": Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).count(),
    }
    return render(request, "accounts/me.html", context)

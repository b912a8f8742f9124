"""Accounts as an administrator keeps them."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from enamnd.accounts import actions
from enamnd.accounts.access import requires
from enamnd.accounts.forms import AccountForm, EndForm, GrantForm, NewAccountForm
from enamnd.accounts.invitations import invite
from enamnd.accounts.models import RoleGrant, User
from enamnd.accounts.roles import ROLES, Permission
from enamnd.answers import add_refusal, page_of, query_without_page, tell_refusal
from enamnd.journal.trail import trail_of
from enamnd.refusal import Refused
from enamnd.search import matching


@requires(Permission.KEEP_ACCOUNTS)
def account_list(request):
    """All accounts with the roles that they have today."""
    words = request.GET.get("q", "")
    in_force = RoleGrant.objects.valid_on(timezone.localdate()).select_related("municipality")
    users = User.objects.filter(matching(words, "name", "email")).order_by("-is_active", "name")
    users = users.prefetch_related(Prefetch("grants", in_force, to_attr="roles_today"))
    context = {"page": page_of(request, users), "words": words, "query": query_without_page(request)}
    return render(request, "accounts/account_list.html", context)


@requires(Permission.KEEP_ACCOUNTS)
def account_new(request):
    """Open an account with its first role, and invite its owner."""
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.open_account_with_role(**form.cleaned_data, by=request.user)
            invite(user, portal=portal_of(request), by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request, f"Kontot är upplagt. {user.email} får ett brev med en länk för att välja lösenord."
            )
            return redirect("accounts:account", user.pk)
    return render(request, "accounts/account_new.html", {"form": form}, status=400 if form.errors else 200)


def portal_of(request) -> str:
    return request.build_absolute_uri(reverse("home"))


@requires(Permission.KEEP_ACCOUNTS)
def account(request, user_id):
    """One account, its roles now and before, and a form for another."""
    user = get_object_or_404(User.objects.select_related("person"), pk=user_id)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant_role(user, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("accounts:account", user.pk)
    context = {
        "account": user,
        "grants": user.grants.select_related("municipality").order_by("-valid_from", "-pk"),
        "form": form,
        "steps": trail_of(user),
        "today": timezone.localdate(),
    }
    return render(request, "accounts/account.html", context, status=400 if form.errors else 200)


@requires(Permission.KEEP_ACCOUNTS)
def account_change(request, user_id):
    """Name, e-mail address and person of an account."""
    user = get_object_or_404(User, pk=user_id)
    initial = {"name": user.name, "email": user.email, "person": user.person_id}
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_account(user, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("accounts:account", user.pk)
    context = {"account": user, "form": form}
    return render(request, "accounts/account_change.html", context, status=400 if form.errors else 200)


@require_POST
@requires(Permission.KEEP_ACCOUNTS)
def account_invitation(request, user_id):
    """Send the invitation (again)."""
    user = get_object_or_404(User, pk=user_id)
    try:
        invite(user, portal=portal_of(request), by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, f"Ett brev med en länk för att välja lösenord är på väg till {user.email}.")
    return redirect("accounts:account", user.pk)


@require_POST
@requires(Permission.KEEP_ACCOUNTS)
def account_closing(request, user_id):
    """Close an account, or open a closed one again."""
    user = get_object_or_404(User, pk=user_id)
    action = actions.reopen_account if "reopen" in request.POST else actions.close_account
    try:
        action(user, by=request.user)
    except Refused as refusal:
        tell_refusal(request, refusal)
    return redirect("accounts:account", user.pk)


@requires(Permission.KEEP_ACCOUNTS)
def role_end(request, grant_id):
    """End a role, at once or on a day."""
    grant = get_object_or_404(RoleGrant.objects.select_related("user", "municipality"), pk=grant_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_role(grant, on=form.cleaned_data["on"], by=request.user)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("accounts:account", grant.user_id)
    context = {"grant": grant, "form": form}
    return render(request, "accounts/role_end.html", context, status=400 if form.errors else 200)


@requires(Permission.KEEP_ACCOUNTS)
def role_list(request):
    """What each role may do, in words."""
    return render(request, "accounts/role_list.html", {"roles": described_roles()})


def described_roles() -> list[dict]:
    """Roles with the names of their permissions, in the order in which permissions are declared."""
    return [
        {"role": role, "permissions": [permission.label for permission in Permission if permission in role.permissions]}
        for role in ROLES.values()
    ]

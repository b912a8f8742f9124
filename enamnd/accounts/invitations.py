"""Letters that let the owner of a new account choose a password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from enamnd.journal.record import record
from enamnd.organisation.models import Board

from . import rules
from .models import User
from .roles import Permission


@transaction.atomic
def invite(user: User, *, portal: str, by) -> None:
    """Send the owner of an account a link to choose a password (bjuda in).

    `portal` is the portal's own address, "https://portalen.example.se/". The letter is sent after the transaction by
    the task worker, and the link is made there: it is never kept.
    """
    rules.check_may(by, Permission.KEEP_ACCOUNTS)
    rules.check_open(user)
    record("account.invited", user, by=by)
    transaction.on_commit(lambda: send_invitation.enqueue(user.pk, portal))


@task()
def send_invitation(user_pk: int, portal: str) -> None:
    user = User.objects.get(pk=user_pk)
    portal = portal.rstrip("/")
    context = {
        "user": user,
        "board": Board.objects.first(),
        "url": portal + password_path(user),
        "reset_url": portal + reverse("account_reset_password"),
    }
    send_mail(
        render_to_string("account/email/invitation_subject.txt", context).strip(),
        render_to_string("account/email/invitation_message.txt", context),
        None,
        [user.email],
    )


def password_path(user: User) -> str:
    """The address where the account's password is chosen, once, within three days (PASSWORD_RESET_TIMEOUT)."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=key)

"""Accounts and roles: who gives them, what a role needs, and that somebody always keeps them."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts import actions
from enamnd.accounts.invitations import password_path, send_invitation
from enamnd.accounts.models import User
from enamnd.accounts.roles import ROLES, Permission
from enamnd.journal.models import Event
from enamnd.refusal import Refused
from tests import factories


@pytest.fixture
def admin(db):
    return factories.user("administrator")


@pytest.fixture
def as_admin(client_as):
    return client_as("administrator")


@pytest.mark.parametrize("role", ROLES)
def test_a_role_of_a_municipality_needs_one_and_others_have_none(admin, role):
    place = factories.municipality()
    needs = ROLES[role].of_municipality

    with pytest.raises(Refused, match="Välj vilken" if needs else "Lämna kommunen tom"):
        actions.grant_role(factories.user(), role, municipality=None if needs else place, by=admin)
    granted = actions.grant_role(factories.user(), role, municipality=place if needs else None, by=admin)

    assert granted.municipality == (place if needs else None)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_only_an_administrator_keeps_accounts(db, role):
    by = factories.user(role)

    with pytest.raises(Refused, match="Den har: administratör"):
        actions.open_account(email="ny@example.org", name="Ny", by=by)
    with pytest.raises(Refused):
        actions.grant_role(by, "administrator", by=by)

    assert not Event.objects.exists()


def test_an_address_belongs_to_one_account_whatever_its_letters(admin):
    actions.open_account(email="Siv.Alm@example.org", name="Siv Alm", by=admin)

    with pytest.raises(Refused, match="Det finns redan ett konto"):
        actions.open_account(email="siv.alm@EXAMPLE.org", name="Siv Alm", by=admin)


def test_a_role_ends_on_its_last_day(admin):
    today = timezone.localdate()
    grant = factories.grant(factories.user(), "secretary")

    actions.end_role(grant, on=today, by=admin)
    assert User.objects.get(pk=grant.user_id).may(Permission.WRITE_PROTOCOL)

    actions.end_role(grant, on=today - timedelta(days=1), by=admin)
    assert not User.objects.get(pk=grant.user_id).may(Permission.WRITE_PROTOCOL)


def test_a_role_that_ends_at_once_is_gone_the_same_day(admin):
    grant = factories.grant(factories.user(), "secretary", valid_from=timezone.localdate())

    actions.end_role(grant, by=admin)

    assert not User.objects.get(pk=grant.user_id).may(Permission.WRITE_PROTOCOL)


def test_a_role_cannot_end_before_it_begins(admin):
    grant = factories.grant(factories.user(), "secretary", valid_from=date(2026, 1, 10))

    with pytest.raises(Refused, match="Rollen kan inte sluta före 10 januari 2026"):
        actions.end_role(grant, on=date(2026, 1, 9), by=admin)


@pytest.mark.parametrize("way", ["end", "end on a day", "close"])
def test_nobody_removes_the_last_administrator(admin, way):
    grant = admin.grants.get()
    verbs = {
        "end": lambda: actions.end_role(grant, by=admin),
        "end on a day": lambda: actions.end_role(grant, on=timezone.localdate() + timedelta(days=30), by=admin),
        "close": lambda: actions.close_account(admin, by=admin),
    }

    with pytest.raises(Refused, match="ingen administratör kvar"):
        verbs[way]()
    factories.user("administrator")
    verbs[way]()


@pytest.mark.parametrize("other", ["closed", "ended", "ends before"])
def test_an_administrator_who_cannot_act_does_not_count(admin, other):
    today = timezone.localdate()
    left = factories.user("administrator", is_active=other != "closed")
    if other != "closed":
        left.grants.update(valid_until=today - timedelta(days=1) if other == "ended" else today + timedelta(days=5))

    with pytest.raises(Refused, match="ingen administratör kvar"):
        actions.end_role(admin.grants.get(), on=today + timedelta(days=10), by=admin)


def test_the_same_role_is_not_given_twice(admin):
    user, place = factories.user(), factories.municipality()
    actions.grant_role(user, "member", municipality=place, by=admin)

    with pytest.raises(Refused, match="har redan rollen"):
        actions.grant_role(user, "member", municipality=place, by=admin)
    actions.grant_role(user, "member", municipality=factories.municipality(), by=admin)


def test_the_first_account_of_an_installation_keeps_accounts(db):
    first = User.objects.create_superuser("forst@example.org", "ett långt lösenord", name="Första")

    assert first.may(Permission.KEEP_ACCOUNTS)


def test_a_changed_address_is_the_only_one_that_logs_in(admin):
    user = factories.user("secretary")
    Client().post(reverse("account_login"), {"login": user.email, "password": factories.PASSWORD})
    before = user.email

    actions.change_account(user, email="ny.adress@example.org", name=user.name, person=None, by=admin)

    def logs_in(email):
        client = Client()
        client.post(reverse("account_login"), {"login": email, "password": factories.PASSWORD})
        return "_auth_user_id" in client.session

    assert logs_in("ny.adress@example.org")
    assert not logs_in(before)


# Pages ----------------------------------------------------------------------------------------------------------------


def test_an_invited_person_chooses_a_password_and_is_logged_in(as_admin, django_capture_on_commit_callbacks):
    factories.board(name="Taxenämnden")
    asked = {"name": "Siv Alm", "email": "siv.alm@example.org", "role": "secretary"}
    with django_capture_on_commit_callbacks(execute=True):
        as_admin.post(reverse("accounts:account_new"), asked)
    user = User.objects.get(email="siv.alm@example.org")
    send_invitation.func(user.pk, "https://portalen.example.se/")

    letter = mail.outbox[-1]
    assert letter.to == ["siv.alm@example.org"]
    assert "Taxenämnden" in letter.body
    assert "https://portalen.example.se" + password_path(user)[:30] in letter.body

    client = Client()
    page = client.get(password_path(user), follow=True)
    address = page.redirect_chain[-1][0]
    chosen = {"password1": "norrskenet lyser gott", "password2": "norrskenet lyser gott"}
    after = client.post(address, chosen, follow=True)

    assert after.context["request"].user == user
    assert user.grants.get().role == "secretary"


def test_an_account_without_the_municipality_of_its_role_is_not_opened(as_admin):
    asked = {"name": "Siv Alm", "email": "siv.alm@example.org", "role": "economist"}

    answer = as_admin.post(reverse("accounts:account_new"), asked)

    assert answer.status_code == 400
    assert "Rollen Kommunens ekonom hålls för en kommun. Välj vilken." in answer.content.decode()
    assert "siv.alm@example.org" in answer.content.decode()
    assert not User.objects.filter(email="siv.alm@example.org").exists()


def test_roles_are_given_and_ended_in_the_browser(as_admin):
    user = factories.user()
    page = reverse("accounts:account", args=[user.pk])

    as_admin.post(page, {"role": "secretary"})
    grant = user.grants.get()
    as_admin.post(reverse("accounts:role_end", args=[grant.pk]), {"on": str(timezone.localdate())})

    assert user.grants.get().valid_until == timezone.localdate()
    assert "avslutade rollen Nämndsekreterare" in as_admin.get(page).content.decode()


def test_a_closed_account_does_not_log_in(as_admin):
    user = factories.user("secretary")
    as_admin.post(reverse("accounts:account_closing", args=[user.pk]), {"close": ""})

    client = Client()
    answer = client.post(reverse("account_login"), {"login": user.email, "password": factories.PASSWORD}, follow=True)

    assert "_auth_user_id" not in client.session
    assert "stängt" in answer.content.decode()


def test_the_last_administrator_is_told_why_in_the_browser(as_admin):
    answer = as_admin.post(reverse("accounts:account_closing", args=[as_admin.user.pk]), {"close": ""}, follow=True)

    assert "ingen administratör kvar" in answer.content.decode()


def test_the_list_asks_the_same_number_of_questions_for_many_accounts(as_admin, django_assert_max_num_queries):
    def questions():
        with django_assert_max_num_queries(20) as counted:
            as_admin.get(reverse("accounts:account_list"))
        return len(counted)

    factories.user("member")
    few = questions()
    for _ in range(20):
        factories.user("member", "secretary")
    assert questions() == few


def test_the_roles_page_says_what_every_role_may_do(as_admin):
    page = as_admin.get(reverse("accounts:role_list")).content.decode()

    for role in ROLES.values():
        assert role.name in page
        assert role.description in page
    assert Permission.WRITE_PROTOCOL.label in page


def test_my_page_shows_my_roles(client_as):
    client = client_as("economist", municipality=factories.municipality("Tallberga"))

    page = client.get(reverse("accounts:me")).content.decode()

    assert "Kommunens ekonom, Tallberga" in page
    assert Permission.READ_ECONOMY.label in page
    assert Permission.KEEP_ACCOUNTS.label not in page

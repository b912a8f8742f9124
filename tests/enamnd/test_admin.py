"""The admin pages: for staff alone, to read in, and to correct what no page of the portal keeps."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests import factories

REGISTERED = sorted(
    model._meta.label_lower
    for model in admin.site._registry
    if model.__module__.split(".")[0] in ("enamnd", "meetings")
)


@pytest.fixture
def staff(db):
    client = Client()
    client.force_login(factories.user("administrator", is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("label", REGISTERED)
def test_every_list_and_row_of_the_admin_loads(staff, label):
    factories.board()
    meeting = factories.meeting(paragraphs=1, attendance=2)
    factories.chair(meeting)
    factories.adjuster(meeting)
    factories.document()
    factories.seated_body(1)
    app, model = label.split(".")
    rows = admin.site._registry[next(m for m in admin.site._registry if m._meta.label_lower == label)].model

    assert staff.get(reverse(f"admin:{app}_{model}_changelist")).status_code == 200
    row = rows.objects.first()
    if row is not None:
        assert staff.get(reverse(f"admin:{app}_{model}_change", args=[row.pk])).status_code == 200


@pytest.mark.parametrize(
    "label", ["meetings.paragraph", "accounts.rolegrant", "organisation.mandate", "documents.case"]
)
def test_what_has_rules_is_not_changed_here(staff, label):
    factories.paragraph(case=factories.case())
    factories.seated_body(1)
    app, model = label.split(".")
    row = next(m for m in admin.site._registry if m._meta.label_lower == label).objects.first()

    assert staff.post(reverse(f"admin:{app}_{model}_change", args=[row.pk]), {}).status_code == 403
    assert staff.get(reverse(f"admin:{app}_{model}_delete", args=[row.pk])).status_code == 403
    assert staff.get(reverse(f"admin:{app}_{model}_add")).status_code == 403


def test_the_admin_is_closed_to_those_who_are_not_staff(client_as):
    assert client_as("administrator").get(reverse("admin:index")).status_code in (302, 403)
    assert Client().get(reverse("admin:index")).status_code == 302


def test_an_old_version_is_read_here_and_never_put_back(staff):
    case = factories.case("Upphandling av e-arkiv")
    case.title = "Upphandling av e-tjänster"
    case.save()
    old = case.history.earliest()
    address = reverse("admin:documents_case_simple_history", args=[case.pk, old.history_id])

    assert staff.get(address).status_code == 200
    answer = staff.post(address, {"number": "1", "year": 2022, "serial": 1, "title": "Ett", "opened_on": "2022-01-01"})

    assert answer.status_code == 403
    case.refresh_from_db()
    assert case.title == "Upphandling av e-tjänster"

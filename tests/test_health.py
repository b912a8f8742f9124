"""The address that whoever watches the installation asks."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from enamnd.health import PATIENCE


@pytest.fixture
def ask(client):
    return lambda: client.get(reverse("health"))


def waiting_task(**fields) -> DBTaskResult:
    """A task in the queue since `since`, due at once unless `run_after` says otherwise."""
    since = fields.pop("since", timezone.now())
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="tests.a_task", backend_name="default", **fields
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=since)
    return task


@pytest.mark.django_db
def test_a_well_portal_says_so_without_log_in(ask):
    answer = ask()

    assert answer.status_code == 200
    assert answer.json()["ok"]
    assert answer.json()["databas"] == {"ok": True, "slag": connection.vendor}
    assert answer["Cache-Control"].startswith("max-age=0")


@pytest.mark.django_db
def test_a_task_that_has_waited_too_long_is_reported(ask):
    waiting_task(since=timezone.now() - PATIENCE - timedelta(minutes=1))

    answer = ask()

    assert answer.status_code == 503
    assert not answer.json()["uppgifter"]["ok"]
    assert answer.json()["uppgifter"]["väntar"] == 1


@pytest.mark.django_db
def test_a_task_that_has_just_come_is_no_trouble(ask):
    waiting_task()

    answer = ask()

    assert answer.status_code == 200
    assert answer.json()["uppgifter"]["väntar"] == 1


@pytest.mark.django_db
def test_a_task_meant_for_later_is_not_late(ask):
    waiting_task(since=timezone.now() - timedelta(days=2), run_after=timezone.now() + timedelta(hours=1))

    assert ask().status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_has_not_been_run_is_reported(ask):
    # As long as the database says that it has not been run; the tables themselves stay as they are.
    call_command("migrate", "sessions", "zero", fake=True, verbosity=0)
    try:
        answer = ask()
    finally:
        call_command("migrate", "sessions", fake=True, verbosity=0)

    assert answer.status_code == 503
    assert answer.json()["migreringar"] == {"ok": False, "väntar": 1}


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_reported(ask):
    def broken(execute, sql, params, many, context):
        raise OperationalError("ett lösenord som inte får synas")

    with connection.execute_wrapper(broken):
        answer = ask()

    assert answer.status_code == 503
    assert answer.json()["databas"] == {"ok": False, "skäl": "OperationalError"}
    assert "lösenord" not in answer.content.decode()

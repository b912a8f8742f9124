"""Is the portal well? Asked by whoever watches the installation."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django_tasks_db.models import DBTaskResult

from enamnd.letters.models import Letter

PATIENCE = timedelta(minutes=30)


@login_not_required
@never_cache
def health(request):
    """Database, migrations and task backlog: 200, or 503 with the reason. Names no person and no matter."""
    checks = _checks()
    is_well = all(check["ok"] for check in checks.values())
    return JsonResponse(
        {"ok": is_well, **checks}, status=200 if is_well else 503, json_dumps_params={"ensure_ascii": False}
    )


def _checks() -> dict[str, dict]:
    try:
        return {"databas": _database(), "migreringar": _migrations(), "uppgifter": _tasks(), "brev": _letters()}
    except DatabaseError as error:
        return {"databas": {"ok": False, "skäl": type(error).__name__}}


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True, "slag": connection.vendor}


def _migrations():
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return {"ok": waiting == 0, "väntar": waiting}


def _tasks():
    """Tasks that should have been done: well while none of them has waited longer than PATIENCE."""
    due = DBTaskResult.objects.ready().order_by("enqueued_at")
    oldest = due.first()
    since = _since(oldest) if oldest else None
    late = since is not None and timezone.now() - since > PATIENCE
    return {"ok": not late, "väntar": due.count(), "äldsta": since.isoformat() if since else None}


def _letters():
    """Letters that should have gone: well while none has waited untried longer than PATIENCE.

    Those given up are counted, but somebody must read why (/utskick/): the installation itself may be well.
    """
    late = Letter.objects.due(timezone.now() - PATIENCE).exists()
    waiting, given_up = Letter.objects.waiting().count(), Letter.objects.given_up().count()
    return {"ok": not late, "väntar": waiting, "gick inte fram": given_up}


def _since(task: DBTaskResult):
    """When the task could first be done: the queue gives those without a day of their own one far ahead."""
    return task.run_after if task.run_after <= timezone.now() else task.enqueued_at

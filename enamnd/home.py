"""Pages that join all apps: what waits for you, the portal's health, the accessibility statement."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.shortcuts import render
from django_tasks_db.models import DBTaskResult


def start(request):
    """What waits for the person who is logged in."""
    return render(request, "home/start.html", {})


@login_not_required
def accessibility(request):
    """Tillgänglighetsredogörelse (lag 2018:1937, 13 §)."""
    return render(request, "home/accessibility.html")


@login_not_required
def health(request):
    """Database, migrations and task backlog, for whoever watches the installation: 200, or 503 with the reason."""
    checks = {"databas": _database(), "migreringar": _migrations(), "uppgifter": _tasks()}
    is_well = all(check["ok"] for check in checks.values())
    return JsonResponse({"ok": is_well, **checks}, status=200 if is_well else 503)


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True, "slag": connection.vendor}


def _migrations():
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return {"ok": waiting == 0, "väntar": waiting}


def _tasks():
    return {"ok": True, "väntar": DBTaskResult.objects.ready().count()}

from django_tasks_db.management.commands import db_worker

from enamnd.letters.delivery import deliver_overdue


class Command(db_worker.Command):
    """The task worker, which first looks for letters whose tasks were lost while no worker ran."""

    def handle(self, **options):
        deliver_overdue()
        super().handle(**options)

from enamnd.letters.management.commands import db_worker
from finance.invoicing.files import make_lost_files


class Command(db_worker.Command):
    """The task worker, which first looks for invoices whose files were never made, and for lost letters."""

    def handle(self, **options):
        make_lost_files()
        super().handle(**options)

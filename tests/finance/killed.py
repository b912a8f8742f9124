"""A portal that is killed (SIGKILL) at a chosen moment of invoicing, for test_killed_while_invoicing.py.

python -m tests.finance.killed MOMENT, on the database of DATABASE_URL:
  issuing   attests a run of five invoices and dies with it issued, and not committed
  printing  issues the run, makes the files of two invoices, and dies while the third is printed
  keeping   makes the files of a third and dies with them written, and not committed
  never     lets the worker take what waits
"""

import os
import signal
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from finance.actions import invoice_runs  # noqa: E402
from finance.invoicing import files, printing  # noqa: E402
from finance.models import InvoiceRun  # noqa: E402
from tests import factories  # noqa: E402
from tests.finance import invoicing  # noqa: E402


def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def printed(paper, xml) -> bytes:
    return b"%PDF-1.7 " + paper.number.encode()


def the_run() -> InvoiceRun:
    """The run, made and attested once."""
    run = InvoiceRun.objects.first()
    if run is None:
        invoicing.seller()
        parties = [invoicing.buyer() for _ in range(5)]
        for each in parties:
            factories.user("economist", municipality=each)
        run = invoicing.attested(invoicing.run(invoicing.allocation(dict.fromkeys(parties, 100_00))))
    return run


def print_so_many(number: int):
    made = []

    def counting(paper, xml):
        if len(made) == number:
            die()
        made.append(paper.number)
        return printed(paper, xml)

    printing.invoice_pdf = counting


def main(moment: str):
    printing.invoice_pdf = printed
    run = the_run()
    if moment == "issuing":
        invoice_runs.record = die
    if moment in ("issuing", "printing"):
        invoice_runs.issue_run(run, by=factories.user("coordinator"))
    if moment == "printing":
        print_so_many(2)
    if moment == "keeping":
        files.tell_of_invoice = die
    call_command("db_worker", batch=True, interval=0.05, verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1])

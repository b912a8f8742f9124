"""The files of issued invoices: made by the task worker, one invoice at a time, each once.

An invoice's PDF and e-invoice are kept in one transaction with the letter that tells of them. Whatever is killed in
between, the task that was kept before the first of them comes back to those that lack theirs.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from enamnd.documents.issuing import issue_paper
from finance.models import Invoice, InvoiceFiles

from . import printing, ubl
from .composing import document_of
from .letters import tell_of_invoice

LOOK_AGAIN = timedelta(minutes=10)
log = logging.getLogger(__name__)


@task()
def make_files(run_pk: int) -> None:
    """Make what is missing of a run's files. One that fails is logged, tried again later, and stops no other."""
    waiting = list(without_files().filter(run=run_pk).values_list("pk", flat=True))
    if not waiting:
        return
    make_files.using(run_after=timezone.now() + LOOK_AGAIN).enqueue(run_pk)
    for invoice_pk in waiting:
        try:
            make_files_of(invoice_pk)
        except Exception:  # whatever is wrong with one invoice, the others are to have their files
            log.exception("The files of invoice %s could not be made.", invoice_pk)


def make_lost_files() -> int:
    """Ask anew for the files of every run that lacks some, for when their tasks were lost. How many runs."""
    runs = set(without_files().values_list("run", flat=True))
    for run_pk in sorted(runs):
        make_files.enqueue(run_pk)
    return len(runs)


def without_files():
    """Issued invoices whose files have not been made, by number."""
    return Invoice.objects.filter(files=None).order_by("year", "serial")


def make_files_of(invoice_pk: int) -> bool:
    """Make the files of one invoice. False when somebody else has. The printing takes no lock; the keeping does."""
    invoice = Invoice.objects.select_related("run__issue", "municipality").get(pk=invoice_pk)
    document = document_of(invoice)
    xml = ubl.to_xml(document)
    at = timezone.localtime(invoice.run.issue.at)
    paper = printing.compose(document, board_name=invoice.facts["board"], created_at=at)
    return keep_files(invoice, printing.invoice_pdf(paper, xml), xml)


@transaction.atomic
def keep_files(invoice: Invoice, pdf: bytes, xml: bytes) -> bool:
    Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    if InvoiceFiles.objects.filter(invoice=invoice).exists():
        return False
    title = f"{invoice}, {invoice.municipality}"
    issued = {"subject": invoice, "by": None}
    InvoiceFiles.objects.create(
        invoice=invoice,
        pdf=issue_paper(pdf, kind="invoice", title=title, **issued),
        xml=issue_paper(xml, kind="einvoice", title=f"{title}, e-faktura", media_type=ubl.MEDIA_TYPE, **issued),
    )
    tell_of_invoice(invoice)
    return True

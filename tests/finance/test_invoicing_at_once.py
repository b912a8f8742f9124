"""Two people at the same run, and two workers at the same invoice: one wins, and nothing is made twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from enamnd.documents.models import Paper
from enamnd.letters.models import Letter
from enamnd.refusal import Refused
from finance.actions import invoice_runs
from finance.invoicing import files
from finance.models import Invoice, InvoiceFiles, RunIssue
from tests import factories

from . import invoicing

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls) -> list:
    """What each call gave, or was refused with, in threads of their own."""

    def run(call):
        try:
            return call()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_of_two_who_issue_at_once_one_wins_and_the_other_is_told():
    made = invoicing.attested()
    people = [factories.user("coordinator", name=name) for name in ("Joel", "Maj")]

    results = at_once(*[lambda by=by: invoice_runs.issue_run(made, by=by) for by in people])

    (won,) = [each for each in results if isinstance(each, RunIssue)]
    (told,) = [each for each in results if isinstance(each, Refused)]
    assert f"{won.by} utfärdade körningen" in str(told)
    assert [each.serial for each in Invoice.objects.order_by("serial")] == [1, 2]


def test_of_two_workers_at_the_same_invoice_one_keeps_its_files(monkeypatch):
    invoice = invoicing.issued().invoices.first()
    factories.user("economist", municipality=invoice.municipality)

    results = at_once(
        *[lambda content=content: files.keep_files(invoice, content, b"<x/>") for content in (b"a", b"b")]
    )

    assert sorted(results) == [False, True]
    assert InvoiceFiles.objects.count() == 1
    assert Paper.objects.filter(kind="invoice").count() == 1
    assert Letter.objects.filter(kind="invoice").count() == 1

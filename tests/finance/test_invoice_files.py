"""The files of invoices: PDF/A-3 with the e-invoice inside, made once, told of once."""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pikepdf
import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from enamnd.documents.models import Paper, StoredFile
from enamnd.letters.models import Letter
from finance.invoicing import files, printing, ubl
from finance.invoicing.composing import document_of
from finance.models import Invoice, InvoiceFiles, RunIssue
from tests import factories

from . import invoicing
from .invoices import KINDS

AT = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)


def paper_of(name: str, **more) -> printing.InvoicePaper:
    return printing.compose(replace(KINDS[name], **more), board_name="Provnämnden", created_at=AT)


# The paper ------------------------------------------------------------------------------------------------------------


def test_what_the_law_asks_for_stands_on_the_paper():
    """ML 17 kap. 24 §: day, number, VAT numbers, names and addresses, what, when, base, rate, tax, reason."""
    paper = paper_of("moms och undantag på samma faktura", period=(AT.date(), AT.date()))
    facts = dict(paper.facts)

    assert (facts["Fakturanummer"], facts["Datum"]) == ("20260001", "15 januari 2026")
    assert (facts["Er referens"], facts["Ert org.nr"]) == ("ZZ4711", "212000-2718")
    assert facts["Avser tiden"] == "15 januari 2026 – 15 januari 2026"
    assert paper.buyer_lines == ("Granviks kommun", "Fakturaenheten, box 12", "984 85 Granvik")
    assert "Momsreg.nr SE212000274201" in paper.foot
    assert "Provköpings kommun, Rådhusvägen 3, 971 85 Provköping" in paper.foot
    assert [(row.quantity, row.price, row.vat, row.amount) for row in paper.rows] == [
        ("1 st", "84\u00a0100,00", "25 %", "84\u00a0100,00"),
        ("1 st", "12\u00a0282,36", "undantagen", "12\u00a0282,36"),
        ("1 st", "99,99", "12 %", "99,99"),
    ]
    assert paper.sums == (
        ("Summa utan moms", "96\u00a0482,35"),
        ("Moms 25 % på 84\u00a0100,00", "21\u00a0025,00"),
        ("Moms 12 % på 99,99", "12,00"),
        ("Undantaget från moms: 12\u00a0282,36", "0,00"),
    )
    assert paper.total == "117\u00a0519,35"
    assert paper.reasons == ("Undantag från moms enligt 10 kap. 19 § mervärdesskattelagen",)
    assert dict(paper.payment)["Bankgiro"] == "5050-1055"
    assert dict(paper.payment)["OCR"] == "2026000105"


def test_a_credit_note_says_what_it_credits_and_asks_for_no_payment():
    paper = paper_of("årsavräkning att få tillbaka, utanför moms")

    assert paper.kind == "Kreditfaktura"
    assert dict(paper.facts)["Krediterar"] == "20260001 av 15 januari 2026 och 20250007 av 15 januari 2025"
    assert paper.payment == ()
    assert not any("Momsreg" in each for each in paper.foot)


@pytest.fixture(scope="module")
def printed() -> tuple[bytes, bytes]:
    document = KINDS["projekt efter folkmängd, undantaget"]
    xml = ubl.to_xml(document)
    paper = printing.compose(document, board_name="Provnämnden", created_at=AT)
    return printing.invoice_pdf(paper, xml), xml


def test_the_e_invoice_goes_along_unchanged_as_an_associated_file(printed):
    content, xml = printed
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert list(pdf.attachments) == ["20260001.xml"]
        assert pdf.attachments["20260001.xml"].get_file().read_bytes() == xml
        (associated,) = pdf.Root.AF
        assert associated.AFRelationship == "/Alternative"
        assert pdf.Root.Lang == "sv"
        assert pdf.Root.MarkInfo.Marked
        assert b'pdfaid:part="3"' in pdf.Root.Metadata.read_bytes()


# Kept -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(db):
    made = invoicing.issued()
    for party in {each.municipality for each in made.invoices.all()}:
        factories.user("economist", municipality=party, name=f"Ekonomen i {party}")
    return made


def test_an_issued_invoice_says_the_same_whatever_is_changed_after_it(run):
    invoice = run.invoices.first()
    before = ubl.to_xml(document_of(invoice))
    invoice.municipality.full_name = "Något annat"
    invoice.municipality.save()
    invoice.run.lines.update(name="Något annat", amount=1)

    assert ubl.to_xml(document_of(Invoice.objects.get(pk=invoice.pk))) == before
    assert ElementTree.fromstring(before).tag.endswith("Invoice")


def test_files_are_issued_papers_made_once_and_told_of_once(run, monkeypatch):
    invoicing.make_all_files(monkeypatch)
    assert files.make_files_of(run.invoices.first().pk) is False
    files.make_files.func(run.pk)

    assert InvoiceFiles.objects.count() == 2
    assert Paper.objects.filter(kind="invoice").count() == Paper.objects.filter(kind="einvoice").count() == 2
    letters = Letter.objects.filter(kind="invoice")
    assert letters.count() == 2
    assert all("105\u00a0125\u00a0kr att betala senast" in each.body for each in letters)
    for each in InvoiceFiles.objects.select_related("xml__file"):
        assert hashlib.sha256(bytes(each.xml.file.content)).hexdigest() == each.xml.file_id
    assert StoredFile.objects.count() == 4


def test_nobody_but_the_municipalitys_own_receivers_is_told(run, monkeypatch):
    factories.user("economist")
    factories.user("auditor", municipality=run.invoices.first().municipality)
    invoicing.make_all_files(monkeypatch)

    assert Letter.objects.filter(kind="invoice").count() == 2
    for letter in Letter.objects.filter(kind="invoice"):
        assert letter.to_name.removeprefix("Ekonomen i ") in letter.body


def test_the_task_comes_back_to_what_it_was_killed_before(run, monkeypatch):
    asked = []

    def killed(pk):
        asked.append(pk)
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "make_files_of", killed)
    before = DBTaskResult.objects.count()
    with pytest.raises(KeyboardInterrupt):
        files.make_files.func(run.pk)

    assert len(asked) == 1
    assert DBTaskResult.objects.count() == before + 1
    assert files.make_lost_files() == 1


@pytest.mark.django_db
def test_an_invoice_that_fails_stops_no_other_and_is_named_on_the_runs_page(client_as, monkeypatch, caplog):
    run = invoicing.issued()
    failing, other = run.invoices.order_by("serial")

    def printed(paper, xml):
        if paper.number == failing.number:
            raise ValueError("typsnittet")
        return b"%PDF-1.7 "

    monkeypatch.setattr(printing, "invoice_pdf", printed)
    files.make_files.func(run.pk)
    RunIssue.objects.update(at=timezone.now() - 2 * files.LOOK_AGAIN)

    assert InvoiceFiles.objects.get().invoice == other
    assert "typsnittet" in caplog.text
    page = client_as("coordinator").get(run.get_absolute_url())
    assert page.context["late"] == [failing]
    assert "En faktura saknar fortfarande filer" in page.content.decode()

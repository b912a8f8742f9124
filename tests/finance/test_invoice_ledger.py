"""Runs on their way into the host's ledger, lists of use on their way in, and what a municipality takes home."""

import csv
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from enamnd.refusal import Refused
from finance.actions import invoice_runs
from finance.actions.invoice_terms import load_chart
from finance.invoicing import bundle, ledger
from finance.invoicing.use_list import drafts_of, rows_of
from finance.models import Invoice, LedgerAccount, Seller, VatRule
from finance.sie import read_sie
from projects.spreadsheets import workbook
from tests import factories

from . import invoicing

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    """Two invoices, one with two rates and one outside VAT, and the chart that they need."""
    invoicing.seller(cost_centre="4100", counterparty_dimension="20")
    invoicing.chart()
    taxed, low = invoicing.vat_rule(), invoicing.vat_rule("Moms 6 %", rate=6)
    party = invoicing.buyer(factories.municipality("Åmfors"), counterparty="2521")
    rows = (
        invoicing.draft(party, "Grundbelopp", 100_03, vat_rule=taxed),
        invoicing.draft(party, "Kurs", 50_01, vat_rule=low, project="1204"),
        invoicing.draft(party, "Utanför", 10_00, vat_rule=invoicing.outside()),
    )
    return invoicing.issued(invoicing.run_of(*rows))


def test_every_voucher_balances_and_stands_under_its_dimensions(run):
    file = read_sie(ledger.sie_of(run))

    assert file.type == 4
    assert [sum(line.amount for line in each.lines) for each in file.vouchers] == [0, 0]
    first = [(line.account, line.amount, dict(line.objects)) for line in file.vouchers[0].lines]
    place = {"1": "4100", "20": "2521"}
    assert first == [
        ("1510", Decimal("178.05"), place),
        ("3520", Decimal("-100.03"), place),
        ("3520", Decimal("-50.01"), place | {"6": "1204"}),
        ("2611", Decimal("-28.01"), place),
    ]
    assert file.objects["20", "2521"] == "Åmfors"
    assert file.accounts["1510"] == "Kundfordringar"


@pytest.mark.parametrize(("alphabet", "letter"), [("cp437", b"\x8f"), ("iso-8859-1", b"\xc5")])
def test_the_file_is_in_the_alphabet_that_the_host_asks_for(run, alphabet, letter):
    Seller.objects.update(alphabet=alphabet)

    assert letter + b"mfors" in ledger.sie_of(run)


def test_a_credit_note_is_booked_the_other_way(run):
    invoice = run.invoices.earliest("serial")
    credit = invoicing.issued(invoice_runs.make_credit(invoice, "Fel", by=factories.user("coordinator")))
    (first, *_), (other, *_) = (read_sie(ledger.sie_of(each)).vouchers for each in (run, credit))

    assert [line.amount for line in other.lines] == [-line.amount for line in first.lines]


def test_an_account_that_the_chart_lacks_is_told_with_its_voucher(run):
    LedgerAccount.objects.filter(number="3520").delete()

    with pytest.raises(Refused, match=r"verifikation F [0-9]{4}0001: konto 3520 finns inte i kontoplanen"):
        ledger.sie_of(run)


def test_the_chart_is_read_out_of_a_sie_file():
    factories.board()
    by = factories.user("coordinator")
    number = load_chart('#SIETYP 1\n#KONTO 3520 "Ersättning"\n#KONTO 1510 Kundfordringar\n'.encode("cp437"), by=by)
    load_chart('#SIETYP 1\n#KONTO 3520 "Annat namn"\n'.encode("cp437"), by=by)

    assert number == 2
    assert dict(LedgerAccount.objects.values_list("number", "name")) == {"3520": "Annat namn", "1510": "Kundfordringar"}
    with pytest.raises(Refused, match="inga konton"):
        load_chart(b"#SIETYP 1\n", by=by)


def test_rows_go_out_as_csv_and_excel_with_the_same_sums(run):
    text = ledger.csv_of(run).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook("Körning", ledger.HEADINGS, ledger.rows_of(run)))).active

    assert [row["Belopp utan moms"] for row in rows] == ["100,03", "50,01", "10,00"]
    assert [row["Konto"] for row in rows] == ["3520", "3520", "3520"]
    assert [cell.value for cell in sheet["M"]][1:] == [100.03, 50.01, 10]
    assert [cell.value for cell in sheet[1]] == list(ledger.HEADINGS)


# Out to a municipality ------------------------------------------------------------------------------------------------


def test_a_specification_has_every_row_and_the_sums(run):
    sheet = openpyxl.load_workbook(io.BytesIO(bundle.specification(run.invoices.earliest("serial")))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]

    assert [row[0] for row in rows] == ["Grundbelopp", "Kurs", "Summa utan moms", "Moms", "Att betala"]
    assert [row[6] for row in rows] == [100.03, 50.01, 150.04, 28.01, 178.05]


def test_an_archive_holds_all_files_of_each_invoice(run, monkeypatch):
    invoicing.make_all_files(monkeypatch)
    invoices = Invoice.objects.select_related("municipality", "files__pdf__file", "files__xml__file")

    with zipfile.ZipFile(io.BytesIO(bundle.archive(invoices))) as archive:
        names = archive.namelist()
        first = run.invoices.first()
        assert len(names) == 6
        assert archive.read(f"{first.number} Åmfors/{first.number}.pdf").startswith(b"%PDF")
        assert b"<Invoice" in archive.read(f"{first.number} Åmfors/{first.number}.xml")


# Lists of use ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def rule() -> VatRule:
    factories.municipality("Alfors", org_number=invoicing.org_number(4711))
    return invoicing.vat_rule()


def table(*rows: tuple, headings=("Kommun", "Avser", "Antal", "À-pris", "Belopp")) -> list[dict]:
    return rows_of([list(headings), *map(list, rows)])


def test_rows_are_known_by_the_municipalitys_name_full_name_or_number(rule):
    number = invoicing.org_number(4711)
    drafts = drafts_of(
        table(
            ("Alfors", "SMS", "1 234,5", "0,35", ""),
            ("Alfors kommun", "BankID", "", "", "1 500,50"),
            (number, "Freja", "2", "100", "200"),
        ),
        None,
        rule,
    )

    assert [(each.name, each.quantity, each.amount) for each in drafts] == [
        ("SMS", Decimal("1234.5"), 432_08),
        ("BankID", 1, 1_500_50),
        ("Freja", 2, 200_00),
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("Bergby", "SMS", "1", "1", ""), "rad 2 (Bergby): kommunen ”Bergby” finns inte i samverkan"),
        (("Alfors", "", "1", "1", ""), "rad 2 (Alfors): det står inte vad raden avser"),
        (("Alfors", "SMS", "", "", ""), "beloppet saknas"),
        (("Alfors", "SMS", "2", "3", "7"), "antal gånger pris blir 6\u00a0kr, inte 7\u00a0kr"),
        (("Alfors", "SMS", "två", "3", ""), "antalet ”två” är inget tal"),
        (("Alfors", "SMS", "-2", "3", ""), "antalet ska vara större än noll"),
        (("Alfors", "SMS", "", "", "1000000000000000"), "kan inte stämma"),
        (("Alfors", "SMS", "", "", "=1+1"), "är inget belopp"),
    ],
)
def test_a_row_that_is_wrong_is_told_with_its_place(rule, row, sentence):
    with pytest.raises(Refused) as refused:
        drafts_of(table(row), None, rule)

    assert sentence in str(refused.value)


def test_a_file_without_its_columns_is_told_which(rule):
    with pytest.raises(Refused, match="saknar kolumnen Kommun och Belopp"):
        drafts_of(table(("SMS",), headings=("Avser",)), None, rule)

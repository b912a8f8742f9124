"""The pages of invoices: what each sees and may do there, and what is told when it cannot be done."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enamnd.letters.models import Letter
from enamnd.refusal import Refused
from finance.actions import invoices as actions
from finance.invoice_waiting import waiting_invoices
from finance.invoicing.states import state_of
from finance.models import (
    Invoice,
    InvoiceDownload,
    InvoicePayment,
    InvoiceQuestion,
    InvoiceReminder,
    InvoiceRun,
    Seller,
    VatRule,
)
from finance.views import invoices as views
from projects.spreadsheets import workbook
from tests import factories

from . import invoicing

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def run(monkeypatch) -> InvoiceRun:
    """A run of two invoices that was issued long enough ago to be overdue, with files."""
    made = invoicing.issued(today=TODAY - timedelta(days=40))
    invoicing.make_all_files(monkeypatch)
    return made


@pytest.fixture
def invoice(run) -> Invoice:
    return run.invoices.order_by("serial").first()


@pytest.fixture
def economist(invoice):
    return factories.user("economist", municipality=invoice.municipality, name="Sanna")


def state(invoice: Invoice) -> str:
    return state_of(Invoice.objects.with_sums().get(pk=invoice.pk), TODAY).words


# Reading --------------------------------------------------------------------------------------------------------------


def test_a_municipality_sees_its_own_invoices_alone(client, run, invoice, economist):
    other = run.invoices.exclude(pk=invoice.pk).get()
    client.force_login(economist)

    shown = client.get(reverse("finance:invoice_list")).content.decode()
    assert invoice.number in shown
    assert other.number not in shown
    for name, args in (
        ("finance:invoice", [other.number]),
        ("finance:invoice_file", [other.number, "pdf"]),
        ("finance:invoice_file", [other.number, "xml"]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 403
    assert other.number.encode() not in client.get(reverse("finance:invoice_archive")).content
    assert not InvoiceDownload.objects.filter(invoice=other).exists()


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("xml", b"<?xml"), ("xlsx", b"PK")])
def test_a_file_is_taken_and_it_is_written_down_by_whom(client, invoice, economist, kind, start):
    client.force_login(economist)
    answer = client.get(reverse("finance:invoice_file", args=[invoice.number, kind]))

    assert answer.content.startswith(start)
    taken = InvoiceDownload.objects.get()
    assert (taken.by, taken.what, taken.is_own) == (economist, kind, True)
    assert "Sanna" in client.get(invoice.get_absolute_url()).content.decode()


def test_an_unknown_kind_of_file_is_not_found(client, invoice, economist):
    client.force_login(economist)

    assert client.get(reverse("finance:invoice_file", args=[invoice.number, "exe"])).status_code == 404


def test_the_offices_own_look_does_not_make_an_invoice_taken(client_as, invoice, economist):
    client_as("coordinator").get(reverse("finance:invoice_file", args=[invoice.number, "pdf"]))

    assert InvoiceDownload.objects.get().is_own is False
    assert [each.verb for each in waiting_invoices(economist, TODAY)] == ["Hämta"]


def test_an_archive_of_too_many_invoices_is_refused_and_asks_for_fewer(client, economist, monkeypatch):
    client.force_login(economist)
    monkeypatch.setattr(views, "MOST_IN_ARCHIVE", 0)

    page = client.get(reverse("finance:invoice_archive"), {"lage": "obetalda"}, follow=True)

    assert page.redirect_chain == [(reverse("finance:invoice_list") + "?lage=obetalda", 302)]
    assert "Visa färre, till exempel ett år i taget" in page.content.decode()
    assert not InvoiceDownload.objects.exists()


def test_an_auditor_reads_the_municipalitys_invoices_and_does_not_act_for_it(client, invoice, economist):
    auditor = factories.user("auditor", municipality=invoice.municipality)
    client.force_login(auditor)
    assert client.get(reverse("finance:invoice_file", args=[invoice.number, "pdf"])).status_code == 200

    assert not InvoiceDownload.objects.get().is_own
    assert [each.verb for each in waiting_invoices(economist, TODAY)] == ["Hämta"]
    with pytest.raises(Refused, match="tar emot fakturor"):
        actions.ask(invoice, "Vilken folkmängd?", by=auditor)
    assert 'name="text"' not in client.get(invoice.get_absolute_url()).content.decode()


def test_invoices_are_narrowed_by_year_state_and_municipality(client_as, run, invoice):
    client = client_as("coordinator")
    InvoicePayment.objects.create(
        invoice=invoice, paid_on=TODAY, amount=invoice.total, by=factories.user("coordinator")
    )
    other = run.invoices.exclude(pk=invoice.pk).get()

    def numbers(query: str) -> set[str]:
        rows = client.get(reverse("finance:invoice_list") + query).context["rows"]
        return {row.invoice.number for row in rows}

    assert numbers("?lage=betalda") == {invoice.number}
    assert numbers("?lage=forfallna") == numbers("?lage=obetalda") == {other.number}
    assert numbers("?lage=kredit") == numbers("?ar=1999") == set()
    assert numbers(f"?kommun={other.municipality_id}&ar={invoice.year}&lage=hittepå") == {other.number}
    assert numbers("?ar=x&kommun=99999999999999999999") == {invoice.number, other.number}


def test_queries_do_not_grow_with_the_invoices(client_as, django_assert_num_queries, monkeypatch):
    invoicing.issued(invoicing.run(invoicing.allocation({invoicing.buyer(): 100})))
    client = client_as("coordinator")
    addresses = [reverse("finance:invoice_list"), reverse("finance:run_list"), reverse("home")]
    run = InvoiceRun.objects.get()
    for address in [*addresses, run.get_absolute_url()]:
        client.get(address)
    counts = [_queries(client, address) for address in [*addresses, run.get_absolute_url()]]

    for _ in range(2):
        parties = [invoicing.buyer() for _ in range(4)]
        bigger = invoicing.issued(invoicing.run(invoicing.allocation(dict.fromkeys(parties, 100))))
    assert [_queries(client, address) for address in [*addresses, bigger.get_absolute_url()]] == counts


def test_queries_do_not_grow_with_the_rows_of_a_preview(client_as):
    client = client_as("approver")
    small = invoicing.run(invoicing.allocation({invoicing.buyer(): 100}))
    client.get(small.get_absolute_url())
    before = _queries(client, small.get_absolute_url())
    large = invoicing.run(invoicing.allocation({invoicing.buyer(): 100 for _ in range(6)}))

    assert _queries(client, large.get_absolute_url()) == before


def _queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# Runs -----------------------------------------------------------------------------------------------------------------


def post(client, name: str, data=None, **kwargs):
    return client.post(reverse(name, kwargs=kwargs), data or {}, follow=True)


def test_what_stops_a_run_stands_on_its_page_with_the_municipality(client_as):
    made = invoicing.run()
    party = made.lines.first().municipality
    party.invoicing.reference = ""
    party.invoicing.save()

    shown = client_as("approver").get(made.get_absolute_url()).content.decode()
    assert f"{party.full_name}: fakturareferens saknas" in shown
    assert "Attestera 168" not in shown
    answer = post(client_as("approver"), "finance:run_attest", run_id=made.pk)
    assert f"{party.full_name}: fakturareferens saknas" in answer.content.decode()


def test_a_run_goes_from_attest_to_issue_by_two_people(client_as):
    made = invoicing.run()
    post(client_as("approver"), "finance:run_attest", run_id=made.pk)
    answer = post(client_as("coordinator"), "finance:run_issue", run_id=made.pk)

    assert "Filer: 0 av 2 fakturor" in answer.content.decode()
    again = post(client_as("coordinator"), "finance:run_issue", run_id=made.pk)
    assert "utfärdade körningen" in again.content.decode()
    assert Invoice.objects.count() == 2


def test_a_run_is_made_of_the_years_allocations(client_as):
    invoicing.seller()
    source, rule = invoicing.allocation({invoicing.buyer(): 400_00}, year=2027), invoicing.vat_rule()
    address = reverse("finance:run_new") + "?ar=2027"
    asked = {
        "kind": "advance",
        "allocations": [source.pk],
        "which": "2/4",
        "title": "Kvartal 2",
        "period_from": "2027-01-01",
        "period_until": "2027-12-31",
        "days": 30,
        "rule": rule.pk,
    }
    client = client_as("coordinator")
    answer = client.post(address, asked, follow=True)

    made = answer.context["run"]
    assert made.lines.get().amount == 100_00
    assert (made.period_from, made.period_until) == (date(2027, 4, 1), date(2027, 6, 30))
    again = client.post(address, asked)
    assert again.status_code == 422
    assert "redan med i körningen ”Kvartal 2”" in again.content.decode()
    assert "Kvartal 2" in again.content.decode()


def test_a_list_of_use_with_a_formula_is_refused_with_its_cell(client_as):
    invoicing.seller()
    party, rule = invoicing.buyer(), invoicing.vat_rule()
    book = openpyxl.Workbook()
    book.active.append(["Kommun", "Avser", "Belopp"])
    book.active.append([party.name, "SMS", "=1+1"])
    kept = io.BytesIO()
    book.save(kept)
    asked = {
        "title": "Transaktioner",
        "period_from": "2026-01-01",
        "period_until": "2026-12-31",
        "days": 30,
        "rule": rule.pk,
    }
    client = client_as("coordinator")

    def send(content: bytes):
        file = SimpleUploadedFile("lista.xlsx", content)
        return client.post(reverse("finance:run_of_use") + "?ar=2026", asked | {"file": file}, follow=True)

    answer = send(kept.getvalue())
    assert answer.status_code == 422
    assert "C2" in answer.content.decode()
    assert not InvoiceRun.objects.exists()
    rows = [(party.name, "SMS", 12), ("Ingenstans", "SMS", 1), ("Ingen alls", "SMS", 1)]
    refused = send(workbook("Lista", ("Kommun", "Avser", "Belopp"), rows)).content.decode()
    assert "rad 3 (Ingenstans)" in refused
    assert "rad 4 (Ingen alls)" in refused
    send(workbook("Lista", ("Kommun", "Avser", "Belopp"), rows[:1]))
    assert InvoiceRun.objects.get().lines.get().amount == 12_00


# What becomes of an invoice -------------------------------------------------------------------------------------------


def test_an_invoice_is_overdue_reminded_partly_paid_and_paid(client_as, invoice, economist):
    client = client_as("coordinator")
    assert state(invoice) == "Förfallen"
    post(client, "finance:invoice_reminder", invoice_number=invoice.number)
    assert state(invoice) == "Förfallen, påmind"
    letter = Letter.objects.get(kind="invoice_reminder")
    assert letter.to_name == "Sanna"
    assert "105\u00a0125\u00a0kr återstår" in letter.body
    half = {"paid_on": TODAY.isoformat(), "amount": "52 562,50"}
    post(client, "finance:invoice_payment", half, invoice_number=invoice.number)
    post(client, "finance:invoice_payment", half, invoice_number=invoice.number)
    assert state(invoice) == "Betald"
    answer = post(client, "finance:invoice_reminder", invoice_number=invoice.number)
    assert "Fakturan är betald" in answer.content.decode()
    assert InvoiceReminder.objects.count() == 1


def test_a_payment_that_cannot_be_right_keeps_what_was_written(client_as, invoice):
    answer = client_as("coordinator").post(
        reverse("finance:invoice_payment", args=[invoice.number]), {"paid_on": "2099-01-01", "amount": "12,5"}
    )

    assert answer.status_code == 422
    assert "har inte varit än" in answer.content.decode()
    assert 'value="12,5"' in answer.content.decode()


def test_a_reminder_without_anybody_to_get_it_is_refused(invoice):
    with pytest.raises(Refused, match="ingen som tar emot fakturor"):
        actions.remind(invoice, by=factories.user("coordinator"))

    assert not InvoiceReminder.objects.exists()


def test_a_credited_invoice_says_so(client_as, invoice):
    answer = post(
        client_as("coordinator"), "finance:invoice_credit", {"reason": "Fel kommun"}, invoice_number=invoice.number
    )
    invoicing.issued(answer.context["run"])

    assert state(invoice) == "Krediterad"
    credit = Invoice.objects.get(kind="credit")
    assert credit.facts["terms"] == (
        f"Gäller faktura {invoice.number}. Det som inte är betalt ska inte betalas. "
        "Det som redan är betalt räknas av vid nästa betalning."
    )
    assert state(credit) == "Minskar en obetald faktura"
    actions.add_payment(invoice, TODAY, invoice.total, by=factories.user("coordinator"))
    assert state(credit) == "Att räkna av"
    assert credit.number in client_as("coordinator").get(invoice.get_absolute_url()).content.decode()


def test_a_question_goes_to_the_office_and_its_answer_back(client, client_as, invoice, economist):
    client.force_login(economist)
    post(client, "finance:invoice_question", {"text": "Vilken folkmängd?"}, invoice_number=invoice.number)
    question = InvoiceQuestion.objects.get()
    assert Letter.objects.get(kind="invoice_question").to_address == Seller.objects.get().email

    office = client_as("coordinator")
    post(
        office,
        "finance:invoice_answer",
        {"text": "Den vid årsskiftet."},
        invoice_number=invoice.number,
        question_id=question.pk,
    )
    assert Letter.objects.get(kind="invoice_answer").to_address == economist.email
    assert "Den vid årsskiftet." in client.get(invoice.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="redan besvarad"):
        actions.answer(question, "Igen", by=factories.user("coordinator"))


def test_an_empty_question_is_refused_on_the_page(client, invoice, economist):
    client.force_login(economist)
    answer = post(client, "finance:invoice_question", {"text": " "}, invoice_number=invoice.number)

    assert answer.status_code == 422
    assert not InvoiceQuestion.objects.exists()


# Terms ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"vat_number": "SE212000274301"}, "Momsregistreringsnumret SE212000274301 stämmer inte"),
        ({"bankgiro": "5050-1056"}, "Bankgironumret 5050-1056 stämmer inte"),
        ({"endpoint_scheme": "0007", "endpoint": "2120002743"}, "Organisationsnumret 2120002743 stämmer inte"),
        ({"endpoint_scheme": "0088", "endpoint": "7300010000002"}, "Lokaliseringsnumret (GLN) 7300010000002"),
    ],
)
def test_a_number_with_a_wrong_check_digit_is_refused_beside_its_field(client_as, data, sentence):
    factories.board()
    usual = {"days": 30, "voucher_series": "F", "alphabet": "cp437", "endpoint_scheme": "0007"}
    answer = client_as("coordinator").post(reverse("finance:seller"), usual | data)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Seller.objects.exists()


def test_a_vat_rule_that_has_been_invoiced_by_is_ended_not_changed(client_as, run):
    rule = VatRule.objects.get()
    facts = {
        "name": rule.name,
        "category": "S",
        "rate": 12,
        "income_account": "3520",
        "vat_account": "2621",
        "decision": "2026-11-01",
        "decided_on": "2026-11-01",
        "valid_from": "2026-01-01",
    }
    client = client_as("coordinator")
    refused = client.post(reverse("finance:vat_rule", args=[rule.pk]), facts)
    assert "Låt den sluta gälla och lägg upp en ny" in refused.content.decode()
    ended = facts | {"rate": 25, "valid_until": "2026-12-31"}
    assert client.post(reverse("finance:vat_rule", args=[rule.pk]), ended).status_code == 302


def test_a_municipalitys_reference_is_written_in_where_it_is_missing(client_as):
    factories.board()
    party = factories.municipality("Alfors", org_number=invoicing.org_number(7))
    client = client_as("coordinator")
    assert "saknas" in client.get(reverse("finance:invoice_terms")).content.decode()
    facts = {
        "reference": "ZZ7",
        "street": "Box 7",
        "postal_code": "981 00",
        "city": "Alfors",
        "endpoint_scheme": "0007",
    }
    client.post(reverse("finance:buyer", args=[party.pk]), facts)

    party.refresh_from_db()
    assert party.invoicing.reference == "ZZ7"


# The start page -------------------------------------------------------------------------------------------------------


def test_each_is_told_what_waits_for_just_them(run, economist):
    waiting = invoicing.run(invoicing.allocation({invoicing.buyer(): 100}), title="Att attestera")
    ready = invoicing.attested(invoicing.run(invoicing.allocation({invoicing.buyer(): 100}), title="Att utfärda"))
    actions.ask(run.invoices.get(municipality=economist.grants.get().municipality), "Varför?", by=economist)

    def told(user) -> list[str]:
        return sorted(each.what for each in waiting_invoices(user, TODAY))

    invoice = run.invoices.get(municipality=economist.grants.get().municipality)
    assert told(economist) == [f"Faktura {invoice.number} finns att hämta"]
    assert told(factories.user("approver")) == [f"Attestera {waiting}"]
    assert told(factories.user("coordinator")) == [
        "Påminn om 2 förfallna fakturor",
        f"Svara om faktura {invoice.number}",
        f"Utfärda {ready}",
    ]
    assert told(factories.user("economist")) == told(factories.user("member")) == []

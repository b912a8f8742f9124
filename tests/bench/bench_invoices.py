"""How long invoices take: `python -m tests.bench.bench_invoices`.

A run of 290 municipalities and ten items is issued and its files made, then pages are asked for with twenty years of
invoices behind them. Files are made by one process, as in `make run`; pages are measured as in bench_pages. Targets: an
issue under 2 s, the files under 120 s on two cores and in under 500 MB, pages under 200 ms 95 times of 100.
"""

import functools
import resource
import tempfile
from datetime import date
from decimal import Decimal

from tests.bench import figures, portal

MUNICIPALITIES, ITEMS, YEARS, RUNS_A_YEAR = 290, 10, 20, 4
ISSUE_TARGET, FILES_TARGET, PAGE_TARGET = 2_000, 120_000, 200  # ms
MEMORY_TARGET = 500  # MB


def run():
    """Print how long issue and files take, how much memory, and each page's median, 95th percentile and queries."""
    with tempfile.TemporaryDirectory(prefix="matning-") as folder:
        portal.set_up(folder)
        made = make_run()
        figures.heading(f"Fakturor: en körning med {MUNICIPALITIES} kommuner × {ITEMS} poster")
        issue(made)
        files(made)
        user = twenty_years(made)
        portal.as_web_process()
        figures.heading(f"Sidor med tjugo år av fakturor ({size()})")
        with portal.gunicorn() as port:
            for name, (address, reader) in pages(made, user).items():
                portal.report_pages(portal.Visitor(port, reader), {name: address}, PAGE_TARGET)


def make_run():
    """The run, attested."""
    from finance.invoicing.drafting import Draft
    from tests import factories
    from tests.finance import invoicing

    factories.board()
    invoicing.seller()
    rule = invoicing.vat_rule()
    parties = [invoicing.buyer() for _ in range(MUNICIPALITIES)]
    items = [invoicing.item(f"Tjänst nummer {number}") for number in range(1, ITEMS + 1)]
    drafts = [
        Draft(
            municipality=party,
            name=f"{item.name} 2026",
            amount=1000_37 * (place + 1) + party.pk,
            vat_rule=rule,
            account=rule.income_account,
            explanation="Folkmängd 31 december 2024: 5 871 av 248 480. Fördelat: 1 036 100 kr",
            quantity=Decimal(1),
            item=item,
        )
        for party in parties
        for place, item in enumerate(items)
    ]
    return invoicing.attested(invoicing.run_of(*drafts, year=2026, title="Grundbelopp och tjänster 2026"))


def issue(made):
    from finance.actions import invoice_runs
    from tests import factories

    by = factories.user("coordinator")
    act = functools.partial(invoice_runs.issue_run, made, by=by)
    figures.report("Utfärda: nummer och rader", figures.timed(act, rounds=1), target=ISSUE_TARGET)


def files(made):
    from finance.invoicing.files import make_files

    timing = figures.timed(functools.partial(make_files.func, made.pk), rounds=1)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures.report("PDF och XML till alla", timing, target=FILES_TARGET, note=f"{memory} MB, mål {MEMORY_TARGET} MB")


def twenty_years(made):
    """Copies of the run's invoices, four runs a year: who keeps the economy."""
    from django.db import connection

    from finance.models import Invoice, InvoiceFiles, InvoiceLine, InvoicePayment, InvoiceRun
    from tests import factories

    by = factories.user("coordinator", name="Elin Ek")
    own = list(made.invoices.prefetch_related("lines")[:14])
    paper = own[0].files
    for year in range(2026 - YEARS, 2026):
        runs = InvoiceRun.objects.bulk_create(a_run(year, part, by) for part in range(1, RUNS_A_YEAR + 1))
        rows = [a_copy(each, run, place) for run in runs for place, each in enumerate(own, 1)]
        invoices = Invoice.objects.bulk_create(rows)
        lines = [
            InvoiceLine(**fields_of(line) | {"invoice_id": invoice.pk})
            for number, invoice in enumerate(invoices)
            for line in own[number % len(own)].lines.all()
        ]
        InvoiceLine.objects.bulk_create(lines, batch_size=500)
        InvoicePayment.objects.bulk_create(
            InvoicePayment(invoice=each, paid_on=date(year, 12, 1), amount=each.total, by=by) for each in invoices
        )
    assert InvoiceFiles.objects.filter(pk=paper.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return by


def a_run(year: int, part: int, by):
    from finance.models import InvoiceRun

    period = {"period_from": date(year, 1, 1), "period_until": date(year, 12, 31)}
    return InvoiceRun(
        year=year, kind="advance", title=f"Kvartal {part} {year}", part=part, parts=4, made_by=by, **period
    )


def a_copy(invoice, run, place: int):
    from finance.models import Invoice

    serial = (run.part - 1) * 1000 + place
    number = f"{run.year}{serial:04}"
    return Invoice(
        **fields_of(invoice)
        | {"number": number, "ocr": number, "year": run.year, "serial": serial, "run_id": run.pk, "title": run.title}
    )


def fields_of(row) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}


def size() -> str:
    from finance.models import Invoice, InvoiceLine

    return f"{Invoice.objects.count()} fakturor, {InvoiceLine.objects.count()} rader"


def pages(made, user) -> dict[str, tuple]:
    from django.urls import reverse

    from tests import factories

    invoices = reverse("finance:invoice_list")
    latest = made.invoices.latest("serial")
    economist = factories.user("economist", municipality=made.invoices.earliest("serial").municipality)
    return {
        "Fakturor": (invoices, user),
        "  sista sidan": (invoices + "?sida=20", user),
        "  förfallna": (invoices + "?lage=forfallna", user),
        "  en kommuns egna": (invoices, economist),
        "Fakturan": (latest.get_absolute_url(), user),
        "Körningar": (reverse("finance:run_list"), user),
        "Körningen, utfärdad": (made.get_absolute_url(), user),
        "Uppgifter": (reverse("finance:invoice_terms"), user),
        "Att göra, e-kontoret": (reverse("home"), user),
        "Att göra, ekonomen": (reverse("home"), economist),
    }


if __name__ == "__main__":
    run()

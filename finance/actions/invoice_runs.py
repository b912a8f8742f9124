"""The verbs of runs: made, attested by another, issued once, or taken away before that."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.documents.series import locked_series
from enamnd.journal.record import record
from enamnd.organisation.current import current_board
from finance import invoice_rules as rules
from finance.invoicing import composing, drafting
from finance.invoicing.composing import Planned
from finance.invoicing.drafting import Draft
from finance.invoicing.files import make_files
from finance.invoicing.payment import ocr_reference
from finance.models import (
    Allocation,
    Attest,
    Invoice,
    InvoiceCredit,
    InvoiceLine,
    InvoiceRun,
    RunIssue,
    RunSource,
    VatRule,
)

FACTS = ("year", "kind", "title", "part", "parts", "period_from", "period_until", "days", "note")


@transaction.atomic
def make_run(allocations: Sequence[Allocation], rule: VatRule, *, by: User, **facts) -> InvoiceRun:
    """Make a run of allocations (ny körning): their whole year, a part of it, or the settlement after it.

    `rule` taxes what has no terms of its own. Refused when an allocation has been replaced, when a part has been
    invoiced already, when the cost item has been settled for the year by something else, and for the settlement of
    what has no cost item.
    """
    rules.check_can_prepare(by)
    allocations = list(Allocation.objects.select_for_update(of=("self",)).filter(pk__in=[a.pk for a in allocations]))
    part, parts = facts.get("part", 1), facts.get("parts", 1)
    rules.check_hold(allocations, field="allocations")
    rules.check_not_invoiced_already(allocations, facts["kind"], part, parts)
    if facts["kind"] == InvoiceRun.Kind.SETTLEMENT:
        rules.check_can_settle(allocations)
        rules.check_settles_all(allocations, facts["year"])
        drafts = drafting.of_settlement(allocations, facts["year"], rule)
    else:
        rules.check_not_settled([each.item_id for each in allocations], facts["year"], field="allocations")
        drafts = drafting.of_allocations(allocations, part, parts, rule)
    run = _made(drafts, by, **facts)
    RunSource.objects.bulk_create(RunSource(run=run, allocation=each) for each in allocations)
    return run


@transaction.atomic
def make_run_of_use(drafts: Iterable[Draft], *, by: User, **facts) -> InvoiceRun:
    """Make a run of what each municipality has used (transaktioner), read from a list."""
    rules.check_can_prepare(by)
    drafts = list(drafts)
    rules.check_not_settled([each.item.pk for each in drafts if each.item], facts["year"], field="item")
    return _made(drafts, by, **facts | {"kind": InvoiceRun.Kind.TRANSACTIONS})


@transaction.atomic
def make_credit(invoice: Invoice, reason: str, *, by: User) -> InvoiceRun:
    """Make a run that gives the whole of an invoice back (kreditera). It is attested and issued like any other."""
    invoice = Invoice.objects.select_for_update(of=("self",)).select_related("run").get(pk=invoice.pk)
    rules.check_can_credit(invoice, by)
    facts = {name: getattr(invoice.run, name) for name in ("year", "period_from", "period_until", "days")}
    run = _made(
        drafting.of_invoice(invoice),
        by,
        kind=InvoiceRun.Kind.CREDIT,
        title=f"Kreditering av faktura {invoice.number}",
        note=reason.strip()[:300],
        credits=invoice,
        **facts,
    )
    record("invoice.credit_made", invoice, by=by, reason=run.note)
    return run


def _made(drafts: Iterable[Draft], by: User, **facts) -> InvoiceRun:
    drafts = list(drafts)
    rules.check_period(facts["period_from"], facts["period_until"])
    rules.check_amounts(each.amount for each in drafts)
    run = InvoiceRun.objects.create(made_by=by, **facts)
    drafting.kept(drafts, run)
    rules.check_has_rows(run)
    record("run.made", run, by=by, rows=len(drafts))
    return run


@transaction.atomic
def remove_run(run: InvoiceRun, *, by: User):
    """Take a run away before it is issued (ta bort)."""
    run = _locked(run)
    rules.check_can_remove(run, by)
    record("run.removed", run, by=by)
    Attest.objects.filter(run=run).delete()
    run.lines.all().delete()
    run.sources.all().delete()
    run.delete()


@transaction.atomic
def attest_run(run: InvoiceRun, *, by: User) -> Attest:
    """Attest that a run may be invoiced (beslutsattest): by another than who made it, of just what it holds now.

    Refused, with every municipality and reason, when one of its invoices could not be sent.
    """
    run = _locked(run)
    rules.check_can_attest(run, by)
    rules.check_nothing_is_wrong(composing.problems_of(composing.planned(run, timezone.localdate())))
    total = sum(run.lines.values_list("amount", flat=True))
    attest = Attest.objects.create(run=run, by=by, total=total, sha256=rules.digest_of(run))
    record("run.attested", run, by=by, sha256=attest.sha256)
    return attest


@transaction.atomic
def take_back_attest(run: InvoiceRun, *, by: User):
    """Take an attest back before the run is issued."""
    run = _locked(run)
    rules.check_can_take_back_attest(run, by)
    Attest.objects.filter(run=run).delete()
    record("run.attest_taken_back", run, by=by)


@transaction.atomic
def issue_run(run: InvoiceRun, *, by: User, today: date | None = None) -> RunIssue:
    """Issue a run (utfärda): its invoices get numbers without a gap, and everything on them is copied. Once.

    Their files are made afterwards, by the task worker. Of two who issue at once the second is told who was first.
    `today` is the day of the invoices, when it is not today.
    """
    run = _locked(run)
    rules.check_can_issue(run, by)
    rules.check_is_as_attested(run, run.attest)
    today = today or timezone.localdate()
    locked_series(f"invoice:{today.year}")  # nothing else is issued meanwhile
    rules.check_still_holds(run)
    plan = composing.planned(run, today)
    rules.check_nothing_is_wrong(composing.problems_of(plan))
    invoices = _numbered(plan, run, today.year)
    _keep_rows(plan, invoices)
    issue = RunIssue.objects.create(run=run, by=by, first_number=invoices[0].number, last_number=invoices[-1].number)
    record("run.issued", run, by=by, first=issue.first_number, last=issue.last_number, number=len(invoices))
    make_files.enqueue(run.pk)
    return issue


@transaction.atomic
def ask_for_files(run: InvoiceRun, *, by: User):
    """Ask the task worker anew for files that were never made (gör filerna igen)."""
    rules.check_can_prepare(by)
    rules.check_lacks_files(run)
    record("run.files_asked_for", run, by=by)
    make_files.enqueue(run.pk)


@transaction.atomic
def note_export(run: InvoiceRun, what: str, *, by: User):
    """Write down that a run was taken out to the host's ledger."""
    rules.check_can_read_all(by)
    record("run.exported", run, by=by, what=what)


def _numbered(plan: list[Planned], run: InvoiceRun, year: int) -> list[Invoice]:
    """The invoices, with the next numbers of the year: the counter is locked until all is kept."""
    series = locked_series(f"invoice:{year}")
    board = current_board()
    invoices = []
    for serial, each in enumerate(plan, series.last + 1):
        number = f"{year}{serial:04}"
        made = replace(each.document, number=number, ocr=ocr_reference(number))
        invoices.append(
            Invoice(
                number=number,
                year=year,
                serial=serial,
                kind=made.kind,
                run=run,
                municipality=each.municipality,
                title=made.title,
                issued_on=made.issued_on,
                due_on=made.due_on,
                ocr=made.ocr,
                net=composing.in_öre(made.net),
                tax=composing.in_öre(made.tax),
                total=composing.in_öre(made.total),
                facts=composing.facts_of(made, board),
            )
        )
    series.last += len(invoices)
    series.save(update_fields=["last"])
    return Invoice.objects.bulk_create(invoices)


def _keep_rows(plan: list[Planned], invoices: list[Invoice]):
    lines, credits = [], []
    for each, invoice in zip(plan, invoices, strict=True):
        sign = -1 if invoice.is_credit else 1
        lines += [_issued_row(row, invoice, place, sign) for place, row in enumerate(each.rows, 1)]
        credits += [InvoiceCredit(credit=invoice, credited=of, amount=amount) for of, amount in each.credits]
    InvoiceLine.objects.bulk_create(lines, batch_size=500)
    InvoiceCredit.objects.bulk_create(credits)


def _issued_row(row, invoice: Invoice, place: int, sign: int) -> InvoiceLine:
    return InvoiceLine(
        invoice=invoice,
        position=place,
        item_id=row.item_id,
        share_id=row.share_id,
        name=row.name,
        explanation=row.explanation,
        quantity=row.quantity,
        amount=sign * row.amount,
        category=row.vat_rule.category,
        rate=row.vat_rule.rate,
        reason=row.vat_rule.reason,
        account=row.account,
        vat_account=row.vat_rule.vat_account,
        vat_rule=row.vat_rule,
        project=row.project,
    )


def _locked(run: InvoiceRun) -> InvoiceRun:
    return InvoiceRun.objects.select_for_update(of=("self",)).get(pk=run.pk)

"""What may be done with runs and invoices, when and by whom."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from enamnd.accounts.roles import ROLES, Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_date
from enamnd.formats import listed
from enamnd.money import with_unit
from enamnd.organisation.current import current_board
from enamnd.refusal import Problem, Refused

from .models import (
    Allocation,
    Attest,
    CostItem,
    Invoice,
    InvoiceLine,
    InvoiceQuestion,
    InvoiceRun,
    RunIssue,
    RunSource,
    Seller,
)

MOST = 10**14  # öre


def check_can_prepare(by):
    """Runs, terms and payments are kept by those who keep the economy."""
    check_may(by, Permission.KEEP_ECONOMY)


def check_can_read_all(by):
    check_may(by, Permission.READ_ALL_INVOICES)


def own_municipalities(by) -> set[int]:
    """The municipalities whose invoices `by` reads by a role held for them."""
    return _municipalities_with(by, Permission.READ_INVOICES)


def receiving_municipalities(by) -> set[int]:
    """The municipalities that `by` receives invoices for, and so acts for: an auditor reads, and is not one of them."""
    return _municipalities_with(by, Permission.RECEIVE_INVOICES)


def _municipalities_with(by, permission: Permission) -> set[int]:
    grants = [each for each in by.grants_in_force if permission in ROLES[each.role].permissions]
    return {each.municipality_id for each in grants if each.municipality_id}


def check_can_read(invoice: Invoice, by):
    """Each municipality reads its own invoices; those who make and attest them read all."""
    if by.is_active and (invoice.municipality_id in own_municipalities(by) or by.may(Permission.READ_ALL_INVOICES)):
        return
    raise Refused("Fakturan gäller en annan kommun än din.")


# Runs -----------------------------------------------------------------------------------------------------------------


def is_issued(run: InvoiceRun) -> bool:
    return RunIssue.objects.filter(run=run).exists()


def check_not_issued(run: InvoiceRun):
    issue = RunIssue.objects.select_related("by").filter(run=run).first()
    if issue:
        at = timezone.localtime(issue.at)
        raise Refused(
            f"{issue.by} utfärdade körningen {long_date(at.date())} kl. {at:%H.%M}. Fakturorna har nummer "
            f"{issue.first_number}–{issue.last_number}, och inget kan ändras eller tas bort. Det som är fel krediteras."
        )


def check_has_rows(run: InvoiceRun):
    if not run.lines.exists():
        raise Refused("Körningen har inga rader att fakturera.")


def check_nothing_is_wrong(problems: tuple[Problem, ...]):
    if problems:
        raise Refused(problems=problems)


def check_can_remove(run: InvoiceRun, by):
    """A run that has been issued is never taken away."""
    check_can_prepare(by)
    check_not_issued(run)


def check_can_attest(run: InvoiceRun, by):
    """Two must see it: who attests is not who made the run (beslutsattest)."""
    check_may(by, Permission.ATTEST_INVOICES)
    check_not_issued(run)
    if Attest.objects.filter(run=run).exists():
        raise Refused("Körningen är redan attesterad.")
    if run.made_by_id == by.pk:
        raise Refused("Du har gjort körningen själv. En annan beslutsattestant måste attestera den.")


def check_can_take_back_attest(run: InvoiceRun, by):
    check_may(by, Permission.ATTEST_INVOICES)
    check_not_issued(run)
    if not Attest.objects.filter(run=run).exists():
        raise Refused("Körningen är inte attesterad.")


def check_can_issue(run: InvoiceRun, by):
    """Refused until somebody else has attested it, and once it has been issued."""
    check_can_prepare(by)
    check_not_issued(run)
    attest = Attest.objects.filter(run=run).first()
    if attest is None:
        raise Refused("Körningen är inte attesterad. Be en beslutsattestant att attestera den först.")


def check_is_as_attested(run: InvoiceRun, attest: Attest):
    """Refused when a row is another than what was attested, however that came about."""
    if attest.sha256 != digest_of(run):
        raise Refused("Underlaget är ändrat sedan det attesterades. Ta tillbaka attesten och attestera på nytt.")


def check_still_holds(run: InvoiceRun):
    """Refused when an allocation has been replaced since the run was made, and when what has been issued since would
    make it charge or give back twice.
    """
    check_hold(Allocation.objects.filter(runs__run=run))
    if run.kind == InvoiceRun.Kind.SETTLEMENT:
        if _taken_off(run) != _invoiced(run):
            raise Refused(
                "Fakturor har tillkommit eller krediterats sedan avräkningen gjordes. Ta bort körningen och gör om den."
            )
    elif run.kind == InvoiceRun.Kind.CREDIT:
        check_not_credited(run.credits)
    else:
        check_not_settled(run.lines.values_list("item", flat=True), run.year)


def _taken_off(run: InvoiceRun) -> dict[tuple[int, int], int]:
    """What a settlement takes off, in öre, by municipality and cost item: its rows that are no share."""
    return _sums(run.lines.filter(share=None).values_list("municipality", "item", "amount"), -1)


def _invoiced(run: InvoiceRun) -> dict[tuple[int, int], int]:
    """What has been invoiced of what a settlement settles, less what has been given back, in the same way."""
    items = run.sources.values("allocation__item")
    lines = InvoiceLine.objects.filter(item__in=items, invoice__run__year=run.year)
    rows = lines.values_list("invoice__municipality", "item", "amount")
    owed = _sums(rows.filter(invoice__kind=Invoice.Kind.INVOICE))
    given_back = _sums(rows.filter(invoice__kind=Invoice.Kind.CREDIT))
    both = {key: owed.get(key, 0) - given_back.get(key, 0) for key in owed | given_back}
    return {key: amount for key, amount in both.items() if amount}


def _sums(rows, sign: int = 1) -> dict[tuple[int, int], int]:
    """The sums that are not 0, of rows of municipality, item and amount."""
    sums: dict[tuple[int, int], int] = defaultdict(int)
    for municipality, item, amount in rows:
        sums[municipality, item] += sign * amount
    return {key: amount for key, amount in sums.items() if amount}


def check_lacks_files(run: InvoiceRun):
    if not Invoice.objects.filter(run=run, files=None).exists():
        raise Refused("Alla fakturor i körningen har sina filer.")


def digest_of(run: InvoiceRun) -> str:
    """SHA-256 of what is attested, as JSON with sorted keys: the run's facts, every row, what its VAT rule says, and
    where the seller is paid.
    """
    facts = ("year", "kind", "title", "part", "parts", "days", "note", "credits_id")
    row = ("municipality_id", "position", "name", "explanation", "amount", "vat_rule_id", "account", "project")
    taxed = ("vat_rule__category", "vat_rule__reason", "vat_rule__vat_account")
    numbers = ("quantity", "vat_rule__rate")
    lines = run.lines.order_by("municipality_id", "position").values_list(*row, *taxed, *numbers)
    told = {
        "run": {name: getattr(run, name) for name in facts}
        | {"period": [run.period_from.isoformat(), run.period_until.isoformat()]},
        "rows": [[*values, f"{quantity.normalize():f}", f"{rate.normalize():f}"] for *values, quantity, rate in lines],
        "paid_to": list(Seller.objects.filter(board=current_board()).values_list("bankgiro", "plusgiro")),
    }
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def check_period(first: date, last: date):
    if last < first:
        raise Refused("Tiden slutar före den börjar.", field="period_until")


def check_amounts(amounts):
    for amount in amounts:
        if abs(amount) >= MOST:
            raise Refused(f"{with_unit(amount)} kan inte stämma. Belopp är mindre än en biljon kronor.")


def check_hold(allocations: Iterable[Allocation], *, field: str | None = None):
    """Refused for an allocation that another has taken the place of: what it says is no longer what is to be paid."""
    for each in allocations:
        if each.replaced_by_id:
            raise Refused(
                f"”{each}” gäller inte längre: ”{each.replaced_by}” har ersatt den. Gör körningen av den som gäller.",
                field=field,
            )


def check_not_invoiced_already(allocations: list[Allocation], kind: str, part: int, parts: int):
    """Refused when the same part of an allocation is in another run that has not been credited as a whole.

    An allocation stands for those it has replaced: what they were invoiced by has been invoiced.
    """
    for allocation in allocations:
        before = replaced_by(allocation)
        runs = InvoiceRun.objects.filter(sources__allocation__in=[allocation, *before]).distinct()
        for run in runs.select_related("issue"):
            issued = is_issued(run)
            if not allocation.item_id:
                _check_has_not_changed_since(run, allocation, before)
            if kind == InvoiceRun.Kind.SETTLEMENT:
                overlaps = not issued  # what has been issued is taken off by the settlement itself
            elif run.kind == InvoiceRun.Kind.SETTLEMENT:
                overlaps = True  # a settlement takes the whole
            else:
                overlaps = (part - 1) * run.parts < run.part * parts and (run.part - 1) * parts < part * run.parts
            if overlaps and not is_credited(run):
                which = f"del {run.part} av {run.parts} av " if run.parts > 1 else ""
                changed = (
                    allocation.item_id and before and " Det som har ändrats sedan dess faktureras med en avräkning."
                )
                raise Refused(
                    f"”{allocation}”: {which}beloppet är redan med i körningen ”{run}”"
                    + (f", som är utfärdad.{changed or ''}" if issued else ". Ta bort den först."),
                    field="allocations",
                )


def _check_has_not_changed_since(run: InvoiceRun, allocation: Allocation, before: list[Allocation]):
    """Refused when a run of what an allocation without cost item has replaced stands: no settlement evens it out."""
    if run.sources.filter(allocation__in=before).exists() and is_issued(run) and not is_credited(run):
        raise Refused(
            f"”{allocation}” har ändrats sedan den fakturerades i körningen ”{run}”. Den har ingen kostnadspost att "
            "avräkna, så kreditera de fakturorna först och fakturera sedan det hela på nytt.",
            field="allocations",
        )


def replaced_by(allocation: Allocation) -> list[Allocation]:
    """Those whose place an allocation has taken, the latest first."""
    found = []
    before = Allocation.objects.filter(replaced_by=allocation).first()
    while before:
        found.append(before)
        before = Allocation.objects.filter(replaced_by=before).first()
    return found


def check_can_settle(allocations: list[Allocation]):
    """Refused for an allocation without a cost item: it is by item that what has been invoiced is taken off."""
    for allocation in allocations:
        if not allocation.item_id:
            raise Refused(
                f"”{allocation}” har ingen kostnadspost, så det som redan är fakturerat kan inte dras av. "
                "Har något ändrats: kreditera de fakturorna och fakturera sedan det hela på nytt.",
                field="allocations",
            )


def check_settles_all(allocations: list[Allocation], year: int):
    """Refused when another settlement has counted one of the cost items by an allocation that is not counted here.

    A settlement takes off all that has been invoiced for an item, so it must hold all that the item has cost: else it
    would give back what the other settlement charged.
    """
    counted = {each.pk for allocation in allocations for each in (allocation, *replaced_by(allocation))}
    others = RunSource.objects.filter(run__kind=InvoiceRun.Kind.SETTLEMENT, run__year=year)
    others = others.filter(allocation__item__in=[each.item_id for each in allocations]).exclude(allocation__in=counted)
    for each in others.select_related("run", "allocation__item"):
        if not is_credited(each.run):
            what = f"{each.allocation.item} {year} avräknas redan i körningen ”{each.run}”, av ”{each.allocation}”. "
            raise Refused(
                what + "Ta med den fördelningen också, eller ersätt den med den nya."
                if is_issued(each.run)
                else what + "Ta bort den körningen först, och avräkna allt på en gång.",
                field="allocations",
            )


def check_not_settled(items: Iterable[int | None], year: int, *, field: str | None = None):
    """Refused when one of the cost items has been settled for the year: after that there are only settlements."""
    wanted = {each for each in items if each}
    settled = InvoiceRun.objects.filter(
        kind=InvoiceRun.Kind.SETTLEMENT, issue__isnull=False, year=year, lines__item__in=wanted
    )
    for run in settled.distinct() if wanted else ():
        if not is_credited(run):
            names = listed(map(str, CostItem.objects.filter(pk__in=wanted, run_lines__run=run).distinct()))
            raise Refused(
                f"{names} {year} är redan avräknat, i körningen ”{run}”. "
                "Det som har tillkommit sedan dess faktureras med en ny avräkning.",
                field=field,
            )


def is_credited(run: InvoiceRun) -> bool:
    """Whether all that a run invoiced has been given back. What it gave back itself cannot be."""
    if Invoice.objects.filter(run=run, kind=Invoice.Kind.CREDIT).exists():
        return False
    invoices = list(Invoice.objects.filter(run=run, kind=Invoice.Kind.INVOICE).with_sums())
    return bool(invoices) and all(each.credited_sum >= each.total for each in invoices)


# Invoices -------------------------------------------------------------------------------------------------------------


def check_can_credit(invoice: Invoice, by):
    """A whole invoice is credited once, and not while another run waits to do it."""
    check_can_prepare(by)
    if invoice.is_credit:
        raise Refused("En kreditfaktura krediteras inte. Gör en ny faktura i stället.")
    check_not_credited(invoice)
    waiting = InvoiceRun.objects.filter(credits=invoice, issue__isnull=True).first()
    if waiting:
        raise Refused(f"Körningen ”{waiting}” krediterar redan fakturan.")


def check_not_credited(invoice: Invoice):
    """Refused when anything has been taken back from an invoice."""
    credited = invoice.credited_by.filter(amount__gt=0).values_list("credit__number", flat=True)
    if credited:
        raise Refused(f"Fakturan är redan krediterad, med {listed(credited)}.")


def check_payment(invoice: Invoice, paid_on: date, amount: int, paid: int):
    if paid_on > timezone.localdate():
        raise Refused(f"{long_date(paid_on)} har inte varit än. Skriv dagen då betalningen kom.", field="paid_on")
    if not amount:
        raise Refused("Skriv hur mycket som betalades.", field="amount")
    if paid + amount < 0:
        raise Refused(f"Så mycket har inte betalats: hittills {with_unit(paid)}.", field="amount")
    if invoice.is_credit and amount > 0 and paid + amount > invoice.total:
        raise Refused(f"Kreditfakturan är på {with_unit(invoice.total)}.", field="amount")


def check_can_remind(invoice: Invoice, left: int, today: date):
    """Only what is overdue and unpaid is reminded of."""
    if invoice.is_credit:
        raise Refused("En kreditfaktura påminns det inte om.")
    if left <= 0:
        raise Refused("Fakturan är betald.")
    if invoice.due_on >= today:
        raise Refused(f"Fakturan förfaller {long_date(invoice.due_on)}. Påminn när den dagen har gått.")


def check_can_ask(invoice: Invoice, by):
    check_can_read(invoice, by)
    if invoice.municipality_id not in receiving_municipalities(by):
        raise Refused("Frågor ställs av dem som tar emot fakturor för den kommun som fakturan gäller.")


def check_can_answer(question: InvoiceQuestion, by):
    check_can_prepare(by)
    if question.answered_at:
        raise Refused("Frågan är redan besvarad.")

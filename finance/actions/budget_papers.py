"""The verbs that carry a budget to the board, and take in a table that was printed elsewhere."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.documents.actions import Upload, register_document
from enamnd.documents.models import Case, Document
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import rules
from ..budget_paper import budget_pdf, compose_budget
from ..budgets import ROWS, entries_of, findings_of, known_labels, versions
from ..models import BudgetRow, BudgetVersion, CostItem
from ..printed import PrintedRow, PrintedTable, grouped_rows
from .items import add_item


def put_before_board(version: BudgetVersion, case: Case, title: str, *, by: User, reason: str = "") -> BudgetVersion:
    """Register a version as a document of a case, for the board to decide (handling till nämnden).

    The paper is drawn before the rows are locked. Refused while the budget disagrees with itself, unless a reason says
    why it goes on so; the reason is kept in the journal.
    """
    rules.check_can_keep(by)
    seen = versions().prefetch_related(ROWS).get(pk=version.pk)
    rules.check_can_go_to_board(seen)
    if findings_of(seen) and not reason.strip():
        raise Refused(
            "Budgeten har sådant som inte stämmer. Rätta det, eller skriv varför den läggs fram ändå.", field="reason"
        )
    return _register(seen, case, title, budget_pdf(compose_budget(seen)), reason.strip(), by)


@transaction.atomic
def _register(seen: BudgetVersion, case: Case, title: str, paper: bytes, reason: str, by: User) -> BudgetVersion:
    version = BudgetVersion.objects.select_for_update(of=("self",)).select_related("budget").get(pk=seen.pk)
    rules.check_can_go_to_board(version)
    if entries_of(version.rows.all()) != entries_of(seen.rows.all()):
        raise Refused("Någon ändrade budgeten medan papperet skrevs ut. Läs den igen och försök på nytt.")
    version.document = register_document(
        case,
        direction=Document.Direction.DRAWN_UP,
        title=title,
        dated=timezone.localdate(),
        upload=Upload(f"budget-{version.budget.year}.pdf", "application/pdf", paper),
        by=by,
    )
    version.save()
    record("budget_version.put_before_board", version, by=by, within=version.budget, reason=reason)
    return version


NEW_ITEM = "new"


def unknown_labels(table: PrintedTable) -> list[PrintedRow]:
    """Rows whose label has not stood for any item on that side before."""
    known = known_labels()
    return [each for each in table.of("row") if (each.side, each.label.casefold()) not in known]


@transaction.atomic
def take_in(
    version: BudgetVersion, table: PrintedTable, column: int, chosen: Mapping[int, CostItem], *, by: User | None
) -> int:
    """Write a printed table's column as the version's rows, instead of those it has (läs in tabellen).

    The sums that the table prints are kept, to hold the rows against. `chosen` says by row number which item an unknown
    label stands for; one without is a new item, the same on both sides when the label is. Gives how many rows.
    """
    if by is not None:
        rules.check_can_keep(by)
    version = BudgetVersion.objects.select_for_update(of=("self",)).select_related("budget").get(pk=version.pk)
    rules.check_can_change_budget(version)
    for row in version.rows.all():
        row.indexes.clear()
        row.delete()
    known = known_labels()
    groups = {row.number: name_of(total) for total, within in grouped_rows(table) for row in within}
    for position, row in enumerate(table.of("row"), 1):
        item = chosen.get(row.number) or known.get((row.side, row.label.casefold()))
        if item is None:
            item = add_item(name=row.label, position=position, by=by)
            known |= {(side, row.label.casefold()): item for side in ("income", "cost")}
        BudgetRow.objects.create(
            version=version,
            side=row.side,
            item=item,
            label=row.label,
            amount=row.values[column],
            position=position,
            group=groups.get(row.number, ""),
            note=row.note[:300],
        )
    for row in table.of("total"):
        setattr(version, f"stated_{row.side}", row.values[column])
    version.save()
    record("budget_version.loaded", version, by=by, within=version.budget, number=len(table.of("row")))
    return len(table.of("row"))


def name_of(subtotal: PrintedRow) -> str:
    """What the rows of a subtotal have in common: lönekostnader."""
    return subtotal.label.strip(" :")[len("summa") :].strip().lower()[:60]

"""The verbs of budgets: begun, written, consulted, put before the board, decided. Amounts in öre."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.money import kronor
from enamnd.newer import Newer, is_same
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

from .. import rules
from ..consulting_letters import ask_parties
from ..indexing import raised
from ..models import (
    Budget,
    BudgetComment,
    BudgetDecision,
    BudgetRow,
    BudgetVersion,
    ConsultationAnswer,
    CostItem,
    IndexFigure,
    Side,
)
from ..origins import overhead_in_force

ROW_FACTS = (
    *("side", "item", "label", "group", "amount", "position", "decided_by", "note", "overhead", "overhead_on"),
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """What a person has changed of a row: any of label, amount and note; `is_gone` takes it away."""

    facts: Mapping[str, object]
    is_gone: bool = False


@transaction.atomic
def begin_budget(
    year: int,
    *,
    by: User | None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    like: BudgetVersion | None = None,
) -> BudgetVersion:
    """Begin a year's budget with a first version, empty or with the rows of another year's (ny budget).

    Refused when the year has a budget, and for a period that ends before it begins.
    """
    if by is not None:
        rules.check_can_keep(by)
    if Budget.objects.filter(year=year).exists():
        raise Refused(f"Det finns redan en budget för {year}. Öppna den.", field="year")
    starts_on, ends_on = starts_on or date(year, 1, 1), ends_on or date(year, 12, 31)
    if ends_on <= starts_on:
        raise Refused("Perioden slutar före den börjar.", field="ends_on")
    budget = Budget.objects.create(year=year, starts_on=starts_on, ends_on=ends_on)
    version = BudgetVersion.objects.create(budget=budget, number=1, based_on=like, made_by=by)
    if like:
        _copy_rows(like, version)
    record("budget.begun", budget, by=by)
    return version


@transaction.atomic
def add_version(version: BudgetVersion, *, by: User, note: str = "") -> BudgetVersion:
    """A new version to change, with the rows and comments of another (ny version)."""
    rules.check_can_keep(by)
    budget = Budget.objects.select_for_update().get(pk=version.budget_id)
    if hasattr(budget, "year_end"):
        raise Refused(f"Bokslutet för {budget.year} är gjort, så inget kan ändras.")
    number = budget.versions.order_by("-number").values_list("number", flat=True)[0] + 1
    made = BudgetVersion.objects.create(budget=budget, number=number, based_on=version, made_by=by, note=note.strip())
    _copy_rows(version, made, with_origin=True)
    for each in version.comments.all():
        BudgetComment.objects.create(version=made, item_id=each.item_id, text=each.text, position=each.position)
    record("budget_version.added", made, by=by, within=budget)
    return made


def _copy_rows(of: BudgetVersion, to: BudgetVersion, *, with_origin: bool = False):
    """The rows of another version; in the same year with what they were raised by as well.

    In another year overhead is what holds then: where that makes another amount, the budget's page says so.
    """
    holds = overhead_in_force(to.budget.year)
    for row in of.rows.prefetch_related("indexes"):
        made = BudgetRow(version=to, **{name: getattr(row, name) for name in ROW_FACTS})
        if not with_origin:
            made.before, made.overhead = None, holds if row.overhead_id else None
        made.save()
        made.indexes.set(row.indexes.all() if with_origin else ())


@transaction.atomic
def add_row(
    version: BudgetVersion,
    item: CostItem,
    sides: Mapping[str, tuple[str, int | None]],
    *,
    by: User | None,
    group: str = "",
    decided_by: str = BudgetDecision.DecidedBy.BOARD,
) -> list[BudgetRow]:
    """Put an item in a budget: by side, what it is called there and its amount (ny rad)."""
    version = open_version(version, by)
    made = []
    for side, (label, amount) in sides.items():
        if version.rows.filter(side=side, item=item, label=label.strip()).exists():
            raise Refused(f"Raden {label} finns redan bland {Side(side).label.lower()}.", field="item")
        last = version.rows.filter(side=side).order_by("-position").values_list("position", flat=True).first() or 0
        facts = {"label": label.strip() or item.name, "amount": amount, "position": last + 1}
        made.append(
            BudgetRow.objects.create(
                version=version, side=side, item=item, group=group.strip(), decided_by=decided_by, **facts
            )
        )
    record("budget_version.row_added", version, by=by, within=version.budget, item=item.name)
    return made


@transaction.atomic
def write_rows(
    version: BudgetVersion, written: Mapping[int, Written], *, by: User, shown: Mapping[str, object] | None = None
) -> int:
    """Write rows anew (ändra rader), by their keys; gives how many were changed.

    `shown` is what the page showed, by "amount-7": refused, as Newer, where somebody else has changed the same since.
    """
    version = open_version(version, by)
    rows = list(version.rows.filter(pk__in=written))
    _check_not_newer(rows, written, shown or {})
    changed = sum(_write_row(row, written[row.pk]) for row in rows)
    if changed:
        record("budget_version.rows_written", version, by=by, within=version.budget, number=changed)
    return changed


def _check_not_newer(rows: Sequence[BudgetRow], written: Mapping[int, Written], shown: Mapping[str, object]):
    clashing = {
        f"{name}-{row.pk}": getattr(row, name)
        for row in rows
        for name, value in written[row.pk].facts.items()
        if f"{name}-{row.pk}" in shown
        and not is_same(shown[f"{name}-{row.pk}"], getattr(row, name))
        and not is_same(getattr(row, name), value)
    }
    if clashing:
        keys = {int(name.partition("-")[2]) for name in clashing}
        said = {name: kronor(value) if isinstance(value, int) else value or "" for name, value in clashing.items()}
        raise Newer.in_history(BudgetRow.history.filter(id__in=keys), said)


def _write_row(row: BudgetRow, new: Written) -> bool:
    """Whether the row was changed. An amount written by hand is no longer raised by an index, nor overhead."""
    if new.is_gone:
        row.indexes.clear()
        row.delete()
        return True
    facts = {name: value for name, value in new.facts.items() if getattr(row, name) != value}
    if not facts:
        return False
    if "amount" in facts:
        row.before, row.overhead, row.overhead_on = None, None, ""
        row.indexes.clear()
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    return True


@transaction.atomic
def state_sums(version: BudgetVersion, income: int | None, cost: int | None, *, by: User | None) -> BudgetVersion:
    """Keep the sums that the paper prints, to hold the rows against (tryckta summor)."""
    version = open_version(version, by)
    version.stated_income, version.stated_cost = income, cost
    version.save()
    record("budget_version.sums_stated", version, by=by, within=version.budget)
    return version


@transaction.atomic
def raise_by_index(
    version: BudgetVersion, item: CostItem, indexes: Sequence[IndexFigure], parties: int, unit: int, *, by: User
) -> list[BudgetRow]:
    """Raise an item's rows by index, so that each party's part is a whole number of `unit` öre (räkna upp).

    Each row is raised from what it was before any earlier raising, and remembers by what. Refused without indexes.
    """
    version = open_version(version, by)
    if not indexes:
        raise Refused("Välj minst ett indextal.", field="indexes")
    rows = list(rows_to_raise(version, item))
    if not rows:
        raise Refused(f"{item} har inget belopp att räkna upp.", field="item")
    for row in rows:
        before = row.before if row.before is not None else row.amount
        row.before = before
        row.amount = raised(before, [Fraction(each.percent) for each in indexes], parties, unit).total
        row.save()
        row.indexes.set(indexes)
    record("budget_version.raised", version, by=by, within=version.budget, item=item.name)
    return rows


def rows_to_raise(version: BudgetVersion, item: CostItem) -> QuerySet[BudgetRow]:
    """An item's rows with an amount of their own; overhead follows the salaries that it is counted on."""
    return version.rows.filter(item=item, amount__isnull=False, overhead=None)


@transaction.atomic
def add_comment(version: BudgetVersion, text: str, *, by: User | None, item: CostItem | None = None) -> BudgetComment:
    """Write a point under the table (kommentar)."""
    version = open_version(version, by)
    last = version.comments.order_by("-position").values_list("position", flat=True).first() or 0
    comment = BudgetComment.objects.create(version=version, item=item, text=text.strip(), position=last + 1)
    record("budget_version.commented", version, by=by, within=version.budget)
    return comment


@transaction.atomic
def change_comment(comment: BudgetComment, text: str, *, by: User, item: CostItem | None = None):
    """Write a comment anew; with no text it goes."""
    version = open_version(comment.version, by)
    if text.strip():
        comment.text, comment.item = text.strip(), item
        comment.save()
    else:
        comment.delete()
    record("budget_version.comment_changed", version, by=by, within=version.budget)


@transaction.atomic
def send_for_consultation(
    version: BudgetVersion, sent_on: date, answer_by: date, *, by: User, tell: bool = False
) -> BudgetVersion:
    """Keep that a proposal has gone to the other parties (samråd, KL 9 kap. 26 §). From then on it does not change.

    `tell` writes to their economists as well, with the address where each answers.
    """
    version = open_version(version, by)
    rules.check_has_been(sent_on, timezone.localdate(), "sent_on")
    if answer_by <= sent_on:
        raise Refused("Sista dagen att svara ska ligga efter den dag då förslaget sändes.", field="answer_by")
    if not version.rows.exists():
        raise Refused("Budgeten har inga rader. Skriv dem först.")
    version.consulted_on, version.answer_by = sent_on, answer_by
    version.save()
    if tell:
        ask_parties(version, by=by)
    record("budget_version.consulted", version, by=by, within=version.budget, answer_by=str(answer_by))
    return version


@transaction.atomic
def answer_consultation(
    version: BudgetVersion,
    municipality: Municipality,
    answer: str,
    answered_on: date,
    *,
    by: User,
    decision="",
    text="",
) -> ConsultationAnswer:
    """Keep what a party answered (svar på samråd); a later answer takes the place of an earlier.

    A municipality's own economist gives its answer; those who keep the economy write down what came by letter.
    """
    rules.check_can_answer(by, municipality)
    rules.check_is_asked(municipality)
    is_own = rules.is_own_answer(by, municipality)
    version = _locked(version)
    rules.check_has_been(answered_on, timezone.localdate(), "answered_on")
    rules.check_is_consulted(version, answered_on, is_own=is_own)
    facts = {
        **{"answer": answer, "answered_on": answered_on, "decision": decision.strip(), "text": text.strip()},
        **{"by": by, "is_own": is_own},
    }
    made, _ = ConsultationAnswer.objects.update_or_create(version=version, municipality=municipality, defaults=facts)
    verb = "budget_version.answered_by_itself" if is_own else "budget_version.answered"
    record(verb, version, by=by, within=version.budget, municipality=municipality.name)
    return made


@transaction.atomic
def decide_budget(
    version: BudgetVersion,
    *,
    by: User | None,
    decided_on: date,
    decided_by: str = BudgetDecision.DecidedBy.BOARD,
    paragraph=None,
    decision: str = "",
) -> BudgetDecision:
    """Keep where a version was decided (fastställd); the latest decided version holds.

    What happened is recorded even where the budget disagrees with itself; its page goes on saying so.
    """
    if by is not None:
        rules.check_can_keep(by)
    version = _locked(version)
    if hasattr(version, "decided"):
        raise Refused("Versionen är redan fastställd.")
    if not version.rows.exists():
        raise Refused("Budgeten har inga rader. Skriv dem först.")
    rules.check_has_been(decided_on, timezone.localdate(), "decided_on")
    rules.check_decision(paragraph, decision)
    facts = {"decided_on": decided_on, "decided_by": decided_by, "paragraph": paragraph, "decision": decision.strip()}
    made = BudgetDecision.objects.create(version=version, by=by, **facts)
    record("budget_version.decided", version, by=by, within=version.budget)
    return made


def open_version(version: BudgetVersion, by: User | None) -> BudgetVersion:
    """The version, locked, to be changed by somebody who may; None when the portal's own loading does it."""
    if by is not None:
        rules.check_can_keep(by)
    version = _locked(version)
    rules.check_can_change_budget(version)
    return version


def _locked(version: BudgetVersion) -> BudgetVersion:
    return BudgetVersion.objects.select_for_update(of=("self",)).select_related("budget").get(pk=version.pk)

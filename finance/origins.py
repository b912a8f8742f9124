"""How budgeted amounts came about, in words: raised by index, or overhead on salaries."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from enamnd.dates import long_date
from enamnd.formats import fraction
from enamnd.money import with_unit

from .models import BudgetRow, IndexFigure, Overhead, Side
from .overhead import Cost, overhead, salaries_of


def origin_of(row: BudgetRow, costs: Sequence[Cost]) -> str:
    """How a row's amount was counted; empty for one that was written by hand. `costs` are its version's."""
    if row.overhead:
        return _overhead_in_words(row, costs)
    if row.before is None:
        return ""
    return f"räknat upp från {with_unit(row.before)} med {' och '.join(map(_index_in_words, row.indexes.all()))}."


def _index_in_words(index: IndexFigure) -> str:
    published = long_date(index.published_on)
    return f"{index.name} {index.year} ({percent(index.percent)} %, publicerat {published}, {index.source})"


def _overhead_in_words(row: BudgetRow, costs: Sequence[Cost]) -> str:
    salaries = with_unit(salaries_of(costs, row.item_id, row.overhead_on))
    return (
        f"{percent(row.overhead.percent)} % på {row.overhead_on.lower()} {salaries}. Beslut: {decided(row.overhead)}."
    )


def decided(of: Overhead) -> str:
    """Where it was decided, without a link: Nämnden 2022-06-22 § 12, 22 juni 2022."""
    if of.paragraph is None:
        return f"{of.decision}, {long_date(of.decided_on)}"
    return f"{of.paragraph.label} {of.paragraph.title}, {long_date(of.paragraph.meeting.held_on)}"


def percent(value) -> str:
    """10, and 12,5: without zeros at the end."""
    return fraction(Fraction(value), 4).rstrip("0").rstrip(",")


def costs_of(rows: Iterable[BudgetRow]) -> list[Cost]:
    """The cost rows of a version as the arithmetic wants them."""
    return [
        Cost(each.item_id, each.group, each.amount, each.overhead_id is not None)
        for each in rows
        if each.side == Side.COST
    ]


def overhead_in_force(year: int) -> Overhead | None:
    """What the board has decided to put on top of salaries in a year: the latest that began that year or before."""
    return Overhead.objects.filter(year__lte=year).select_related("paragraph__meeting").order_by("-year", "-pk").first()


def faults_of_overhead(rows: Sequence[BudgetRow]) -> list[str]:
    """Overhead that is another than its percentage makes of the salaries as they stand now, a sentence each."""
    costs = costs_of(rows)
    return [said for row in rows if row.overhead for said in _fault(row, costs)]


def _fault(row: BudgetRow, costs: Sequence[Cost]) -> list[str]:
    salaries = salaries_of(costs, row.item_id, row.overhead_on)
    right = overhead(salaries, Fraction(row.overhead.percent))
    if right == row.amount:
        return []
    return [
        f"{row.label} är {with_unit(row.amount or 0)}, men {percent(row.overhead.percent)} % på "
        f"{row.overhead_on.lower()} {with_unit(salaries)} är {with_unit(right)}. Räkna påslaget på nytt."
    ]

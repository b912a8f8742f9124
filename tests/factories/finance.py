"""Key figures, allocations and budgets. Money in öre."""

from datetime import date

from enamnd.organisation.models import Municipality
from finance.models import (
    AllocationModel,
    Budget,
    BudgetRow,
    BudgetVersion,
    CostItem,
    KeyFigure,
    KeyFigureKind,
    ModelPart,
    ModelVersion,
)

from .serial import numbers


def key_figure_kind(name: str | None = None, **fields) -> KeyFigureKind:
    """Population on 31 December two years back, unless said otherwise."""
    return KeyFigureKind.objects.create(**{"name": name or f"Folkmängd {next(numbers)}", "unit": "invånare"} | fields)


def key_figures(of: KeyFigureKind, figures: dict[Municipality, int], as_of=date(2020, 12, 31)) -> list[KeyFigure]:
    """A figure for each municipality on a day."""
    return [
        KeyFigure.objects.create(kind=of, municipality=place, as_of=as_of, value=value, source="SCB")
        for place, value in figures.items()
    ]


def model_version(*parts: dict, is_adopted: bool = True, **fields) -> ModelVersion:
    """A model's first version, adopted in an agreement; without parts it divides equally. Rounds to whole kronor."""
    model = fields.pop("model", None) or AllocationModel.objects.create(name=f"Modell {next(numbers)}")
    decided = {"adopted_on": date(2019, 3, 3), "decision": "Samverkansavtalet"} if is_adopted else {}
    defaults = {"number": 1, "valid_from": date(2019, 1, 1), "unit": ModelVersion.Unit.KRONA} | decided
    version = ModelVersion.objects.create(model=model, **defaults | fields)
    for position, part in enumerate(parts or ({"method": "equal", "size": "rest"},), 1):
        ModelPart.objects.create(version=version, position=position, **part)
    return version


def cost_item(name: str | None = None, **fields) -> CostItem:
    return CostItem.objects.create(**{"name": name or f"Post {next(numbers)}"} | fields)


def budget_version(year: int = 2022, rows: dict[CostItem, tuple] | None = None, **fields) -> BudgetVersion:
    """A version of a year's budget; `rows` say income and cost of an item, in kronor, None for an empty place."""
    budget, _ = Budget.objects.get_or_create(
        year=year, defaults={"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
    )
    version = BudgetVersion.objects.create(budget=budget, **{"number": budget.versions.count() + 1} | fields)
    for position, (item, amounts) in enumerate((rows or {}).items(), 1):
        for side, amount in zip(("income", "cost"), amounts, strict=True):
            BudgetRow.objects.create(
                version=version,
                side=side,
                item=item,
                label=item.name,
                amount=None if amount is None else amount * 100,
                position=position,
            )
    return version

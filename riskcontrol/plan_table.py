"""The table of a control plan and of its follow-ups: one row an item, one text a column."""

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch, QuerySet

from .columns import Column
from .models import ControlActivity, ControlItem, ControlPlan, FollowUp, ItemFollowUp


def items_of(plan: ControlPlan) -> QuerySet[ControlItem]:
    """The items of a plan with all that its table shows: two queries."""
    activities = Prefetch("activities", ControlActivity.objects.select_related("responsible_person").order_by("pk"))
    rows = ControlItem.objects.filter(risk__plan=plan)
    return rows.select_related("risk__plan__scale", "risk__category", "risk__responsible_body").prefetch_related(
        activities
    )


def cells_of(item: ControlItem, columns: Iterable[Column], told: ItemFollowUp | None = None) -> list[str]:
    """The texts of an item under these columns. With `told`, decision and analysis are those of the follow-up."""
    return [_TEXTS[column.key](item, told) for column in columns]


def plan_rows(plan: ControlPlan, items: Iterable[ControlItem] | None = None) -> list[list[str]]:
    """The plan's table without its headings."""
    columns = plan.shown_columns
    return [cells_of(each, columns) for each in (items_of(plan) if items is None else items)]


def follow_up_rows(follow_up: FollowUp, columns: Sequence[Column]) -> list[list[str]]:
    """The table of a follow-up: an item that it says nothing of has empty cells for decision and analysis."""
    told = {row.item_id: row for row in follow_up.rows.all()}
    return [cells_of(each, columns, told.get(each.pk) or ItemFollowUp()) for each in items_of(follow_up.plan)]


def text_of(item: ControlItem) -> str:
    """What the item is called in the plan, with the words that say that it is mandatory."""
    plan = item.risk.plan
    words = plan.mandatory_words.replace("{year}", str(plan.year)) if item.is_mandatory else ""
    return f"{item} ({words})" if words else str(item)


def responsible_of(item: ControlItem) -> str:
    """Who answers for the item, and who else carries out its checks."""
    others = [each.responsible for each in item.activities.all() if each.responsible]
    return "\n".join(dict.fromkeys(filter(None, [item.risk.answers_for_it, *others])))


def _of_activities(item: ControlItem, name: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, (getattr(each, name) for each in item.activities.all()))))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


_TEXTS = {
    "text": lambda item, told: text_of(item),
    "category": lambda item, told: str(item.risk.category or ""),
    "responsible": lambda item, told: responsible_of(item),
    "frequency": lambda item, told: _of_activities(item, "frequency"),
    "method": lambda item, told: _of_activities(item, "method"),
    "likelihood": lambda item, told: _number(item.risk.likelihood),
    "consequence": lambda item, told: _number(item.risk.consequence),
    "value": lambda item, told: _number(item.risk.value),
    "decision": lambda item, told: told.decision if told else item.risk.decision,
    "analysis": lambda item, told: told.analysis if told else item.risk.analysis,
}

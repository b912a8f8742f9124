"""The verbs of cost items and index figures."""

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.journal.record import record

from .. import rules
from ..models import CostItem, IndexFigure

FACTS = (
    *("name", "model", "activity", "is_balanced", "follows_budget", "position", "note", "begins_on", "ends_on"),
)  # fmt: skip


@transaction.atomic
def add_item(*, by: User | None, **facts) -> CostItem:
    """Keep a cost item (ny kostnadspost)."""
    if by is not None:
        rules.check_can_keep(by)
    item = CostItem.objects.create(**facts)
    record("cost_item.added", item, by=by)
    return item


@transaction.atomic
def change_item(item: CostItem, *, by: User, **facts) -> CostItem:
    """Change an item. What it was called in a year's budget stays."""
    rules.check_can_keep(by)
    item = CostItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    for name, value in facts.items():
        setattr(item, name, value)
    item.save()
    record("cost_item.changed", item, by=by)
    return item


@transaction.atomic
def add_index(*, by: User, **facts) -> IndexFigure:
    """Enter a year's index figure of a vintage (nytt indextal). A later vintage is another figure; none is replaced.

    Refused for one that is to be published, and for a change of half or more: it stands for good.
    """
    rules.check_can_keep(by)
    rules.check_has_been(facts["published_on"], timezone.localdate(), "published_on")
    rules.check_is_a_year_of_an_index(facts["percent"])
    figure = IndexFigure.objects.create(**facts, by=by)
    record("index_figure.added", figure, by=by)
    return figure

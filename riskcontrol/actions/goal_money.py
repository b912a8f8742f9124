"""The verbs of what in the budget pays for a goal."""

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.journal.record import record
from finance.models import CostItem

from ..goals import rules
from ..models import Goal, GoalMoney
from .goals import locked_goal


@transaction.atomic
def link_money(goal: Goal, item: CostItem, amount: int | None = None, *, by: User, note: str = "") -> GoalMoney:
    """Say that an item of the year's budget pays for the goal: the whole of it, or an amount of it in öre."""
    rules.check_can_keep(by)
    goal = locked_goal(goal)
    rules.check_money(goal, item, amount)
    made = GoalMoney.objects.create(goal=goal, item=item, amount=amount, note=note)
    record("goal.money_linked", goal, by=by, within=goal.plan, item=item.name)
    return made


@transaction.atomic
def change_money(link: GoalMoney, item: CostItem, amount: int | None = None, *, by: User, note: str = "") -> GoalMoney:
    """Change which item pays for the goal, or with how much."""
    rules.check_can_keep(by)
    goal, link = _locked(link)
    rules.check_money(goal, item, amount, besides=link)
    link.item, link.amount, link.note = item, amount, note
    link.save()
    record("goal.money_changed", goal, by=by, within=goal.plan, item=item.name)
    return link


@transaction.atomic
def unlink_money(link: GoalMoney, *, by: User):
    """Take away that an item pays for the goal."""
    rules.check_can_keep(by)
    goal, link = _locked(link)
    record("goal.money_unlinked", goal, by=by, within=goal.plan, item=link.item.name)
    link.delete()


def _locked(link: GoalMoney) -> tuple[Goal, GoalMoney]:
    """The goal, whose links are changed one at a time, and the link as it stands now."""
    goal = locked_goal(Goal(pk=link.goal_id))
    return goal, GoalMoney.objects.select_related("item").get(pk=link.pk)

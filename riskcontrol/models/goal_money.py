"""What in the budget pays for the goals."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from finance.models import CostItem

from .goal import Goal


class GoalMoney(models.Model):
    """That an item of the goal's year's budget pays for the goal (budgetmedel): the whole of it, or an amount of it.

    `amount` is in öre; empty for the whole. What the item has stands in the budget and is read there (goals/money.py).
    """

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="budget_money", verbose_name="mål")
    item = models.ForeignKey(CostItem, models.PROTECT, related_name="+", verbose_name="kostnadspost")
    amount = models.BigIntegerField("varav", null=True, blank=True)
    note = models.CharField("till vad", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "budgetmedel till ett mål"
        verbose_name_plural = "budgetmedel till mål"
        ordering = ["goal", "item__position", "item__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "item"],
                name="a_goal_takes_from_an_item_once",
                violation_error_message="Målet är redan kopplat till den posten. Ändra beloppet där i stället.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="money_for_a_goal_is_more_than_nothing",
                violation_error_message="Skriv ett belopp större än noll, eller lämna tomt för hela posten.",
            ),
        ]

    def __str__(self):
        return f"{self.item}: {self.goal}"

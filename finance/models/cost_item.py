"""What the board's money goes to, by identities that outlive their labels."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from projects.models import Activity

from .allocation_model import AllocationModel


class Side(models.TextChoices):
    """Of which side of a budget a row is."""

    INCOME = "income", "Intäkter"
    COST = "cost", "Kostnader"


class CostItem(models.Model):
    """Something that costs and is paid for (kostnadspost), the same over the years whatever it is called.

    What it is called in a year stands in that year's budget rows. `follows_budget` is false for what is invoiced by
    use outside the budget, such as transactions.
    """

    name = models.CharField("kostnadspost", max_length=120, unique=True)
    model = models.ForeignKey(
        AllocationModel, models.PROTECT, null=True, blank=True, related_name="items", verbose_name="fördelas enligt"
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="cost_items", verbose_name="aktivitet"
    )
    is_balanced = models.BooleanField(
        "intäkter ska vara lika med kostnader", default=True, help_text="Skillnader påpekas i budgeten."
    )
    follows_budget = models.BooleanField("ingår i budgeten", default=True)
    position = models.PositiveSmallIntegerField("ordning", default=0)
    note = models.CharField("anmärkning", max_length=300, blank=True)
    begins_on = models.DateField("från", null=True, blank=True)
    ends_on = models.DateField("till", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "kostnadspost"
        verbose_name_plural = "kostnadsposter"
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(begins_on=None) | Q(ends_on__gte=F("begins_on")),
                name="a_cost_item_ends_after_it_begins",
                violation_error_message="Kostnadsposten slutar före den börjar.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("finance:item", args=[self.pk])

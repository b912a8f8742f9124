"""Closing a year: what is left of each item goes on to the next, and each municipality's part of it. Öre."""

from django.conf import settings
from django.db import models

from enamnd.organisation.models import Municipality

from .budget import Budget
from .cost_item import CostItem
from .decided import Decided
from .follow_up import Outcome


class YearEnd(Decided):
    """That a year is closed (bokslut): its budget and outcome stand as they are."""

    budget = models.OneToOneField(Budget, models.PROTECT, related_name="year_end", verbose_name="budget")
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="+", verbose_name="utfall för året")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("tid", auto_now_add=True)

    class Meta:
        verbose_name = "bokslut"
        verbose_name_plural = "bokslut"

    def __str__(self):
        return f"Bokslut {self.budget.year}"


class CarriedItem(models.Model):
    """What an item takes along to the next year: a surplus above zero, a deficit below."""

    year_end = models.ForeignKey(YearEnd, models.PROTECT, related_name="items", verbose_name="bokslut")
    item = models.ForeignKey(CostItem, models.PROTECT, related_name="carried", verbose_name="kostnadspost")
    amount = models.BigIntegerField("förs över")
    how = models.CharField("kommunernas del räknad", max_length=200)

    class Meta:
        verbose_name = "överfört belopp"
        verbose_name_plural = "överförda belopp"
        ordering = ["year_end", "item__position", "item__name"]
        constraints = [
            models.UniqueConstraint(fields=["year_end", "item"], name="an_item_is_carried_over_once"),
        ]

    def __str__(self):
        return f"{self.item}, {self.year_end}"


class CarriedShare(models.Model):
    """A municipality's part of what is carried over (kommunens del)."""

    carried = models.ForeignKey(CarriedItem, models.PROTECT, related_name="shares", verbose_name="överfört belopp")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    amount = models.BigIntegerField("del")

    class Meta:
        verbose_name = "kommuns del av överfört"
        verbose_name_plural = "kommuners delar av överfört"
        ordering = ["carried", "municipality__name"]
        constraints = [
            models.UniqueConstraint(fields=["carried", "municipality"], name="one_carried_share_per_municipality"),
        ]

    def __str__(self):
        return f"{self.municipality}, {self.carried}"

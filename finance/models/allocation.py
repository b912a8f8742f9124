"""Allocations: an amount, a model, those who take part, and one frozen row a municipality. Amounts in öre.

Exact figures are fractions of an öre, kept as whole numbers over `denominator` in text: they may be longer than any
column of numbers.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from enamnd.organisation.models import Municipality
from projects.models import Activity

from .allocation_model import ModelPart, ModelVersion
from .cost_item import CostItem
from .decided import Decided
from .key_figure import KeyFigure, KeyFigureKind


class AllocationQuerySet(models.QuerySet):
    def current(self):
        """Those that hold: no other has taken their place."""
        return self.filter(replaced_by=None)


class Allocation(models.Model):
    """An amount divided among municipalities (fördelning). It never changes: another takes its place.

    `amount` is the whole, `outside` what others pay of it first, both in öre; the shares make `amount` − `outside`.
    `unit` is what each share is rounded to, in öre, and `denominator` what the exact figures are parts of.
    """

    class Cause(models.TextChoices):
        FIRST = "first", "Ny fördelning"
        CORRECTED = "corrected", "Ersätter en tidigare"
        BUY_IN = "buy_in", "En kommun köper in sig"

    title = models.CharField("fördelning", max_length=200, help_text="Grundbelopp 2027")
    year = models.PositiveSmallIntegerField("år")
    item = models.ForeignKey(
        CostItem, models.PROTECT, null=True, blank=True, related_name="allocations", verbose_name="kostnadspost"
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="allocations", verbose_name="aktivitet"
    )
    version = models.ForeignKey(
        ModelVersion, models.PROTECT, related_name="allocations", verbose_name="fördelningsmodell"
    )
    allocated_on = models.DateField("per den")
    amount = models.BigIntegerField("belopp")
    outside = models.BigIntegerField("täcks utifrån", default=0)
    outside_source = models.CharField("av vem", max_length=200, blank=True)
    unit = models.PositiveIntegerField("avrundat till", choices=ModelVersion.Unit)
    denominator = models.TextField("nämnare", default="1")
    note = models.TextField("anmärkning", blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="gjord av"
    )
    made_at = models.DateTimeField("gjord", auto_now_add=True)
    cause = models.CharField("anledning", max_length=20, choices=Cause, default=Cause.FIRST)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="ersatt av"
    )

    objects = AllocationQuerySet.as_manager()

    class Meta:
        verbose_name = "fördelning"
        verbose_name_plural = "fördelningar"
        ordering = ["-year", "item__position", "title", "-pk"]
        indexes = [models.Index(fields=["year", "item"], name="allocation_year_item")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="an_allocation_has_something_to_divide",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, outside__gte=0, outside__lte=F("amount"))
                | Q(amount__lt=0, outside__lte=0, outside__gte=F("amount")),
                name="no_more_is_met_from_outside_than_there_is",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("finance:allocation", args=[self.pk])

    @property
    def divided(self) -> int:
        """What the municipalities pay together, in öre."""
        return self.amount - self.outside


class AllocationDecision(Decided):
    """That an allocation was decided (beslut om fördelning), in which paragraph."""

    allocation = models.OneToOneField(Allocation, models.PROTECT, related_name="decided", verbose_name="fördelning")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="förd in av"
    )
    at = models.DateTimeField("förd in", auto_now_add=True)

    class Meta:
        verbose_name = "beslut om fördelning"
        verbose_name_plural = "beslut om fördelningar"
        constraints = [
            models.CheckConstraint(
                condition=Q(paragraph__isnull=False) | ~Q(decision=""), name="an_allocation_names_its_decision"
            ),
        ]

    def __str__(self):
        return f"Beslut om {self.allocation}"


class AllocationPart(models.Model):
    """One part of an allocation, as it was counted (del): its size, how it was divided, and by what in all.

    `numerator` over the allocation's denominator is the part's size in öre; `weight` is the sum of the figures that it
    was divided by.
    """

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="parts", verbose_name="fördelning")
    position = models.PositiveSmallIntegerField("ordning")
    name = models.CharField("del", max_length=200)
    method = models.CharField("fördelas", max_length=20, choices=ModelPart.Method)
    kind = models.ForeignKey(KeyFigureKind, models.PROTECT, null=True, related_name="+", verbose_name="nyckeltal")
    as_of = models.DateField("nyckeltal per den", null=True)
    numerator = models.TextField("täljare")
    weight = models.DecimalField("summa", max_digits=24, decimal_places=6)

    class Meta:
        verbose_name = "del av fördelning"
        verbose_name_plural = "delar av fördelningar"
        ordering = ["allocation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["allocation", "position"], name="one_allocation_part_per_position"),
        ]

    def __str__(self):
        return self.name


class AllocationShare(models.Model):
    """What one municipality pays of an allocation (andel): frozen.

    `numerator` over the allocation's denominator is the exact share in öre, `nearest` what that is rounded for itself,
    and `amount` what it pays, so that all rows make the sum. `carries` is true where the row was rounded upwards to
    make it. A municipality that does not take part has a row of 0.
    """

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="shares", verbose_name="fördelning")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="allocation_shares", verbose_name="kommun"
    )
    takes_part = models.BooleanField("deltar", default=True)
    amount = models.BigIntegerField("belopp")
    nearest = models.BigIntegerField("avrundat för sig")
    numerator = models.TextField("täljare", default="0")
    carries = models.BooleanField("bär utjämningen", default=False)

    class Meta:
        verbose_name = "andel"
        verbose_name_plural = "andelar"
        ordering = ["allocation", "municipality__name"]
        constraints = [
            models.UniqueConstraint(fields=["allocation", "municipality"], name="one_share_per_municipality"),
            models.CheckConstraint(
                condition=Q(takes_part=True) | Q(amount=0), name="who_does_not_take_part_pays_nothing"
            ),
        ]

    def __str__(self):
        return f"{self.municipality}, {self.allocation}"


class SharePart(models.Model):
    """What a share is made of, part by part: the figure that it was counted from, and the exact result."""

    share = models.ForeignKey(AllocationShare, models.PROTECT, related_name="parts", verbose_name="andel")
    part = models.ForeignKey(AllocationPart, models.PROTECT, related_name="share_parts", verbose_name="del")
    weight = models.DecimalField("tal", max_digits=24, decimal_places=6)
    figure = models.ForeignKey(KeyFigure, models.PROTECT, null=True, related_name="used_in", verbose_name="nyckeltal")
    numerator = models.TextField("täljare")

    class Meta:
        verbose_name = "del av andel"
        verbose_name_plural = "delar av andelar"
        ordering = ["share", "part__position"]
        constraints = [
            models.UniqueConstraint(fields=["share", "part"], name="one_line_per_share_and_part"),
        ]

    def __str__(self):
        return f"{self.share}, {self.part}"

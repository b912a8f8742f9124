"""Key figures of the municipalities: what shares are counted from, with day and source."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.organisation.models import Municipality


class KeyFigureKind(models.Model):
    """A kind of key figure (nyckeltal): population, pupils, budget turnover, and the board's own.

    `month`, `day` and `years_back` say which figure an allocation for a year takes: 31 December two years back is the
    population on 31 December the year before last.
    """

    name = models.CharField("nyckeltal", max_length=80, unique=True, help_text="Folkmängd")
    unit = models.CharField("enhet", max_length=30, help_text="invånare, elever, tkr")
    month = models.PositiveSmallIntegerField(
        "månad", default=12, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField("dag", default=31, validators=[MinValueValidator(1), MaxValueValidator(31)])
    years_back = models.PositiveSmallIntegerField(
        "år tillbaka",
        default=2,
        validators=[MaxValueValidator(10)],
        help_text="2 för en fördelning 2027: talet från 2025.",
    )
    jump_percent = models.PositiveSmallIntegerField(
        "påpeka ändringar större än, procent", default=20, validators=[MinValueValidator(1)]
    )
    note = models.CharField("anmärkning", max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "slag av nyckeltal"
        verbose_name_plural = "slag av nyckeltal"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__range=(1, 12), day__range=(1, 31)), name="a_kind_has_a_day_of_the_year"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("finance:figures", args=[self.pk])


class KeyFigureQuerySet(models.QuerySet):
    def current(self):
        """The figures that hold: those that no other replaces."""
        return self.filter(replaced_by=None)


class KeyFigure(models.Model):
    """One municipality's key figure on a day (nyckeltal), never changed: a new one takes its place."""

    kind = models.ForeignKey(KeyFigureKind, models.PROTECT, related_name="figures", verbose_name="nyckeltal")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    as_of = models.DateField("per den")
    value = models.DecimalField("värde", max_digits=18, decimal_places=4)
    source = models.CharField("källa", max_length=200, help_text="SCB, folkmängden 31 december, hämtad 2026-02-24")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("tid", auto_now_add=True)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="ersatt av"
    )
    because = models.CharField("ersätter därför att", max_length=200, blank=True)

    objects = KeyFigureQuerySet.as_manager()

    class Meta:
        verbose_name = "nyckeltal"
        verbose_name_plural = "nyckeltal"
        ordering = ["kind", "-as_of", "municipality__name", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "municipality", "as_of"],
                condition=Q(replaced_by=None),
                name="one_key_figure_holds_per_municipality_and_day",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="a_key_figure_is_not_negative"),
        ]

    def __str__(self):
        return f"{self.kind} {self.municipality} {self.as_of}"

    def get_absolute_url(self) -> str:
        return reverse("finance:figure", args=[self.pk])


class PrintedTotal(models.Model):
    """The sum that the source prints for a kind on a day (tryckt summa), to hold the figures against."""

    kind = models.ForeignKey(KeyFigureKind, models.PROTECT, related_name="printed_totals", verbose_name="nyckeltal")
    as_of = models.DateField("per den")
    value = models.DecimalField("tryckt summa", max_digits=20, decimal_places=4)
    source = models.CharField("källa", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("tid", auto_now_add=True)

    class Meta:
        verbose_name = "tryckt summa"
        verbose_name_plural = "tryckta summor"
        ordering = ["kind", "-as_of", "-pk"]

    def __str__(self):
        return f"{self.kind} {self.as_of}, summa"

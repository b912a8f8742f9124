"""How amounts are divided among municipalities: models with versions, each adopted and in force from a day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.organisation.models import Municipality
from meetings.models import Paragraph

from .key_figure import KeyFigureKind


class AllocationModel(models.Model):
    """A way of dividing costs that the board uses (fördelningsmodell): the rules stand in its versions."""

    name = models.CharField("fördelningsmodell", max_length=120, unique=True, help_text="Grundbelopp i lika delar")
    purpose = models.CharField("används för", max_length=300, blank=True)
    retired_on = models.DateField("används inte sedan", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "fördelningsmodell"
        verbose_name_plural = "fördelningsmodeller"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("finance:model", args=[self.pk])


class ModelVersion(models.Model):
    """The rules of a model from a day on (version). A draft until adopted; then it never changes.

    `unit` is what each municipality's amount is rounded to, in öre.
    """

    class Unit(models.IntegerChoices):
        ORE = 1, "öre"
        KRONA = 100, "hela kronor"
        HUNDRED = 10_000, "hela hundra kronor"

    model = models.ForeignKey(
        AllocationModel, models.PROTECT, related_name="versions", verbose_name="fördelningsmodell"
    )
    number = models.PositiveSmallIntegerField("version")
    valid_from = models.DateField("gäller från")
    unit = models.PositiveIntegerField("avrundas per kommun till", choices=Unit, default=Unit.KRONA)
    note = models.TextField("motiv", blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="gjord av"
    )
    made_at = models.DateTimeField("gjord", auto_now_add=True)
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="antagen i"
    )
    decision = models.CharField("antagen genom", max_length=200, blank=True, help_text="Samverkansavtalet 2023-03-03")
    adopted_on = models.DateField("antagen den", null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="förd in av"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "version av fördelningsmodell"
        verbose_name_plural = "versioner av fördelningsmodeller"
        ordering = ["model", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["model", "number"], name="one_model_version_per_number"),
            models.UniqueConstraint(
                fields=["model"], condition=Q(adopted_on=None), name="one_draft_of_a_model_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(adopted_on=None) | Q(paragraph__isnull=False) | ~Q(decision=""),
                name="an_adopted_model_names_its_decision",
            ),
        ]

    def __str__(self):
        return f"{self.model}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("finance:model_version", args=[self.pk])

    @property
    def is_adopted(self) -> bool:
        return self.adopted_on is not None


class ModelPart(models.Model):
    """One part of a model (del): how large it is, and how it is divided.

    `percent` is of what is left when what is met from outside has been taken away; `amount` is in öre; neither for a
    part that takes the rest.
    """

    class Method(models.TextChoices):
        EQUAL = "equal", "Lika delar"
        FIGURE = "figure", "Efter nyckeltal"
        FIXED = "fixed", "Fasta andelar"
        USE = "use", "Efter användning"
        BENEFIT = "benefit", "Efter nytta"
        OUTSIDE = "outside", "Täcks utifrån"

    class Size(models.TextChoices):
        PERCENT = "percent", "Procent"
        AMOUNT = "amount", "Kronor"
        REST = "rest", "Resten"

    version = models.ForeignKey(ModelVersion, models.PROTECT, related_name="parts", verbose_name="version")
    position = models.PositiveSmallIntegerField("ordning")
    method = models.CharField("fördelas", max_length=20, choices=Method)
    size = models.CharField("storlek", max_length=20, choices=Size)
    percent = models.DecimalField("procent", max_digits=9, decimal_places=6, null=True, blank=True)
    amount = models.BigIntegerField("kronor", null=True, blank=True)
    kind = models.ForeignKey(
        KeyFigureKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nyckeltal"
    )
    note = models.CharField("anmärkning", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "del av fördelningsmodell"
        verbose_name_plural = "delar av fördelningsmodeller"
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_model_part_per_position"),
            models.CheckConstraint(
                condition=Q(size="percent", percent__gt=0, percent__lte=100, amount=None)
                | Q(size="amount", amount__gt=0, percent=None)
                | Q(size="rest", amount=None, percent=None),
                name="a_model_part_has_the_size_that_it_says",
            ),
            models.CheckConstraint(
                condition=Q(method="figure", kind__isnull=False) | (~Q(method="figure") & Q(kind=None)),
                name="a_part_by_key_figure_names_it",
            ),
        ]

    def __str__(self):
        return f"{self.version}, del {self.position}"


class FixedShare(models.Model):
    """A municipality's fixed per cent of a part (fast andel); a part's shares make 100."""

    part = models.ForeignKey(ModelPart, models.PROTECT, related_name="fixed_shares", verbose_name="del")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    percent = models.DecimalField("procent", max_digits=9, decimal_places=6)

    class Meta:
        verbose_name = "fast andel"
        verbose_name_plural = "fasta andelar"
        ordering = ["part", "municipality__name"]
        constraints = [
            models.UniqueConstraint(fields=["part", "municipality"], name="one_fixed_share_per_municipality"),
            models.CheckConstraint(condition=Q(percent__range=(0, 100)), name="a_fixed_share_is_a_percentage"),
        ]

    def __str__(self):
        return f"{self.municipality} {self.percent} %"

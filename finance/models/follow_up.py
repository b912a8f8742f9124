"""Outcome and forecast against the budget, and where the ledger's rows belong. Amounts in öre."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from .budget import Budget
from .cost_item import CostItem, Side


class LedgerMapping(models.Model):
    """Which item the ledger's rows belong to (kontering): a span of accounts, a project code, or both."""

    item = models.ForeignKey(CostItem, models.PROTECT, related_name="mappings", verbose_name="kostnadspost")
    side = models.CharField("sida", max_length=10, choices=Side)
    first_account = models.PositiveIntegerField("från konto")
    last_account = models.PositiveIntegerField("till konto")
    project = models.CharField("projektkod", max_length=40, blank=True, help_text="Tomt: alla projekt.")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "kontering"
        verbose_name_plural = "konteringar"
        ordering = ["first_account", "project"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_account__gte=F("first_account")),
                name="a_span_of_accounts_ends_after_it_begins",
                violation_error_message="Det sista kontot kommer före det första.",
            ),
            models.UniqueConstraint(
                fields=["first_account", "last_account", "project"],
                name="a_span_of_accounts_belongs_to_one_item",
                violation_error_message="De kontona med den projektkoden hör redan till en post.",
            ),
        ]

    def __str__(self):
        return f"{self.first_account}–{self.last_account} {self.project}".strip()


class Outcome(models.Model):
    """What has come in and gone out until a day (utfall). A later one for the same day takes its place.

    `notes` and `deviation_notes` are the points under the table, one a line.
    """

    class Origin(models.TextChoices):
        HAND = "hand", "Skrivet för hand"
        CSV = "csv", "CSV"
        SIE = "sie", "SIE 4"

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="outcomes", verbose_name="budget")
    through_on = models.DateField("till och med")
    origin = models.CharField("kommer från", max_length=10, choices=Origin)
    file_name = models.CharField("fil", max_length=200, blank=True)
    sha256 = models.CharField("kontrollsumma", max_length=64, blank=True)
    notes = models.TextField("kommentarer till utfall", blank=True)
    deviation_notes = models.TextField("avvikelser jämfört med budget", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("tid", auto_now_add=True)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="ersatt av"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "utfall"
        verbose_name_plural = "utfall"
        ordering = ["-through_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "through_on"], condition=Q(replaced_by=None), name="one_outcome_holds_per_day"
            ),
        ]

    def __str__(self):
        return f"Utfall till och med {self.through_on}"


class OutcomeRow(models.Model):
    """An amount of an outcome. `item` is empty where no mapping says to which item the ledger's row belongs."""

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="rows", verbose_name="utfall")
    item = models.ForeignKey(
        CostItem, models.PROTECT, null=True, blank=True, related_name="outcome_rows", verbose_name="kostnadspost"
    )
    side = models.CharField("sida", max_length=10, choices=Side)
    amount = models.BigIntegerField("belopp")
    account = models.CharField("konto", max_length=20, blank=True)
    project = models.CharField("projektkod", max_length=40, blank=True)
    text = models.CharField("text", max_length=200, blank=True)

    class Meta:
        verbose_name = "utfallsrad"
        verbose_name_plural = "utfallsrader"
        ordering = ["outcome", "pk"]

    def __str__(self):
        return f"{self.item or self.text}, {self.outcome}"


class Forecast(models.Model):
    """What the whole year is expected to become (prognos), by whom and when."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="forecasts", verbose_name="budget")
    made_on = models.DateField("per den")
    author = models.CharField("gjord av", max_length=150)
    notes = models.TextField("kommentarer till prognos", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="förd in av"
    )
    at = models.DateTimeField("tid", auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "prognos"
        verbose_name_plural = "prognoser"
        ordering = ["-made_on", "-pk"]

    def __str__(self):
        return f"Prognos {self.made_on}"


class ForecastRow(models.Model):
    """What an item is expected to become on one side, for the whole year."""

    forecast = models.ForeignKey(Forecast, models.PROTECT, related_name="rows", verbose_name="prognos")
    item = models.ForeignKey(CostItem, models.PROTECT, related_name="forecast_rows", verbose_name="kostnadspost")
    side = models.CharField("sida", max_length=10, choices=Side)
    amount = models.BigIntegerField("belopp")

    class Meta:
        verbose_name = "prognosrad"
        verbose_name_plural = "prognosrader"
        ordering = ["forecast", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["forecast", "item", "side"], name="one_forecast_per_item_and_side"),
        ]

    def __str__(self):
        return f"{self.item}, {self.forecast}"

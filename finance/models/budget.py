"""Budgets by year: versions with rows, consultation, and the decision. Amounts in öre."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Document
from enamnd.organisation.models import Municipality

from .cost_item import CostItem, Side
from .decided import Decided
from .index import IndexFigure
from .overhead import Overhead


class Budget(models.Model):
    """A year's budget (budget): what holds is its latest decided version.

    The period is the calendar year unless it begins within it.
    """

    year = models.PositiveSmallIntegerField("år", unique=True)
    starts_on = models.DateField("från")
    ends_on = models.DateField("till")

    class Meta:
        verbose_name = "budget"
        verbose_name_plural = "budgetar"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="a_budget_ends_after_it_begins"),
        ]

    def __str__(self):
        return f"Budget {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("finance:budget", args=[self.year])


class BudgetVersion(models.Model):
    """A version of a year's budget: a proposal, out for consultation, or decided; what it is follows from its records.

    `stated_income` and `stated_cost` are the sums that the paper it was read from prints, to hold the rows against.
    """

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="versions", verbose_name="budget")
    number = models.PositiveSmallIntegerField("version")
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="utgår från"
    )
    note = models.CharField("om versionen", max_length=300, blank=True)
    stated_income = models.BigIntegerField("tryckt summa intäkter", null=True, blank=True)
    stated_cost = models.BigIntegerField("tryckt summa kostnader", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="gjord av"
    )
    made_at = models.DateTimeField("gjord", auto_now_add=True)
    consulted_on = models.DateField("utsänd på samråd", null=True, blank=True)
    answer_by = models.DateField("svar senast", null=True, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="handling till nämnden"
    )

    class Meta:
        verbose_name = "version av budget"
        verbose_name_plural = "versioner av budgetar"
        ordering = ["-budget__year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "number"], name="one_budget_version_per_number"),
        ]

    def __str__(self):
        return f"{self.budget}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("finance:budget_version", args=[self.budget.year, self.number])


class BudgetDecision(Decided):
    """That a version was decided (fastställd), by whom and where."""

    class DecidedBy(models.TextChoices):
        BOARD = "board", "Nämnden"
        MUNICIPALITIES = "municipalities", "De ingående kommunerna"
        HOST = "host", "Värdkommunens fullmäktige"
        DELEGATED = "delegated", "På delegation, inom totalramen"

    version = models.OneToOneField(BudgetVersion, models.PROTECT, related_name="decided", verbose_name="version")
    decided_by = models.CharField("beslutad av", max_length=20, choices=DecidedBy, default=DecidedBy.BOARD)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="förd in av"
    )
    at = models.DateTimeField("förd in", auto_now_add=True)

    class Meta:
        verbose_name = "beslut om budget"
        verbose_name_plural = "beslut om budgetar"
        constraints = [
            models.CheckConstraint(
                condition=Q(paragraph__isnull=False) | ~Q(decision=""), name="a_budget_names_its_decision"
            ),
        ]

    def __str__(self):
        return f"Beslut om {self.version}"


class ConsultationAnswer(models.Model):
    """What another party says of a budget proposal (samråd, KL 9 kap. 26 §)."""

    class Answer(models.TextChoices):
        ACCEPTS = "accepts", "Ingen erinran"
        REMARKS = "remarks", "Synpunkter"
        DECLINES = "declines", "Avstyrker"

    version = models.ForeignKey(BudgetVersion, models.PROTECT, related_name="answers", verbose_name="version")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    answer = models.CharField("svar", max_length=20, choices=Answer)
    answered_on = models.DateField("svarade den")
    decision = models.CharField("kommunens beslut", max_length=100, blank=True, help_text="KS § 112")
    text = models.TextField("synpunkter", blank=True)
    is_own = models.BooleanField(
        "lämnat av kommunen själv", default=False, help_text="I portalen. Annars har e-kontoret fört in det."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="förd in av"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "svar på samråd"
        verbose_name_plural = "svar på samråd"
        ordering = ["version", "municipality__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "municipality"], name="one_consultation_answer_per_municipality"
            ),
        ]

    def __str__(self):
        return f"{self.municipality} om {self.version}"


class BudgetRow(models.Model):
    """A row of a budget (budgetrad). `amount` is in öre; empty where the paper leaves the place empty.

    `before` and `indexes` tell how an indexed amount came about; `overhead` and `overhead_on`, that it is a percentage
    on the salaries of that subtotal.
    """

    version = models.ForeignKey(BudgetVersion, models.PROTECT, related_name="rows", verbose_name="version")
    side = models.CharField("sida", max_length=10, choices=Side)
    item = models.ForeignKey(CostItem, models.PROTECT, related_name="budget_rows", verbose_name="kostnadspost")
    label = models.CharField("benämning", max_length=120)
    group = models.CharField("delsumma", max_length=60, blank=True, help_text="Lönekostnader")
    amount = models.BigIntegerField("belopp", null=True, blank=True)
    position = models.PositiveSmallIntegerField("ordning", default=0)
    decided_by = models.CharField(
        "beslutad av", max_length=20, choices=BudgetDecision.DecidedBy, default=BudgetDecision.DecidedBy.BOARD
    )
    note = models.CharField("anmärkning", max_length=300, blank=True)
    before = models.BigIntegerField("före uppräkning", null=True, blank=True)
    indexes = models.ManyToManyField(IndexFigure, blank=True, related_name="+", verbose_name="uppräknad med")
    overhead = models.ForeignKey(
        Overhead, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="påslag för overhead"
    )
    overhead_on = models.CharField("påslag på delsumman", max_length=60, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "budgetrad"
        verbose_name_plural = "budgetrader"
        ordering = ["version", "-side", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "side", "item", "label"],
                name="one_budget_row_per_side_item_and_label",
                violation_error_message="Det finns redan en sådan rad.",
            ),
            models.CheckConstraint(
                condition=Q(overhead=None) | (Q(side=Side.COST) & ~Q(overhead_on="")),
                name="overhead_is_a_cost_on_a_named_subtotal",
            ),
        ]

    def __str__(self):
        return f"{self.label}, {self.version}"


class BudgetComment(models.Model):
    """A point under a budget table (kommentar), about one item or all. Amounts in it are held against the table."""

    version = models.ForeignKey(BudgetVersion, models.PROTECT, related_name="comments", verbose_name="version")
    item = models.ForeignKey(
        CostItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kostnadspost"
    )
    text = models.TextField("kommentar")
    position = models.PositiveSmallIntegerField("ordning", default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "kommentar till budget"
        verbose_name_plural = "kommentarer till budgetar"
        ordering = ["version", "position", "pk"]

    def __str__(self):
        return self.text[:60]

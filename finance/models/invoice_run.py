"""Runs of invoices: what is to be invoiced, who attested it, that it was issued. Amounts in öre, without tax."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from enamnd.organisation.models import Municipality

from .allocation import Allocation, AllocationShare
from .cost_item import CostItem
from .invoice_terms import VatRule

NOBODY_ELSE = {"null": True, "related_name": "+"}


class InvoiceRun(models.Model):
    """Invoices that are made together (faktureringskörning). State stands in its attest and its issue.

    `part` of `parts` is which part of the year's amount is invoiced: 1 of 1 the whole, 2 of 4 the second quarter.
    """

    class Kind(models.TextChoices):
        ADVANCE = "advance", "Grundbelopp i förskott"
        MANAGEMENT = "management", "Förvaltning"
        PROJECT = "project", "Projekt"
        TRANSACTIONS = "transactions", "Transaktioner efter användning"
        SETTLEMENT = "settlement", "Avräkning efter året"
        CREDIT = "credit", "Kreditering"

    year = models.PositiveSmallIntegerField("år")
    kind = models.CharField("vad som faktureras", max_length=20, choices=Kind)
    title = models.CharField("rubrik på fakturan", max_length=150)
    part = models.PositiveSmallIntegerField("del", default=1)
    parts = models.PositiveSmallIntegerField("av", default=1)
    period_from = models.DateField("avser från")
    period_until = models.DateField("avser till")
    days = models.PositiveSmallIntegerField("dagar att betala", default=30)
    note = models.CharField("meddelande på fakturan", max_length=300, blank=True)
    credits = models.ForeignKey(
        "finance.Invoice", models.PROTECT, null=True, blank=True, related_name="credit_runs", verbose_name="krediterar"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="gjord av", **NOBODY_ELSE)
    made_at = models.DateTimeField("gjord", auto_now_add=True)

    class Meta:
        verbose_name = "faktureringskörning"
        verbose_name_plural = "faktureringskörningar"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(part__gte=1, part__lte=F("parts"), parts__lte=12), name="a_run_is_a_part_of_its_parts"
            ),
            models.CheckConstraint(
                condition=Q(period_until__gte=F("period_from")), name="what_is_invoiced_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=120), name="an_invoice_is_due_within_four_months"
            ),
            models.CheckConstraint(
                condition=Q(kind="credit", credits__isnull=False) | ~Q(kind="credit") & Q(credits__isnull=True),
                name="a_crediting_run_names_its_invoice",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("finance:run", args=[self.pk])


class RunSource(models.Model):
    """That a run takes its amounts from an allocation (underlag)."""

    run = models.ForeignKey(InvoiceRun, models.PROTECT, related_name="sources", verbose_name="körning")
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="runs", verbose_name="fördelning")

    class Meta:
        verbose_name = "underlag"
        verbose_name_plural = "underlag"
        constraints = [models.UniqueConstraint(fields=["run", "allocation"], name="a_run_takes_an_allocation_once")]

    def __str__(self):
        return f"{self.allocation} i {self.run}"


class RunLine(models.Model):
    """A row that is to be invoiced (fakturaunderlag), with where it comes from and how it is taxed and booked."""

    run = models.ForeignKey(InvoiceRun, models.PROTECT, related_name="lines", verbose_name="körning")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    position = models.PositiveSmallIntegerField("ordning")
    item = models.ForeignKey(
        CostItem, models.PROTECT, null=True, blank=True, related_name="run_lines", verbose_name="kostnadspost"
    )
    share = models.ForeignKey(
        AllocationShare, models.PROTECT, null=True, blank=True, related_name="run_lines", verbose_name="andel"
    )
    name = models.CharField("avser", max_length=150)
    explanation = models.CharField("så är beloppet räknat", max_length=300, blank=True)
    quantity = models.DecimalField("antal", max_digits=14, decimal_places=4, default=1)
    amount = models.BigIntegerField("belopp")
    vat_rule = models.ForeignKey(VatRule, models.PROTECT, related_name="+", verbose_name="momsregel")
    account = models.CharField("intäktskonto", max_length=10)
    project = models.CharField("projekt i bokföringen", max_length=20, blank=True)

    class Meta:
        verbose_name = "fakturaunderlag"
        verbose_name_plural = "fakturaunderlag"
        ordering = ["run", "municipality__name", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "municipality", "position"], name="one_run_line_per_position"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_quantity_is_above_zero"),
        ]

    def __str__(self):
        return f"{self.municipality}: {self.name}"


class Attest(models.Model):
    """That somebody else than who made a run has attested it (beslutsattest): of just this, as `sha256` of its rows."""

    run = models.OneToOneField(InvoiceRun, models.PROTECT, related_name="attest", verbose_name="körning")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="attesterad av")
    at = models.DateTimeField("attesterad", auto_now_add=True)
    total = models.BigIntegerField("belopp utan moms")
    sha256 = models.CharField("underlagets SHA-256", max_length=64)

    class Meta:
        verbose_name = "beslutsattest"
        verbose_name_plural = "beslutsattester"

    def __str__(self):
        return f"Beslutsattest av {self.run}"


class RunIssue(models.Model):
    """That a run has been issued (utfärdad): its invoices have numbers."""

    run = models.OneToOneField(InvoiceRun, models.PROTECT, related_name="issue", verbose_name="körning")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="utfärdad av")
    at = models.DateTimeField("utfärdad", auto_now_add=True)
    first_number = models.CharField("första nummer", max_length=20)
    last_number = models.CharField("sista nummer", max_length=20)

    class Meta:
        verbose_name = "utfärdande"
        verbose_name_plural = "utfärdanden"

    def __str__(self):
        return f"{self.run} utfärdad"

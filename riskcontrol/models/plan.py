"""A year's plan for internal control: its scale, its columns, how it came about, when it was adopted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Paper
from enamnd.organisation.models import Body
from meetings.models import Paragraph

from ..columns import Column, read_columns, usual_columns
from .scale import RiskScale


class ControlPlan(models.Model):
    """A year's risk analysis and the plan for internal control made of it (internkontrollplan, KL 6 kap. 6 §).

    `columns` says which columns the printed table has: a list of {key, heading}, see columns.py.
    """

    year = models.PositiveSmallIntegerField("år", unique=True)
    title = models.CharField("rubrik", max_length=200)
    intro = models.TextField("inledning", blank=True, help_text="Hur planen har tagits fram. Står före tabellen.")
    scale = models.ForeignKey(
        RiskScale, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name="skala"
    )
    columns = models.JSONField("kolumner", default=usual_columns)
    mandatory_words = models.CharField(
        "tillägg om obligatoriskt", max_length=100, blank=True, default="obligatoriskt kontrollmoment {year}"
    )
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next", verbose_name="bygger på"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "internkontrollplan"
        verbose_name_plural = "internkontrollplaner"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2199),
                name="a_plan_is_for_a_year_of_ours",
                violation_error_message="Skriv ett år från 1990 till 2199.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:plan", args=[self.year])

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        return read_columns(self.columns)


class PlanAdoption(models.Model):
    """That the board adopted a plan (antagande), where, and the paper that it is. Taken back only with a reason."""

    plan = models.ForeignKey(ControlPlan, models.PROTECT, related_name="adoptions", verbose_name="plan")
    adopted_on = models.DateField("antagen")
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="i paragrafen"
    )
    decision = models.CharField("beslut", max_length=200, blank=True, help_text="2023-12-13 § 41")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+", verbose_name="papper")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("infört", auto_now_add=True)
    withdrawn_at = models.DateTimeField("återtaget", null=True, blank=True)
    withdrawn_because = models.CharField("återtaget därför att", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "antagande"
        verbose_name_plural = "antaganden"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(withdrawn_at__isnull=True), name="a_plan_is_adopted_once"
            ),
            models.CheckConstraint(
                condition=Q(paragraph__isnull=False) | ~Q(decision=""),
                name="an_adoption_says_where_it_was_decided",
                violation_error_message="Välj paragrafen där planen antogs, eller skriv datum och paragraf.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="an_adoption_is_withdrawn_for_a_reason",
                violation_error_message="Skriv varför antagandet tas tillbaka.",
            ),
        ]

    def __str__(self):
        return f"{self.plan}, antagen {self.adopted_on}"


class WorkStep(models.Model):
    """A step of the year's risk work (steg i riskarbetet): who did what, when."""

    plan = models.ForeignKey(ControlPlan, models.PROTECT, related_name="steps", verbose_name="plan")
    done_on = models.DateField("dag")
    what = models.CharField("vad", max_length=200, help_text="Till exempel: riskerna gicks igenom och slogs ihop.")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="organ")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "steg i riskarbetet"
        verbose_name_plural = "steg i riskarbetet"
        ordering = ["done_on", "pk"]

    def __str__(self):
        return f"{self.done_on} {self.what}"


class Workshop(models.Model):
    """A time when many people add risks to the gross list and score them (verkstad), as on the strategy day."""

    plan = models.ForeignKey(ControlPlan, models.PROTECT, related_name="workshops", verbose_name="plan")
    name = models.CharField("namn", max_length=100, default="Strategidag")
    held_on = models.DateField("dag")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="organ")
    closed_at = models.DateTimeField("stängd", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="stängd av"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "verkstad"
        verbose_name_plural = "verkstäder"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(closed_at__isnull=True),
                name="a_plan_has_one_open_workshop",
                violation_error_message="En verkstad är redan öppen för året. Stäng den först.",
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.held_on}"

"""Risks of a year's gross list, and what people score them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.organisation.models import Body
from projects.models import Activity

from .plan import ControlPlan, Workshop
from .scale import RiskCategory


class Risk(models.Model):
    """Something that threatens what the board is to do (risk), on the gross list of a year (bruttolista).

    `likelihood` and `consequence` are the board's own value before treatment, `…_after` the value after it. `decision`
    is said in words, which no value overrules. A risk that says the same as another is merged into it and kept.
    """

    class Source(models.TextChoices):
        INTERNAL = "internal", "Intern"
        EXTERNAL = "external", "Extern"

    plan = models.ForeignKey(ControlPlan, models.PROTECT, related_name="risks", verbose_name="plan")
    number = models.PositiveSmallIntegerField("nummer")
    text = models.CharField("risk", max_length=500, help_text="Vad som kan hända, i en mening.")
    category = models.ForeignKey(
        RiskCategory, models.PROTECT, null=True, blank=True, related_name="risks", verbose_name="kategori"
    )
    source = models.CharField("intern eller extern", max_length=10, choices=Source, blank=True)
    cause = models.TextField("orsak", blank=True, help_text="Varför det kan hända.")
    effect = models.TextField("verkan", blank=True, help_text="Vad det leder till om det händer.")
    responsible = models.CharField("ansvarig", max_length=200, blank=True, help_text="Roll eller organ.")
    responsible_body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ansvarigt organ"
    )
    activities = models.ManyToManyField(
        Activity, blank=True, related_name="control_risks", verbose_name="rör aktiviteterna"
    )
    likelihood = models.PositiveSmallIntegerField("sannolikhet", null=True, blank=True)
    consequence = models.PositiveSmallIntegerField("konsekvens", null=True, blank=True)
    treatment = models.TextField("hur den hanteras", blank=True)
    likelihood_after = models.PositiveSmallIntegerField("sannolikhet efter", null=True, blank=True)
    consequence_after = models.PositiveSmallIntegerField("konsekvens efter", null=True, blank=True)
    decision = models.CharField("beslut", max_length=200, blank=True, help_text="I ord. Inget värde avgör det åt er.")
    analysis = models.TextField("analys", blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="sammanslagen med"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="fortsätter"
    )
    workshop = models.ForeignKey(
        Workshop, models.PROTECT, null=True, blank=True, related_name="risks", verbose_name="verkstad"
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="tillagd av"
    )
    raised_at = models.DateTimeField("tillagd", auto_now_add=True)
    revision = models.PositiveIntegerField("ändring nr", default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "risk"
        verbose_name_plural = "risker"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_risk_per_plan_and_number"),
            models.UniqueConstraint(fields=["plan", "follows"], name="a_risk_is_continued_once_in_a_plan"),
            models.CheckConstraint(
                condition=Q(likelihood__isnull=True, consequence__isnull=True)
                | Q(likelihood__isnull=False, consequence__isnull=False, likelihood__gte=1, consequence__gte=1),
                name="a_value_has_both_its_parts",
                violation_error_message="Ange både sannolikhet och konsekvens, eller ingen av dem.",
            ),
            models.CheckConstraint(
                condition=Q(likelihood_after__isnull=True, consequence_after__isnull=True)
                | Q(
                    likelihood_after__isnull=False,
                    consequence_after__isnull=False,
                    likelihood_after__gte=1,
                    consequence_after__gte=1,
                ),
                name="a_value_after_has_both_its_parts",
                violation_error_message="Ange både sannolikhet och konsekvens efter, eller ingen av dem.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="a_risk_is_merged_into_another",
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:risk", args=[self.pk])

    @property
    def value(self) -> int | None:
        """The risk value before treatment."""
        return self.likelihood * self.consequence if self.likelihood else None

    @property
    def value_after(self) -> int | None:
        return self.likelihood_after * self.consequence_after if self.likelihood_after else None

    @property
    def answers_for_it(self) -> str:
        """Who is responsible, in words: the role that is written, else the body."""
        return self.responsible or (str(self.responsible_body) if self.responsible_body_id else "")


class Score(models.Model):
    """What one person scores a risk (bedömning), until the board sets its own value."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="scores", verbose_name="risk")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av")
    likelihood = models.PositiveSmallIntegerField("sannolikhet")
    consequence = models.PositiveSmallIntegerField("konsekvens")
    at = models.DateTimeField("bedömd", auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "bedömning"
        verbose_name_plural = "bedömningar"
        ordering = ["risk", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["risk", "by"], name="one_score_per_person_and_risk"),
            models.CheckConstraint(condition=Q(likelihood__gte=1, consequence__gte=1), name="a_score_is_at_least_one"),
        ]

    def __str__(self):
        return f"{self.risk}: {self.likelihood} × {self.consequence}"

"""A governing document on its way round the municipalities before it is decided: remiss and answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Paper
from enamnd.organisation.models import Municipality

from .governing import GoverningDocument


class Consultation(models.Model):
    """That a proposal was sent to the municipalities (remiss), the very paper, and by when they answer."""

    document = models.ForeignKey(
        GoverningDocument, models.PROTECT, related_name="consultations", verbose_name="styrande dokument"
    )
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+", verbose_name="papper")
    message = models.TextField("text till kommunerna", blank=True)
    answer_by = models.DateField("svar senast")
    sent_at = models.DateTimeField("sänd", auto_now_add=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("avslutad", null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "remiss"
        verbose_name_plural = "remisser"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(closed_at__isnull=True),
                name="a_document_is_on_one_remiss_at_a_time",
                violation_error_message="Dokumentet är redan på remiss. Avsluta den först.",
            ),
        ]

    def __str__(self):
        return f"Remiss av {self.document}"

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:consultation", args=[self.pk])


class ConsultationAnswer(models.Model):
    """What a municipality answered (remissvar), when, and who wrote it in."""

    class Stand(models.TextChoices):
        APPROVES = "approves", "Tillstyrker"
        COMMENTS = "comments", "Tillstyrker med synpunkter"
        OPPOSES = "opposes", "Avstyrker"
        ABSTAINS = "abstains", "Avstår från att yttra sig"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="answers", verbose_name="remiss")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    stand = models.CharField("svar", max_length=20, choices=Stand)
    text = models.TextField("synpunkter", blank=True)
    answered_on = models.DateField("svarade")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("infört", auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "remissvar"
        verbose_name_plural = "remissvar"
        ordering = ["municipality__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "municipality"], name="a_municipality_answers_a_remiss_once"
            ),
            models.CheckConstraint(
                condition=~Q(stand__in=["comments", "opposes"]) | ~Q(text=""),
                name="an_answer_with_comments_has_them",
                violation_error_message="Skriv synpunkterna, eller varför kommunen avstyrker.",
            ),
        ]

    def __str__(self):
        return f"{self.municipality}: {self.get_stand_display().lower()}"

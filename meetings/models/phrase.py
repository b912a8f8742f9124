"""Texts that the board uses again and again."""

from django.db import models
from simple_history.models import HistoricalRecords


class Phrase(models.Model):
    """A standard text (standardtext) that the secretary inserts with a key: ”lägga informationen till handlingarna”."""

    class Kind(models.TextChoices):
        DECISION = "decision", "Beslut"
        TEXT = "text", "Löpande text"
        DOCUMENTS = "documents", "Underlag"
        RECIPIENTS = "recipients", "Mottagare"

    label = models.CharField("kortnamn", max_length=80, unique=True)
    text = models.TextField("text")
    kind = models.CharField("passar i", max_length=20, blank=True, choices=Kind, help_text="Tomt: passar överallt.")
    order = models.PositiveSmallIntegerField("ordning", default=100)
    is_retired = models.BooleanField("används inte längre", default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "standardtext"
        verbose_name_plural = "standardtexter"
        ordering = ["order", "label"]

    def __str__(self):
        return self.label

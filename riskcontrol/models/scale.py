"""What the board measures risks with: scales and categories, which are data."""

from django.db import models
from simple_history.models import HistoricalRecords

from ..scoring import Scale, read_scale


class RiskScale(models.Model):
    """A scale that plans measure risks on (riskskala): steps with words, and levels of the risk value with colours.

    `likelihood` and `consequence` are lists of {word, meaning}, the lowest first; `bands` of {from, word, tone,
    meaning}. See scoring.read_scale.
    """

    name = models.CharField("skala", max_length=100, unique=True, help_text="Till exempel 5 × 5 från 2026.")
    likelihood_word = models.CharField("den ena axeln", max_length=60, default="Sannolikhet")
    consequence_word = models.CharField("den andra axeln", max_length=60, default="Konsekvens")
    likelihood = models.JSONField("steg på den ena axeln")
    consequence = models.JSONField("steg på den andra axeln")
    bands = models.JSONField("nivåer")
    retired_on = models.DateField("används inte sedan", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "riskskala"
        verbose_name_plural = "riskskalor"
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def scale(self) -> Scale:
        """The scale as the arithmetic knows it."""
        return read_scale(
            {name: getattr(self, name) for name in ("likelihood_word", "consequence_word", "likelihood", "consequence")}
            | {"bands": self.bands}
        )


class RiskCategory(models.Model):
    """A kind of risk (riskkategori): omvärld, verksamhet, ekonomi, legal …"""

    name = models.CharField("kategori", max_length=60, unique=True)
    meaning = models.CharField("vad den omfattar", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("ordning", default=0)
    retired_on = models.DateField("används inte sedan", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "riskkategori"
        verbose_name_plural = "riskkategorier"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

"""What is told of an activity, from time to time."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from meetings.models import Paragraph

from .activity import Activity


class StatusReport(models.Model):
    """How an activity stands on a day (statusrapport): bullets, health, next step."""

    class Health(models.TextChoices):
        ON_TRACK = "on_track", "Enligt plan"
        AT_RISK = "at_risk", "Risk för avvikelse"
        OFF_TRACK = "off_track", "Avviker"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="reports", verbose_name="aktivitet")
    reported_on = models.DateField("dag")
    text = models.TextField("status", blank=True, help_text="En punkt på varje rad.")
    time = models.CharField("tid", max_length=10, choices=Health, blank=True)
    result = models.CharField("resultat", max_length=10, choices=Health, blank=True)
    cost = models.CharField("kostnad", max_length=10, choices=Health, blank=True)
    next_step = models.CharField("nästa steg", max_length=300, blank=True)
    risks = models.TextField("risker värda att berätta", blank=True)
    separate_matter = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="se separat ärende"
    )
    is_unchanged = models.BooleanField("inget nytt", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("tid för rapporten", auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "statusrapport"
        verbose_name_plural = "statusrapporter"
        ordering = ["-reported_on", "-pk"]
        indexes = [models.Index(fields=["activity", "-reported_on", "-id"], name="projects_latest_report")]

    def __str__(self):
        return f"{self.activity} {self.reported_on}"

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]

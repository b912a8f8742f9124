"""The later days of a meeting that went on for more than one."""

from django.db import models
from simple_history.models import HistoricalRecords

from .meeting import Meeting
from .paragraph import Paragraph


class MeetingDay(models.Model):
    """A later day of a meeting (sammanträdesdag), and the first paragraph that was handled on it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="later_days", verbose_name="sammanträde")
    held_on = models.DateField("dag")
    first = models.ForeignKey(Paragraph, models.PROTECT, related_name="+", verbose_name="från paragraf")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "sammanträdesdag"
        verbose_name_plural = "sammanträdesdagar"
        ordering = ["held_on"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "held_on"], name="one_beginning_per_day_of_a_meeting"),
        ]

    def __str__(self):
        return f"{self.held_on} från {self.first.label}"

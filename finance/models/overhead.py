"""What is put on top of salaries: a percentage that the board has decided, from a year on."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .decided import Decided


class Overhead(Decided):
    """What is added to salary costs for premises, equipment and administration (overhead, OH), in per cent of them.

    It holds from its year until a later year has one of its own. A row never changes: a later one for the same year
    takes its place, and both can be read.
    """

    year = models.PositiveSmallIntegerField("från och med år")
    percent = models.DecimalField("procent av lönekostnaderna", max_digits=7, decimal_places=4)
    note = models.CharField("anmärkning", max_length=300, blank=True, help_text="Vad påslaget ska täcka.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("tid", auto_now_add=True)

    class Meta:
        verbose_name = "påslag för overhead"
        verbose_name_plural = "påslag för overhead"
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100),
                name="an_overhead_is_at_most_as_much_again",
                violation_error_message="Påslaget är mellan 0 och 100 procent.",
            ),
            models.CheckConstraint(
                condition=Q(paragraph__isnull=False) | ~Q(decision=""), name="an_overhead_names_its_decision"
            ),
        ]

    def __str__(self):
        return f"Overhead från {self.year}"

"""An appeal against a decision (överklagande): that it came in, what the host held of it, what the court decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from enamnd.organisation.models import Municipality

from .paragraph import Paragraph


class Appeal(models.Model):
    """An appeal for review of legality (laglighetsprövning, KL 13 kap.) of what was decided in one paragraph.

    It may have come to any of the parties instead of to the court (KL 13 kap. 6 §): `received_by` is None for the
    court itself. The decision gains no legal force while one that came in time waits for its end, `final_on`: the day
    when the court's own decision could no longer be appealed.
    """

    class Assessment(models.TextChoices):
        IN_TIME = "in_time", "Kom in i rätt tid"
        LATE = "late", "Kom in för sent"

    class Outcome(models.TextChoices):
        REJECTED = "rejected", "Avslaget: beslutet står fast"
        DISMISSED = "dismissed", "Avvisat: inte prövat i sak"
        WITHDRAWN = "withdrawn", "Avskrivet: återkallat"
        ANNULLED = "annulled", "Beslutet är upphävt"

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="appeals", verbose_name="paragraf")
    appellant = models.CharField("klagande", max_length=200)
    received_on = models.DateField("kom in")
    received_by = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kom in till"
    )
    registered_at = models.DateTimeField("registrerat", auto_now_add=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av")
    assessment = models.CharField("bedömning", max_length=20, choices=Assessment, blank=True)
    assessed_at = models.DateTimeField("bedömt", null=True, blank=True)
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bedömt av"
    )
    sent_on = models.DateField("lämnat till rätten", null=True, blank=True)
    court_case = models.CharField("rättens målnummer", max_length=60, blank=True)
    outcome = models.CharField("utgång", max_length=20, choices=Outcome, blank=True)
    decided_on = models.DateField("avgjort", null=True, blank=True)
    final_on = models.DateField("avgörandet vann laga kraft", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "överklagande"
        verbose_name_plural = "överklaganden"
        ordering = ["received_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_on__isnull=True) | (~Q(outcome="") & Q(decided_on__isnull=False)),
                name="an_appeal_has_an_outcome_and_its_day",
            ),
            models.CheckConstraint(
                condition=Q(final_on__isnull=True) | Q(decided_on__isnull=False, final_on__gte=F("decided_on")),
                name="an_appeal_is_at_its_end_once_it_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("received_on")),
                name="an_appeal_is_decided_after_it_came_in",
            ),
        ]

    def __str__(self):
        return f"Överklagande av {self.paragraph.label}, {self.appellant}"

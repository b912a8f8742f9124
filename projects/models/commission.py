"""What municipalities ask the board to do together, and organisations outside it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Case
from enamnd.organisation.models import Municipality
from meetings.models import Paragraph

from .activity import Activity


class Commission(models.Model):
    """A task that two municipalities or more hand over to the board (uppdrag), which it accepts by a decision."""

    title = models.CharField("uppdrag", max_length=200)
    description = models.TextField("beskrivning", blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ärende")
    given_by = models.ManyToManyField(Municipality, related_name="+", verbose_name="överlämnat av")
    received_on = models.DateField("överlämnat")
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nämndens beslut"
    )
    decision = models.CharField("beslut", max_length=200, blank=True, help_text="När paragrafen inte finns i portalen.")
    is_accepted = models.BooleanField("accepterat", null=True, blank=True)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="commissions", verbose_name="blev aktiviteten"
    )
    outcome = models.TextField("vad det blev av", blank=True)
    closed_on = models.DateField("avslutat", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "uppdrag från kommuner"
        verbose_name_plural = "uppdrag från kommuner"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted__isnull=True) | Q(paragraph__isnull=False) | ~Q(decision=""),
                name="a_commission_is_answered_by_a_decision",
                violation_error_message="Ange nämndens beslut.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(outcome=""),
                name="a_closed_commission_says_what_came_of_it",
                violation_error_message="Skriv vad det blev av uppdraget.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:commission", args=[self.pk])


class OutsideOrganisation(models.Model):
    """An organisation outside the board that it works with (extern organisation)."""

    name = models.CharField("namn", max_length=150, unique=True)
    role = models.CharField("vad den gör", max_length=200, blank=True)
    contact = models.CharField("kontaktperson", max_length=150, blank=True)
    email = models.EmailField("e-post", blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    website = models.URLField("webbplats", blank=True)
    note = models.TextField("anmärkning", blank=True)
    ended_on = models.DateField("samarbetet avslutat", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "extern organisation"
        verbose_name_plural = "externa organisationer"
        ordering = ["name"]

    def __str__(self):
        return self.name

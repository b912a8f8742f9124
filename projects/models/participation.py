"""Which municipalities take part in an activity, and how far each has come with it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from enamnd.organisation.models import Municipality

from .activity import Activity


class Participation(models.Model):
    """That a municipality takes part in an activity (deltagande), by its own decision."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="participations", verbose_name="aktivitet")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    joined_on = models.DateField("deltar från")
    left_on = models.DateField("deltog till", null=True, blank=True)
    is_late = models.BooleanField("tillkom efter starten", default=False)
    contact = models.CharField("kontaktperson", max_length=200, blank=True)
    decision = models.CharField("kommunens beslut", max_length=100, blank=True, help_text="KS § 112")
    decided_on = models.DateField("beslutsdatum", null=True, blank=True)
    financing_accepted_on = models.DateField("finansieringen godtagen", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "deltagande"
        verbose_name_plural = "deltaganden"
        ordering = ["activity", "municipality__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "municipality"],
                name="a_municipality_takes_part_once",
                violation_error_message="Kommunen deltar redan.",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="a_municipality_leaves_after_it_joins",
                violation_error_message="Kommunen lämnar före den går med.",
            ),
        ]

    def __str__(self):
        return f"{self.municipality} i {self.activity}"


class Adoption(models.Model):
    """How far a municipality has come with a common solution (anslutning)."""

    class State(models.TextChoices):
        UNDECIDED = "undecided", "Ej beslutat"
        DECIDED = "decided", "Beslutat"
        INTRODUCING = "introducing", "Införande"
        IN_USE = "in_use", "I drift"
        ABSTAINS = "abstains", "Avstår"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="adoptions", verbose_name="aktivitet")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    state = models.CharField("läge", max_length=20, choices=State)
    since_on = models.DateField("sedan")
    planned_on = models.DateField("i drift enligt planen", null=True, blank=True)
    note = models.CharField("anmärkning", max_length=200, blank=True)
    told_at = models.DateTimeField("uppgiften lämnad", auto_now=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "anslutning"
        verbose_name_plural = "anslutningar"
        ordering = ["activity", "municipality__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "municipality"], name="one_adoption_per_municipality_and_activity"
            ),
        ]

    def __str__(self):
        return f"{self.municipality}, {self.activity}: {self.get_state_display().lower()}"

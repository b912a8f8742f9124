"""The phases that the board's activities go through, and which of them each activity has been in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from meetings.models import Paragraph

from .activity import Activity


class Phase(models.Model):
    """A step of the board's process (fas), with the gate that leads into it. The board's own data, in `order`."""

    class Approver(models.TextChoices):
        """Who lets an activity through the gate."""

        COORDINATOR = "coordinator", "Samordnaren"
        STEERING = "steering", "Styrgruppen"
        BOARD = "board", "Nämnden"
        MUNICIPALITY = "municipality", "Kommunerna"

    name = models.CharField("namn", max_length=80, unique=True)
    order = models.PositiveSmallIntegerField("ordning")
    owner = models.CharField("ägare", max_length=100, blank=True, help_text="Den som driver fasen.")
    gate = models.CharField("beslutspunkt", max_length=20, blank=True, help_text="Som leder in i fasen: BP1")
    deliverables = models.TextField(
        "leveranser", blank=True, help_text="En på varje rad. De ska vara godkända innan nästa fas börjar."
    )
    approver = models.CharField("godkänns av", max_length=20, choices=Approver, default=Approver.STEERING)
    is_boards = models.BooleanField("nämndens eget ansvar", default=True)
    ends_boards_role = models.BooleanField(
        "nämndens roll upphör efter fasen", default=False, help_text="Om inget särskilt beslut säger annat."
    )
    starts_project = models.BooleanField(
        "projektet startar här", default=False, help_text="Kräver beslut och säkrad finansiering."
    )
    is_end = models.BooleanField("aktiviteten är avslutad", default=False)
    retired_on = models.DateField("används inte sedan", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "fas"
        verbose_name_plural = "faser"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name

    @property
    def deliverable_lines(self) -> list[str]:
        return [line.strip() for line in self.deliverables.splitlines() if line.strip()]


class PhaseStep(models.Model):
    """That an activity has been in a phase for a time (fashistorik), and how it came there."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="steps", verbose_name="aktivitet")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="steps", verbose_name="fas")
    started_on = models.DateField("började")
    ended_on = models.DateField("slutade", null=True, blank=True)
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="beslut av nämnden"
    )
    decision = models.CharField("beslut", max_length=200, blank=True, help_text="Styrgruppen 2022-05-04 § 3")
    reason = models.CharField("fortsatte ändå därför att", max_length=500, blank=True)
    corrected_because = models.CharField("dagen rättad därför att", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("tid", auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "steg i fashistoriken"
        verbose_name_plural = "fashistorik"
        ordering = ["started_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity"], condition=Q(ended_on__isnull=True), name="an_activity_is_in_one_phase"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="a_phase_ends_after_it_begins",
                violation_error_message="Fasen slutar före den börjar.",
            ),
        ]

    def __str__(self):
        return f"{self.activity}: {self.phase}"


class Deliverable(models.Model):
    """Something that must be ready and approved before the activity leaves a phase (leverans)."""

    step = models.ForeignKey(PhaseStep, models.PROTECT, related_name="deliverables", verbose_name="fas")
    text = models.CharField("leverans", max_length=200)
    due_on = models.DateField("ska vara klar", null=True, blank=True)
    approved_on = models.DateField("godkänd", null=True, blank=True)
    approved_by = models.CharField("godkänd av", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "leverans"
        verbose_name_plural = "leveranser"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["step", "text"], name="a_phase_asks_for_a_deliverable_once"),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | ~Q(approved_by=""),
                name="an_approval_says_by_whom",
                violation_error_message="Skriv vem som har godkänt leveransen.",
            ),
        ]

    def __str__(self):
        return self.text

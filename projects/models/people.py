"""Who works in a project, which groups lead it, whom it concerns, and what it asks of the municipalities."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.organisation.models import Body, Municipality, Person, ValidOn

from .activity import Activity


class Assignment(models.Model):
    """Somebody's work in an activity for a time (bemanning), and from where they come."""

    class Role(models.TextChoices):
        LEADER = "leader", "Projektledare"
        MANAGER = "manager", "Förvaltningsledare"
        PART_LEADER = "part_leader", "Delprojektledare"
        SPECIALIST = "specialist", "Specialist"
        CONTACT = "contact", "Kontaktperson"

    class Source(models.TextChoices):
        MUNICIPALITY = "municipality", "Kommun"
        CONSULTANT = "consultant", "Extern konsult"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="assignments", verbose_name="aktivitet")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="person i registret"
    )
    name = models.CharField("namn", max_length=150)
    role = models.CharField("roll", max_length=20, choices=Role)
    source = models.CharField("kommer från", max_length=20, choices=Source)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kommun"
    )
    company = models.CharField("företag", max_length=150, blank=True)
    valid_from = models.DateField("från")
    valid_until = models.DateField("till", null=True, blank=True)

    objects = ValidOn.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "bemanning"
        verbose_name_plural = "bemanning"
        ordering = ["activity", "role", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="an_assignment_ends_after_it_begins",
                violation_error_message="Uppdraget slutar före det börjar.",
            ),
            models.CheckConstraint(
                condition=Q(source="municipality", municipality__isnull=False)
                | Q(source="consultant") & ~Q(company=""),
                name="an_assignment_says_from_where",
                violation_error_message="Välj kommun, eller skriv konsultens företag.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.get_role_display().lower()}"

    @property
    def comes_from(self) -> str:
        return self.company or self.municipality.full_name


class ActivityBody(models.Model):
    """That a body leads or helps an activity (styrgrupp, referensgrupp, arbetsgrupp)."""

    class Role(models.TextChoices):
        STEERING = "steering", "Styrgrupp"
        REFERENCE = "reference", "Referensgrupp"
        WORKING = "working", "Arbetsgrupp"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="bodies", verbose_name="aktivitet")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="organ")
    role = models.CharField("uppgift", max_length=20, choices=Role)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "aktivitetens organ"
        verbose_name_plural = "aktiviteters organ"
        ordering = ["activity", "role", "body__name"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "body", "role"], name="a_body_has_a_task_once"),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.body}"


class Stakeholder(models.Model):
    """Somebody whom an activity concerns (intressent), and how."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="stakeholders", verbose_name="aktivitet")
    name = models.CharField("intressent", max_length=150)
    interest = models.CharField("hur den berörs", max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "intressent"
        verbose_name_plural = "intressenter"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "name"], name="a_stakeholder_is_named_once"),
        ]

    def __str__(self):
        return self.name


class ResourceRequest(models.Model):
    """What an activity asks the municipalities for (resursbegäran): people, time."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="requests", verbose_name="aktivitet")
    what = models.CharField("vad som behövs", max_length=300)
    extent = models.CharField("omfattning", max_length=100, blank=True, help_text="20 timmar i månaden under våren")
    asked_on = models.DateField("begärd")
    answer_by = models.DateField("svar senast", null=True, blank=True)
    closed_on = models.DateField("avslutad", null=True, blank=True)
    closed_because = models.CharField("varför", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "resursbegäran"
        verbose_name_plural = "resursbegäranden"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_by__isnull=True) | Q(answer_by__gte=F("asked_on")),
                name="an_answer_comes_after_the_question",
                violation_error_message="Svar kan inte begäras före frågan.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("asked_on")),
                name="a_request_is_closed_after_it_is_made",
                violation_error_message="Begäran avslutas före den görs.",
            ),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("projects:resource_request", args=[self.activity_id, self.pk])


class ResourceAnswer(models.Model):
    """What one municipality answers a resource request (svar), and when it is ready."""

    class Outcome(models.TextChoices):
        YES = "yes", "Ja"
        PARTLY = "partly", "Delvis"
        NO = "no", "Nej"

    request = models.ForeignKey(ResourceRequest, models.PROTECT, related_name="answers", verbose_name="begäran")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    outcome = models.CharField("svar", max_length=10, choices=Outcome)
    readiness = models.CharField("beredskap", max_length=200, blank=True, help_text="Vem, och från när.")
    answered_at = models.DateTimeField("svarade", auto_now=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "svar på resursbegäran"
        verbose_name_plural = "svar på resursbegäran"
        ordering = ["municipality__name"]
        constraints = [
            models.UniqueConstraint(fields=["request", "municipality"], name="a_municipality_answers_a_request_once"),
        ]

    def __str__(self):
        return f"{self.municipality}: {self.get_outcome_display().lower()}"

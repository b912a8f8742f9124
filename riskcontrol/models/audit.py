"""What the municipalities' auditors examine each year: assessment, findings, the board's reply, what is done."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Case, Document
from enamnd.organisation.models import Municipality, Person
from meetings.models import Paragraph


class AuditReply(models.Model):
    """What the board decided about one or more audits (svar på granskning): one decision may answer several."""

    decided_on = models.DateField("beslutat")
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="i paragrafen"
    )
    decision = models.CharField("beslut", max_length=200, blank=True, help_text="2022-06-22 § 8")
    text = models.TextField("vad nämnden svarade", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("infört", auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "svar på granskning"
        verbose_name_plural = "svar på granskningar"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paragraph__isnull=False) | ~Q(decision=""),
                name="a_reply_says_where_it_was_decided",
                violation_error_message="Välj paragrafen där nämnden svarade, eller skriv datum och paragraf.",
            ),
        ]

    def __str__(self):
        return self.decision or f"{self.decided_on} {self.paragraph.label}"


class Audit(models.Model):
    """A municipality's yearly audit of the board (grundläggande granskning, KL 9 kap. 34 § and 12 kap. 1 §).

    The three verdicts and the discharge are empty until the auditors have spoken. `quotes` are their own sentences, a
    list of texts. `report_name` is what the report is called where it is no registered document ("Kf 41").
    """

    class Verdict(models.TextChoices):
        YES = "yes", "Ja"
        MOSTLY = "mostly", "I allt väsentligt"
        PARTLY = "partly", "Delvis"
        NO = "no", "Nej"

    class Discharge(models.TextChoices):
        SUPPORTED = "supported", "Ifrågasätts inte"
        QUESTIONED = "questioned", "Ifrågasätts"

    year = models.PositiveSmallIntegerField("år")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="audits", verbose_name="kommun")
    auditors = models.CharField("revisorer och biträde", max_length=200, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ärende")
    report = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="revisionsrapport"
    )
    report_name = models.CharField(
        "rapporten kallas", max_length=200, blank=True, help_text="När den inte är registrerad: Kf 41."
    )
    received_on = models.DateField("rapporten kom", null=True, blank=True)
    purposeful = models.CharField("ändamålsenligt", max_length=20, choices=Verdict, blank=True)
    economical = models.CharField("ekonomiskt tillfredsställande", max_length=20, choices=Verdict, blank=True)
    controlled = models.CharField("tillräcklig intern kontroll", max_length=20, choices=Verdict, blank=True)
    discharge = models.CharField("ansvarsfrihet", max_length=20, choices=Discharge, blank=True)
    discharge_note = models.CharField("varför den ifrågasätts", max_length=500, blank=True)
    quotes = models.JSONField("revisorernas ord", default=list, blank=True)
    reply = models.ForeignKey(
        AuditReply, models.PROTECT, null=True, blank=True, related_name="audits", verbose_name="besvarad"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "granskning"
        verbose_name_plural = "granskningar"
        ordering = ["-year", "municipality__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "municipality"],
                name="one_audit_per_year_and_municipality",
                violation_error_message="Kommunens granskning det året är redan upplagd.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2199),
                name="an_audit_is_of_a_year_of_ours",
                violation_error_message="Skriv ett år från 1990 till 2199.",
            ),
            models.CheckConstraint(
                condition=~Q(discharge="questioned") | ~Q(discharge_note=""),
                name="a_questioned_discharge_says_why",
                violation_error_message="Skriv varför revisorerna ifrågasätter ansvarsfriheten.",
            ),
        ]

    def __str__(self):
        return f"Grundläggande granskning {self.year}, {self.municipality}"

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:audit", args=[self.pk])

    @property
    def report_words(self) -> str:
        """What the report is called, empty when none is known."""
        return str(self.report) if self.report_id else self.report_name


class Finding(models.Model):
    """Something that the auditors noticed (iakttagelse), with their recommendation when they gave one."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="findings", verbose_name="granskning")
    text = models.TextField("iakttagelse", blank=True)
    recommendation = models.TextField("rekommendation", blank=True, help_text="Tomt: iakttagelse utan rekommendation.")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "iakttagelse"
        verbose_name_plural = "iakttagelser"
        ordering = ["audit", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | ~Q(recommendation=""),
                name="a_finding_says_something_at_all",
                violation_error_message="Skriv iakttagelsen, rekommendationen eller båda.",
            ),
        ]

    def __str__(self):
        return (self.recommendation or self.text)[:200]


class AuditMeasure(models.Model):
    """What is to be done because of recommendations (åtgärd): by whom, by when, and where it is reported back.

    One measure may answer the same recommendation from several municipalities.
    """

    findings = models.ManyToManyField(Finding, related_name="measures", verbose_name="rekommendationer")
    text = models.CharField("åtgärd", max_length=500)
    owner = models.CharField("ägare", max_length=200, help_text="Roll, organ eller namn.")
    owner_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="påminns"
    )
    due_on = models.DateField("klar senast")
    reported_at = models.CharField(
        "återrapporteras", max_length=200, blank=True, help_text="Till exempel: vid delårsrapport 2."
    )
    done_on = models.DateField("klar", null=True, blank=True)
    outcome = models.CharField("vad det blev av", max_length=500, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "åtgärd efter granskning"
        verbose_name_plural = "åtgärder efter granskningar"
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.text

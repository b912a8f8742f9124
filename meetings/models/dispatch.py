"""What becomes of a decision: extracts, who is sent it, what must be done, and what every council must decide."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Case, Document, Paper
from enamnd.organisation.models import Body, Municipality, Person

from .adjustment import Adjustment
from .meeting import Meeting
from .paragraph import Paragraph


class Extract(models.Model):
    """An issued extract of one paragraph (protokollsutdrag), from the frozen text once that stands."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="extracts", verbose_name="paragraf")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+", verbose_name="papper")
    is_adjusted = models.BooleanField("justerat", default=False)
    source_sha256 = models.CharField("källtextens SHA-256", max_length=64, blank=True)
    certified_by = models.CharField("bestyrkt av", max_length=150, blank=True)
    certified_on = models.DateField("bestyrkt", null=True, blank=True)
    issued_at = models.DateTimeField("utfärdat", auto_now_add=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av")

    class Meta:
        verbose_name = "protokollsutdrag"
        verbose_name_plural = "protokollsutdrag"
        ordering = ["-issued_at"]

    def __str__(self):
        return f"Utdrag {self.paragraph.label}"


class Dispatch(models.Model):
    """That a decision, or the whole protocol, is sent to somebody (expediering): sent, confirmed, carried out."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="dispatches", verbose_name="sammanträde")
    paragraph = models.ForeignKey(
        Paragraph,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dispatches",
        verbose_name="paragraf",
        help_text="Tomt: hela protokollet.",
    )
    adjustment = models.ForeignKey(
        Adjustment, models.PROTECT, null=True, blank=True, related_name="dispatches", verbose_name="justering"
    )
    recipient = models.CharField("mottagare", max_length=200)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField("e-post", blank=True)
    extract = models.ForeignKey(Extract, models.PROTECT, null=True, blank=True, related_name="dispatches")
    sent_on = models.DateField("skickat", null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    manner = models.CharField("sätt", max_length=100, blank=True, help_text="e-post, brev, lämnat")
    confirmed_on = models.DateField("bekräftat", null=True, blank=True)
    confirmed_by = models.CharField("bekräftat av", max_length=150, blank=True)
    executed_on = models.DateField("verkställt", null=True, blank=True)
    link_revoked_at = models.DateTimeField("länken återkallad", null=True, blank=True)
    link_revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="återkallad av"
    )
    link_revoked_because = models.CharField("återkallad därför att", max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "expediering"
        verbose_name_plural = "expedieringar"
        ordering = ["meeting", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(link_revoked_at__isnull=True) | ~Q(link_revoked_because=""),
                name="a_revoked_link_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.recipient} ({self.paragraph.label if self.paragraph else 'protokollet'})"


class HomeReport(models.Model):
    """That the decisions of a meeting have been told at home, in one of the parties (återrapportering)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="home_reports", verbose_name="sammanträde")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    reported_on = models.DateField("återrapporterat")
    reported_by = models.CharField("av", max_length=150)
    where = models.CharField("var", max_length=200, blank=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="infört av")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "återrapportering"
        verbose_name_plural = "återrapporteringar"
        ordering = ["meeting", "municipality__name"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "municipality"], name="one_home_report_per_meeting_and_party"),
        ]

    def __str__(self):
        return f"Återrapportering i {self.municipality}"


class FollowUp(models.Model):
    """Something to be done because of a decision (uppdrag): who, by when, done when and how."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="follow_ups", verbose_name="beslutat i")
    task = models.TextField("uppdrag")
    responsible = models.CharField("ansvarig", max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="person")
    due_on = models.DateField("klart senast", null=True, blank=True)
    done_on = models.DateField("klart", null=True, blank=True)
    outcome = models.TextField("resultat", blank=True)
    told_in = models.ForeignKey(
        Paragraph,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="told_follow_ups",
        verbose_name="rapporterat i",
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"
        ordering = ["due_on", "id"]

    def __str__(self):
        return self.task[:80]


class CouncilMatter(models.Model):
    """A matter that the council of every party must decide (vem har beslutat?): an agreement, a reglemente, goals."""

    title = models.CharField("fråga", max_length=300)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ärende")
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="council_matters", verbose_name="nämndens beslut"
    )
    asked_on = models.DateField("skickad till fullmäktige", null=True, blank=True)
    answer_by = models.DateField("svar senast", null=True, blank=True)
    closed_on = models.DateField("avslutad", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "fråga till fullmäktige"
        verbose_name_plural = "frågor till fullmäktige"
        ordering = ["-asked_on", "-id"]

    def __str__(self):
        return self.title


class CouncilDecision(models.Model):
    """What one party's council has decided in such a matter (fullmäktiges beslut)."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Godkänt"
        APPROVED_CHANGED = "approved_changed", "Godkänt med ändring"
        REJECTED = "rejected", "Avslaget"
        REFERRED = "referred", "Återremitterat"

    matter = models.ForeignKey(CouncilMatter, models.PROTECT, related_name="decisions", verbose_name="fråga")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    decided_on = models.DateField("beslutat")
    paragraph = models.CharField("paragraf", max_length=40, blank=True)
    outcome = models.CharField("utfall", max_length=20, choices=Outcome)
    comment = models.CharField("anmärkning", max_length=300, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="handling"
    )
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "fullmäktiges beslut"
        verbose_name_plural = "fullmäktiges beslut"
        ordering = ["matter", "municipality__name"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "municipality"], name="one_council_decision_per_matter"),
        ]

    def __str__(self):
        return f"{self.municipality}: {self.get_outcome_display()}"

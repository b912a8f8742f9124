"""A paragraph and its text."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Case
from enamnd.organisation.models import Body, Person

from .meeting import Meeting


class ParagraphQuerySet(models.QuerySet):
    def numbered(self, body: Body, year: int):
        """Paragraphs of a body and year that have their number."""
        return self.filter(body=body, year=year, number__isnull=False)


class Paragraph(models.Model):
    """One matter in the protocol (paragraf), from the agenda to the printed text.

    `sections` is the text as a list in printed order (see sections.py): one unit, so that a version of the paragraph
    is one row of its history. Saving text while somebody writes updates the row without history; a version is kept
    when they leave it (see actions/versions.py). `number` stays empty until the secretary gives numbers; it runs per
    body and calendar year (`body`, `year` repeat the meeting's, for the constraint).
    """

    class Kind(models.TextChoices):
        DECISION = "decision", "Beslutsärende"
        INFORMATION = "information", "Informationsärende"

    class Origin(models.TextChoices):
        CASE = "case", "Ärende"
        STANDING = "standing", "Stående punkt"
        LATE = "late", "Extra ärende"
        MEMBER = "member", "Väckt av ledamot"

    class Appeal(models.TextChoices):
        """Whether the decision can be tried by law (KL 13 kap. 2 §)."""

        LEGALITY = "legality", "Kan överklagas genom laglighetsprövning"
        PREPARATORY = "preparatory", "Rent förberedande"
        EXECUTIVE = "executive", "Rent verkställande"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="paragraphs", verbose_name="sammanträde")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="organ")
    year = models.PositiveSmallIntegerField("år")
    position = models.PositiveSmallIntegerField("ordning")
    number = models.PositiveIntegerField("paragraf", null=True, blank=True)
    title = models.CharField("rubrik", max_length=1000)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="paragraphs", verbose_name="ärende"
    )
    kind = models.CharField("slag", max_length=20, choices=Kind, default=Kind.DECISION)
    origin = models.CharField("kommer från", max_length=20, choices=Origin, default=Origin.CASE)
    standing_item = models.ForeignKey(
        "meetings.StandingItem", models.PROTECT, null=True, blank=True, related_name="paragraphs", verbose_name="punkt"
    )
    raised_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="väckt av"
    )
    is_behind_closed_doors = models.BooleanField("stängda dörrar", default=False)
    appeal = models.CharField("överklagande", max_length=20, choices=Appeal, default=Appeal.LEGALITY)
    sections = models.JSONField("avsnitt", default=list, blank=True)
    revision = models.PositiveIntegerField("ändring nr", default=0)
    kept_revision = models.PositiveIntegerField("senast sparad version av ändring nr", default=0)
    edited_at = models.DateTimeField("senast ändrad", null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="av"
    )

    objects = ParagraphQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "paragraf"
        verbose_name_plural = "paragrafer"
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "number"],
                condition=Q(number__isnull=False),
                name="one_paragraph_per_body_year_and_number",
            ),
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="one_paragraph_per_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self):
        return f"{self.label} {self.title}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:paragraph", args=[self.meeting_id, self.pk])

    @property
    def label(self) -> str:
        return f"§ {self.number}" if self.number else "§ –"


class Presence(models.Model):
    """That somebody has a paragraph open right now (närvarande i texten), so that two people see each other."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "öppen paragraf"
        verbose_name_plural = "öppna paragrafer"
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "user"], name="one_presence_per_person_and_paragraph"),
        ]

    def __str__(self):
        return f"{self.user} i {self.paragraph}"

"""The approval of the protocol (justering): a set of paragraphs frozen in one paper, signed by those who must."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from enamnd.documents.models import Paper
from enamnd.organisation.models import Person

from .meeting import Meeting
from .paragraph import Paragraph


class AdjustmentQuerySet(models.QuerySet):
    def standing(self):
        """Not withdrawn: waiting for signatures, or adjusted."""
        return self.filter(withdrawn_at=None)

    def waiting(self):
        """Frozen, and still not signed by all."""
        return self.standing().filter(adjusted_on=None)

    def locking(self, thing: Meeting | Paragraph):
        """What keeps `thing` from being changed: of a paragraph its own adjustment, of a meeting the ordinary one."""
        if isinstance(thing, Paragraph):
            return self.standing().filter(paragraphs__paragraph=thing, paragraphs__is_void=False)
        return self.standing().filter(meeting=thing, is_immediate=False)


class Adjustment(models.Model):
    """A set of paragraphs frozen in one rendering, to be signed (justering, KL 5 kap. 69 § and 6 kap. 35 §).

    A meeting may have several: paragraphs adjusted at once (omedelbar justering) have their own paper and clocks. It is
    open until the last signature (`adjusted_on`) or until the secretary withdraws it, which voids its signatures.
    `frozen` is the unsigned paper; `paper` its newest signed revision, or the same until somebody has signed.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="adjustments", verbose_name="sammanträde")
    is_immediate = models.BooleanField("omedelbar", default=False)
    frozen = models.ForeignKey(Paper, models.PROTECT, related_name="+", verbose_name="låst papper")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+", verbose_name="gällande papper")
    frozen_at = models.DateTimeField("låst", auto_now_add=True)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="låst av")
    content = models.JSONField("innehåll", help_text="Protokollet som data, som det löd när det låstes.")
    adjusted_on = models.DateField("justerat", null=True, blank=True)
    withdrawn_at = models.DateTimeField("upplåst", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="upplåst av"
    )
    withdrawn_because = models.CharField("upplåst därför att", max_length=300, blank=True)

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = "justering"
        verbose_name_plural = "justeringar"
        ordering = ["frozen_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="a_withdrawn_adjustment_says_why",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(adjusted_on__isnull=True),
                name="an_adjusted_protocol_is_not_withdrawn",
            ),
        ]

    def __str__(self):
        return f"Justering av {self.meeting}"


class AdjustedParagraph(models.Model):
    """That a paragraph belongs to an adjustment. `is_void` follows a withdrawal, so that it may be frozen again."""

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="paragraphs", verbose_name="justering")
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="adjustments", verbose_name="paragraf")
    is_void = models.BooleanField("upplåst", default=False)

    class Meta:
        verbose_name = "justerad paragraf"
        verbose_name_plural = "justerade paragrafer"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph"],
                condition=Q(is_void=False),
                name="a_paragraph_is_adjusted_once",
            ),
        ]

    def __str__(self):
        return str(self.paragraph)


class Signatory(models.Model):
    """Somebody who signs an adjustment (undertecknare), in order: what for, and what came of it."""

    class Role(models.TextChoices):
        SECRETARY = "secretary", "Sekreterare"
        CHAIR = "chair", "Ordförande"
        ADJUSTER = "adjuster", "Justerare"

    class Method(models.TextChoices):
        PORTAL = "portal", "I portalen"
        UPLOADED = "uploaded", "Underskriven fil"
        INK = "ink", "På papper"

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="signatories", verbose_name="justering")
    order = models.PositiveSmallIntegerField("ordning")
    role = models.CharField("roll", max_length=20, choices=Role)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="person")
    name = models.CharField("namn", max_length=150)
    political_party = models.CharField("parti", max_length=60, blank=True)
    paragraphs = models.CharField("paragrafer", max_length=200, blank=True, help_text="8-14; tomt: alla")
    field_name = models.CharField("fält i filen", max_length=60)
    asked_at = models.DateTimeField("ombedd", null=True, blank=True)
    method = models.CharField("sätt", max_length=20, choices=Method, blank=True)
    signed_at = models.DateTimeField("undertecknat", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="konto"
    )
    evidence = models.JSONField("underlag", default=dict, blank=True, help_text="Hur personen visade vem den är.")
    revision = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="filen med underskriften"
    )
    declined_at = models.DateTimeField("avböjt", null=True, blank=True)
    declined_because = models.CharField("avböjt därför att", max_length=500, blank=True)

    class Meta:
        verbose_name = "undertecknare"
        verbose_name_plural = "undertecknare"
        ordering = ["adjustment", "order"]
        constraints = [
            models.UniqueConstraint(fields=["adjustment", "order"], name="one_signatory_per_place_in_the_order"),
            models.UniqueConstraint(fields=["adjustment", "field_name"], name="one_signatory_per_field"),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True) | (Q(signed_at__isnull=True) & ~Q(declined_because="")),
                name="who_declines_says_why_and_has_not_signed",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.get_role_display().lower()}"


class ConfirmedWarning(models.Model):
    """A remark of the protocol check that the secretary let stand when freezing (bekräftad varning)."""

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="confirmed_warnings")
    code = models.CharField("kontroll", max_length=60)
    text = models.CharField("anmärkning", max_length=1000)
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "bekräftad varning"
        verbose_name_plural = "bekräftade varningar"
        ordering = ["id"]

    def __str__(self):
        return self.text

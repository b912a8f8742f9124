"""The meeting itself, and what its protocol's cover says."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from enamnd.organisation.models import Body, Person


class Meeting(models.Model):
    """One meeting of a body (sammanträde), which its protocol is about (KL 5 kap. 65 § and 6 kap. 35 §)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name="organ")
    held_on = models.DateField("datum")
    starts_at = models.TimeField("börjar", null=True, blank=True)
    ends_at = models.TimeField("slutar", null=True, blank=True)
    ends_on = models.DateField(
        "slutar den dagen", null=True, blank=True, help_text="Tomt: samma dag som sammanträdet börjar."
    )
    place = models.CharField("plats", max_length=200, blank=True)
    is_remote = models.BooleanField("på distans", default=False)
    secretary = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sekreterare"
    )
    secretary_name = models.CharField("sekreterarens namn", max_length=150, blank=True)
    adjustment_text = models.CharField(
        "tid och plats för justering", max_length=300, blank=True, help_text="Som det ska stå på framsidan."
    )
    adjusted_from = models.PositiveIntegerField("justeras från §", null=True, blank=True, help_text="Tomt: alla.")
    adjusted_to = models.PositiveIntegerField("justeras till §", null=True, blank=True)
    imported_shape = models.JSONField(
        "filens form",
        default=list,
        blank=True,
        help_text="Tomma nycklar som den inlästa filen hade eller saknade, så att en export blir lik den.",
    )
    numbered_at = models.DateTimeField("paragrafnummer givna", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "sammanträde"
        verbose_name_plural = "sammanträden"
        ordering = ["-held_on", "-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(ends_on__isnull=False)
                | Q(ends_at__gte=F("starts_at")),
                name="a_meeting_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("held_on")),
                name="a_meeting_ends_another_day_only_when_it_is_later",
            ),
        ]

    def __str__(self):
        return f"{self.body} {self.held_on}"

    @property
    def year(self) -> int:
        return self.held_on.year

    @property
    def last_day(self) -> date:
        """The day it ended, or ends: another than the first when it went past midnight, or on after an adjournment."""
        return self.ends_on or self.held_on


class Adjuster(models.Model):
    """Somebody chosen to adjust the protocol (justerare), for all of it or for a range of paragraphs.

    An empty end is that of the meeting, as for a chair.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="adjusters")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("namn", max_length=150)
    political_party = models.CharField("parti", max_length=60, blank=True)
    first = models.ForeignKey(
        "meetings.Paragraph", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="från"
    )
    last = models.ForeignKey(
        "meetings.Paragraph", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="till och med"
    )
    order = models.PositiveSmallIntegerField("ordning", default=1)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "justerare"
        verbose_name_plural = "justerare"
        ordering = ["order", "id"]

    def __str__(self):
        return f"{self.name} ({self.political_party})" if self.political_party else self.name


class Proof(models.Model):
    """What the cover says of the notice (bevis om anslag): put up, taken down, protocol kept where (KL 8 kap. 12 §)."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="proof")
    posted_on = models.DateField("anslaget sätts upp", null=True, blank=True)
    removed_on = models.DateField("anslaget tas ned", null=True, blank=True)
    storage = models.CharField("förvaringsplats", max_length=200, blank=True)
    signed_by = models.CharField("underskrift", max_length=150, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "bevis om anslag"
        verbose_name_plural = "bevis om anslag"
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True) | Q(removed_on__isnull=True) | Q(removed_on__gte=F("posted_on")),
                name="a_notice_is_taken_down_after_it_was_put_up",
            ),
        ]

    def __str__(self):
        return f"Anslag {self.posted_on or '–'} till {self.removed_on or '–'}"


class ExternalSignature(models.Model):
    """Evidence of a signing done outside the portal (underskrift): who, when, the checksum that was signed."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="external_signatures")
    order = models.PositiveSmallIntegerField("ordning", default=1)
    name = models.CharField("namn", max_length=150)
    at = models.CharField("tid", max_length=40, help_text="Som i underlaget: 2022-06-28 14:34")
    digest = models.CharField("checksumma", max_length=128)
    algorithm = models.CharField("algoritm", max_length=40)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "underskrift utanför portalen"
        verbose_name_plural = "underskrifter utanför portalen"
        ordering = ["order", "id"]

    def __str__(self):
        return f"{self.name} {self.at}"

"""Who was at the meeting, in which capacity, from which paragraph to which."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from enamnd.organisation.models import Municipality, Person, Seat

from .meeting import Meeting
from .paragraph import Paragraph


class PresenceKind(models.TextChoices):
    """How somebody took part."""

    UNMARKED = "", "Inte markerad"
    SERVING = "serving", "Tjänstgör"
    PRESENT = "present", "Närvarar"
    ABSENT = "absent", "Frånvarande"


class Attendance(models.Model):
    """One person's attendance (närvaro): on a seat, or as somebody else who was there.

    Name, party, municipality and role are copied from the register when the row is made, so that old papers keep
    their names. `presence` holds throughout when the row has no periods; otherwise the periods say when, and the
    person is absent in between (KL 5 kap. 66 §: which members and substitutes served).
    """

    class SeatKind(models.TextChoices):
        MEMBER = "member", "Ledamot"
        SUBSTITUTE = "substitute", "Ersättare"
        OTHER = "", "Övrig"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance", verbose_name="sammanträde")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="plats")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="attendance", verbose_name="person"
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kommun"
    )
    seat_kind = models.CharField("slag", max_length=20, choices=SeatKind, blank=True)
    position = models.PositiveSmallIntegerField("ordning", default=0)
    name = models.CharField("namn", max_length=150)
    political_party = models.CharField("parti", max_length=60, blank=True)
    municipality_name = models.CharField("kommunens namn", max_length=100, blank=True)
    organisation = models.CharField("organisation", max_length=200, blank=True)
    role = models.CharField("roll", max_length=200, blank=True, help_text="ordförande, vice ordförande")
    presence = models.CharField("närvaro", max_length=20, choices=PresenceKind, blank=True)
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="tjänstgör istället för"
    )
    is_remote = models.BooleanField("på distans", default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "närvaro"
        verbose_name_plural = "närvaro"
        ordering = ["meeting", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "seat", "person"],
                condition=Q(seat__isnull=False),
                name="one_attendance_per_person_and_seat",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.municipality_name or self.organisation}"

    @property
    def name_with_party(self) -> str:
        return f"{self.name} ({self.political_party})" if self.political_party else self.name


class AttendancePeriod(models.Model):
    """From which paragraph to which somebody took part, and how (ändring i närvaro): ”från § 5”, ”§ 15-16”.

    An empty end is open: from the start of the meeting, or to its end.
    """

    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="periods", verbose_name="närvaro")
    presence = models.CharField("närvaro", max_length=20, choices=PresenceKind)
    first = models.ForeignKey(Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="från")
    last = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="till och med"
    )
    replaces = models.ForeignKey(
        Attendance, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="tjänstgör istället för"
    )
    role = models.CharField("roll", max_length=200, blank=True, help_text="När den inte är densamma hela tiden.")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "ändring i närvaro"
        verbose_name_plural = "ändringar i närvaro"
        ordering = ["id"]

    def __str__(self):
        return f"{self.attendance}: {self.get_presence_display()}"


class ChairPeriod(models.Model):
    """Who held the chair (ordförande), for the whole meeting or for a range of paragraphs."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="chairs", verbose_name="sammanträde")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="person")
    name = models.CharField("namn", max_length=150)
    political_party = models.CharField("parti", max_length=60, blank=True)
    first = models.ForeignKey(Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="från")
    last = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="till och med"
    )
    order = models.PositiveSmallIntegerField("ordning", default=1)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "ordförandeskap"
        verbose_name_plural = "ordförandeskap"
        ordering = ["order", "id"]

    def __str__(self):
        return self.name_with_party

    @property
    def name_with_party(self) -> str:
        return f"{self.name} ({self.political_party})" if self.political_party else self.name

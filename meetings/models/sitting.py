"""What happens at the table: moments, conflicts of interest, motions, ballots, reservations, closed matters."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from .attendance import Attendance
from .meeting import Meeting
from .paragraph import Paragraph


class Moment(models.Model):
    """A moment of the meeting itself (öppnat, ajournerat, återupptaget, avslutat)."""

    class Kind(models.TextChoices):
        OPENED = "opened", "Öppnat"
        ADJOURNED = "adjourned", "Ajournerat"
        RESUMED = "resumed", "Återupptaget"
        CLOSED = "closed", "Avslutat"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="moments", verbose_name="sammanträde")
    kind = models.CharField("slag", max_length=20, choices=Kind)
    at = models.DateTimeField("tid")
    until = models.DateTimeField("ajournerat till", null=True, blank=True)
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="under paragraf"
    )
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "tidpunkt"
        verbose_name_plural = "tidpunkter"
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.at:%H.%M}"


class Recusal(models.Model):
    """A conflict of interest in a matter (jäv, KL 6 kap. 28-30 §§): out of the room, the count and the vote."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="recusals", verbose_name="paragraf")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="recusals", verbose_name="person")
    reason = models.CharField("skäl", max_length=300, blank=True)
    substitute = models.ForeignKey(
        Attendance, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ersätts av"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "jäv"
        verbose_name_plural = "jäv"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "attendance"], name="one_recusal_per_person_and_paragraph"),
        ]

    def __str__(self):
        return f"{self.attendance.name}, jäv {self.paragraph.label}"


class Motion(models.Model):
    """A proposal put at the meeting (yrkande, KL 5 kap. 67 § p. 1). One that is withdrawn is kept, and not printed."""

    class Kind(models.TextChoices):
        APPROVAL = "approval", "Bifall till förslaget"
        REJECTION = "rejection", "Avslag"
        CHANGE = "change", "Ändring"
        ADDITION = "addition", "Tillägg"
        REFERRAL = "referral", "Återremiss"
        POSTPONEMENT = "postponement", "Bordläggning"
        OTHER = "other", "Annat yrkande"

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="motions", verbose_name="paragraf")
    kind = models.CharField("slag", max_length=20, choices=Kind)
    text = models.TextField("yrkande", blank=True)
    mover = models.ForeignKey(
        Attendance, models.PROTECT, null=True, blank=True, related_name="motions", verbose_name="av"
    )
    supporters = models.JSONField("instämmer", default=list, blank=True, help_text="Närvarorader, som nycklar.")
    order = models.PositiveSmallIntegerField("ordning", default=1)
    withdrawn_at = models.DateTimeField("återtaget", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "yrkande"
        verbose_name_plural = "yrkanden"
        ordering = ["order", "id"]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.paragraph.label})"


class Procedure(models.Model):
    """In which order the chair put the proposals, and what was found (propositionsordning, KL 5 kap. 67 § p. 2)."""

    paragraph = models.OneToOneField(Paragraph, models.PROTECT, related_name="procedure", verbose_name="paragraf")
    text = models.TextField("propositionsordning")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "propositionsordning"
        verbose_name_plural = "propositionsordningar"

    def __str__(self):
        return f"Propositionsordning {self.paragraph.label}"


class Ballot(models.Model):
    """A vote that was called for (omröstning, KL 5 kap. 53-56 §§ and 6 kap. 33 §), or a drawing of lots.

    In a closed one only the totals are kept. `yes_count` and the others hold the totals of a closed ballot; an open
    one is counted from its votes. A tie is decided by the chair's casting vote, in an election by lot.
    """

    class Method(models.TextChoices):
        OPEN = "open", "Öppen omröstning"
        CLOSED = "closed", "Sluten omröstning"
        LOT = "lot", "Lottning"

    class Choice(models.TextChoices):
        YES = "yes", "Ja"
        NO = "no", "Nej"
        ABSTAIN = "abstain", "Avstår"

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="ballots", verbose_name="paragraf")
    order = models.PositiveSmallIntegerField("ordning", default=1)
    method = models.CharField("sätt", max_length=20, choices=Method, default=Method.OPEN)
    is_election = models.BooleanField("val eller anställning", default=False)
    yes_means = models.CharField("ja-röst för", max_length=300, blank=True)
    no_means = models.CharField("nej-röst för", max_length=300, blank=True)
    yes_count = models.PositiveSmallIntegerField("ja", null=True, blank=True)
    no_count = models.PositiveSmallIntegerField("nej", null=True, blank=True)
    abstain_count = models.PositiveSmallIntegerField("avstår", null=True, blank=True)
    casting_vote = models.CharField("utslagsröst", max_length=20, choices=Choice, blank=True)
    casting_by = models.ForeignKey(
        Attendance, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ordförande"
    )
    lot_outcome = models.CharField("lottens utslag", max_length=300, blank=True)
    result = models.TextField("resultat", blank=True, help_text="Tomt: portalens egen mening.")
    finished_at = models.DateTimeField("avslutad", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "omröstning"
        verbose_name_plural = "omröstningar"
        ordering = ["order", "id"]

    def __str__(self):
        return f"{self.get_method_display()} {self.paragraph.label}"


class Vote(models.Model):
    """How somebody voted in an open ballot (röst, KL 5 kap. 67 § p. 5)."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="votes", verbose_name="omröstning")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="votes", verbose_name="person")
    choice = models.CharField("röst", max_length=20, choices=Ballot.Choice)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "röst"
        verbose_name_plural = "röster"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "attendance"], name="one_vote_per_person_and_ballot"),
        ]

    def __str__(self):
        return f"{self.attendance.name}: {self.get_choice_display()}"


class Statement(models.Model):
    """A reservation against a decision (KL 4 kap. 27 §), or a note in the protocol (protokollsanteckning)."""

    class Kind(models.TextChoices):
        RESERVATION = "reservation", "Reservation"
        NOTE = "note", "Protokollsanteckning"

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="statements", verbose_name="paragraf")
    kind = models.CharField("slag", max_length=20, choices=Kind)
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="statements", verbose_name="av")
    text = models.TextField("motivering", blank=True)
    announced_at = models.DateTimeField("anmäld")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "reservation eller anteckning"
        verbose_name_plural = "reservationer och anteckningar"
        ordering = ["id"]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.attendance.name}"


class Closing(models.Model):
    """That the matter was closed at the meeting (avslutad), with its outcome and the count of that moment."""

    class Outcome(models.TextChoices):
        DECIDED = "decided", "Beslutat"
        INFORMED = "informed", "Information"
        POSTPONED = "postponed", "Bordlagt"
        REFERRED = "referred", "Återremitterat"
        DROPPED = "dropped", "Utgår"

    paragraph = models.OneToOneField(Paragraph, models.PROTECT, related_name="closing", verbose_name="paragraf")
    outcome = models.CharField("utfall", max_length=20, choices=Outcome)
    at = models.DateTimeField("tid")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    present = models.PositiveSmallIntegerField("närvarande", null=True, blank=True)
    seats = models.PositiveSmallIntegerField("platser", null=True, blank=True)
    is_live = models.BooleanField("under sammanträdet", default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "avslutat ärende"
        verbose_name_plural = "avslutade ärenden"
        constraints = [
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(seats__isnull=False),
                name="a_count_of_present_has_its_seats",
            ),
        ]

    def __str__(self):
        return f"{self.paragraph.label}: {self.get_outcome_display()}"

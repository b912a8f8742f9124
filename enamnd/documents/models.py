"""Cases and documents: the board's register (diarium) as OSL 5 kap. 1–2 §§ asks for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from enamnd.journal.models import key_of


class NumberSeries(models.Model):
    """A counter that never gives the same number twice (nummerserie): locked while it counts."""

    key = models.CharField("serie", max_length=100, unique=True)
    last = models.PositiveIntegerField("senaste nummer", default=0)

    class Meta:
        verbose_name = "nummerserie"
        verbose_name_plural = "nummerserier"

    def __str__(self):
        return f"{self.key}: {self.last}"


class StoredFile(models.Model):
    """Bytes that never change (fil), known by their SHA-256.

    Kept in the database so that a file and the row that speaks of it are saved together or not at all.
    """

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    size = models.PositiveIntegerField("storlek i byte")
    media_type = models.CharField("medietyp", max_length=100)
    content = models.BinaryField("innehåll")
    stored_at = models.DateTimeField("sparad", auto_now_add=True)

    class Meta:
        verbose_name = "fil"
        verbose_name_plural = "filer"

    def __str__(self):
        return f"{self.sha256[:12]} ({self.size} byte)"


class Case(models.Model):
    """A matter that the board handles (ärende), the thread that all parts of the portal share."""

    number = models.CharField("ärendenummer", max_length=80, unique=True)
    year = models.PositiveSmallIntegerField("år", null=True)
    serial = models.PositiveIntegerField("löpnummer", null=True)
    classification = models.CharField("klassificering", max_length=40, blank=True)
    title = models.CharField("ärendemening", max_length=300)
    opened_on = models.DateField("registrerat")
    closed_on = models.DateField("avslutat", null=True, blank=True)
    voided_because = models.CharField("makulerat därför att", max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "ärende"
        verbose_name_plural = "ärenden"
        ordering = ["-year", "-serial", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "serial"],
                name="one_case_per_year_and_serial",
                violation_error_message="Löpnumret är redan använt det året.",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"


class DocumentQuerySet(models.QuerySet):
    def unreleased(self):
        """Working documents that nobody has approved yet."""
        return self.filter(is_working=True, release=None)

    def secret(self):
        """Those with a secrecy mark, but for the voided: what must not be told to everybody."""
        return self.filter(voided_because="").exclude(secrecy="")


class Document(models.Model):
    """A paper in a case (handling): what came in, went out or was drawn up (OSL 5 kap. 2 §).

    A working document (arbetsmaterial) is a draft that is not yet an official document (TF 2 kap. 12 §): its file is
    for those who keep the register until a `Release` says that it is approved.
    """

    class Direction(models.TextChoices):
        INCOMING = "incoming", "Inkommen"
        OUTGOING = "outgoing", "Utgående"
        DRAWN_UP = "drawn_up", "Upprättad"

    number = models.CharField("handlingsnummer", max_length=80, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents", verbose_name="ärende")
    direction = models.CharField("slag", max_length=20, choices=Direction)
    title = models.CharField("vad handlingen rör", max_length=300)
    dated = models.DateField("datum", help_text="När handlingen kom in, skickades eller upprättades.")
    correspondent = models.CharField("avsändare eller mottagare", max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fil")
    file_name = models.CharField("filnamn", max_length=255, blank=True)
    is_working = models.BooleanField("arbetsmaterial", default=False)
    secrecy = models.CharField("sekretess enligt", max_length=200, blank=True, help_text="OSL 19 kap. 1 §")
    secrecy_on = models.DateField("sekretessmarkerad", null=True, blank=True)
    voided_because = models.CharField("makulerad därför att", max_length=300, blank=True)
    registered_at = models.DateTimeField("registrerad", auto_now_add=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="registrerad av"
    )

    objects = DocumentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "handling"
        verbose_name_plural = "handlingar"
        ordering = ["-dated", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction="drawn_up") | ~Q(correspondent=""),
                name="incoming_and_outgoing_name_their_correspondent",
                violation_error_message="Skriv avsändare eller mottagare.",
            ),
            models.CheckConstraint(
                condition=Q(direction="drawn_up") | Q(is_working=False),
                name="only_what_is_drawn_up_is_working_material",
                violation_error_message="Bara en upprättad handling kan vara arbetsmaterial.",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"


class Release(models.Model):
    """That a working document has been approved, and may be read by others (godkänt arbetsmaterial)."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="release", verbose_name="handling")
    at = models.DateTimeField("godkänd", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")

    class Meta:
        verbose_name = "godkänt arbetsmaterial"
        verbose_name_plural = "godkänt arbetsmaterial"

    def __str__(self):
        return f"{self.document} godkänd"


class PaperQuerySet(models.QuerySet):
    """Papers are issued, never changed."""

    def update(self, **kwargs):
        raise TypeError("Utfärdade papper ändras inte.")

    def delete(self):
        raise TypeError("Utfärdade papper raderas inte.")

    def of(self, subject: models.Model):
        """The papers that were issued about one thing, the latest first."""
        return self.filter(subject=key_of(subject)).order_by("-id")


class Paper(models.Model):
    """A paper that the board has issued (utfärdat papper): bytes that are never drawn again, changed or deleted.

    A wrong paper is replaced by another that names it in `replaces`. A signed paper has one row for each signature: the
    one before it is `previous`, and the file without signatures is the first. The database itself refuses a change.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="papers", verbose_name="fil")
    kind = models.CharField("slag", max_length=40, help_text="Till exempel protocol, call eller extract.")
    title = models.CharField("rubrik", max_length=300)
    subject = models.CharField("vad det rör", max_length=80, db_index=True, help_text="Så som händelseloggen skriver.")
    issued_at = models.DateTimeField("utfärdat", auto_now_add=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="utfärdat av",
        help_text="Tomt när portalen själv gjorde det.",
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="ersätter"
    )
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="following", verbose_name="före underskriften"
    )
    expected_signatures = models.JSONField("ska undertecknas av", default=list, blank=True)
    is_public = models.BooleanField("offentligt", default=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "utfärdat papper"
        verbose_name_plural = "utfärdade papper"
        ordering = ["-id"]

    def __str__(self):
        return self.title


class PaperWithdrawal(models.Model):
    """That a paper no longer holds (återkallat papper), though it was issued: its bytes stay."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="withdrawal", verbose_name="papper")
    at = models.DateTimeField("tid", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    reason = models.CharField("därför att", max_length=300)

    class Meta:
        verbose_name = "återkallat papper"
        verbose_name_plural = "återkallade papper"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.paper} återkallat"

"""Governing documents: what kinds the board has, a year's document of a kind, its sections, editions and references."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Case, Paper
from meetings.models import Paragraph


class GoverningKind(models.Model):
    """A kind of governing document (slag av styrande dokument), and how a new one of the kind is laid out.

    `structure` is the template: a list of sections, see governing/template.py. `approvers` are the approval lines: a
    list of {"role", "label"} where role is one of Office.Role.
    """

    key = models.SlugField("nyckel", max_length=60, unique=True)
    name = models.CharField("namn", max_length=100, help_text="Verksamhetsplan")
    order = models.PositiveSmallIntegerField("ordning", default=0)
    is_yearly = models.BooleanField("ett för varje år", default=True)
    contents_levels = models.PositiveSmallIntegerField("nivåer i innehållsförteckningen", default=2)
    contents_in_capitals = models.BooleanField("innehållsförteckning med versaler", default=False)
    approval_words = models.CharField("ord före godkännandet", max_length=100, blank=True)
    approvers = models.JSONField("rader för godkännande", default=list, blank=True)
    structure = models.JSONField("mall", default=list, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "slag av styrande dokument"
        verbose_name_plural = "slag av styrande dokument"
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contents_levels__gte=1, contents_levels__lte=3),
                name="contents_have_one_to_three_levels",
                violation_error_message="Innehållsförteckningen har en till tre nivåer.",
            ),
        ]

    def __str__(self):
        return self.name


class GoverningDocument(models.Model):
    """A year's document of a kind (utgåva av ett styrande dokument): written, sent on remiss, adopted in a §."""

    kind = models.ForeignKey(GoverningKind, models.PROTECT, related_name="documents", verbose_name="slag")
    year = models.PositiveSmallIntegerField("år")
    title = models.CharField("rubrik", max_length=200)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name="bygger på"
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ärende")
    begun_at = models.DateTimeField("påbörjat", auto_now_add=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "styrande dokument"
        verbose_name_plural = "styrande dokument"
        ordering = ["-year", "kind__order", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "title"],
                name="one_document_of_a_kind_year_and_title",
                violation_error_message="Det finns redan ett sådant dokument för året.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2199),
                name="a_governing_document_is_for_a_year_of_ours",
                violation_error_message="Skriv ett år från 1990 till 2199.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:governing", args=[self.pk])


class GoverningSection(models.Model):
    """A section of a document (avsnitt): heading, own text, living blocks, who writes it and when it was ready.

    `key` is the same in next year's document, so that the two can be compared. `guidance` is for those who write, and
    never printed. `blocks` is a list of {key, block, options, caption}; `frozen` their texts as they were when the
    document was adopted, by that key. An unnumbered heading that has numbered ones under it takes a number silently
    (see governing/numbering.py).
    """

    document = models.ForeignKey(
        GoverningDocument, models.PROTECT, related_name="sections", verbose_name="styrande dokument"
    )
    key = models.CharField("nyckel", max_length=20)
    position = models.PositiveSmallIntegerField("plats")
    level = models.PositiveSmallIntegerField("nivå", default=1)
    heading = models.CharField("rubrik", max_length=200)
    is_numbered = models.BooleanField("har nummer", default=True)
    in_contents = models.BooleanField("står i innehållsförteckningen", default=True)
    html = models.TextField("text", blank=True)
    guidance = models.TextField("vägledning", blank=True, max_length=2000)
    blocks = models.JSONField("levande delar", default=list, blank=True)
    frozen = models.JSONField("levande delar när dokumentet antogs", default=dict, blank=True)
    revision = models.PositiveIntegerField("ändring", default=1)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ändrat av"
    )
    edited_at = models.DateTimeField("ändrat", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="skrivs av"
    )
    due_on = models.DateField("klart senast", null=True, blank=True)
    ready_at = models.DateTimeField("klart", null=True, blank=True)
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="klart enligt"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "avsnitt"
        verbose_name_plural = "avsnitt"
        ordering = ["document", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "key"], name="one_section_of_a_key_and_document"),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=3),
                name="a_section_has_one_of_three_levels",
                violation_error_message="Ett avsnitt har nivå 1, 2 eller 3.",
            ),
            models.CheckConstraint(
                condition=~Q(heading=""),
                name="a_section_has_a_heading",
                violation_error_message="Skriv en rubrik.",
            ),
        ]

    def __str__(self):
        return self.heading

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:governing_section", args=[self.pk])


class GoverningEdition(models.Model):
    """A line of a document's edition history (utgåva): its number, day and what it changed."""

    document = models.ForeignKey(
        GoverningDocument, models.PROTECT, related_name="editions", verbose_name="styrande dokument"
    )
    number = models.PositiveSmallIntegerField("utgåva")
    dated_on = models.DateField("datum")
    comment = models.CharField("kommentar", max_length=1000, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "utgåva"
        verbose_name_plural = "utgåvor"
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="one_edition_of_a_number_and_document",
                violation_error_message="Utgåvan finns redan. Ge den ett annat nummer.",
            ),
        ]

    def __str__(self):
        return f"Utgåva {self.number}"


class GoverningReference(models.Model):
    """A document that this one refers to (referens): its name, edition or day, and the portal's own when it has it."""

    document = models.ForeignKey(
        GoverningDocument, models.PROTECT, related_name="references", verbose_name="styrande dokument"
    )
    position = models.PositiveSmallIntegerField("nummer")
    name = models.CharField("dokumentnamn och beteckning", max_length=300)
    edition = models.CharField("utgåva, datum", max_length=100, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "referens"
        verbose_name_plural = "referenser"
        ordering = ["document", "position", "pk"]

    def __str__(self):
        return self.name


class GoverningAdoption(models.Model):
    """That a document was adopted (antagande), where, and the paper that it is. Taken back only with a reason."""

    document = models.ForeignKey(
        GoverningDocument, models.PROTECT, related_name="adoptions", verbose_name="styrande dokument"
    )
    adopted_on = models.DateField("antaget")
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="i paragrafen"
    )
    decision = models.CharField("beslut", max_length=200, blank=True, help_text="2023-12-13 § 41")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+", verbose_name="papper")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("infört", auto_now_add=True)
    withdrawn_at = models.DateTimeField("återtaget", null=True, blank=True)
    withdrawn_because = models.CharField("återtaget därför att", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "antagande av styrande dokument"
        verbose_name_plural = "antaganden av styrande dokument"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_governing_document_is_adopted_once",
            ),
            models.CheckConstraint(
                condition=Q(paragraph__isnull=False) | ~Q(decision=""),
                name="a_governing_document_says_where_it_was_adopted",
                violation_error_message="Välj paragrafen där dokumentet antogs, eller skriv datum och paragraf.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="a_governing_adoption_is_withdrawn_for_a_reason",
                violation_error_message="Skriv varför antagandet tas tillbaka.",
            ),
        ]

    def __str__(self):
        return f"{self.document}, antaget {self.adopted_on}"

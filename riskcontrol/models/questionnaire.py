"""The auditors' questions before a yearly audit, the board's answers, and what shows that they are true."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Document, Paper
from meetings.models import Paragraph

from .audit import Audit


class Questionnaire(models.Model):
    """A set of questions to the board (frågeformulär): from whom, to be answered by whom and when.

    `information` is what the auditors say before their questions, a line a paragraph. Auditors of several
    municipalities may ask together: `also` are the other audits of the year that the answers are for.
    """

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="questionnaires", verbose_name="granskning")
    title = models.CharField("rubrik", max_length=200)
    organisation = models.CharField("frågorna kommer från", max_length=200, blank=True)
    information = models.TextField("information", blank=True)
    answered_by = models.CharField("besvaras av", max_length=200, blank=True, help_text="Den som står för svaren.")
    answer_to = models.CharField("svaren lämnas till", max_length=200, blank=True)
    email = models.EmailField("e-post för svaren", blank=True)
    deadline = models.CharField(
        "svarstid i ord", max_length=200, blank=True, help_text="Till exempel: senast två veckor innan planerad träff."
    )
    meeting_on = models.DateField("träff med revisorerna", null=True, blank=True)
    due_on = models.DateField("besvaras senast", null=True, blank=True)
    also = models.ManyToManyField(
        Audit, related_name="shared_questionnaires", blank=True, verbose_name="gäller också granskningarna"
    )
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="förra årets formulär"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "frågeformulär"
        verbose_name_plural = "frågeformulär"
        ordering = ["-audit__year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "title"],
                name="one_questionnaire_per_audit_and_title",
                violation_error_message="Granskningen har redan ett formulär med den rubriken.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:questionnaire", args=[self.pk])


class QuestionSection(models.Model):
    """A table of questions under a heading: what the law asks of the board, then its questions."""

    class Kind(models.TextChoices):
        MARKS = "marks", "Ja, Nej, Delvis, Kommentarer"
        PROSE = "prose", "Område, år, kommentar och frågeställning"

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="sections", verbose_name="frågeformulär"
    )
    position = models.PositiveSmallIntegerField("ordning")
    kind = models.CharField("slag", max_length=20, choices=Kind, default=Kind.MARKS)
    heading = models.CharField("avsnitt", max_length=200)
    intro = models.TextField("inledning", blank=True)
    number = models.CharField("nummer", max_length=20, blank=True)
    title = models.CharField("rubrik", max_length=300, blank=True)
    requirement = models.TextField("krav", blank=True)
    law = models.CharField("lagrum", max_length=200, blank=True)

    class Meta:
        verbose_name = "avsnitt med frågor"
        verbose_name_plural = "avsnitt med frågor"
        ordering = ["questionnaire", "position"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "position"], name="one_section_per_place_in_the_form"),
        ]

    def __str__(self):
        return self.heading


class Question(models.Model):
    """A question and the board's answer: one mark or none, and a comment.

    `number` may be empty and may have several parts (1.1.1). `only_for` names the body that alone answers it: then it
    is left blank. `is_earlier` marks a question of an earlier year, printed with its answer and not to be answered.
    `revision` grows with each saved answer, so that two who answer at once are told.
    """

    class Mark(models.TextChoices):
        YES = "yes", "Ja"
        NO = "no", "Nej"
        PARTLY = "partly", "Delvis"

    section = models.ForeignKey(QuestionSection, models.PROTECT, related_name="questions", verbose_name="avsnitt")
    position = models.PositiveSmallIntegerField("ordning")
    number = models.CharField("nummer", max_length=20, blank=True)
    text = models.TextField("fråga")
    law = models.CharField("lagrum", max_length=200, blank=True)
    area = models.CharField("område", max_length=200, blank=True)
    asked_for = models.PositiveSmallIntegerField("avser år", null=True, blank=True)
    is_earlier = models.BooleanField("från ett tidigare år", default=False)
    only_for = models.CharField("besvaras bara av", max_length=100, blank=True)
    hint = models.CharField("anvisning", max_length=200, blank=True, help_text="Till exempel: Bifoga.")
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="samma fråga förra året"
    )
    mark = models.CharField("svar", max_length=20, choices=Mark, blank=True)
    comment = models.TextField("kommentar", blank=True)
    is_not_applicable = models.BooleanField("ej applicerbart", default=False)
    revision = models.PositiveIntegerField("ändring nr", default=0)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="besvarad av"
    )
    answered_at = models.DateTimeField("besvarad", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "fråga"
        verbose_name_plural = "frågor"
        ordering = ["section__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "position"], name="one_question_per_place_in_its_section"),
            models.CheckConstraint(
                condition=Q(is_not_applicable=False) | ~Q(comment=""),
                name="what_is_not_applicable_says_why",
                violation_error_message="Skriv varför frågan inte är tillämplig.",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.text}".strip()[:200]

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:question", args=[self.pk])

    @property
    def is_answered(self) -> bool:
        return bool(self.mark or self.comment)

    @property
    def is_to_answer(self) -> bool:
        return not (self.only_for or self.is_earlier)


class Evidence(models.Model):
    """What an answer can be traced to (revisionsbevis): a document, a paragraph, or where else it can be seen."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="evidence", verbose_name="fråga")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="handling"
    )
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="paragraf"
    )
    text = models.CharField("annat underlag", max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "revisionsbevis"
        verbose_name_plural = "revisionsbevis"
        ordering = ["question", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False) | Q(paragraph__isnull=False) | ~Q(text=""),
                name="evidence_points_at_something",
                violation_error_message="Välj en handling eller en paragraf, eller skriv var underlaget finns.",
            ),
        ]

    def __str__(self):
        """A document by its number: the journal keeps this, and the title may come under secrecy later."""
        return self.text or (f"handling {self.document.number}" if self.document else str(self.paragraph))


class Submission(models.Model):
    """That the answers went to the auditors (inlämning), as the paper they are. Taken back with a reason."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="submissions", verbose_name="frågeformulär"
    )
    submitted_on = models.DateField("lämnat")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+", verbose_name="papper")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("infört", auto_now_add=True)
    withdrawn_at = models.DateTimeField("återtaget", null=True, blank=True)
    withdrawn_because = models.CharField("återtaget därför att", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "inlämning"
        verbose_name_plural = "inlämningar"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=Q(withdrawn_at__isnull=True),
                name="answers_are_handed_over_once",
            ),
        ]

    def __str__(self):
        return f"{self.questionnaire}, lämnat {self.submitted_on}"

"""The directive of a project and its final report, revision by revision, under the board's own headings."""

import itertools

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Paper
from meetings.models import Paragraph

from .activity import Activity

RANKS = ("rank_result", "rank_time", "rank_cost")


def _no_two_alike() -> models.Q:
    pairs = itertools.combinations(RANKS, 2)
    differ = (
        models.Q(**{f"{one}__isnull": True}) | models.Q(**{f"{two}__isnull": True}) | ~models.Q(**{one: models.F(two)})
        for one, two in pairs
    )
    return models.Q(*differ)


class Kind(models.TextChoices):
    """What is written under fixed headings."""

    DIRECTIVE = "directive", "Projektdirektiv"
    FINAL_REPORT = "final_report", "Slutrapport"


class DirectiveHeading(models.Model):
    """A fixed heading of the board's directives or final reports (rubrik). The board's own data, in `order`.

    `hint` is said beside the box where one writes; `template` is what a new directive begins with, with placeholders
    such as <Ange mål> that must be filled in before it is verified.
    """

    class Shape(models.TextChoices):
        """What stands under a heading: text, or something that the portal sets."""

        TEXT = "text", "Text"
        POINTS = "points", "Punkter, en på varje rad"
        STEPS = "steps", "Numrerade steg, ett på varje rad"
        RANKING = "ranking", "Rangordning av resultat, tid och kostnad"
        PREPARATIONS = "preparations", "Tabell över förberedelser"
        PROCESS = "process", "Nämndens faser, ur registret"
        PARTIES = "parties", "Deltagande kommuner och kontaktpersoner, ur registret"
        NONE = "none", "Bara rubriken"

    kind = models.CharField("i", max_length=20, choices=Kind)
    name = models.CharField("rubrik", max_length=120)
    order = models.PositiveSmallIntegerField("ordning")
    level = models.PositiveSmallIntegerField("nivå", choices=[(1, "Rubrik"), (2, "Underrubrik")], default=1)
    shape = models.CharField("innehåll", max_length=20, choices=Shape, default=Shape.TEXT)
    hint = models.CharField("ledtext", max_length=300, blank=True, help_text="Visas när man skriver, inte på papperet.")
    template = models.TextField(
        "börjar med", blank=True, help_text="Text i nya direktiv. <Ange …> måste fyllas i före verifieringen."
    )
    is_required = models.BooleanField("får inte vara tom", default=False)
    retired_on = models.DateField("används inte sedan", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "rubrik i direktiv och slutrapport"
        verbose_name_plural = "rubriker i direktiv och slutrapporter"
        ordering = ["kind", "order", "pk"]

    def __str__(self):
        return self.name

    @property
    def is_written(self) -> bool:
        return self.shape in (self.Shape.TEXT, self.Shape.POINTS, self.Shape.STEPS)


class Directive(models.Model):
    """A revision of a project's directive or final report (direktiv, slutrapport), under the board's fixed headings.

    `content` holds a text for each heading by its key, `preparations` the rows of the table of decision points. The
    first revision has no letter; then A, B and so on. When it is verified, what its paper says is kept in `frozen`.
    """

    Kind = Kind

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="directives", verbose_name="aktivitet")
    kind = models.CharField("slag", max_length=20, choices=Kind)
    revision = models.CharField("revision", max_length=2, blank=True)
    author = models.CharField("författare", max_length=150, blank=True)
    content = models.JSONField("text", default=dict, blank=True)
    preparations = models.JSONField("förberedelser", default=list, blank=True)
    rank_result = models.PositiveSmallIntegerField("resultat", null=True, blank=True)
    rank_time = models.PositiveSmallIntegerField("tid", null=True, blank=True)
    rank_cost = models.PositiveSmallIntegerField("kostnad", null=True, blank=True)
    changes = models.TextField("vad som har ändrats", blank=True)
    changes_commission = models.BooleanField("uppdraget ändras", default=False)
    verified_on = models.DateField("verifierad", null=True, blank=True)
    verified_by = models.CharField("styrgruppens beslut", max_length=200, blank=True)
    told_in = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="anmäld i"
    )
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="utfärdat papper"
    )
    frozen = models.JSONField("som det utfärdades", default=dict, blank=True)
    text_revision = models.PositiveIntegerField("ändring nr", default=0)
    edited_at = models.DateTimeField("ändrad", auto_now=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "direktiv eller slutrapport"
        verbose_name_plural = "direktiv och slutrapporter"
        ordering = ["activity", "kind", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "kind", "revision"], name="one_paper_per_kind_and_revision"),
            models.CheckConstraint(
                condition=models.Q(verified_on__isnull=True) | ~models.Q(verified_by=""),
                name="a_verified_directive_says_by_which_decision",
                violation_error_message="Skriv styrgruppens beslut.",
            ),
            models.CheckConstraint(
                condition=_no_two_alike(),
                name="each_rank_is_given_once",
                violation_error_message="Varje rang används en gång.",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    *(models.Q(**{f"{each}__isnull": True}) | models.Q(**{f"{each}__range": (1, 3)}) for each in RANKS)
                ),
                name="ranks_are_one_to_three",
                violation_error_message="Rangen är 1, 2 eller 3.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.activity}, {self.revision_name}"

    @property
    def revision_name(self) -> str:
        return f"Rev {self.revision}" if self.revision else "första utgåvan"

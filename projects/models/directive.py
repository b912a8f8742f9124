"""The directive of a project and its final report, revision by revision."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Paper
from meetings.models import Paragraph

from .activity import Activity


class Directive(models.Model):
    """A revision of a project's directive or final report (direktiv, slutrapport), under the board's fixed headings.

    `content` holds a text for each heading of directive_form.py, `preparations` the rows of the table of decision
    points. The first revision has no letter; then A, B and so on.
    """

    class Kind(models.TextChoices):
        DIRECTIVE = "directive", "Projektdirektiv"
        FINAL_REPORT = "final_report", "Slutrapport"

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
        ]

    def __str__(self):
        letter = f", Rev {self.revision}" if self.revision else ""
        return f"{self.get_kind_display()} {self.activity}{letter}"

"""The packages of a year's papers that the auditors take with them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from enamnd.documents.models import Paper


class AuditPackage(models.Model):
    """A year's papers in one file (revisorspaket): who asked for it, what became of it, what it lacks.

    `contents` are the files in it, a list of {"part", "name", "title", "sha256"}; `missing` the sentences about what
    it ought to hold and does not, a list of {"part", "why"}.
    """

    year = models.PositiveSmallIntegerField("år")
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="beställt av"
    )
    ordered_at = models.DateTimeField("beställt", auto_now_add=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fil")
    contents = models.JSONField("innehåll", default=list, blank=True)
    missing = models.JSONField("saknas", default=list, blank=True)
    failed_because = models.CharField("kunde inte göras därför att", max_length=300, blank=True)

    class Meta:
        verbose_name = "revisorspaket"
        verbose_name_plural = "revisorspaket"
        ordering = ["-ordered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=True) | Q(failed_because=""),
                name="a_package_is_made_or_has_failed",
            ),
        ]

    def __str__(self):
        return f"Revisorspaket {self.year}"


class PackageDownload(models.Model):
    """That somebody fetched a package (hämtning), and when."""

    package = models.ForeignKey(AuditPackage, models.PROTECT, related_name="downloads", verbose_name="paket")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av")
    at = models.DateTimeField("hämtat", auto_now_add=True)

    class Meta:
        verbose_name = "hämtning av revisorspaket"
        verbose_name_plural = "hämtningar av revisorspaket"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.package} hämtat av {self.by}"

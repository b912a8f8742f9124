"""Index figures: how prices and wages rise, by year and vintage."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class IndexFigure(models.Model):
    """A year's change of an index in per cent (PKV, AKI), as published on a day; a later vintage is another row."""

    name = models.CharField("index", max_length=60, help_text="PKV eller AKI")
    year = models.PositiveSmallIntegerField("år")
    percent = models.DecimalField("procent", max_digits=7, decimal_places=4)
    published_on = models.DateField("publicerat", help_text="Vilken årgång siffran är av.")
    is_outcome = models.BooleanField("utfall, inte prognos", default=False)
    source = models.CharField("källa", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("tid", auto_now_add=True)

    class Meta:
        verbose_name = "indextal"
        verbose_name_plural = "indextal"
        ordering = ["name", "-year", "-published_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "year", "published_on"],
                name="one_index_figure_per_year_and_vintage",
                violation_error_message="Indextalet för det året och den publiceringen finns redan.",
            ),
            models.CheckConstraint(condition=Q(percent__gt=-100), name="an_index_leaves_something"),
        ]

    def __str__(self):
        return f"{self.name} {self.year}, publicerat {self.published_on}"

"""What a decision leaves behind: the paragraph, or its name where the paragraph is not in the portal."""

from django.db import models

from meetings.models import Paragraph


class Decided(models.Model):
    """Where and when something was decided (beslutad i)."""

    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="beslutad i"
    )
    decision = models.CharField(
        "beslut", max_length=200, blank=True, help_text="När paragrafen inte finns i portalen: 2023-06-14 § 12"
    )
    decided_on = models.DateField("beslutad den")

    class Meta:
        abstract = True

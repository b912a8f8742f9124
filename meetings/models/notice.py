"""The notice of an adjusted protocol (anslag) on every board, and the protocol's public rendition."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Paper
from enamnd.organisation.models import Municipality

from .adjustment import Adjustment


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Notice(models.Model):
    """The notice of one adjustment on the board of one party (anslag, KL 8 kap. 12 § and 9 kap. 32 §).

    `token` is the secret part of the address where the registrar confirms without an account.
    """

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="notices", verbose_name="justering")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="notices", verbose_name="kommun")
    token = models.CharField("nyckel", max_length=64, unique=True, default=new_token)
    requested_at = models.DateTimeField("begärt", null=True, blank=True)
    posted_on = models.DateField("uppsatt", null=True, blank=True)
    posted_by = models.CharField("uppsatt av", max_length=150, blank=True)
    address = models.URLField("adress", max_length=500, blank=True)
    taken_down_on = models.DateField("nedtaget", null=True, blank=True)
    taken_down_by = models.CharField("nedtaget av", max_length=150, blank=True)
    confirmed_at = models.DateTimeField("bekräftat", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "anslag"
        verbose_name_plural = "anslag"
        ordering = ["municipality__name"]
        constraints = [
            models.UniqueConstraint(fields=["adjustment", "municipality"], name="one_notice_per_adjustment_and_party"),
            models.CheckConstraint(
                condition=Q(taken_down_on__isnull=True) | Q(posted_on__isnull=False, taken_down_on__gte=F("posted_on")),
                name="a_posted_notice_is_taken_down_after_it_was_put_up",
            ),
        ]

    def __str__(self):
        return f"Anslag i {self.municipality}"


class OwnNotice(models.Model):
    """The same notice on the board's own public notice board (egen anslagstavla), which takes it down by itself."""

    adjustment = models.OneToOneField(Adjustment, models.PROTECT, related_name="own_notice", verbose_name="justering")
    text = models.TextField("text")
    posted_on = models.DateField("uppsatt")
    taken_down_on = models.DateField("nedtaget", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "anslag på egen tavla"
        verbose_name_plural = "anslag på egen tavla"
        ordering = ["-posted_on"]

    def __str__(self):
        return f"Anslag {self.posted_on}"


class Publication(models.Model):
    """The public rendition of an adjusted protocol (offentlig version): what was masked, and why.

    `masks` is a list of {"paragraph": pk, "text": what was masked, "reason": why, "ground": the rule}; `content` the
    protocol as data with the masks put on. A later publication replaces an earlier one of the same adjustment.
    """

    adjustment = models.ForeignKey(Adjustment, models.PROTECT, related_name="publications", verbose_name="justering")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+", verbose_name="papper")
    content = models.JSONField("innehåll")
    masks = models.JSONField("maskningar", default=list, blank=True)
    search_text = models.TextField("söktext", blank=True)
    published_at = models.DateTimeField("publicerad", auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av")
    withdrawn_at = models.DateTimeField("avpublicerad", null=True, blank=True)
    withdrawn_because = models.CharField("avpublicerad därför att", max_length=300, blank=True)

    class Meta:
        verbose_name = "publicerat protokoll"
        verbose_name_plural = "publicerade protokoll"
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["adjustment"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_public_rendition_at_a_time",
            ),
        ]

    def __str__(self):
        return f"Offentlig version av {self.adjustment.meeting}"

"""Newsletters (nyhetsbrev): what the board tells its municipalities after a meeting, whom it went to, and when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from enamnd.organisation.models import Municipality

from .meeting import Meeting


class Newsletter(models.Model):
    """One newsletter (nyhetsbrev): a draft until it is sent, then read by everybody and not changed any more.

    `html` is markup as in protocols. One that is withdrawn is no longer shown; the letters that went out remain so.
    """

    title = models.CharField("rubrik", max_length=200)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="newsletters", verbose_name="efter sammanträdet"
    )
    html = models.TextField("text", blank=True)
    revision = models.PositiveIntegerField("ändringsnummer", default=1)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="senast ändrat av"
    )
    edited_at = models.DateTimeField("senast ändrat", null=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="påbörjat av")
    begun_at = models.DateTimeField("påbörjat", auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="skickat av"
    )
    sent_at = models.DateTimeField("skickat", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="avpublicerat av",
    )
    withdrawn_at = models.DateTimeField("avpublicerat", null=True, blank=True)
    withdrawn_because = models.CharField("avpublicerat därför att", max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "nyhetsbrev"
        verbose_name_plural = "nyhetsbrev"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | ~Q(html=""), name="a_newsletter_that_is_sent_says_something"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | (Q(sent_at__isnull=False) & ~Q(withdrawn_because="")),
                name="a_withdrawn_newsletter_was_sent_and_says_why",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:newsletter", args=[self.pk])

    @property
    def sent_on(self) -> date | None:
        return timezone.localdate(self.sent_at) if self.sent_at else None


class NewsletterReader(models.Model):
    """Somebody on the board's own mailing list (sändlista): a contact in a municipality, or anybody else.

    Who has left it stays, with when and why, so that nobody is put back by mistake.
    """

    name = models.CharField("namn", max_length=150)
    email = models.EmailField("e-post")
    about = models.CharField("uppgift", max_length=150, blank=True, help_text="Till exempel kommunikatör.")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kommun"
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="tillagd av")
    added_at = models.DateTimeField("tillagd", auto_now_add=True)
    left_at = models.DateTimeField("borttagen", null=True, blank=True)
    left_because = models.CharField("borttagen därför att", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "mottagare på sändlistan"
        verbose_name_plural = "sändlistan"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=Q(left_at__isnull=True), name="one_place_on_the_mailing_list_per_address"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | ~Q(left_because=""),
                name="who_left_the_mailing_list_did_so_for_a_reason",
            ),
        ]

    def __str__(self):
        return self.name


class NewsletterCopy(models.Model):
    """That a newsletter went to an address (exemplar). The letter is known by this row's journal key."""

    newsletter = models.ForeignKey(Newsletter, models.PROTECT, related_name="copies", verbose_name="nyhetsbrev")
    name = models.CharField("namn", max_length=200)
    capacity = models.CharField("får det som", max_length=250)
    email = models.EmailField("e-post")
    written_at = models.DateTimeField("skrivet", auto_now_add=True)

    class Meta:
        verbose_name = "exemplar av nyhetsbrev"
        verbose_name_plural = "exemplar av nyhetsbrev"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["newsletter", "email"], name="one_newsletter_per_address"),
        ]

    def __str__(self):
        return self.name

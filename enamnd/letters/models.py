"""Outgoing letters (e-post): each is a row before it is sent, so that none is lost and all can be accounted for."""

import uuid
from email.utils import parseaddr

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from enamnd.journal.models import key_of


def new_message_id() -> str:
    """The Message-ID of a letter, the same at every attempt: a mail program shows a letter that came twice once."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{uuid.uuid4()}@{domain or 'localhost'}>"


class LetterQuerySet(models.QuerySet):
    def about(self, thing: models.Model | str):
        """Letters about an object, or about the object that a key of the journal names."""
        return self.filter(about=thing if isinstance(thing, str) else key_of(thing))

    def waiting(self):
        """Neither sent nor given up."""
        return self.filter(sent_at=None, given_up_at=None)

    def due(self, now=None):
        """Waiting, and time to try."""
        return self.waiting().filter(try_at__lte=now or timezone.now())

    def given_up(self):
        return self.exclude(given_up_at=None)


class Letter(models.Model):
    """A letter by e-mail to one person (utgående brev), with what became of it.

    `try_at` is when the next attempt is due. An attempt that has begun moves it ahead before anything is sent, so
    that a letter whose attempt was cut short is tried again, and no two workers send it at once.
    """

    kind = models.CharField("slag", max_length=40, db_index=True)
    about = models.CharField("gäller", max_length=80, blank=True, db_index=True)
    to_name = models.CharField("mottagare", max_length=200, blank=True)
    to_address = models.EmailField("e-post")
    reply_to = models.EmailField("svar till", blank=True)
    subject = models.CharField("ämne", max_length=300)
    body = models.TextField("text")
    is_personal = models.BooleanField(
        "personlig", default=False, help_text="Texten har en länk som bara mottagaren ska ha och visas inte för andra."
    )
    message_id = models.CharField("Message-ID", max_length=300, unique=True, default=new_message_id)
    created_at = models.DateTimeField("skrivet", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="skrivet av"
    )
    try_at = models.DateTimeField("nästa försök", default=timezone.now)
    attempts = models.PositiveSmallIntegerField("försök", default=0)
    last_tried_at = models.DateTimeField("senaste försök", null=True)
    last_error = models.CharField("senaste fel", max_length=400, blank=True)
    sent_at = models.DateTimeField("skickat", null=True)
    given_up_at = models.DateTimeField("gick inte fram", null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "brev"
        verbose_name_plural = "brev"
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["try_at"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="letters_that_wait",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(given_up_at__isnull=True),
                name="a_letter_is_not_both_sent_and_given_up",
            ),
            models.CheckConstraint(
                condition=Q(given_up_at__isnull=True) | ~Q(last_error=""),
                name="a_letter_given_up_says_why",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(sent_at__gte=F("last_tried_at")),
                name="a_letter_is_tried_before_it_is_sent",
            ),
        ]

    def __str__(self):
        return f"{self.subject} till {self.to_name or self.to_address}"


class LetterAttachment(models.Model):
    """A small file that goes with a letter (bilaga): papers are linked to, not attached."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="attachments", verbose_name="brev")
    file_name = models.CharField("filnamn", max_length=255)
    media_type = models.CharField("medietyp", max_length=100)
    content = models.BinaryField("innehåll")

    class Meta:
        verbose_name = "bilaga"
        verbose_name_plural = "bilagor"
        ordering = ["id"]

    def __str__(self):
        return self.file_name

"""What stands before a meeting: the year's plan, the annual wheel, the call and who got it, the calendar feeds."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Paper
from enamnd.organisation.models import Body, Person

from .meeting import Meeting


class YearPlan(models.Model):
    """The meetings of a body in one year (sammanträdesplan), decided in a paragraph of its own (KL 6 kap. 23 §)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="year_plans", verbose_name="organ")
    year = models.PositiveSmallIntegerField("år")
    decided_in = models.ForeignKey(
        "meetings.Paragraph", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="beslutad i"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "sammanträdesplan"
        verbose_name_plural = "sammanträdesplaner"
        ordering = ["-year", "body"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year"], name="one_plan_per_body_and_year"),
        ]

    def __str__(self):
        return f"{self.body} {self.year}"


class PlannedDay(models.Model):
    """A day of the plan (planerad dag), and the meeting made of it. A cancelled day stays, with its reason."""

    plan = models.ForeignKey(YearPlan, models.CASCADE, related_name="days", verbose_name="plan")
    held_on = models.DateField("datum")
    starts_at = models.TimeField("börjar", null=True, blank=True)
    ends_at = models.TimeField("slutar", null=True, blank=True)
    place = models.CharField("plats", max_length=200, blank=True)
    is_remote = models.BooleanField("på distans", default=False)
    meeting = models.OneToOneField(
        Meeting, models.PROTECT, null=True, blank=True, related_name="planned_day", verbose_name="sammanträde"
    )
    cancelled_because = models.CharField("inställd därför att", max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "planerad dag"
        verbose_name_plural = "planerade dagar"
        ordering = ["held_on", "starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="a_planned_day_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.plan.body} {self.held_on}"


class StandingItem(models.Model):
    """An item that the agenda of certain months must have (stående punkt i årshjulet).

    A span may run over the turn of the year (first_month 11, last_month 1). `sections` is the starting text of the
    paragraph, in the shape of Paragraph.sections; empty means the usual empty sections.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="standing_items", verbose_name="organ")
    title = models.CharField("rubrik", max_length=1000)
    first_month = models.PositiveSmallIntegerField("från månad")
    last_month = models.PositiveSmallIntegerField("till månad")
    kind = models.CharField("slag", max_length=20, default="decision", help_text="decision eller information")
    sections = models.JSONField("avsnitt", default=list, blank=True)
    order = models.PositiveSmallIntegerField("ordning", default=100)
    presenter = models.CharField("föredragande", max_length=200, blank=True)
    retired_on = models.DateField("avvecklad", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "stående punkt"
        verbose_name_plural = "stående punkter"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_month__range=(1, 12), last_month__range=(1, 12)),
                name="standing_items_belong_to_months",
            ),
        ]

    def __str__(self):
        return self.title


class Call(models.Model):
    """An issued call to a meeting (kallelse). A later one adds to it or replaces it; the paper never changes."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="calls", verbose_name="sammanträde")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+", verbose_name="papper")
    archive = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ZIP")
    issued_at = models.DateTimeField("utfärdad", auto_now_add=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av")
    message = models.TextField("meddelande", blank=True)
    agenda = models.JSONField("föredragningslista", default=list, help_text="Som den löd när kallelsen utfärdades.")

    class Meta:
        verbose_name = "kallelse"
        verbose_name_plural = "kallelser"
        ordering = ["issued_at", "id"]

    def __str__(self):
        return f"Kallelse till {self.meeting}"


class CallRecipient(models.Model):
    """Somebody whom a call was sent to (mottagare). The letter is known by this row's journal key."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="recipients", verbose_name="kallelse")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="person")
    name = models.CharField("namn", max_length=150)
    capacity = models.CharField("egenskap", max_length=100, help_text="ledamot, ersättare, beredningsgrupp")
    email = models.EmailField("e-post", blank=True)

    class Meta:
        verbose_name = "mottagare av kallelse"
        verbose_name_plural = "mottagare av kallelse"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="one_call_per_person"),
        ]

    def __str__(self):
        return self.name


def new_token() -> str:
    return secrets.token_urlsafe(24)


class FeedToken(models.Model):
    """The secret address of a person's own calendar feed (kalenderprenumeration); renewed by making a new one."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed_token")
    token = models.CharField("nyckel", max_length=64, unique=True, default=new_token)
    made_at = models.DateTimeField("skapad", auto_now_add=True)

    class Meta:
        verbose_name = "kalenderprenumeration"
        verbose_name_plural = "kalenderprenumerationer"

    def __str__(self):
        return f"Kalender för {self.user}"

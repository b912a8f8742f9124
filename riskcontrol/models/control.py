"""The items of a control plan, what is done to check them, what was found, and how the plan is followed up."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Document, Paper
from enamnd.organisation.models import Person
from meetings.models import Paragraph

from .plan import ControlPlan
from .risk import Risk


class ControlItem(models.Model):
    """A risk that is handled through the year's internal control (kontrollmoment).

    `text` is how the plan puts it, when that is not how the gross list does. A mandatory one stands whatever its value.
    One that `needs_reports` can only be checked when the municipalities have told how it goes.
    """

    risk = models.OneToOneField(Risk, models.PROTECT, related_name="item", verbose_name="risk")
    position = models.PositiveSmallIntegerField("ordning")
    text = models.CharField(
        "står i planen som", max_length=500, blank=True, help_text="Tomt: som risken är skriven i bruttolistan."
    )
    is_mandatory = models.BooleanField("obligatoriskt kontrollmoment", default=False)
    needs_reports = models.BooleanField(
        "bygger på det som kommunerna rapporterar",
        default=False,
        help_text="Påpekas i planen, vid kontrollen och i uppföljningen.",
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "kontrollmoment"
        verbose_name_plural = "kontrollmoment"
        ordering = ["risk__plan", "position", "pk"]

    def __str__(self):
        return self.text or self.risk.text

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:item", args=[self.pk])


class ControlActivity(models.Model):
    """Something that is done to check an item (kontrollaktivitet): how, how often, by whom.

    `frequency` is as people write it; `schedule` says which days a check is due, when there are any. `days` holds the
    days of one's own, as ISO texts.
    """

    class Schedule(models.TextChoices):
        NONE = "", "Inga bestämda dagar"
        MONTHLY = "monthly", "Varje månad"
        QUARTERLY = "quarterly", "Varje kvartal"
        TERTIAL = "tertial", "Varje tertial"
        HALF = "half", "Varje halvår"
        YEARLY = "yearly", "En gång om året"
        MEETINGS = "meetings", "Vid nämndens sammanträden"
        DAYS = "days", "Egna dagar"

    item = models.ForeignKey(ControlItem, models.PROTECT, related_name="activities", verbose_name="kontrollmoment")
    method = models.TextField("metod")
    frequency = models.CharField(
        "frekvens", max_length=200, blank=True, help_text="Som det står i planen: fortlöpande, vid sammanträdena."
    )
    schedule = models.CharField("kontrolleras", max_length=20, choices=Schedule, blank=True)
    days = models.JSONField("egna dagar", default=list, blank=True)
    responsible = models.CharField(
        "utförs av", max_length=200, blank=True, help_text="Tomt: den som ansvarar för risken."
    )
    responsible_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="påminns"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "kontrollaktivitet"
        verbose_name_plural = "kontrollaktiviteter"
        ordering = ["item", "pk"]

    def __str__(self):
        return self.method[:200]


class Check(models.Model):
    """That a control activity was carried out (utförd kontroll), what was found, and where it can be seen.

    `covers_on` is the due day that it answers for, and all before it; the day it was done when none was due.
    """

    class Result(models.TextChoices):
        FINE = "fine", "Utan anmärkning"
        DEVIATION = "deviation", "Avvikelse"

    activity = models.ForeignKey(
        ControlActivity, models.PROTECT, related_name="checks", verbose_name="kontrollaktivitet"
    )
    done_on = models.DateField("utförd")
    covers_on = models.DateField("gäller kontrollen")
    result = models.CharField("resultat", max_length=20, choices=Result)
    note = models.TextField("iakttagelse", blank=True)
    evidence = models.CharField("underlag", max_length=300, blank=True, help_text="Var det kan ses: protokoll, logg.")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="handling"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="av")
    at = models.DateTimeField("infört", auto_now_add=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "utförd kontroll"
        verbose_name_plural = "utförda kontroller"
        ordering = ["-done_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="fine") | ~Q(note=""),
                name="a_deviation_is_described",
                violation_error_message="Skriv vad avvikelsen är.",
            ),
        ]

    def __str__(self):
        return f"{self.done_on}: {self.get_result_display().lower()}"


class Measure(models.Model):
    """What is to be done about a deviation or an item (åtgärd): by whom, and by when."""

    item = models.ForeignKey(ControlItem, models.PROTECT, related_name="measures", verbose_name="kontrollmoment")
    check_made = models.ForeignKey(
        Check, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name="efter kontrollen"
    )
    text = models.CharField("åtgärd", max_length=500)
    owner = models.CharField("ägare", max_length=200, help_text="Roll, organ eller namn.")
    owner_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="påminns"
    )
    due_on = models.DateField("klar senast")
    done_on = models.DateField("klar", null=True, blank=True)
    outcome = models.CharField("vad det blev av", max_length=500, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "åtgärd"
        verbose_name_plural = "åtgärder"
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.text


class FollowUp(models.Model):
    """A follow-up of a plan (uppföljning), with the overall assessment, at a report or at the end of the year."""

    plan = models.ForeignKey(ControlPlan, models.PROTECT, related_name="follow_ups", verbose_name="plan")
    name = models.CharField("uppföljning", max_length=100, help_text="Till exempel Delårsrapport 2 eller Helår.")
    followed_on = models.DateField("per den")
    assessment = models.TextField("samlad bedömning", blank=True)
    approved_on = models.DateField("godkänd", null=True, blank=True)
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="i paragrafen"
    )
    decision = models.CharField("beslut", max_length=200, blank=True, help_text="2020-12-16 § 5")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="papper")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "uppföljning"
        verbose_name_plural = "uppföljningar"
        ordering = ["-followed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "name"],
                name="one_follow_up_per_plan_and_name",
                violation_error_message="Det finns redan en uppföljning med det namnet.",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(paragraph__isnull=False) | ~Q(decision=""),
                name="an_approval_says_where_it_was_decided",
                violation_error_message="Välj paragrafen där uppföljningen godkändes, eller skriv datum och paragraf.",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(approved_on__gte=F("followed_on")),
                name="a_follow_up_is_approved_after_its_day",
                violation_error_message="Uppföljningen kan inte godkännas före den dag som den avser.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.plan}"

    def get_absolute_url(self) -> str:
        return reverse("riskcontrol:follow_up", args=[self.pk])


class ItemFollowUp(models.Model):
    """How an item turned out at a follow-up: decision and analysis in words, and who answers for it from now on."""

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="rows", verbose_name="uppföljning")
    item = models.ForeignKey(ControlItem, models.PROTECT, related_name="follow_ups", verbose_name="kontrollmoment")
    decision = models.CharField("beslut", max_length=200, blank=True)
    analysis = models.TextField("analys", blank=True)
    next_responsible = models.CharField(
        "ansvarig nästa år", max_length=200, blank=True, help_text="Tomt: samma som i år."
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "uppföljt kontrollmoment"
        verbose_name_plural = "uppföljda kontrollmoment"
        ordering = ["item__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "item"], name="an_item_is_followed_up_once_each_time"),
        ]

    def __str__(self):
        return f"{self.item}: {self.decision}"

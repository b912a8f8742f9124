"""Framework agreements and contracts: how long they last, who may call off, and what has been called off."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Case
from enamnd.organisation.models import Municipality

from .activity import Activity


class Agreement(models.Model):
    """An agreement with a supplier (avtal): a framework agreement or a contract. `value` is in whole kronor."""

    class Kind(models.TextChoices):
        FRAMEWORK = "framework", "Ramavtal"
        CONTRACT = "contract", "Kontrakt"

    name = models.CharField("avtal", max_length=200)
    kind = models.CharField("slag", max_length=20, choices=Kind)
    supplier = models.CharField("leverantör", max_length=150, blank=True)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name="aktivitet"
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ärende")
    value = models.PositiveBigIntegerField("värde, kr", null=True, blank=True)
    valid_from = models.DateField("från", null=True, blank=True)
    valid_until = models.DateField("till", null=True, blank=True)
    for_municipalities = models.BooleanField("kommunerna får avropa", default=True)
    for_companies = models.BooleanField("kommunala bolag, ägda till minst hälften", default=True)
    for_foundations = models.BooleanField("stiftelser", default=False)
    terms = models.CharField(
        "om avrop", max_length=300, blank=True, help_text="Till exempel: ingen skyldighet att avropa."
    )
    followed_up_by = models.CharField("följs upp av", max_length=150, blank=True)
    follow_up_on = models.DateField("följs upp nästa gång", null=True, blank=True)
    ended_because = models.CharField("avslutat därför att", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "avtal"
        verbose_name_plural = "avtal"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="an_agreement_ends_after_it_begins",
                violation_error_message="Avtalet slutar före det börjar.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:agreement", args=[self.pk])

    @property
    def callers(self) -> list[str]:
        """Who may call off, in words."""
        may = (
            (self.for_municipalities, "kommunerna"),
            (self.for_companies, "kommunala bolag som ägs till minst hälften"),
            (self.for_foundations, "stiftelser"),
        )
        return [words for is_allowed, words in may if is_allowed]


class ProlongOption(models.Model):
    """A right to prolong an agreement (förlängningsoption), to be used by a last day."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="options", verbose_name="avtal")
    until = models.DateField("förlänger till")
    say_by = models.DateField("säg till senast")
    used_on = models.DateField("utnyttjad", null=True, blank=True)
    declined_on = models.DateField("avböjd", null=True, blank=True)
    decision = models.CharField("beslut", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "förlängningsoption"
        verbose_name_plural = "förlängningsoptioner"
        ordering = ["agreement", "until"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "until"], name="one_option_per_new_last_day"),
            models.CheckConstraint(
                condition=Q(say_by__lt=F("until")),
                name="an_option_is_used_before_it_ends",
                violation_error_message="Sista dagen att säga till måste ligga före den nya sista dagen.",
            ),
        ]

    def __str__(self):
        return f"{self.agreement} till {self.until}"


class ProcurementStep(models.Model):
    """What has happened on the way to an agreement (upphandlingens gång)."""

    class Kind(models.TextChoices):
        ANNOUNCED = "announced", "Annonserad"
        AWARDED = "awarded", "Tilldelningsbeslut"
        REVIEWED = "reviewed", "Överprövning"
        NEGOTIATED = "negotiated", "Förhandling inför avtal"
        SIGNED = "signed", "Avtal tecknat"
        CONTACTS = "contacts", "Kontaktpersoner utsedda"
        CANCELLED = "cancelled", "Avbruten"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="procurement", verbose_name="avtal")
    kind = models.CharField("steg", max_length=20, choices=Kind)
    on = models.DateField("dag")
    note = models.CharField("anmärkning", max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "steg i upphandling"
        verbose_name_plural = "steg i upphandlingar"
        ordering = ["on", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on}"


class CallOff(models.Model):
    """What a municipality, or something it owns, has called off from an agreement (avrop). Whole kronor."""

    class Caller(models.TextChoices):
        MUNICIPALITY = "municipality", "Kommunen"
        COMPANY = "company", "Kommunalt bolag"
        FOUNDATION = "foundation", "Stiftelse"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="call_offs", verbose_name="avtal")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name="kommun")
    caller = models.CharField("avropar", max_length=20, choices=Caller, default=Caller.MUNICIPALITY)
    company = models.CharField("bolagets eller stiftelsens namn", max_length=150, blank=True)
    called_on = models.DateField("avropat")
    what = models.CharField("vad", max_length=200)
    value = models.PositiveBigIntegerField("värde, kr", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "avrop"
        verbose_name_plural = "avrop"
        ordering = ["-called_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(caller="municipality") | ~Q(company=""),
                name="a_company_that_calls_off_is_named",
                violation_error_message="Skriv vad bolaget eller stiftelsen heter.",
            ),
        ]

    def __str__(self):
        return f"{self.who}: {self.what}"

    @property
    def who(self) -> str:
        return self.company or self.municipality.name

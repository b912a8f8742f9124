"""The delegation order, and what was decided by those whom the board let decide (KL 6 kap. 37-40 §§, 7 kap. 5-8 §§)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from enamnd.documents.models import Case, Document
from enamnd.organisation.models import Body, Person, ValidOn

from .paragraph import Paragraph


class DelegationOrder(models.Model):
    """A version of the delegation order (delegationsordning): from when to when, and the § that adopted it."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="delegation_orders", verbose_name="organ")
    title = models.CharField("benämning", max_length=200)
    valid_from = models.DateField("gäller från")
    valid_until = models.DateField("gäller till", null=True, blank=True)
    decided_in = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="antagen i"
    )
    decided_text = models.CharField(
        "antagen i, som text", max_length=100, blank=True, help_text="2021-01-28 § 6, när paragrafen inte finns här."
    )
    header = models.JSONField("dokumenthuvud", default=dict, blank=True, help_text="Dokumentansvarig, giltighetstid …")
    general_terms = models.TextField("allmänna villkor", blank=True)

    objects = ValidOn.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "delegationsordning"
        verbose_name_plural = "delegationsordningar"
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="a_delegation_order_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return self.title


class DelegationPoint(models.Model):
    """One point of the order (delegationspunkt): what may be decided, by whom, within which limit."""

    class Delegate(models.TextChoices):
        CHAIR = "chair", "Ordförande"
        PRESIDIUM = "presidium", "Presidiet"
        COMMITTEE = "committee", "Utskott"
        MEMBER = "member", "Ledamot eller ersättare"
        EMPLOYEE = "employee", "Anställd i någon av kommunerna"

    order = models.ForeignKey(DelegationOrder, models.CASCADE, related_name="points", verbose_name="ordning")
    number = models.CharField("punkt", max_length=20)
    position = models.PositiveSmallIntegerField("plats", default=1)
    text = models.TextField("ärende")
    delegate_kind = models.CharField("slag av delegat", max_length=20, choices=Delegate)
    delegate = models.CharField("delegat", max_length=150, help_text="Ordförande, Samordnare")
    substitute = models.CharField("ersättare", max_length=150, blank=True)
    limit = models.CharField("begränsning", max_length=300, blank=True)
    amount_limit = models.DecimalField("högst kronor", max_digits=14, decimal_places=2, null=True, blank=True)
    is_urgent = models.BooleanField("brådskande ärenden (KL 6 kap. 39 §)", default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "delegationspunkt"
        verbose_name_plural = "delegationspunkter"
        ordering = ["order", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="one_point_per_number_and_order"),
        ]

    def __str__(self):
        return f"{self.number} {self.text[:60]}"


class DelegatedDecision(models.Model):
    """A decision taken by a delegate (delegationsbeslut), the point it rests on, and the § where it was reported."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="delegated_decisions", verbose_name="organ")
    number = models.CharField("nummer", max_length=40, unique=True)
    decided_on = models.DateField("beslutat")
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="av")
    capacity = models.CharField("som", max_length=150, blank=True, help_text="Ordförande, Samordnare")
    point = models.ForeignKey(
        DelegationPoint, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="punkt"
    )
    subject = models.CharField("ärende", max_length=300)
    decision = models.TextField("beslut")
    amount = models.DecimalField("kronor", max_digits=14, decimal_places=2, null=True, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="diarieärende")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="handling"
    )
    is_urgent = models.BooleanField("brådskande", default=False)
    urgent_because = models.TextField("varför brådskande", blank=True)
    recusal = models.CharField(
        "jäv", max_length=300, blank=True, help_text="Vem som avstod från att besluta, och varför."
    )
    reported_in = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="reported_decisions", verbose_name="anmält i"
    )
    voided_because = models.CharField("makulerat därför att", max_length=300, blank=True)
    registered_at = models.DateTimeField("registrerat", auto_now_add=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "delegationsbeslut"
        verbose_name_plural = "delegationsbeslut"
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_urgent=False) | ~Q(urgent_because=""),
                name="an_urgent_decision_says_why",
                violation_error_message="Skriv varför nämndens beslut inte kunde avvaktas.",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.subject}"

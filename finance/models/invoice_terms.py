"""What invoices are made by: who sells, how it is taxed, who buys, and where it stands in the host's ledger."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.se import orgnr

from enamnd.organisation.models import Board, Municipality, ValidOn
from enamnd.refusal import Refused
from finance.invoicing import payment

from .cost_item import CostItem
from .decided import Decided

digits_only = RegexValidator(r"^[0-9]{1,10}$", "Skriv kontot med siffror.")


def check_vat_number(value: str):
    """Refuse a Swedish VAT number that is not SE, ten digits of an organisation number, and 01 (SE-R-001, -002)."""
    plain = value.replace(" ", "").upper()
    try:
        is_right = len(plain) == 14 and plain.startswith("SE") and plain[2:].isdecimal() and orgnr.validate(plain[2:12])
    except InvalidNumber:
        is_right = False
    if not is_right:
        raise ValidationError(
            f"Momsregistreringsnumret {value} stämmer inte: SE, organisationsnumret med tio siffror, och 01."
        )


def check_endpoint(scheme: str, value: str):
    """Refuse an address in Peppol with a wrong check digit: 0007 an organisation number, 0088 a GLN."""
    if scheme == "0007":
        try:
            orgnr.validate(value)
        except InvalidNumber as error:
            raise ValidationError({"endpoint": f"Organisationsnumret {value} stämmer inte."}) from error
    elif not (value.isdecimal() and len(value) == 13 and _gln_digit(value[:12]) == value[12]):
        raise ValidationError({"endpoint": f"Lokaliseringsnumret (GLN) {value} stämmer inte: 13 siffror."})


def _gln_digit(body: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return str(-total % 10)


def _checked(check):
    """A model's validator of a check that refuses."""

    def validate(value: str):
        try:
            check(value)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

    return validate


def check_bankgiro(value: str):
    _checked(payment.bankgiro)(value)


def check_plusgiro(value: str):
    _checked(payment.plusgiro)(value)


class Scheme(models.TextChoices):
    """What an address in Peppol is a number of (EAS)."""

    ORG_NUMBER = "0007", "Organisationsnummer"
    GLN = "0088", "GLN"


class Seller(models.Model):
    """Who sends the invoices (säljaren): the host of the board, with what an invoice must say of it, and its ledger.

    Name and organisation number are the host's own.
    """

    class Alphabet(models.TextChoices):
        PC8 = "cp437", "PC8 (som formatet säger)"
        LATIN1 = "iso-8859-1", "Latin-1"

    board = models.OneToOneField(Board, models.PROTECT, related_name="seller", verbose_name="nämnd")
    vat_number = models.CharField(
        "momsregistreringsnummer", max_length=14, blank=True, validators=[check_vat_number], help_text="SE212000274201"
    )
    is_approved_for_f_tax = models.BooleanField("godkänd för F-skatt", default=False)
    street = models.CharField("gata eller box", max_length=100, blank=True)
    postal_code = models.CharField("postnummer", max_length=10, blank=True)
    city = models.CharField("ort", max_length=60, blank=True)
    endpoint_scheme = models.CharField("adress i Peppol", max_length=4, choices=Scheme, default=Scheme.ORG_NUMBER)
    endpoint = models.CharField("nummer i Peppol", max_length=20, blank=True, help_text="Tomt: organisationsnumret.")
    bankgiro = models.CharField("bankgiro", max_length=12, blank=True, validators=[check_bankgiro])
    plusgiro = models.CharField("plusgiro", max_length=12, blank=True, validators=[check_plusgiro])
    contact = models.CharField("kontakt", max_length=100, blank=True, help_text="E-kontoret")
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-post för frågor", blank=True)
    days = models.PositiveSmallIntegerField(
        "dagar att betala", default=30, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    receivables_account = models.CharField("konto för kundfordringar", max_length=10, default="1510", blank=True)
    voucher_series = models.CharField("verifikationsserie", max_length=5, default="F")
    cost_centre = models.CharField("kostnadsställe (ansvar)", max_length=20, blank=True)
    counterparty_dimension = models.CharField(
        "dimension för motpart", max_length=3, blank=True, validators=[digits_only], help_text="Till exempel 20."
    )
    alphabet = models.CharField("teckentabell i SIE-filen", max_length=12, choices=Alphabet, default=Alphabet.PC8)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "säljare"
        verbose_name_plural = "säljare"

    def __str__(self):
        return f"Säljare för {self.board}"

    def clean(self):
        if self.endpoint:
            check_endpoint(self.endpoint_scheme, self.endpoint.replace("-", ""))


class LedgerAccount(models.Model):
    """An account of the host's chart (konto i kontoplanen): a number and its name."""

    number = models.CharField("konto", max_length=10, unique=True, validators=[digits_only])
    name = models.CharField("benämning", max_length=150)

    class Meta:
        verbose_name = "konto i kontoplanen"
        verbose_name_plural = "kontoplan"
        ordering = ["number"]

    def __str__(self):
        return f"{self.number} {self.name}"


class VatRule(Decided):
    """How something is taxed (momsregel), with the decision behind it, for a time."""

    class Category(models.TextChoices):
        STANDARD = "S", "Moms"
        EXEMPT = "E", "Undantaget från moms"
        OUTSIDE = "O", "Utanför momsens område"

    name = models.CharField("momsregel", max_length=100, unique=True)
    category = models.CharField("slag", max_length=1, choices=Category)
    rate = models.DecimalField("procent", max_digits=4, decimal_places=2, default=0)
    reason = models.CharField(
        "skäl till att ingen moms tas ut",
        max_length=300,
        blank=True,
        help_text="Står på fakturan: 10 kap. 19 § mervärdesskattelagen.",
    )
    income_account = models.CharField("intäktskonto", max_length=10, validators=[digits_only])
    vat_account = models.CharField("konto för utgående moms", max_length=10, blank=True, validators=[digits_only])
    valid_from = models.DateField("från")
    valid_until = models.DateField("till", null=True, blank=True)

    objects = ValidOn.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "momsregel"
        verbose_name_plural = "momsregler"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category="S", rate__in=[25, 12, 6]) & ~Q(vat_account="")
                | Q(category__in=["E", "O"], rate=0) & ~Q(reason=""),
                name="tax_has_a_rate_and_no_tax_has_a_reason",
                violation_error_message=(
                    "Moms är 25, 12 eller 6 procent och har ett konto. Utan moms är procenten 0 och skälet står med."
                ),
            ),
            models.CheckConstraint(
                condition=Q(paragraph__isnull=False) | ~Q(decision=""),
                name="a_vat_rule_names_its_decision",
                violation_error_message="Skriv vilket beslut momsregeln vilar på.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="a_vat_rule_ends_after_it_begins",
                violation_error_message="Regeln slutar gälla före den börjar.",
            ),
        ]

    def __str__(self):
        return self.name


class ItemTerms(models.Model):
    """How a cost item is invoiced (faktureringsvillkor): its tax, and its place in the host's ledger."""

    item = models.OneToOneField(CostItem, models.PROTECT, related_name="invoicing", verbose_name="kostnadspost")
    vat_rule = models.ForeignKey(VatRule, models.PROTECT, related_name="items", verbose_name="momsregel")
    income_account = models.CharField(
        "intäktskonto", max_length=10, blank=True, validators=[digits_only], help_text="Tomt: momsregelns."
    )
    project = models.CharField("projekt i bokföringen", max_length=20, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "faktureringsvillkor"
        verbose_name_plural = "faktureringsvillkor"
        ordering = ["item__position", "item__name"]

    def __str__(self):
        return f"{self.item}: {self.vat_rule}"


class Buyer(models.Model):
    """How a municipality wants its invoices (fakturauppgifter)."""

    municipality = models.OneToOneField(
        Municipality, models.PROTECT, related_name="invoicing", verbose_name="kommun eller region"
    )
    reference = models.CharField("fakturareferens", max_length=60, blank=True, help_text="Kommunens egen: ZZ123456")
    endpoint_scheme = models.CharField("adress i Peppol", max_length=4, choices=Scheme, default=Scheme.ORG_NUMBER)
    endpoint = models.CharField("nummer i Peppol", max_length=20, blank=True, help_text="Tomt: organisationsnumret.")
    street = models.CharField("gata eller box", max_length=100, blank=True)
    postal_code = models.CharField("postnummer", max_length=10, blank=True)
    city = models.CharField("ort", max_length=60, blank=True)
    counterparty = models.CharField("motpart i bokföringen", max_length=20, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "fakturauppgifter"
        verbose_name_plural = "fakturauppgifter"
        ordering = ["municipality__name"]

    def __str__(self):
        return f"Fakturauppgifter för {self.municipality}"

    def clean(self):
        if self.endpoint:
            check_endpoint(self.endpoint_scheme, self.endpoint.replace("-", ""))

"""Invoices as they were issued, their files, and what has become of them.

Amounts are in öre; those of a credit note are what is given back, above zero.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from enamnd.documents.models import Paper
from enamnd.organisation.models import Municipality

from .allocation import AllocationShare
from .cost_item import CostItem
from .invoice_run import InvoiceRun
from .invoice_terms import VatRule


class InvoiceQuerySet(models.QuerySet):
    """Invoices are issued, never changed."""

    def update(self, **kwargs):
        raise TypeError("Utfärdade fakturor ändras inte.")

    def delete(self):
        raise TypeError("Utfärdade fakturor raderas inte.")

    def with_sums(self):
        """With what has been paid and credited, in öre, and of a credit note what was paid of what it credits."""
        paid = InvoicePayment.objects.filter(invoice=models.OuterRef("pk")).values("invoice")
        given = InvoiceCredit.objects.filter(credited=models.OuterRef("pk")).values("credited")
        paid_before = InvoicePayment.objects.filter(invoice__credited_by__credit=models.OuterRef("pk"))
        paid_before = paid_before.order_by().values("invoice__credited_by__credit")
        none = models.Value(0, output_field=models.BigIntegerField())
        return self.annotate(
            paid=models.functions.Coalesce(
                models.Subquery(paid.annotate(sum=models.Sum("amount")).values("sum")), none
            ),
            credited_sum=models.functions.Coalesce(
                models.Subquery(given.annotate(sum=models.Sum("amount")).values("sum")), none
            ),
            paid_before=models.functions.Coalesce(
                models.Subquery(paid_before.annotate(sum=models.Sum("amount")).values("sum")), none
            ),
            reminded_at=models.Subquery(
                InvoiceReminder.objects.filter(invoice=models.OuterRef("pk")).order_by("-pk").values("at")[:1]
            ),
        )


class Invoice(models.Model):
    """An issued invoice or credit note (faktura, kreditfaktura): everything on it is copied, and never changes.

    `facts` holds what it says of seller, buyer, period and payment as they were. The database refuses a change.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", "Faktura"
        CREDIT = "credit", "Kreditfaktura"

    number = models.CharField("fakturanummer", max_length=20, unique=True)
    year = models.PositiveSmallIntegerField("år")
    serial = models.PositiveIntegerField("löpnummer")
    kind = models.CharField("slag", max_length=10, choices=Kind)
    run = models.ForeignKey(InvoiceRun, models.PROTECT, related_name="invoices", verbose_name="körning")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="invoices", verbose_name="kommun")
    title = models.CharField("avser", max_length=150)
    issued_on = models.DateField("fakturadatum")
    due_on = models.DateField("förfaller")
    ocr = models.CharField("OCR", max_length=25, unique=True)
    net = models.BigIntegerField("utan moms")
    tax = models.BigIntegerField("moms")
    total = models.BigIntegerField("att betala")
    facts = models.JSONField("uppgifter som de var")

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "faktura"
        verbose_name_plural = "fakturor"
        ordering = ["-year", "-serial"]
        indexes = [
            models.Index(fields=["municipality", "-year", "-serial"], name="invoices_of_a_municipality"),
            models.Index(fields=["due_on"], name="invoices_by_day_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="one_invoice_per_year_and_serial"),
            models.CheckConstraint(condition=Q(total=F("net") + F("tax")), name="an_invoice_is_its_net_and_its_tax"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("finance:invoice", args=[self.number])

    @property
    def is_credit(self) -> bool:
        return self.kind == self.Kind.CREDIT


class InvoiceLine(models.Model):
    """A row of an issued invoice (fakturarad), as it stands on it, and where it is booked."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines", verbose_name="faktura")
    position = models.PositiveSmallIntegerField("rad")
    item = models.ForeignKey(
        CostItem, models.PROTECT, null=True, blank=True, related_name="invoice_lines", verbose_name="kostnadspost"
    )
    share = models.ForeignKey(
        AllocationShare, models.PROTECT, null=True, blank=True, related_name="invoice_lines", verbose_name="andel"
    )
    name = models.CharField("avser", max_length=150)
    explanation = models.CharField("så är beloppet räknat", max_length=300, blank=True)
    quantity = models.DecimalField("antal", max_digits=14, decimal_places=4)
    amount = models.BigIntegerField("belopp")
    category = models.CharField("moms", max_length=1)
    rate = models.DecimalField("procent", max_digits=4, decimal_places=2)
    reason = models.CharField("skäl utan moms", max_length=300, blank=True)
    account = models.CharField("intäktskonto", max_length=10)
    vat_account = models.CharField("momskonto", max_length=10, blank=True)
    vat_rule = models.ForeignKey(VatRule, models.PROTECT, related_name="+", verbose_name="momsregel")
    project = models.CharField("projekt i bokföringen", max_length=20, blank=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "fakturarad"
        verbose_name_plural = "fakturarader"
        ordering = ["invoice", "position"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="one_invoice_line_per_position"),
        ]

    def __str__(self):
        return f"{self.invoice}, rad {self.position}"


class InvoiceCredit(models.Model):
    """That a credit note takes back from an invoice (kreditering), and how much of it, tax included."""

    credit = models.ForeignKey(Invoice, models.PROTECT, related_name="credits", verbose_name="kreditfaktura")
    credited = models.ForeignKey(Invoice, models.PROTECT, related_name="credited_by", verbose_name="krediterad faktura")
    amount = models.BigIntegerField("belopp")

    class Meta:
        verbose_name = "kreditering"
        verbose_name_plural = "krediteringar"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["credit", "credited"], name="a_credit_note_names_an_invoice_once"),
            models.CheckConstraint(condition=~Q(credit=F("credited")), name="a_credit_note_credits_another"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="what_is_credited_is_given_back"),
        ]

    def __str__(self):
        return f"{self.credit} krediterar {self.credited}"


class InvoiceFiles(models.Model):
    """The files of an invoice (PDF och e-faktura): issued papers, made once."""

    invoice = models.OneToOneField(Invoice, models.PROTECT, related_name="files", verbose_name="faktura")
    pdf = models.OneToOneField(Paper, models.PROTECT, related_name="+", verbose_name="PDF")
    xml = models.OneToOneField(Paper, models.PROTECT, related_name="+", verbose_name="e-faktura")
    made_at = models.DateTimeField("gjorda", auto_now_add=True)

    class Meta:
        verbose_name = "fakturans filer"
        verbose_name_plural = "fakturornas filer"

    def __str__(self):
        return f"Filer till {self.invoice}"


class InvoiceDownload(models.Model):
    """That somebody has taken a file of an invoice (hämtning)."""

    class What(models.TextChoices):
        PDF = "pdf", "PDF"
        XML = "xml", "E-faktura (XML)"
        EXCEL = "xlsx", "Specifikation (Excel)"
        ZIP = "zip", "Alla filer (ZIP)"

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="downloads", verbose_name="faktura")
    what = models.CharField("vad", max_length=5, choices=What)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av")
    at = models.DateTimeField("hämtad", auto_now_add=True)
    is_own = models.BooleanField("av kommunen själv")

    class Meta:
        verbose_name = "hämtning"
        verbose_name_plural = "hämtningar"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.invoice}: {self.get_what_display()}"


class InvoicePayment(models.Model):
    """That an invoice has been paid, or a part of it (betalning). Below zero takes a wrong row back."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments", verbose_name="faktura")
    paid_on = models.DateField("betald den")
    amount = models.BigIntegerField("belopp")
    note = models.CharField("anmärkning", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="förd in av")
    at = models.DateTimeField("förd in", auto_now_add=True)

    class Meta:
        verbose_name = "betalning"
        verbose_name_plural = "betalningar"
        ordering = ["paid_on", "pk"]

    def __str__(self):
        return f"Betalning av {self.invoice}"


class InvoiceReminder(models.Model):
    """That a municipality has been reminded of an invoice (påminnelse), by letter."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="reminders", verbose_name="faktura")
    at = models.DateTimeField("skickad", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="av")
    receivers = models.PositiveSmallIntegerField("mottagare")

    class Meta:
        verbose_name = "påminnelse"
        verbose_name_plural = "påminnelser"
        ordering = ["-pk"]

    def __str__(self):
        return f"Påminnelse om {self.invoice}"


class InvoiceQuestion(models.Model):
    """A municipality's question about an invoice (fråga till e-kontoret), and its answer."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="questions", verbose_name="faktura")
    text = models.TextField("fråga", max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ställd av")
    at = models.DateTimeField("ställd", auto_now_add=True)
    answer = models.TextField("svar", max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="besvarad av"
    )
    answered_at = models.DateTimeField("besvarad", null=True)

    class Meta:
        verbose_name = "fråga om faktura"
        verbose_name_plural = "frågor om fakturor"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="an_answer_says_when",
            ),
        ]

    def __str__(self):
        return f"Fråga om {self.invoice}"

"""Forms of what invoices are made by."""

from django import forms

from enamnd.fields import DayField
from projects.forms.fields import OffersParagraphs, ParagraphField

from ..models import Buyer, ItemTerms, Seller, VatRule


class SellerForm(forms.ModelForm):
    """Who sells."""

    class Meta:
        model = Seller
        fields = (
            *("vat_number", "is_approved_for_f_tax", "street", "postal_code", "city", "endpoint_scheme", "endpoint"),
            *("bankgiro", "plusgiro", "contact", "phone", "email", "days", "receivables_account", "voucher_series"),
            *("cost_centre", "counterparty_dimension", "alphabet"),
        )


class BuyerForm(forms.ModelForm):
    """How a municipality wants its invoices."""

    class Meta:
        model = Buyer
        fields = ("reference", "street", "postal_code", "city", "endpoint_scheme", "endpoint", "counterparty")


class VatRuleForm(OffersParagraphs, forms.ModelForm):
    """A VAT rule."""

    paragraph = ParagraphField(label="Beslutad i")

    class Meta:
        model = VatRule
        fields = (
            *("name", "category", "rate", "reason", "income_account", "vat_account", "paragraph", "decision"),
            *("decided_on", "valid_from", "valid_until"),
        )
        localized_fields = ("rate",)
        field_classes = dict.fromkeys(("decided_on", "valid_from", "valid_until"), DayField)
        help_texts = {"decision": "När paragrafen inte finns i portalen: Ekonomichefens beslut 2026-01-14"}


class ItemTermsForm(forms.ModelForm):
    """How a cost item is invoiced."""

    class Meta:
        model = ItemTerms
        fields = ("vat_rule", "income_account", "project")


class ChartForm(forms.Form):
    """The host's chart of accounts as a SIE file."""

    file = forms.FileField(label="SIE-fil", help_text="Vilken typ som helst (1–4). Bara kontona läses.")

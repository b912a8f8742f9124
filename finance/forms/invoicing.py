"""Forms of runs and invoices."""

from calendar import monthrange
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.money import kronor, parse_kronor, with_unit
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused

from ..models import Allocation, CostItem, InvoiceRun, Seller, VatRule

PARTS = [
    ("1/1", "Hela året"),
    *((f"{part}/2", f"Halvår {part}") for part in (1, 2)),
    *((f"{part}/4", f"Kvartal {part}") for part in (1, 2, 3, 4)),
    *((f"{part}/12", f"Månad {part}") for part in range(1, 13)),
]
OF_ALLOCATIONS = [(value, label) for value, label in InvoiceRun.Kind.choices if value not in ("transactions", "credit")]


class KronorField(forms.CharField):
    """An amount in kronor, kept in öre."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "amount", "autocomplete": "off"})

    def clean(self, value):
        try:
            amount = parse_kronor(super().clean(value) or "")
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        if amount is None and self.required:
            raise ValidationError("Skriv ett belopp.")
        return amount

    def prepare_value(self, value):
        return kronor(value) if isinstance(value, int) else value


class AllocationsField(forms.ModelMultipleChoiceField):
    """Allocations with what each divides."""

    def label_from_instance(self, allocation):
        return f"{allocation.title}: {with_unit(allocation.divided)}"


class YearForm(forms.Form):
    """Which year a run is about: asked first, since the rest depends on it."""

    ar = forms.IntegerField(label="År", min_value=2000, max_value=2199)


class RunFacts(forms.Form):
    """What every run says: what it is called, which time it is for, how long there is to pay."""

    title = forms.CharField(label="Rubrik på fakturan", max_length=150)
    period_from = DayField(label="Avser från")
    period_until = DayField(label="till")
    days = forms.IntegerField(label="Dagar att betala", min_value=1, max_value=120)
    rule = forms.ModelChoiceField(
        VatRule.objects.none(),
        label="Momsregel",
        empty_label=None,
        help_text="För det som inte har en egen momsregel under Uppgifter.",
    )
    note = forms.CharField(
        label="Meddelande på fakturan", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, year: int, **kwargs):
        seller = Seller.objects.filter(board=current_board()).first()
        usual = {
            "period_from": date(year, 1, 1),
            "period_until": date(year, 12, 31),
            "days": seller.days if seller else 30,
        }
        super().__init__(*args, **kwargs | {"initial": usual | (kwargs.get("initial") or {})})
        self.year = year
        self.fields["rule"].queryset = VatRule.objects.valid_on(timezone.localdate())

    def facts(self) -> dict:
        """What a run is made with, beside what it takes in."""
        names = ("title", "period_from", "period_until", "days", "note")
        return {"year": self.year} | {name: self.cleaned_data[name] for name in names}


class RunForm(RunFacts):
    """A run of allocations."""

    kind = forms.ChoiceField(label="Vad som faktureras", choices=OF_ALLOCATIONS)
    which = forms.ChoiceField(
        label="Del av året",
        choices=PARTS,
        help_text="Delarna blir tillsammans hela beloppet. Avräkning tar alltid hela. Står hela året som tid "
        "skrivs delens tid på fakturan.",
    )
    allocations = AllocationsField(Allocation.objects.none(), label="Fördelningar", widget=forms.CheckboxSelectMultiple)
    field_order = ("kind", "allocations", "which", "title", "period_from", "period_until", "days", "rule", "note")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = Allocation.objects.current().filter(year=self.year).select_related("item")
        self.fields["allocations"].queryset = offered
        self.has_allocations = offered.exists()

    def facts(self) -> dict:
        part, parts = map(int, self.cleaned_data["which"].split("/"))
        if self.cleaned_data["kind"] == InvoiceRun.Kind.SETTLEMENT:
            part = parts = 1
        facts = super().facts() | {"kind": self.cleaned_data["kind"], "part": part, "parts": parts}
        if (facts["period_from"], facts["period_until"]) == months_of(self.year):
            facts["period_from"], facts["period_until"] = months_of(self.year, part, parts)
        return facts


def months_of(year: int, part: int = 1, parts: int = 1) -> tuple[date, date]:
    """The first and the last day of part `part` of `parts` of a year: half-years, quarters or months."""
    length = 12 // parts
    last = part * length
    return date(year, last - length + 1, 1), date(year, last, monthrange(year, last)[1])


class UseForm(RunFacts):
    """A run of what each municipality has used."""

    file = forms.FileField(
        label="Lista", help_text="CSV eller Excel med kolumnerna Kommun, Avser, Antal, À-pris och Belopp."
    )
    item = forms.ModelChoiceField(
        CostItem.objects.all(), label="Kostnadspost", required=False, empty_label="Ingen kostnadspost"
    )
    field_order = ("file", "item", "title", "period_from", "period_until", "days", "rule", "note")


class PaymentForm(forms.Form):
    """That an invoice has been paid."""

    paid_on = DayField(label="Betald den", initial=timezone.localdate)
    amount = KronorField(label="Belopp", help_text="Ett belopp under noll tar tillbaka en felaktig rad.")
    note = forms.CharField(label="Anmärkning", required=False, max_length=200)


class CreditForm(forms.Form):
    """Why an invoice is given back."""

    reason = forms.CharField(
        label="Varför fakturan krediteras",
        max_length=300,
        help_text="Står på kreditfakturan.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class QuestionForm(forms.Form):
    """A question, or its answer."""

    text = forms.CharField(label="Fråga", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class AnswerForm(QuestionForm):
    """The answer to a question."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "Svar"

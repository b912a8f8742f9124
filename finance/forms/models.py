"""Forms of allocation models."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from enamnd.fields import DayField
from enamnd.refusal import Refused

from ..figure_rows import understand
from ..figures import parties
from ..models import AllocationModel, KeyFigureKind, ModelPart, ModelVersion
from ..pasted import read_lines
from .fields import KronorField

ROWS = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})


class NewModelForm(forms.ModelForm):
    """A model and the first version's beginnings."""

    valid_from = DayField(label="Gäller från")
    unit = forms.TypedChoiceField(
        label="Avrundas per kommun till", choices=ModelVersion.Unit.choices, initial=ModelVersion.Unit.KRONA, coerce=int
    )

    class Meta:
        model = AllocationModel
        fields = ("name", "purpose")


class ModelForm(forms.ModelForm):
    """What a model is called and used for."""

    class Meta:
        model = AllocationModel
        fields = ("name", "purpose", "retired_on")
        field_classes = {"retired_on": DayField}


class VersionForm(forms.ModelForm):
    """From when a draft holds, and what it rounds to."""

    class Meta:
        model = ModelVersion
        fields = ("valid_from", "unit", "note")
        field_classes = {"valid_from": DayField}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}


class PartForm(forms.Form):
    """A part of a model."""

    method = forms.ChoiceField(label="Delen fördelas", choices=ModelPart.Method.choices)
    size = forms.ChoiceField(label="Delen är", choices=ModelPart.Size.choices, initial=ModelPart.Size.REST)
    percent = forms.DecimalField(
        label="Procent", required=False, max_digits=9, decimal_places=6, localize=True, help_text="Om delen är procent."
    )
    amount = KronorField(label="Kronor", required=False, help_text="Om delen är kronor.")
    kind = forms.ModelChoiceField(
        KeyFigureKind.objects.all(), label="Nyckeltal", required=False, help_text="Om delen fördelas efter nyckeltal."
    )
    fixed = forms.CharField(
        label="Fasta andelar",
        required=False,
        widget=ROWS,
        max_length=20_000,
        help_text="Om delen har fasta andelar: en kommun på varje rad, namn och procent. Tillsammans 100.",
    )
    note = forms.CharField(label="Anmärkning", required=False, max_length=200)

    def clean_fixed(self) -> dict:
        return read_by_place(self.cleaned_data["fixed"])

    def clean(self):
        data = super().clean()
        if data.get("size") != ModelPart.Size.PERCENT:
            data["percent"] = None
        if data.get("size") != ModelPart.Size.AMOUNT:
            data["amount"] = None
        return data


def read_by_place(text: str) -> dict:
    """A figure for each municipality that the lines name. Refused as a fault of the field, with every bad line."""
    try:
        rows = understand(read_lines(text), parties())
    except Refused as refusal:
        raise ValidationError(str(refusal)) from refusal
    wrong = [f"Rad {each.number} ({each.name}): {each.problem}" for each in rows if each.problem]
    if wrong:
        raise ValidationError(wrong)
    return {each.municipality: Decimal(each.value) for each in rows if each.municipality}

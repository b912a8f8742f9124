"""Fields that several forms of the economy have: an amount in kronor, rows pasted or in a file."""

from django import forms
from django.core.exceptions import ValidationError

from enamnd.money import kronor, parse_kronor
from enamnd.refusal import Refused
from projects.spreadsheets import read_table

from ..pasted import read_lines


class KronorField(forms.CharField):
    """An amount as people write it, in kronor; öre inside."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "amount"})
        super().__init__(**{"widget": widget, "max_length": 40} | kwargs)

    def to_python(self, value):
        if isinstance(value, int):
            return value
        try:
            return parse_kronor(super().to_python(value) or "")
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def validate(self, value):
        if value is None and self.required:
            raise ValidationError("Skriv ett belopp, till exempel 84 100.")

    def run_validators(self, value):
        if isinstance(value, str):
            super().run_validators(value)

    def prepare_value(self, value):
        return kronor(value) if isinstance(value, int) else value

    def has_changed(self, initial, data):
        try:
            return parse_kronor(str(data or "")) != initial
        except Refused:
            return True


class RowsForm(forms.Form):
    """Rows pasted as text, or in a CSV or Excel file."""

    text = forms.CharField(
        label="Klistra in rader",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        max_length=200_000,
    )
    file = forms.FileField(label="Eller välj en fil", required=False, help_text="CSV eller Excel (.xlsx).")

    def rows(self) -> list[list[str]]:
        """The cells of the rows. Refused when there are none, and for formulas in a file."""
        file = self.cleaned_data.get("file")
        if file:
            return read_table(file.read(), file.name, formulas=False)
        found = read_lines(self.cleaned_data["text"])
        if not found:
            raise Refused("Klistra in rader, eller välj en fil.", field="text")
        return found

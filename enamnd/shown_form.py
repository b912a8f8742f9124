"""Forms that remember what their page showed, so that two people can change different facts at the same time."""

from contextlib import suppress
from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError

from enamnd.dates import clock, long_date
from enamnd.newer import Newer


class ManyHidden(forms.HiddenInput):
    """Several choices in one hidden input, so that a page can also say that it showed none."""

    def format_value(self, value):
        return ",".join(map(str, value)) if isinstance(value, list | tuple) else super().format_value(value)

    def value_from_datadict(self, data, files, name):
        return [each for each in (data.get(name) or "").split(",") if each]


class ShownForm(forms.Form):
    """Each field carries what the page showed: only what the person changed is saved, unless it is newer by then.

    Several choices are lists in the order of their keys, as newer.standing gives them.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.remember()

    def remember(self):
        """Let all fields say what they showed; a form that adds fields afterwards asks for it again."""
        for field in self.fields.values():
            field.show_hidden_initial = True
            if isinstance(field, forms.ModelMultipleChoiceField):
                field.hidden_widget = ManyHidden

    @property
    def changed_facts(self) -> dict:
        """The facts that the person changed. What they left may be newer by now than their page."""
        names = {name for name in self.fields if self.add_initial_prefix(name) not in self.data} | {*self.changed_data}
        return {name: value_of(self.fields[name], self.cleaned_data[name]) for name in names}

    @property
    def shown(self) -> dict:
        """What the page showed in its fields, as values; a field whose hidden half cannot be read showed nothing."""
        found = {}
        for name, field in self.fields.items():
            hidden = self.add_initial_prefix(name)
            if hidden in self.data:
                with suppress(ValidationError):
                    written = field.hidden_widget().value_from_datadict(self.data, self.files, hidden)
                    found[name] = value_of(field, field.to_python(written))
        return found

    def tell_newer(self, newer: Newer):
        """Say at each field what somebody else has made of it, and let the person save theirs over it knowingly."""
        self.data = self.data.copy()
        for name, value in newer.facts.items():
            field = self.fields[name]
            written = field.hidden_widget().format_value(field.prepare_value(value))
            self.data[self.add_initial_prefix(name)] = "" if written is None else written
            self.add_error(name, f"{newer.opening}: {_said(field, value)}. Spara igen om det du har skrivit ska gälla.")


def value_of(field: forms.Field, value):
    """The value of a field as facts have it: several rows in the order of their keys."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return sorted(value, key=lambda each: each.pk)
    return value


def _said(field: forms.Field, value) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, time):
        return clock(value)
    if isinstance(value, list):
        return "; ".join(f"”{each}”" for each in value) or "inget valt"
    if isinstance(field, forms.ChoiceField) and isinstance(value, str):
        value = dict(field.choices).get(value, value)
    return "tomt" if value in (None, "") else f"”{value}”"

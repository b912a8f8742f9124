"""Forms that remember what their page showed, so that two people can change different facts at the same time."""

from contextlib import suppress
from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError

from enamnd.dates import clock, long_date
from enamnd.newer import Newer


class ShownForm(forms.Form):
    """Each field carries what the page showed: only what the person changed is saved, unless it is newer by then."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    @property
    def changed_facts(self) -> dict:
        """The facts that the person changed. What they left may be newer by now than their page."""
        names = {name for name in self.fields if self.add_initial_prefix(name) not in self.data} | {*self.changed_data}
        return {name: self.cleaned_data[name] for name in names}

    @property
    def shown(self) -> dict:
        """What the page showed in its fields, as values; a field whose hidden half cannot be read showed nothing."""
        found = {}
        for name, field in self.fields.items():
            with suppress(ValidationError, KeyError):
                found[name] = field.to_python(self.data[self.add_initial_prefix(name)])
        return found

    def tell_newer(self, newer: Newer):
        """Say at each field what somebody else has made of it, and let the person save theirs over it knowingly."""
        self.data = self.data.copy()
        for name, value in newer.facts.items():
            field = self.fields[name]
            written = field.hidden_widget().format_value(field.prepare_value(value))
            self.data[self.add_initial_prefix(name)] = "" if written is None else written
            self.add_error(name, f"{newer.opening}: {_said(value)}. Spara igen om det du har skrivit ska gälla.")


def _said(value) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, time):
        return clock(value)
    return "tomt" if value in (None, "") else f"”{value}”"

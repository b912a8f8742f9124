"""Form fields that take what people write."""

from django import forms
from django.core.exceptions import ValidationError

from enamnd.dates import parse_date
from enamnd.refusal import Refused


class DayField(forms.DateField):
    """A day: the browser's own calendar, and whatever parse_date reads where there is none."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return parse_date(value)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal

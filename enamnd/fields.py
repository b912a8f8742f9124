"""Form fields that take what people write."""

from django import forms
from django.core.exceptions import ValidationError

from enamnd.dates import parse_date
from enamnd.refusal import Refused

FIRST_YEAR, LAST_YEAR = 1900, 2199


class DayField(forms.DateField):
    """A day: the browser's own calendar, and whatever parse_date reads where there is none.

    Years outside 1900-2199 are slips of the finger, and days cannot be counted on from the last of them.
    """

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            day = parse_date(value)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(f"”{value}” kan inte stämma. Skriv ett år från {FIRST_YEAR} till {LAST_YEAR}.")
        return day

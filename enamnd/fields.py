"""Form fields that take what people write."""

from django import forms
from django.core.exceptions import ValidationError

from enamnd.dates import check_year, parse_date
from enamnd.refusal import Refused


class DayField(forms.DateField):
    """A day: the browser's own calendar, and whatever parse_date reads where there is none.

    A day in the wrong century is refused with a sentence (check_year).
    """

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            day = parse_date(value)
            check_year(day.year)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return day

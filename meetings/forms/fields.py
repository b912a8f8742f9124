"""Fields that take times as people write them."""

import re
from datetime import time

from django import forms
from django.core.exceptions import ValidationError

CLOCK = re.compile(r"(?:kl\.? ?)?([0-9]{1,2})(?:[.:]?([0-9]{2}))?")


class ClockField(forms.TimeField):
    """A time of day: 13:00, 13.00, kl. 13, 1300."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        found = CLOCK.fullmatch(value.strip()[:8].removesuffix(":00") if value.count(":") == 2 else value.strip())
        try:
            return time(int(found[1]), int(found[2] or 0)) if found else self._refuse(value)
        except ValueError:
            return self._refuse(value)

    def _refuse(self, value):
        raise ValidationError(f"”{value}” är ingen tid. Skriv till exempel 13.00.")

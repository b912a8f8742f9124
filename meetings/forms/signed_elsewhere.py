"""The form of signatures that were made outside the portal."""

from collections.abc import Sequence
from datetime import datetime, time

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from meetings.actions.signing_elsewhere import SignedOn
from meetings.models import Signatory

NOON = time(12)


class ElsewhereForm(forms.Form):
    """The file, and for each who has not signed the day when they did; an empty day is somebody who has not."""

    upload = forms.FileField(
        label="Underskriven fil",
        allow_empty_file=True,
        help_text="PDF ur tjänsten där den skrevs under, eller en inskannad PDF, PNG eller JPEG. Högst 50 MB.",
        error_messages={"required": "Välj filen med underskrifterna."},
    )
    is_vouched_for = forms.BooleanField(
        label="Jag intygar att det är det låsta protokollet som är underskrivet",
        required=False,
        help_text="Behövs för inskannat papper, och för filer som en annan tjänst har skrivit om.",
    )

    def __init__(self, *args, signatories: Sequence[Signatory], **kwargs):
        super().__init__(*args, **kwargs)
        self.signatories = {f"signed_{each.pk}": each for each in signatories}
        for name, each in self.signatories.items():
            label = f"{each.name}, {each.get_role_display().lower()}, skrev under"
            self.fields[name] = DayField(label=label, required=False)

    @property
    def days(self) -> list:
        return [self[name] for name in self.signatories]

    @property
    def signed(self) -> list[SignedOn]:
        told = ((each, self.cleaned_data.get(name)) for name, each in self.signatories.items())
        return [SignedOn(each, _noon(day)) for each, day in told if day]


def _noon(day) -> datetime:
    """A day without an hour: the middle of it, so that it is the same day everywhere."""
    return timezone.make_aware(datetime.combine(day, NOON))

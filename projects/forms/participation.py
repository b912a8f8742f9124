"""Forms of taking part."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.organisation.models import Municipality

from ..models import Adoption, Participation


class ParticipantForm(forms.Form):
    """What is known of a municipality's part in an activity."""

    joined_on = DayField(label="Deltar från", initial=timezone.localdate)
    left_on = DayField(label="Deltog till", required=False, help_text="Tomt: deltar fortfarande.")
    contact = forms.CharField(label="Kontaktperson", required=False, max_length=200)
    decision = forms.CharField(label="Kommunens beslut", required=False, max_length=100, help_text="KS § 112")
    decided_on = DayField(label="Beslutsdatum", required=False)
    financing_accepted_on = DayField(label="Finansieringen godtagen", required=False)

    @classmethod
    def of(cls, row: Participation, data=None) -> "ParticipantForm":
        return cls(data, initial={name: getattr(row, name) for name in cls.base_fields})


class NewParticipantForm(ParticipantForm):
    """A municipality that joins."""

    municipality = forms.ModelChoiceField(Municipality.objects.filter(is_party=True), label="Kommun")
    field_order = ("municipality",)


class AdoptionForm(forms.Form):
    """How far a municipality has come, and since when."""

    state = forms.ChoiceField(label="Läge", choices=Adoption.State.choices, widget=forms.RadioSelect)
    since_on = DayField(label="Sedan", initial=timezone.localdate)
    planned_on = DayField(
        label="I drift enligt planen",
        required=False,
        help_text="Kommunens egen plan för införandet i verksamheten. Tomt: ingen dag är satt.",
    )
    note = forms.CharField(label="Anmärkning", required=False, max_length=200)

"""Forms of taking part."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.organisation.models import Municipality

from ..models import Activity, Adoption, Participation


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
    """Municipalities that join, of those that do not take part."""

    municipalities = forms.ModelMultipleChoiceField(
        Municipality.objects.none(),
        label="Kommuner",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en kommun."},
        help_text="Flera på en gång får samma uppgifter. Kontaktperson och beslut kan ändras för var och en sedan.",
    )
    field_order = ("municipalities",)

    def __init__(self, activity: Activity, data=None):
        super().__init__(data)
        taking_part = activity.participations.values("municipality")
        outside = Municipality.objects.filter(is_party=True).exclude(pk__in=taking_part)
        self.fields["municipalities"].queryset = outside.order_by("name")


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

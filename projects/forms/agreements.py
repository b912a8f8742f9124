"""Forms of agreements."""

from django import forms
from django.utils import timezone

from enamnd.answers import refusal_of
from enamnd.fields import DayField
from enamnd.organisation.models import Municipality

from ..actions.agreements import FACTS
from ..models import Agreement, CallOff, ProcurementStep
from ..time_plans import check_order
from .fields import CaseField, KronorField


class AgreementForm(forms.ModelForm):
    """All facts of an agreement. `seen` is the version of it that the person began from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    case = CaseField()

    class Meta:
        model = Agreement
        fields = FACTS
        field_classes = dict.fromkeys(("valid_from", "valid_until", "follow_up_on"), DayField) | {"value": KronorField}

    def clean(self):
        found = super().clean()
        if refusal := refusal_of(check_order, found.get("valid_from"), found.get("valid_until")):
            self.add_error("valid_until", str(refusal))
        return found


class OptionForm(forms.Form):
    """A right to prolong."""

    until = DayField(label="Förlänger till")
    say_by = DayField(label="Säg till senast")


class AnswerOptionForm(forms.Form):
    """Whether an option is used."""

    is_used = forms.TypedChoiceField(
        label="Optionen",
        choices=[("1", "Utnyttjas, avtalet förlängs"), ("0", "Avböjs")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    day = DayField(label="Sagt till leverantören den", initial=timezone.localdate)
    decision = forms.CharField(label="Beslut", required=False, max_length=200)


class StepForm(forms.Form):
    """Something that has happened in a procurement."""

    kind = forms.ChoiceField(label="Steg", choices=ProcurementStep.Kind.choices)
    on = DayField(label="Dag", initial=timezone.localdate)
    note = forms.CharField(label="Anmärkning", required=False, max_length=300)


class CallOffForm(forms.Form):
    """What somebody has called off."""

    municipality = forms.ModelChoiceField(Municipality.objects.filter(is_party=True), label="Kommun")
    caller = forms.ChoiceField(label="Vem avropar", choices=CallOff.Caller.choices)
    company = forms.CharField(label="Bolagets eller stiftelsens namn", required=False, max_length=150)
    called_on = DayField(label="Avropat", initial=timezone.localdate)
    what = forms.CharField(label="Vad", max_length=200)
    value = KronorField(label="Värde, kr", required=False)

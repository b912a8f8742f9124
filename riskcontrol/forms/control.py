"""Forms of control items, checks, measures and follow-ups."""

from datetime import date

from django import forms
from django.utils import timezone

from enamnd.dates import parse_date, short_date
from enamnd.fields import DayField
from enamnd.refusal import Refused
from enamnd.shown_form import ShownForm

from ..actions.items import ACTIVITY_FACTS
from ..models import Check, ControlActivity, ControlItem, Measure
from .fields import LONG, DecisionField, DocumentField


class ItemForm(ShownForm, forms.ModelForm):
    """How the plan puts an item."""

    class Meta:
        model = ControlItem
        fields = ("text", "is_mandatory", "needs_reports")


class DaysField(forms.CharField):
    """Days, one a line, as people write them. Gives a list of ISO texts."""

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "widget": forms.Textarea(attrs={"rows": 3})} | kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        written = super().to_python(self.prepare_value(value))
        try:
            days = {parse_date(line) for line in written.splitlines() if line.strip()}
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return [day.isoformat() for day in sorted(days)]


class ActivityForm(ShownForm, forms.ModelForm):
    """How an item is checked, how often, and by whom."""

    days = DaysField(label="Egna dagar", help_text="En dag på varje rad, när du har valt Egna dagar.")

    class Meta:
        model = ControlActivity
        fields = ACTIVITY_FACTS
        widgets = {"method": LONG}

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"days"}


class CheckForm(forms.Form):
    """A check that was made."""

    done_on = DayField(label="Utförd", initial=timezone.localdate)
    covers_on = forms.TypedChoiceField(
        label="Gäller kontrollen", required=False, coerce=date.fromisoformat, empty_value=None
    )
    result = forms.ChoiceField(label="Resultat", choices=Check.Result.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Iakttagelse", required=False, widget=LONG, help_text="Vad som sågs. Vid avvikelse: vad den är."
    )
    evidence = forms.CharField(
        label="Underlag", required=False, max_length=300, help_text="Var det kan ses: protokoll, logg, rapport."
    )
    document = DocumentField()

    def __init__(self, *args, days=(), **kwargs):
        super().__init__(*args, **kwargs)
        if days:
            self.fields["covers_on"].choices = [(day.isoformat(), f"senast {short_date(day)}") for day in days]
        else:
            del self.fields["covers_on"]

    def facts(self) -> dict:
        """What actions.keep_check takes."""
        given = dict(self.cleaned_data)
        if given.get("covers_on") is None:
            given.pop("covers_on", None)
        return given


class MeasureForm(ShownForm, forms.ModelForm):
    """What is to be done, by whom, by when, and what became of it."""

    class Meta:
        model = Measure
        fields = ("text", "owner", "owner_person", "due_on", "done_on", "outcome")
        field_classes = {"due_on": DayField, "done_on": DayField}


class FollowUpForm(forms.Form):
    """A follow-up that begins."""

    name = forms.CharField(label="Uppföljning", max_length=100, help_text="Till exempel Delårsrapport 2 eller Helår.")
    followed_on = DayField(label="Per den", initial=timezone.localdate)


class ItemFollowUpForm(ShownForm):
    """How an item turned out."""

    decision = DecisionField()
    analysis = forms.CharField(label="Analys", required=False, widget=forms.Textarea(attrs={"rows": 5}))
    next_responsible = forms.CharField(
        label="Ansvarig nästa år", required=False, max_length=200, help_text="Tomt: samma som i år."
    )


class AssessmentForm(ShownForm):
    assessment = forms.CharField(
        label="Samlad bedömning",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Är den interna kontrollen tillräcklig? Vad ska bli bättre?",
    )

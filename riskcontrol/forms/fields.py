"""Fields that several forms of the internal control have."""

from django import forms

from enamnd.documents.models import Document

from ..models import ControlPlan
from ..scoring import Axis

LONG = forms.Textarea(attrs={"rows": 3})


class StepField(forms.IntegerField):
    """A step of an axis, by value and word. What lies outside the scale is told by the rule, which knows the scale."""

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "widget": forms.Select} | kwargs)
        self.error_messages["invalid"] = "Välj ett av stegen på skalan."

    def offer(self, axis: Axis | None):
        """Give the steps to choose among, and the name of the axis when the form says nothing else."""
        steps = [(step.value, f"{step.value} {step.word}") for step in axis.steps] if axis else []
        self.widget.choices = [("", "–"), *steps]
        if axis and not self.label:
            self.label = axis.name


def offer_steps(form: forms.Form, plan: ControlPlan, ending: str = ""):
    """Give the two fields of a value the steps of the plan's scale."""
    scale = plan.scale.scale if plan.scale_id else None
    for name in ("likelihood", "consequence"):
        field = form.fields[name + ending]
        field.offer(getattr(scale, name) if scale else None)
        if scale and not ending:
            field.label = getattr(scale, name).name
        if scale and ending:
            field.label = f"{getattr(scale, name).name} efter"


class DecisionField(forms.CharField):
    """A decision in words, with those that are usual as suggestions."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"list": "decisions", "autocomplete": "off"})
        usual = {"label": "Beslut", "required": False, "max_length": 200, "widget": widget}
        super().__init__(**usual | {"help_text": "I ord. Inget värde avgör det åt er."} | kwargs)


class DocumentField(forms.CharField):
    """A registered document by its number."""

    def __init__(self, **kwargs):
        super().__init__(
            **{"label": "Handling", "required": False, "help_text": "Handlingsnummer, om den är registrerad."} | kwargs
        )

    def clean(self, value):
        written = super().clean(value).strip()
        if not written:
            return None
        found = Document.objects.filter(number=written.split()[0]).first()
        if found is None or found.voided_because:
            raise forms.ValidationError(f"Handlingen ”{written}” finns inte. Skriv numret som under Ärenden.")
        return found

    def prepare_value(self, value):
        if isinstance(value, int):
            value = Document.objects.filter(pk=value).first()
        return getattr(value, "number", value)

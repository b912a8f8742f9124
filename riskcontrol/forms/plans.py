"""Forms of a year's plan."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.organisation.models import Body
from enamnd.shown_form import ShownForm
from projects.forms.fields import OffersParagraphs, ParagraphField

from ..columns import KEYS
from ..models import ControlPlan, RiskScale


class BeginPlanForm(forms.Form):
    """A new year, with or without the plan of a year before."""

    year = forms.IntegerField(label="År", min_value=1990, max_value=2199)
    title = forms.CharField(
        label="Rubrik", max_length=200, required=False, help_text="Tomt: Internkontrollplan och året."
    )
    previous = forms.ModelChoiceField(
        ControlPlan.objects.filter(next=None), label="Börja från", required=False, empty_label="Ingen tidigare plan"
    )
    scale = forms.ModelChoiceField(
        RiskScale.objects.filter(retired_on=None), label="Skala", required=False, empty_label="Samma som förra året"
    )
    with_decisions = forms.BooleanField(label="Ta med beslut och analys", required=False)
    with_gross_list = forms.BooleanField(label="Ta med resten av bruttolistan", required=False)

    def clean(self):
        given = super().clean()
        if given.get("year") and not given.get("title"):
            given["title"] = f"Internkontrollplan {given['year']}"
        return given


class PlanFactsForm(ShownForm, forms.ModelForm):
    """Heading, introduction, scale and columns of a proposal."""

    class Meta:
        model = ControlPlan
        fields = ("title", "intro", "scale", "mandatory_words")
        widgets = {"intro": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shown = {column.key: column.heading for column in self.instance.shown_columns}
        self.keys = [*shown, *(key for key in KEYS if key not in shown)]
        for key in self.keys:
            self.fields[f"show_{key}"] = forms.BooleanField(
                label=f"Visa {KEYS[key].lower()}", required=False, initial=key in shown
            )
            self.fields[f"heading_{key}"] = forms.CharField(
                label=f"Rubrik för {KEYS[key].lower()}", max_length=60, initial=shown.get(key, KEYS[key])
            )

        self.remember()

    def column_fields(self):
        """Each column's two fields."""
        return [(KEYS[key], self[f"show_{key}"], self[f"heading_{key}"]) for key in self.keys]

    def clean(self):
        given = super().clean()
        if "show_text" in given and not given["show_text"]:
            self.add_error("show_text", "Planen måste ha kolumnen med risken eller kontrollmomentet.")
        return given

    def facts(self) -> dict:
        """What actions.change_plan takes: the facts that were changed, those of columns by themselves."""
        changed = self.changed_facts
        own = {name: value for name, value in changed.items() if name in self.Meta.fields}
        of_columns = {name: value for name, value in changed.items() if name not in own}
        return own | {"of_columns": of_columns, "shown": self.shown}


class AdoptForm(OffersParagraphs, forms.Form):
    """Where something was decided, and when."""

    day = DayField(label="Dag", initial=timezone.localdate)
    paragraph = ParagraphField(label="I paragrafen")
    decision = forms.CharField(
        label="Annars: datum och paragraf", required=False, max_length=200, help_text="2023-12-13 § 41"
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Varför", max_length=200)


class WorkStepForm(forms.Form):
    """A step of the year's risk work."""

    done_on = DayField(label="Dag", initial=timezone.localdate)
    what = forms.CharField(label="Vad", max_length=200, help_text="Till exempel: riskerna gicks igenom och slogs ihop.")
    body = forms.ModelChoiceField(Body.objects.all(), label="Organ", required=False)


class PlanFileForm(forms.Form):
    """A file with a year's plan."""

    file = forms.FileField(label="Fil", help_text="JSON i portalens format för internkontrollplaner, se README.")

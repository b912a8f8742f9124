"""What may be chosen of the texts for protocols."""

from django import forms
from django.utils import timezone

from ..models import Audit, ControlPlan, FollowUp, Questionnaire


class PlanBlockForm(forms.Form):
    """Which year's plan."""

    plan = forms.ModelChoiceField(ControlPlan.objects.all(), label="Plan", empty_label=None)

    def options(self) -> dict:
        return {"plan": self.cleaned_data["plan"].pk}


class YearBlockForm(forms.Form):
    """Which year."""

    year = forms.IntegerField(label="År", min_value=1990, max_value=2199, initial=lambda: timezone.localdate().year)

    def options(self) -> dict:
        return {"year": self.cleaned_data["year"]}


class FollowUpBlockForm(forms.Form):
    """Which follow-up."""

    follow_up = forms.ModelChoiceField(FollowUp.objects.select_related("plan"), label="Uppföljning", empty_label=None)

    def options(self) -> dict:
        return {"follow_up": self.cleaned_data["follow_up"].pk}


class AuditsField(forms.ModelMultipleChoiceField):
    """Audits by year and municipality, the latest first."""

    widget = forms.CheckboxSelectMultiple


class AuditsBlockForm(forms.Form):
    """Which audits a paragraph answers."""

    audits = AuditsField(Audit.objects.select_related("municipality"), label="Granskningar")

    def options(self) -> dict:
        return {"audits": sorted(each.pk for each in self.cleaned_data["audits"])}


class AnswersBlockForm(forms.Form):
    """Which questionnaire."""

    questionnaire = forms.ModelChoiceField(
        Questionnaire.objects.select_related("audit__municipality"), label="Frågeformulär", empty_label=None
    )

    def options(self) -> dict:
        return {"questionnaire": self.cleaned_data["questionnaire"].pk}

"""What may be chosen of the texts for protocols."""

from django import forms

from ..models import ControlPlan, FollowUp


class PlanBlockForm(forms.Form):
    """Which year's plan."""

    plan = forms.ModelChoiceField(ControlPlan.objects.all(), label="Plan", empty_label=None)

    def options(self) -> dict:
        return {"plan": self.cleaned_data["plan"].pk}


class FollowUpBlockForm(forms.Form):
    """Which follow-up."""

    follow_up = forms.ModelChoiceField(FollowUp.objects.select_related("plan"), label="Uppföljning", empty_label=None)

    def options(self) -> dict:
        return {"follow_up": self.cleaned_data["follow_up"].pk}

"""What may be chosen of the texts for protocols."""

from django import forms

from .. import adoption, blocks
from ..models import Activity


class ActivitiesField(forms.ModelMultipleChoiceField):
    """Activities by the names that the list gives them."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, activity: Activity) -> str:
        return activity.name_in_list


class StatusListForm(forms.Form):
    """Which activities the status list has."""

    activities = ActivitiesField(
        Activity.objects.none(),
        label="Aktiviteter",
        required=False,
        help_text="Inget valt: alla som rapporteras.",
    )
    with_empty = forms.BooleanField(label="Ta med dem som inget är rapporterat om", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activities"].queryset = blocks.reported_activities().order_by("position", "name")

    def options(self) -> dict:
        found = self.cleaned_data
        return {"activities": [each.pk for each in found["activities"]], "with_empty": found["with_empty"]}


class PlanTablesForm(forms.Form):
    """Which of the plan's tables."""

    tables = forms.MultipleChoiceField(
        label="Tabeller",
        choices=[(key, name) for key, (name, _) in blocks.TABLES.items()],
        initial=list(blocks.TABLES),
        widget=forms.CheckboxSelectMultiple,
    )

    def options(self) -> dict:
        return {"tables": self.cleaned_data["tables"]}


class BenefitTableForm(forms.Form):
    """Which activities the table of benefits has."""

    activities = ActivitiesField(
        Activity.objects.filter(closed_on=None).order_by("position", "name"),
        label="Aktiviteter",
        required=False,
        help_text="Inget valt: alla som står i verksamhetsplanen.",
    )

    def options(self) -> dict:
        return {"activities": [each.pk for each in self.cleaned_data["activities"]]}


class AdoptionTableForm(forms.Form):
    """Which activities the matrix has: a page is not wide."""

    activities = ActivitiesField(
        Activity.objects.none(),
        label="Aktiviteter",
        help_text="Högst fyra ryms i bredd på papperet.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["activities"].queryset = adoption.shared_activities()

    def clean_activities(self):
        chosen = self.cleaned_data["activities"]
        if len(chosen) > 4:
            raise forms.ValidationError(f"{len(chosen)} aktiviteter är valda och fyra ryms. Infoga dem i två tabeller.")
        return chosen

    def options(self) -> dict:
        return {"activities": [each.pk for each in self.cleaned_data["activities"]]}

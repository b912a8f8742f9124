"""Forms of overhead on salaries."""

from django import forms

from ..models import BudgetVersion, CostItem, Side
from .decisions import DecisionForm


class OverheadForm(DecisionForm):
    """A percentage on salaries, the year that it begins, and where it was decided."""

    year = forms.IntegerField(label="Från och med år", min_value=1990, max_value=2199)
    percent = forms.DecimalField(
        label="Procent av lönekostnaderna", min_value=0, max_value=100, max_digits=7, decimal_places=4, localize=True
    )
    note = forms.CharField(label="Anmärkning", required=False, max_length=300, help_text="Vad påslaget ska täcka.")
    field_order = ("year", "percent", "paragraph", "decision", "decided_on", "note")


class OverheadCountForm(forms.Form):
    """Whose overhead is counted, on which salaries."""

    item = forms.ModelChoiceField(CostItem.objects.none(), label="Kostnadspost", empty_label=None)
    group = forms.ChoiceField(
        label="På delsumman",
        help_text="Bara postens egna rader räknas, om den har några i delsumman. Annars räknas hela delsumman.",
    )
    label = forms.CharField(label="Raden ska heta", max_length=120, initial="Overhead")
    under = forms.CharField(
        label="Raden står under delsumman", required=False, max_length=60, help_text="Till exempel omkostnader."
    )

    def __init__(self, *args, version: BudgetVersion, **kwargs):
        super().__init__(*args, **kwargs)
        costs = version.rows.filter(side=Side.COST, overhead=None)
        self.groups = list(costs.exclude(group="").values_list("group", flat=True).distinct().order_by("group"))
        self.fields["group"].choices = [(each, each) for each in self.groups]
        self.fields["item"].queryset = CostItem.objects.filter(budget_rows__version=version).distinct()

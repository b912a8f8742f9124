"""What may be chosen of the texts for protocols."""

from django import forms

from ..models import Allocation, Budget, BudgetVersion, Forecast, Outcome

MOST_COLUMNS = 4


class VersionsOfBudgets(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class BudgetTableForm(forms.Form):
    """Which budgets, side by side, and which forecasts beside them."""

    versions = VersionsOfBudgets(BudgetVersion.objects.none(), label="Budgetar", help_text="De ställs sida vid sida.")
    forecasts = VersionsOfBudgets(
        Forecast.objects.none(), label="Prognoser", required=False, help_text="Står efter sitt års budget."
    )
    comments = forms.BooleanField(label="Ta med kommentarerna", required=False, initial=True)
    in_thousands = forms.BooleanField(label="Skriv beloppen i tkr", required=False)
    notes = forms.BooleanField(label="Ta med radernas anmärkningar i en kolumn", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = BudgetVersion.objects.select_related("budget").order_by("-budget__year", "-number")
        self.fields["versions"].queryset = rows
        forecasts = Forecast.objects.select_related("budget").order_by("-budget__year", "-made_on", "-pk")
        self.fields["forecasts"].queryset = forecasts

    def clean(self):
        data = super().clean()
        versions, forecasts = list(data.get("versions") or ()), list(data.get("forecasts") or ())
        if len(versions) + len(forecasts) > MOST_COLUMNS:
            self.add_error(
                "versions", f"{len(versions) + len(forecasts)} kolumner är valda och {MOST_COLUMNS} ryms i bredd."
            )
        years = [each.budget.year for each in forecasts]
        for year in sorted(set(years)):
            if year not in {each.budget.year for each in versions}:
                self.add_error("forecasts", f"Välj budgeten {year} också, så står prognosen efter den.")
            elif years.count(year) > 1:
                self.add_error("forecasts", f"Välj en prognos för {year}.")
        return data

    def options(self) -> dict:
        chosen = sorted(self.cleaned_data["versions"], key=lambda each: (each.budget.year, each.number))
        return {
            "versions": [each.pk for each in chosen],
            "forecasts": [each.pk for each in self.cleaned_data["forecasts"]],
            **{name: self.cleaned_data[name] for name in ("comments", "in_thousands", "notes")},
        }


class OutcomeTableForm(forms.Form):
    """Which outcome."""

    outcome = forms.ModelChoiceField(
        Outcome.objects.filter(replaced_by=None).order_by("-through_on"), label="Utfall", empty_label=None
    )
    in_thousands = forms.BooleanField(label="Skriv beloppen i tkr", required=False)

    def options(self) -> dict:
        return {"outcome": self.cleaned_data["outcome"].pk, "in_thousands": self.cleaned_data["in_thousands"]}


class ForecastTableForm(forms.Form):
    """Which forecast."""

    forecast = forms.ModelChoiceField(Forecast.objects.order_by("-made_on", "-pk"), label="Prognos", empty_label=None)
    in_thousands = forms.BooleanField(label="Skriv beloppen i tkr", required=False)

    def options(self) -> dict:
        return {"forecast": self.cleaned_data["forecast"].pk, "in_thousands": self.cleaned_data["in_thousands"]}


class SummaryForm(forms.Form):
    """Which year, and what the row is called."""

    budget = forms.ModelChoiceField(Budget.objects.order_by("-year"), label="År", empty_label=None)
    unit = forms.CharField(label="Raden kallas", max_length=100)

    def options(self) -> dict:
        return {"budget": self.cleaned_data["budget"].pk, "unit": self.cleaned_data["unit"]}


class AllocationTableForm(forms.Form):
    """Which allocation."""

    allocation = forms.ModelChoiceField(Allocation.objects.current(), label="Fördelning", empty_label=None)

    def options(self) -> dict:
        return {"allocation": self.cleaned_data["allocation"].pk}


class YearAllocationForm(forms.Form):
    """Which year, and which of its allocations."""

    year = forms.IntegerField(label="År", min_value=1990, max_value=2199)
    allocations = forms.ModelMultipleChoiceField(
        Allocation.objects.current(),
        label="Fördelningar",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Inget valt: alla för året. Högst fem ryms i bredd.",
    )

    def clean_allocations(self):
        chosen = self.cleaned_data["allocations"]
        if len(chosen) > MOST_COLUMNS + 1:
            raise forms.ValidationError(f"{len(chosen)} fördelningar är valda och fem ryms i bredd.")
        return chosen

    def options(self) -> dict:
        return {
            "year": self.cleaned_data["year"],
            "allocations": [each.pk for each in self.cleaned_data["allocations"]],
        }

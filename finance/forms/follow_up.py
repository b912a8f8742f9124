"""Forms of follow-up: outcome, forecast, notes, and where the ledger's accounts belong."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField

from ..budget_table import Entry
from ..models import CostItem, Side
from .fields import KronorField

NOTES = forms.Textarea(attrs={"rows": 4})
ONE_A_LINE = "En punkt på varje rad. Belopp i texten hålls mot tabellen."


class AmountsForm(forms.Form):
    """An amount for each row of the budget, and for items that are not in it."""

    def add_rows(self, entries: tuple[Entry, ...], others: list[CostItem], initial: dict):
        self.rows = []
        for each in entries:
            self._add(each.side, each.item, each.label, initial)
        for item in others:
            for side in Side.values:
                self._add(side, item.pk, item.name, initial, is_more=True)

    def _add(self, side: str, item: int, label: str, initial: dict, is_more: bool = False):
        name = f"{side}-{item}"
        if name in self.fields:
            return
        self.fields[name] = KronorField(
            label=f"{label}, {Side(side).label.lower()}", required=False, initial=initial.get((item, side))
        )
        self.rows.append((side, item, label, name, is_more))

    def by_side(self):
        """The rows with their fields: those of the budget by side, then the others."""
        for side, name in Side.choices:
            yield name, [(label, self[field]) for its, _, label, field, more in self.rows if its == side and not more]
        others = [
            (f"{label}, {Side(its).label.lower()}", self[field]) for its, _, label, field, more in self.rows if more
        ]
        if others:
            yield "Poster utanför budgeten", others

    def amounts(self) -> dict[tuple[int, str], int]:
        data = self.cleaned_data
        return {(item, side): data[name] for side, item, _, name, _ in self.rows if data[name] is not None}


class OutcomeForm(AmountsForm):
    """An outcome by hand."""

    through_on = DayField(label="Till och med")


class ForecastForm(AmountsForm):
    """A forecast of the whole year."""

    made_on = DayField(label="Per den", initial=timezone.localdate)
    author = forms.CharField(label="Gjord av", max_length=150)
    notes = forms.CharField(label="Kommentarer", required=False, widget=NOTES, max_length=5000, help_text=ONE_A_LINE)


class LedgerForm(forms.Form):
    """A file out of the host's ledger."""

    through_on = DayField(label="Till och med")
    file = forms.FileField(
        label="Fil", help_text="SIE 4 (.se, .si), CSV eller Excel med rubrikerna Konto, Projekt, Text och Belopp."
    )
    dimension = forms.CharField(
        label="Dimension för projekt i SIE-filen", initial="6", max_length=4, required=False, help_text="6 är projekt."
    )


class NotesForm(forms.Form):
    """The points under an outcome's table."""

    notes = forms.CharField(
        label="Kommentarer till utfall", required=False, widget=NOTES, max_length=5000, help_text=ONE_A_LINE
    )
    deviation_notes = forms.CharField(
        label="Avvikelser jämfört med budget", required=False, widget=NOTES, max_length=5000, help_text=ONE_A_LINE
    )


class MappingForm(forms.Form):
    """Which item a span of accounts belongs to."""

    item = forms.ModelChoiceField(CostItem.objects.all(), label="Kostnadspost")
    side = forms.ChoiceField(label="Sida", choices=Side.choices)
    first_account = forms.IntegerField(label="Från konto", min_value=0, max_value=999_999_999)
    last_account = forms.IntegerField(label="Till konto", min_value=0, max_value=999_999_999)
    project = forms.CharField(label="Projektkod", required=False, max_length=40, help_text="Tomt: alla projekt.")

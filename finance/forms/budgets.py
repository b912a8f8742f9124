"""Forms of budgets: rows, comments, consultation, decision."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.shown_form import ShownForm
from projects.forms.fields import CaseField

from ..actions.budgets import Written
from ..actions.items import FACTS
from ..models import BudgetDecision, BudgetVersion, ConsultationAnswer, CostItem, IndexFigure, ModelVersion, Side
from .decisions import DecisionForm
from .fields import KronorField, RowsForm

UNITS = [(1, "kronor"), (1000, "tkr")]
TWO_ROWS = forms.Textarea(attrs={"rows": 3})


class ItemForm(forms.ModelForm):
    """A cost item."""

    class Meta:
        model = CostItem
        fields = FACTS
        field_classes = {"begins_on": DayField, "ends_on": DayField}


class NewBudgetForm(forms.Form):
    """A year, and which budget it begins like."""

    year = forms.IntegerField(label="År", min_value=1990, max_value=2199)
    like = forms.ModelChoiceField(
        BudgetVersion.objects.none(),
        label="Börja med raderna i",
        required=False,
        empty_label="Tom budget",
    )
    starts_on = DayField(label="Från", required=False, help_text="Tomt: 1 januari.")
    ends_on = DayField(label="Till", required=False, help_text="Tomt: 31 december.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["like"].queryset = BudgetVersion.objects.select_related("budget").order_by(
            "-budget__year", "-number"
        )


class RowForm(forms.Form):
    """An item in a budget: what it is called on each side, and its amounts."""

    item = forms.ModelChoiceField(CostItem.objects.filter(follows_budget=True), label="Kostnadspost")
    income_label = forms.CharField(
        label="Benämning bland intäkter", required=False, max_length=120, help_text="Tomt: postens namn."
    )
    income = KronorField(label="Intäkt, kr", required=False)
    cost_label = forms.CharField(
        label="Benämning bland kostnader", required=False, max_length=120, help_text="Tomt: som bland intäkter."
    )
    cost = KronorField(label="Kostnad, kr", required=False, help_text="Tomt: samma som intäkten.")
    sides = forms.ChoiceField(
        label="Raden står bland",
        choices=[("both", "Intäkter och kostnader"), ("income", "Bara intäkter"), ("cost", "Bara kostnader")],
    )
    group = forms.CharField(label="Delsumma", required=False, max_length=60, help_text="Till exempel lönekostnader.")
    decided_by = forms.ChoiceField(label="Beloppet beslutas av", choices=BudgetDecision.DecidedBy.choices)
    field_order = ("item", "sides", "income_label", "income", "cost_label", "cost", "group", "decided_by")

    def written(self) -> dict:
        """The sides with label and amount, as add_row wants them."""
        data = self.cleaned_data
        label = data["income_label"].strip() or data["item"].name
        cost = data["income"] if data["cost"] is None else data["cost"]
        both = {
            Side.INCOME: (label, data["income"]),
            Side.COST: (data["cost_label"].strip() or label, cost),
        }
        return both if data["sides"] == "both" else {data["sides"]: both[data["sides"]]}


class WriteRowsForm(ShownForm):
    """All rows of a version at once: label, amount, note, and whether it goes. Remembers what the page showed."""

    NAMES = ("label", "amount", "note")

    def __init__(self, data, rows):
        super().__init__(data)
        self.rows = list(rows)
        for row in self.rows:
            name = f"{row.get_side_display()}, {row.label}"
            self._add(f"label-{row.pk}", forms.CharField(label=f"Benämning: {name}", max_length=120), row.label)
            self._add(f"amount-{row.pk}", KronorField(label=f"Belopp: {name}", required=False), row.amount)
            note = forms.CharField(label=f"Anmärkning: {name}", required=False, max_length=300)
            self._add(f"note-{row.pk}", note, row.note)
            self._add(f"gone-{row.pk}", forms.BooleanField(label=f"Ta bort: {name}", required=False), False)

    def _add(self, name: str, field: forms.Field, initial):
        field.initial, field.show_hidden_initial = initial, True
        self.fields[name] = field

    def by_side(self):
        """The rows with their fields, side by side."""
        for side, name in Side.choices:
            within = [
                (row, self[f"label-{row.pk}"], self[f"amount-{row.pk}"], self[f"note-{row.pk}"], self[f"gone-{row.pk}"])
                for row in self.rows
                if row.side == side
            ]
            yield name, within

    def written(self) -> dict[int, Written]:
        """What the person changed, row by row."""
        changed = self.changed_facts
        return {row.pk: found for row in self.rows if (found := self._written(row.pk, changed)) is not None}

    def _written(self, key: int, changed: dict) -> Written | None:
        facts = {name: changed[f"{name}-{key}"] for name in self.NAMES if f"{name}-{key}" in changed}
        is_gone = self.cleaned_data[f"gone-{key}"]
        return Written(facts, is_gone) if facts or is_gone else None


class CommentForm(forms.Form):
    """A point under the table."""

    text = forms.CharField(label="Kommentar", widget=TWO_ROWS, max_length=2000)
    item = forms.ModelChoiceField(
        CostItem.objects.all(),
        label="Om kostnadsposten",
        required=False,
        empty_label="Budgeten i allmänhet",
        help_text="Belopp i texten hålls mot postens rader.",
    )


class ChangeCommentForm(CommentForm):
    """A point written anew; empty, it goes."""

    text = forms.CharField(
        label="Kommentar", widget=TWO_ROWS, max_length=2000, required=False, help_text="Tomt: kommentaren tas bort."
    )


class ConsultationForm(forms.Form):
    """When a proposal went to the other parties."""

    sent_on = DayField(label="Utsänd", initial=timezone.localdate)
    answer_by = DayField(label="Svar senast")
    tell = forms.BooleanField(
        label="Skriv till kommunernas ekonomer",
        required=False,
        initial=True,
        help_text="Ett brev med adressen där kommunen svarar.",
    )


class AnswerForm(forms.ModelForm):
    """What a party answered."""

    class Meta:
        model = ConsultationAnswer
        fields = ("answer", "answered_on", "decision", "text")
        field_classes = {"answered_on": DayField}
        widgets = {"text": TWO_ROWS}


class BudgetDecisionForm(DecisionForm):
    """Where, when and by whom a version was decided."""

    decided_by = forms.ChoiceField(label="Beslutad av", choices=BudgetDecision.DecidedBy.choices)


class ToBoardForm(forms.Form):
    """Which case a budget is a document of."""

    case = CaseField(required=True)
    title = forms.CharField(label="Handlingen rör", max_length=300)
    reason = forms.CharField(
        label="Skäl, om något inte stämmer",
        required=False,
        max_length=500,
        widget=TWO_ROWS,
        help_text="När budgeten läggs fram trots påpekandena. Skälet står i händelseloggen.",
    )


class IndexField(forms.ModelMultipleChoiceField):
    """Index figures by name, year and vintage."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, figure: IndexFigure) -> str:
        kind = "utfall" if figure.is_outcome else "prognos"
        percent = f"{figure.percent.normalize():f}".replace(".", ",")
        return f"{figure.name} {figure.year}: {percent} % ({kind}, publicerat {figure.published_on})"


class RaiseForm(forms.Form):
    """An item to raise, by which index, and how it is rounded."""

    item = forms.ModelChoiceField(CostItem.objects.none(), label="Kostnadspost", empty_label=None)
    indexes = IndexField(
        queryset=IndexFigure.objects.all(), label="Index", error_messages={"required": "Välj minst ett indextal."}
    )
    parties = forms.IntegerField(label="Antal som delar lika", min_value=1, max_value=1000)
    unit = forms.TypedChoiceField(
        label="Varje kommuns del avrundas till",
        choices=ModelVersion.Unit.choices,
        initial=ModelVersion.Unit.HUNDRED,
        coerce=int,
    )

    def __init__(self, *args, version: BudgetVersion, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = CostItem.objects.filter(budget_rows__version=version).distinct()


class IndexFigureForm(forms.ModelForm):
    """A year's index figure."""

    percent = forms.DecimalField(label="Procent", max_digits=7, decimal_places=4, localize=True)

    class Meta:
        model = IndexFigure
        fields = ("name", "year", "percent", "published_on", "is_outcome", "source")
        field_classes = {"published_on": DayField}


class TableForm(RowsForm):
    """A table as printed, with its headings."""

    column = forms.IntegerField(label="Kolumn att läsa in", min_value=1, max_value=12, initial=1)
    unit = forms.TypedChoiceField(label="Beloppen står i", choices=UNITS, coerce=int, required=False, empty_value=1)
    field_order = ("text", "file", "column", "unit")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = (
            "Hela tabellen med rubrikrad, avsnitten Intäkter och Kostnader, summor och resultat. Kolumnerna skilda med "
            "tabb eller semikolon. En kolumn Kommentar blir radernas anmärkningar, och kostnader får stå under noll."
        )


class PrintedForm(RowsForm):
    """A table to count again."""

    unit = forms.TypedChoiceField(label="Beloppen står i", choices=UNITS, coerce=int)
    notes = forms.CharField(
        label="Text till tabellen",
        required=False,
        widget=TWO_ROWS,
        max_length=10_000,
        help_text="Belopp i texten hålls mot tabellen.",
    )

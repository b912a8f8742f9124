"""Forms of risks and of the workshop."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.organisation.models import Body
from enamnd.shown_form import ShownForm
from projects.models import Activity

from ..actions.risks import AFTER, FACTS
from ..models import ControlPlan, Goal, Risk, RiskCategory
from ..scoring import Scale
from .fields import LONG, DecisionField, StepField, offer_steps

SHOW = [
    ("", "Alla"),
    ("plan", "Med i planen"),
    ("rest", "Inte med i planen"),
    ("unvalued", "Utan värde"),
    ("merged", "Sammanslagna"),
]


def categories():
    return RiskCategory.objects.filter(retired_on=None)


class ActivitiesField(forms.ModelMultipleChoiceField):
    """Activities by name, with their kind: a project and its management may have the same name."""

    def label_from_instance(self, activity: Activity) -> str:
        return f"{activity.name} ({activity.get_kind_display().lower()})"


class GoalsField(forms.ModelMultipleChoiceField):
    """Goals by number and text; those of another year say which."""

    year: int

    def label_from_instance(self, goal: Goal) -> str:
        of = "" if goal.plan.year == self.year else f" ({goal.plan.year})"
        return f"{goal.number}. {goal.text}{of}"


class RiskForm(ShownForm, forms.ModelForm):
    """All facts of a risk."""

    likelihood, consequence = StepField(label="Sannolikhet"), StepField(label="Konsekvens")
    decision = DecisionField()
    activities = ActivitiesField(
        Activity.objects.none(), label="Rör aktiviteterna", required=False, widget=forms.CheckboxSelectMultiple
    )
    goals = GoalsField(Goal.objects.none(), label="Hotar målen", required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Risk
        fields = FACTS
        widgets = dict.fromkeys(("cause", "effect", "treatment", "analysis"), LONG)

    GROUPS = (
        ("Vad som kan hända", ("text", "category", "source", "cause", "effect")),
        ("Vem det rör", ("responsible", "responsible_body", "goals", "activities")),
        ("Nämndens värde", ("likelihood", "consequence")),
        ("Vad som görs", ("treatment", "decision", "analysis")),
    )

    def __init__(self, *args, plan: ControlPlan, **kwargs):
        super().__init__(*args, **kwargs)
        offer_steps(self, plan)
        self.fields["category"].queryset = categories()
        self.fields["category"].empty_label = "Ingen än"
        self.fields["responsible_body"].empty_label = "Inget"
        self.fields["source"].choices = [("", "Inte sagt"), *Risk.Source.choices]
        self.fields["text"].error_messages["required"] = "Skriv vad som kan hända."
        shown = Activity.objects.filter(closed_on=None)
        if self.instance.pk:
            shown = Activity.objects.filter(pk__in=[*shown.values_list("pk", flat=True), *self._linked()])
        self.fields["activities"].queryset = shown.order_by("name")
        self._offer_goals(plan.year)

    def _offer_goals(self, year: int):
        """The goals of the year, and those that the risk is linked to already; no field where there are none."""
        own = list(self.instance.goals.values_list("pk", flat=True)) if self.instance.pk else []
        field, self.initial["goals"] = self.fields["goals"], own
        field.year = year
        field.queryset = Goal.objects.filter(Q(plan__year=year) | Q(pk__in=own)).select_related("plan")
        if not field.queryset.exists():
            del self.fields["goals"]

    def _linked(self):
        return self.instance.activities.values_list("pk", flat=True)

    def groups(self):
        """The fields under their headings."""
        return [(heading, [self[name] for name in names if name in self.fields]) for heading, names in self.GROUPS]

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"likelihood", "consequence"}


class NewRiskForm(forms.Form):
    """A risk as it is said in a workshop: the sentence, and what kind it is."""

    text = forms.CharField(
        label="Ny risk",
        max_length=500,
        help_text="Vad som kan hända, i en mening.",
        error_messages={"required": "Skriv vad som kan hända."},
    )
    category = forms.ModelChoiceField(
        RiskCategory.objects.none(), label="Kategori", required=False, empty_label="Ingen än"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories()


class ScoreForm(forms.Form):
    """What one person scores the risks of a page: two choices a risk."""

    def __init__(self, data, lines, scale: Scale | None):
        super().__init__(data)
        self.lines = lines
        for line in lines:
            for name, axis in (("l", scale and scale.likelihood), ("k", scale and scale.consequence)):
                own = line.own and (line.own.likelihood if name == "l" else line.own.consequence)
                what = f"{axis.name if axis else name}, risk {line.risk.number}"
                field = StepField(label=what, initial=own)
                field.offer(axis)
                self.fields[f"{name}{line.risk.pk}"] = field

    def rows(self):
        """Each risk with its two fields."""
        return [(line, self[f"l{line.risk.pk}"], self[f"k{line.risk.pk}"]) for line in self.lines]

    def scores(self) -> dict[int, tuple[int | None, int | None]]:
        """What actions.score_risks takes."""
        given = self.cleaned_data
        return {line.risk.pk: (given[f"l{line.risk.pk}"], given[f"k{line.risk.pk}"]) for line in self.lines}


class ValueForm(ShownForm):
    """The board's own value of a risk."""

    likelihood, consequence = StepField(label="Sannolikhet"), StepField(label="Konsekvens")

    def __init__(self, *args, plan: ControlPlan, **kwargs):
        super().__init__(*args, **kwargs)
        offer_steps(self, plan)


class AfterForm(ShownForm, forms.ModelForm):
    """How a risk was treated, and what it is worth after that."""

    likelihood_after, consequence_after = StepField(label="Sannolikhet efter"), StepField(label="Konsekvens efter")

    class Meta:
        model = Risk
        fields = AFTER
        widgets = {"treatment": LONG}

    def __init__(self, *args, plan: ControlPlan, **kwargs):
        super().__init__(*args, **kwargs)
        offer_steps(self, plan, "_after")

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"likelihood_after", "consequence_after"}


class RiskChoice(forms.ModelChoiceField):
    """A risk by number and text."""

    def label_from_instance(self, risk: Risk) -> str:
        return f"{risk.number}. {risk.text}"


class MergeForm(forms.Form):
    """Which risk it is the same as."""

    into = RiskChoice(Risk.objects.none(), label="Samma sak som")

    def __init__(self, *args, risk: Risk, **kwargs):
        super().__init__(*args, **kwargs)
        others = Risk.objects.filter(plan=risk.plan, merged_into=None).exclude(pk=risk.pk)
        self.fields["into"].queryset = others.order_by("number")


class ChooseForm(forms.Form):
    """How a risk is taken into the plan."""

    text = forms.CharField(
        label="Står i planen som",
        required=False,
        max_length=500,
        help_text="Tomt: som risken är skriven. Till exempel: Säkerställa att avtalen följs upp.",
    )
    is_mandatory = forms.BooleanField(label="Obligatoriskt kontrollmoment", required=False)
    needs_reports = forms.BooleanField(label="Bygger på det som kommunerna rapporterar", required=False)


class FindRisks(forms.Form):
    q = forms.CharField(label="Sök", required=False)
    kategori = forms.ChoiceField(label="Kategori", required=False)
    visa = forms.ChoiceField(label="Visa", required=False, choices=SHOW)
    s = forms.IntegerField(required=False, widget=forms.HiddenInput)
    k = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data):
        super().__init__(data)
        self.fields["kategori"].choices = [("", "Alla"), *((str(each.pk), each.name) for each in categories())]

    def asked(self) -> dict:
        """What the list is narrowed by, as gross_list.find wants it."""
        self.is_valid()
        found = self.cleaned_data
        cell = (found.get("s"), found.get("k"))
        return {
            "words": found.get("q", "").replace("\0", ""),
            "category": found.get("kategori", ""),
            "show": found.get("visa", ""),
            "cell": cell if all(each is not None and 0 < each < 100 for each in cell) else None,
        }


class WorkshopForm(forms.Form):
    """A time when many people work with the risks."""

    name = forms.CharField(label="Namn", max_length=100, initial="Strategidag")
    held_on = DayField(label="Dag", initial=timezone.localdate)
    body = forms.ModelChoiceField(Body.objects.all(), label="Organ", required=False)

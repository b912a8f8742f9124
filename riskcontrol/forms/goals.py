"""Forms of goals, indicators and periods."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.organisation.models import Body, Municipality
from enamnd.shown_form import ShownForm, value_of
from meetings.models import CouncilMatter
from projects.forms.fields import OffersParagraphs, ParagraphField
from projects.models import Activity

from ..goals.outlooks import needs_councils
from ..models import EffectGoal, Goal, GoalMeasure, GoalPeriod, GoalPlan, Indicator, Outlook, Risk
from .fields import LONG
from .risks import ActivitiesField

CHECKS = forms.CheckboxSelectMultiple
# What of an indicator belongs to some kinds alone.
PUT_BACK = ("target", "aim", "all_parties", "bodies", "counting", "matter")


class BeginGoalsForm(forms.Form):
    """A new year, with or without the goals of a year before."""

    year = forms.IntegerField(label="År", min_value=1990, max_value=2199)
    previous = forms.ModelChoiceField(
        GoalPlan.objects.filter(next=None), label="Börja från", required=False, empty_label="Inga tidigare mål"
    )


class DirectionForm(ShownForm, forms.ModelForm):
    """Strategic direction and the introductions."""

    class Meta:
        model = GoalPlan
        fields = ("direction", "effect_intro", "intro")
        widgets = dict.fromkeys(("direction", "effect_intro", "intro"), LONG)


class EffectForm(ShownForm, forms.ModelForm):
    """An effect goal and the years that it holds."""

    class Meta:
        model = EffectGoal
        fields = ("text", "position", "first_year", "last_year")
        widgets = {"text": LONG}
        help_texts = {"last_year": "Tomt: tills vidare."}


class GoalForm(ShownForm, forms.ModelForm):
    """A goal and what it is linked to."""

    class Meta:
        model = Goal
        fields = (
            *("text", "responsible", "effects", "depends_on_councils", "matter", "activities", "risks"),
            *("money", "money_from"),
        )
        widgets = {"text": LONG, "effects": CHECKS, "activities": CHECKS, "risks": CHECKS}
        field_classes = {"activities": ActivitiesField}

    GROUPS = (
        ("Målet", ("text", "responsible", "effects")),
        ("Fullmäktige", ("depends_on_councils", "matter")),
        ("Vad som görs, och vad som kan hindra", ("activities", "risks")),
        ("Pengar", ("money", "money_from")),
    )

    def __init__(self, *args, plan: GoalPlan, **kwargs):
        super().__init__(*args, **kwargs)
        linked = self.instance.pk
        self.fields["effects"].queryset = effects_of(plan.year)
        shown = Activity.objects.filter(closed_on=None)
        if linked:
            shown = shown | Activity.objects.filter(goals=linked)
        self.fields["activities"].queryset = shown.distinct().order_by("name")
        risks = Risk.objects.filter(plan__year=plan.year, merged_into=None)
        if linked:
            risks = risks | Risk.objects.filter(goals=linked)
        self.fields["risks"].queryset = risks.distinct().order_by("plan", "number")
        self.fields["matter"].queryset = CouncilMatter.objects.order_by("-asked_on", "-pk")
        self.fields["matter"].help_text = "Då syns hur många fullmäktige som har beslutat."

    def groups(self):
        """The fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.GROUPS]

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"depends_on_councils", "matter"}


class IndicatorForm(ShownForm, forms.ModelForm):
    """An indicator: what is counted, and how much is enough. What does not belong to its kind is put back."""

    class Meta:
        model = Indicator
        fields = (*("text", "goals", "kind", "target", "aim", "unit", "all_parties", "bodies", "counting", "matter"),)
        widgets = {"text": LONG, "goals": CHECKS, "bodies": CHECKS, "kind": forms.RadioSelect}
        help_texts = {
            "target": "Antal, eller hela procent när det gäller närvaro.",
            "aim": "Det ni helst vill nå, om det är mer än målet.",
            "all_parties": "Bara kommun för kommun: målet är nått när alla är klara.",
            "bodies": "Vilka möten, strategidagar och utbildningar i kalendern som räknas. Saknas någon läggs den upp "
            "under Organisation, som organ av det slaget, och får sina dagar i sammanträdesplanen.",
            "counting": "Bara för närvaro.",
            "matter": "Bara kommun för kommun: räknar dem vars fullmäktige har godkänt.",
        }

    GROUPS = (
        ("Indikatorn", ("text", "goals")),
        ("Hur den räknas", ("kind", "bodies", "counting", "matter")),
        ("Målet", ("target", "aim", "unit", "all_parties")),
    )

    def __init__(self, *args, plan: GoalPlan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["goals"].queryset = plan.goals.order_by("number")
        self.fields["bodies"].queryset = Body.objects.order_by("kind", "name")
        self.fields["matter"].queryset = CouncilMatter.objects.order_by("-asked_on", "-pk")
        self.fields["kind"].choices = Indicator.Kind.choices
        self.fields["counting"].required = False
        for name in ("target", "aim"):
            if (value := getattr(self.instance, name)) is not None:
                self.initial[name] = f"{value.normalize():f}"

    groups = GoalForm.groups

    @property
    def changed_facts(self) -> dict:
        """Also what was put back because it does not belong to the kind."""
        shown = self.shown
        given = {name: value_of(self.fields[name], self.cleaned_data[name]) for name in PUT_BACK}
        return {name: value for name, value in given.items() if shown.get(name, value) != value} | super().changed_facts

    def clean(self):
        given = super().clean()
        kind = given.get("kind")
        given["counting"] = given.get("counting") or Indicator.Counting.PARTIES
        if kind != Indicator.Kind.PARTIES:
            given["all_parties"], given["matter"] = False, None
        elif given.get("all_parties"):
            given["target"] = given["aim"] = None
        else:
            self._check_parties(given)
        if kind not in (Indicator.Kind.AT_LEAST, Indicator.Kind.TURNOUT):
            given["bodies"] = Body.objects.none()
        return given

    def _check_parties(self, given: dict):
        """More than all of them is never reached."""
        parties = Municipality.objects.filter(is_party=True).count()
        for name in ("target", "aim"):
            if given.get(name) and given[name] > parties:
                self.add_error(name, f"Nämnden har {parties} parter. Skriv högst så många.")

    def _post_clean(self):
        """What must hold is told by the rule, in words that fit the kind."""


class PeriodForm(ShownForm, forms.ModelForm):
    """A time to follow up."""

    first_on, last_on = DayField(label="Från"), DayField(label="Till och med")

    class Meta:
        model = GoalPeriod
        fields = ("name", "first_on", "last_on")

    def _post_clean(self):
        """What must hold is told by the rule, which knows the other periods."""


class OutlookForm(ShownForm):
    """Comment and forecast."""

    comment = forms.CharField(label="Kommentar", required=False, widget=forms.Textarea(attrs={"rows": 8}))
    forecast = forms.ChoiceField(
        label="Prognos", required=False, widget=forms.RadioSelect, choices=[("", "Ingen än"), *Outlook.Forecast.choices]
    )
    councils = forms.ChoiceField(
        label="Prognos för fullmäktiges beslut",
        required=False,
        widget=forms.RadioSelect,
        choices=[("", "Ingen än"), *Outlook.Forecast.choices],
    )

    def __init__(self, data, *, subject: Goal | Indicator, outlook: Outlook | None):
        initial = {name: getattr(outlook or Outlook(), name) for name in ("comment", "forecast", "councils")}
        super().__init__(data, initial=initial)
        if needs_councils(subject):
            self.fields["forecast"].label = "Prognos för nämndens egen del"
        else:
            del self.fields["councils"]


class GoalMeasureForm(ShownForm, forms.ModelForm):
    """A measure of the action plan."""

    due_on, done_on = DayField(label="Klar senast"), DayField(label="Klar", required=False)

    class Meta:
        model = GoalMeasure
        fields = ("text", "owner", "owner_person", "due_on", "done_on", "outcome")


class ApprovePeriodForm(OffersParagraphs, forms.Form):
    """Where the follow-up was approved, and when."""

    day = DayField(label="Dag", initial=timezone.localdate)
    paragraph = ParagraphField(label="I paragrafen")
    decision = forms.CharField(
        label="Annars: datum och paragraf", required=False, max_length=200, help_text="2022-06-22 § 16"
    )


class OccasionForm(forms.Form):
    """An occasion that no calendar has."""

    name = forms.CharField(label="Vad", max_length=200, help_text="Till exempel: utbildning i upphandling.")
    held_on = DayField(label="Dag")
    last_on = DayField(label="Till och med", required=False, help_text="Tomt: en dag.")


class ValueForm(forms.Form):
    """What an indicator stands at."""

    measured_on = DayField(label="Per den", initial=timezone.localdate)
    value = forms.DecimalField(label="Värde", max_digits=14, decimal_places=2, localize=True)
    note = forms.CharField(label="Varifrån", required=False, max_length=200)


class PartyMarkForm(forms.Form):
    """Since when a municipality has what is asked for."""

    municipality = forms.ModelChoiceField(Municipality.objects.none(), label="Kommun", empty_label=None)
    done_on = DayField(label="Klar sedan", required=False, help_text="Tomt: kommunen är inte klar.")
    note = forms.CharField(label="Anmärkning", required=False, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.filter(is_party=True).order_by("name")


class GoalFileForm(forms.Form):
    """A file with a year's goals."""

    file = forms.FileField(label="Fil", help_text="JSON i portalens format för mål, se README.")


class PeriodBlockForm(forms.Form):
    """Which period."""

    period = forms.ModelChoiceField(GoalPeriod.objects.select_related("plan"), label="Period", empty_label=None)

    def options(self) -> dict:
        return {"period": self.cleaned_data["period"].pk}


class AttendanceBlockForm(forms.Form):
    """Whose meetings, which year, until when, and what is counted."""

    body = forms.ModelChoiceField(Body.objects.filter(seats__kind="member").distinct(), label="Organ", empty_label=None)
    year = forms.IntegerField(label="År", min_value=1990, max_value=2199, initial=lambda: timezone.localdate().year)
    until = DayField(label="Till och med", required=False, help_text="Tomt: till och med i dag.")
    counting = forms.ChoiceField(label="Räkna", choices=Indicator.Counting.choices)

    def options(self) -> dict:
        given = self.cleaned_data
        until = min(given["until"] or timezone.localdate(), timezone.localdate())
        return {
            "body": given["body"].pk,
            "year": given["year"],
            "until": until.isoformat(),
            "counting": given["counting"],
        }


def effects_of(year: int):
    """Effect goals that hold in a year."""
    held = EffectGoal.objects.filter(first_year__lte=year)
    return held.exclude(last_year__lt=year).order_by("position", "pk")

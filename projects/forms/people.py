"""Forms of people in activities, and of what these ask the municipalities for."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.organisation.models import Body, Municipality, Person

from ..actions.people import FACTS
from ..models import ActivityBody, Assignment, ResourceAnswer

TWO_ROWS = forms.Textarea(attrs={"rows": 2})


class AssignmentForm(forms.Form):
    """Somebody's work in an activity."""

    role = forms.ChoiceField(label="Roll", choices=Assignment.Role.choices)
    person = forms.ModelChoiceField(
        Person.objects.order_by("name"),
        label="Person i registret",
        required=False,
        empty_label="Finns inte i registret",
        help_text="Projekt- och förvaltningsledare som väljs här får rapportera med sitt konto.",
    )
    name = forms.CharField(label="Namn", required=False, max_length=150, help_text="Om personen inte finns i listan.")
    source = forms.ChoiceField(
        label="Kommer från",
        choices=Assignment.Source.choices,
        widget=forms.RadioSelect,
        initial=Assignment.Source.MUNICIPALITY,
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.order_by("name"), label="Kommun", required=False, empty_label="Ingen"
    )
    company = forms.CharField(label="Konsultens företag", required=False, max_length=150)
    valid_from = DayField(label="Från", initial=timezone.localdate)
    valid_until = DayField(label="Till", required=False, help_text="Tomt: tills vidare.")

    @classmethod
    def of(cls, row: Assignment, data=None) -> "AssignmentForm":
        return cls(data, initial={name: getattr(row, name) for name in FACTS})


class TaskForm(forms.Form):
    """Which body, and what it does in the activity."""

    role = forms.ChoiceField(label="Uppgift", choices=ActivityBody.Role.choices)
    body = forms.ModelChoiceField(
        Body.objects.none(),
        label="Organ",
        help_text="Organ läggs upp under Organisation, med platser och ledamöter.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = (Body.Kind.STEERING, Body.Kind.REFERENCE, Body.Kind.WORKING, Body.Kind.PREPARATORY)
        in_force = Body.objects.filter(kind__in=kinds).valid_on(timezone.localdate())
        self.fields["body"].queryset = in_force.order_by("name")


class StakeholderForm(forms.Form):
    """Whom the activity concerns."""

    name = forms.CharField(
        label="Intressent", max_length=150, help_text="En person, en yrkesgrupp eller en verksamhet."
    )
    interest = forms.CharField(label="Hur den berörs", required=False, max_length=300, widget=TWO_ROWS)


class ResourceForm(forms.Form):
    """What is needed, and until when one wants to know."""

    what = forms.CharField(label="Vad som behövs", max_length=300, widget=TWO_ROWS)
    extent = forms.CharField(
        label="Omfattning", required=False, max_length=100, help_text="20 timmar i månaden under våren"
    )
    asked_on = DayField(label="Begärd", initial=timezone.localdate)
    answer_by = DayField(label="Svar senast", required=False)


class ClosingForm(forms.Form):
    """Why nobody is asked any more."""

    because = forms.CharField(
        label="Varför",
        required=False,
        max_length=200,
        help_text="Till exempel: Tillräckligt många har svarat ja.",
    )


class ResourceAnswerForm(forms.Form):
    """What a municipality answers."""

    outcome = forms.ChoiceField(label="Svar", choices=ResourceAnswer.Outcome.choices, widget=forms.RadioSelect)
    readiness = forms.CharField(
        label="Beredskap",
        required=False,
        max_length=200,
        widget=TWO_ROWS,
        help_text="Vem eller hur mycket, och från när. Behövs inte när svaret är nej.",
    )

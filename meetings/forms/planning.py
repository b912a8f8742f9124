"""Forms of what stands before a meeting: the year's plan, the wheel, the agenda, the call."""

from django import forms

from enamnd.dates import MONTHS
from enamnd.fields import DayField
from enamnd.organisation.models import Person
from meetings.actions.paragraphs import LONGEST_TITLE
from meetings.models import Meeting, Paragraph, YearPlan

from .fields import ClockField

MONTH_CHOICES = [(number, name) for number, name in enumerate(MONTHS, 1)]


class DayForm(forms.Form):
    """A day of the plan."""

    held_on = DayField(label="Datum", error_messages={"required": "Skriv vilken dag."})
    starts_at = ClockField(label="Börjar", required=False)
    ends_at = ClockField(label="Slutar", required=False)
    place = forms.CharField(label="Plats", required=False, max_length=200, help_text="Till exempel Teams.")
    is_remote = forms.BooleanField(label="Sammanträdet hålls på distans", required=False)


class CancelForm(forms.Form):
    """Why a day is cancelled."""

    reason = forms.CharField(
        label="Varför", max_length=300, error_messages={"required": "Skriv varför dagen ställs in. Det syns i planen."}
    )


class ProposalForm(forms.Form):
    """Which meeting is to decide the plan."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="Sammanträde",
        empty_label=None,
        error_messages={"required": "Välj vilket sammanträde som ska besluta."},
    )

    def __init__(self, *args, plan: YearPlan, today, **kwargs):
        super().__init__(*args, **kwargs)
        coming = Meeting.objects.filter(body=plan.body_id, held_on__gte=today, numbered_at=None)
        self.fields["meeting"].queryset = coming.select_related("body").order_by("held_on")


class ItemForm(forms.Form):
    """An item of the wheel."""

    title = forms.CharField(
        label="Rubrik", max_length=LONGEST_TITLE, error_messages={"required": "Skriv punktens rubrik."}
    )
    kind = forms.ChoiceField(label="Slag", choices=Paragraph.Kind)
    first_month = forms.TypedChoiceField(label="Från och med", choices=MONTH_CHOICES, coerce=int)
    last_month = forms.TypedChoiceField(
        label="Till och med", choices=MONTH_CHOICES, coerce=int, help_text="Samma månad, eller en senare."
    )
    order = forms.IntegerField(
        label="Plats på dagordningen",
        min_value=0,
        max_value=999,
        initial=100,
        help_text="Lägre tal kommer först.",
    )
    presenter = forms.CharField(
        label="Föredragande", max_length=200, required=False, help_text="Namn eller roll. Står i årets mötesplan."
    )


class RaisedForm(forms.Form):
    """What a member has raised."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label="Ledamot",
        empty_label="",
        error_messages={"required": "Välj vem som har väckt ärendet."},
    )
    title = forms.CharField(
        label="Ärende", max_length=LONGEST_TITLE, error_messages={"required": "Skriv vad ärendet rör."}
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(pk__in=people)


class CallForm(forms.Form):
    """What the call says beside the agenda."""

    message = forms.CharField(
        label="Meddelande",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Står i kallelsen och i brevet. Lämnas tomt om inget särskilt behöver sägas.",
    )

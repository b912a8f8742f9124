"""Forms of the meeting as it is held. Each chooses among those who may, as the table of the paragraph has them."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from meetings.actions.ballots import Finish
from meetings.models import Attendance, Ballot, Closing, Moment, Motion, Statement
from meetings.sitting.table import FREE, RECUSED, SUBSTITUTE, Table

from .fields import ClockField

LONGEST = 4000


class MomentForm(forms.Form):
    """When the meeting was opened, adjourned, resumed or closed."""

    kind = forms.ChoiceField(choices=Moment.Kind, widget=forms.HiddenInput)
    at = ClockField(label="Tid", error_messages={"required": "Skriv en tid, till exempel 13.00."})
    on = DayField(label="Dag", required=False)
    until_on = DayField(label="Återupptas den", required=False)
    until_at = ClockField(label="Klockan", required=False)

    def clean(self):
        """A day without an hour, or the other way round, says too little of when the meeting goes on."""
        data = super().clean()
        day, at = data.get("until_on"), data.get("until_at")
        if bool(day) != bool(at):
            self.add_error(
                "until_on", "Skriv både dag och tid för när sammanträdet återupptas, eller lämna båda tomma."
            )
        data["until"] = timezone.make_aware(datetime.combine(day, at)) if day and at else None
        return data


class PersonForm(forms.Form):
    """A form that names people of the table. `people` are those that may be chosen."""

    def __init__(self, data=None, *, table: Table, **kwargs):
        self.table = table
        self.people = {str(entry.pk): entry for entry in self.choosable()}
        kwargs.setdefault("auto_id", f"id_{self.default_prefix}_%s")
        super().__init__(data, **kwargs)
        for name in self.person_fields:
            self.fields[name].choices = [*self.no_choice(name), *map(as_choice, self.offered(name))]

    default_prefix = "person"
    person_fields: tuple[str, ...] = ()

    def choosable(self) -> Iterable[Attendance]:
        return self.table.serving

    def offered(self, name: str) -> Iterable[Attendance]:
        """Who may be chosen in that field."""
        return self.people.values()

    def no_choice(self, name: str) -> list[tuple[str, str]]:
        return [("", "–")]

    def person(self, name: str) -> Attendance | None:
        return self.people.get(self.cleaned_data.get(name) or "")


def as_choice(entry: Attendance) -> tuple[str, str]:
    """Anna Alm (S), Boden."""
    return str(entry.pk), f"{entry.name_with_party}, {entry.municipality_name or entry.organisation}".removesuffix(", ")


class ChairForm(PersonForm):
    """Who takes the chair, and for how long."""

    default_prefix = "chair"
    person_fields = ("who",)
    who = forms.ChoiceField(label="Ordförande", error_messages={"required": "Välj vem som är ordförande."})
    only_here = forms.BooleanField(label="Bara för den här paragrafen", required=False)


class RecusalForm(PersonForm):
    """Who is recused, why, and who serves instead."""

    default_prefix = "recusal"
    person_fields = ("attendance", "substitute")
    attendance = forms.ChoiceField(label="Jävig", error_messages={"required": "Välj vem som är jävig."})
    reason = forms.CharField(
        label="Skäl", required=False, max_length=300, help_text="Kan vara tomt. Skrivs i protokollet."
    )
    substitute = forms.ChoiceField(label="Ersätts av", required=False)

    def choosable(self):
        return [place.entry for place in self.table.places if place.state != RECUSED]

    def offered(self, name: str):
        if name == "attendance":
            return self.people.values()
        free = (place.entry for place in self.table.places if place.state in FREE)
        return [entry for entry in free if entry.seat_kind == SUBSTITUTE]

    def no_choice(self, name: str):
        return [("", "ingen" if name == "substitute" else "–")]


class MotionForm(PersonForm):
    """A proposal: what, by whom, who agrees."""

    default_prefix = "motion"
    person_fields = ("mover", "supporters")
    kind = forms.ChoiceField(label="Yrkande", choices=Motion.Kind)
    text = forms.CharField(
        label="Lydelse",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Behövs för ändring, tillägg och annat yrkande.",
    )
    mover = forms.ChoiceField(label="Av", required=False)
    supporters = forms.MultipleChoiceField(
        label="Instämmer", required=False, widget=forms.SelectMultiple(attrs={"size": 4})
    )

    def no_choice(self, name: str):
        return [("", "förslaget i handlingarna")] if name == "mover" else []

    @property
    def supporting(self) -> list[Attendance]:
        return [self.people[pk] for pk in self.cleaned_data["supporters"]]


class ProcedureForm(forms.Form):
    """In which order the chair put the proposals."""

    text = forms.CharField(
        label="Propositionsordning",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Portalens förslag utifrån yrkandena. Ändra så att det stämmer.",
    )


class BallotForm(forms.Form):
    """What is voted on, and how."""

    yes_means = forms.CharField(label="Ja-röst för", max_length=300, required=False)
    no_means = forms.CharField(label="Nej-röst för", max_length=300, required=False)
    method = forms.ChoiceField(label="Sätt", choices=Ballot.Method)
    is_election = forms.BooleanField(label="Val eller anställning", required=False)


class FinishForm(forms.Form):
    """What ends a vote: totals of a closed one, what broke a tie."""

    yes = forms.IntegerField(label="Ja", required=False, min_value=0, max_value=999)
    no = forms.IntegerField(label="Nej", required=False, min_value=0, max_value=999)
    abstain = forms.IntegerField(label="Avstår", required=False, min_value=0, max_value=999)
    casting_vote = forms.ChoiceField(
        label="Ordförandens utslagsröst",
        required=False,
        choices=[("", "behövs inte"), ("yes", "Ja"), ("no", "Nej")],
        help_text="Vid lika röstetal.",
    )
    lot_outcome = forms.ChoiceField(label="Lottens utslag", required=False, help_text="Vid lika röstetal.")

    def __init__(self, data=None, *, ballot: Ballot, **kwargs):
        super().__init__(data, auto_id=f"id_ballot_{ballot.pk}_%s", **kwargs)
        sides = dict.fromkeys((ballot.yes_means, ballot.no_means))
        self.fields["lot_outcome"].choices = [("", "behövs inte"), *((side, side) for side in sides)]
        if ballot.is_election:
            self.fields["yes"].label, self.fields["no"].label = ballot.yes_means, ballot.no_means

    @property
    def finish(self) -> Finish:
        return Finish(**self.cleaned_data)


class ResultForm(forms.Form):
    """The result in words."""

    result = forms.CharField(
        label="Resultatet i protokollet",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tomt: portalens egen mening.",
    )


def votes_in(data, table: Table) -> dict[Attendance, str]:
    """The votes that the form carries, of those who may vote; others are left as they are."""
    return {entry: data[f"vote-{entry.pk}"] for entry in table.serving if f"vote-{entry.pk}" in data}


class StatementForm(PersonForm):
    """A reservation, or a note in the protocol."""

    default_prefix = "statement"
    person_fields = ("attendance",)
    kind = forms.ChoiceField(label="Slag", choices=Statement.Kind)
    attendance = forms.ChoiceField(label="Av", error_messages={"required": "Välj vem."})
    text = forms.CharField(
        label="Text",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Reservationens motivering kan lämnas senare. En anteckning behöver sin text nu.",
    )

    def choosable(self):
        return [place.entry for place in self.table.places if place.entry.seat_kind and place.is_here]


class ClosingForm(forms.Form):
    """How the matter ended."""

    outcome = forms.ChoiceField(choices=Closing.Outcome, error_messages={"required": "Välj hur ärendet slutade."})

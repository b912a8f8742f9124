"""Forms of the meeting: find one, create one, change its facts and its cover."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.forms import formset_factory

from enamnd.dates import long_date
from enamnd.fields import DayField
from enamnd.organisation.models import Body, Person
from enamnd.shown_form import ShownForm
from meetings.actions.cover import Chairing, Named
from meetings.attending.listed_roll import light_paragraphs
from meetings.days import later_days
from meetings.models import Meeting, Paragraph

from .fields import ClockField

LAST_NUMBER = 9999


class FindMeetings(forms.Form):
    """What narrows the list: an organ, a year, words in the titles."""

    q = forms.CharField(label="Sök i rubriker", required=False, max_length=100)
    organ = forms.ModelChoiceField(Body.objects.all(), label="Organ", required=False, empty_label="Alla organ")
    ar = forms.TypedChoiceField(label="År", required=False, coerce=int, empty_value=None)

    def __init__(self, *args, years: Sequence[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ar"].choices = [("", "Alla år"), *((year, year) for year in years)]


class MeetingForm(forms.Form):
    """When and where a body meets."""

    body = forms.ModelChoiceField(
        Body.objects.all(),
        label="Organ",
        empty_label=None,
        initial=lambda: Body.objects.filter(kind=Body.Kind.BOARD).first(),
        error_messages={"required": "Välj vilket organ som möts."},
    )
    held_on = DayField(label="Datum", error_messages={"required": "Välj sammanträdets datum."})
    starts_at = ClockField(label="Börjar", required=False)
    ends_at = ClockField(label="Slutar", required=False, help_text="Kan fyllas i när sammanträdet har avslutats.")
    place = forms.CharField(label="Plats", required=False, max_length=200, help_text="Till exempel Teams.")
    is_remote = forms.BooleanField(label="Sammanträdet hålls på distans", required=False)


class FactsForm(ShownForm, MeetingForm):
    """Everything about a meeting that stands on the cover, but for persons chosen among those who were there."""

    ends_on = DayField(
        label="Slutar den dagen", required=False, help_text="Bara om det gick över midnatt eller ajournerades."
    )
    secretary_name = forms.CharField(
        label="Sekreterare", required=False, max_length=150, widget=forms.TextInput(attrs={"list": "secretaries"})
    )
    adjustment_text = forms.CharField(
        label="Tid och plats för justering",
        required=False,
        max_length=300,
        help_text="Som det ska stå på framsidan.",
    )
    adjusted_from = forms.IntegerField(
        label="Justeras från §", required=False, min_value=1, max_value=LAST_NUMBER, help_text="Tomt: alla."
    )
    adjusted_to = forms.IntegerField(label="Justeras till §", required=False, min_value=1, max_value=LAST_NUMBER)

    def clean(self):
        """The secretary is linked to the register when exactly one person there has the name."""
        data = super().clean()
        found = Person.objects.filter(name=data.get("secretary_name") or None)[:2]
        data["secretary"] = found[0] if len(found) == 1 else None
        return data

    @property
    def changed_facts(self) -> dict:
        """The facts that the person changed; the link to the register goes with the secretary's name."""
        changed = super().changed_facts
        return changed | ({"secretary": self.cleaned_data["secretary"]} if "secretary_name" in changed else {})

    @classmethod
    def of(cls, meeting: Meeting) -> "FactsForm":
        names = [name for name in cls.base_fields if hasattr(meeting, name)]
        return cls(initial={name: getattr(meeting, name) for name in names})


class ChosenForm(forms.Form):
    """One of the persons of the attendance list; an empty row is no row."""

    who = forms.ChoiceField(label="Namn", required=False)

    def __init__(self, *args, people: dict[str, Named], paragraphs: Sequence[Paragraph], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.paragraphs = {str(each.pk): each for each in paragraphs}
        self.fields["who"].choices = [("", "–"), *((name, name) for name in people)]

    @property
    def named(self) -> Named | None:
        return self.people.get(self.cleaned_data.get("who", ""))


class RangedForm(ChosenForm):
    """Who holds the chair, or adjusts, from which paragraph to which."""

    first = forms.ChoiceField(label="Från", required=False)
    last = forms.ChoiceField(label="Till och med", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = paragraph_choices(self.paragraphs.values())
        self.fields["first"].choices = [("", "mötets början"), *choices]
        self.fields["last"].choices = [("", "mötets slut"), *choices]

    @property
    def chairing(self) -> Chairing:
        ends = (self.paragraphs.get(self.cleaned_data[name]) for name in ("first", "last"))
        return Chairing(self.named, *ends)


class DaysForm(forms.Form):
    """With which paragraph each later day of the meeting began; a field for each day."""

    def __init__(self, data=None, *, meeting: Meeting):
        super().__init__(data, auto_id="id_day_%s")
        self.paragraphs = {str(each.pk): each for each in light_paragraphs(meeting)}
        told = dict(meeting.later_days.values_list("held_on", "first"))
        choices = [("", "Inte angivet"), *paragraph_choices(self.paragraphs.values())]
        for day in later_days(meeting):
            label = f"{long_date(day).capitalize()} började med"
            field = forms.ChoiceField(label=label, required=False, choices=choices, initial=told.get(day))
            self.fields[day.isoformat()] = field

    @property
    def beginnings(self) -> dict[date, Paragraph | None]:
        return {date.fromisoformat(day): self.paragraphs.get(key) for day, key in self.cleaned_data.items()}


class ProofForm(ShownForm):
    """The proof of the notice on the cover."""

    posted_on = DayField(label="Datum när anslaget sätts upp", required=False)
    removed_on = DayField(label="Datum när anslaget tas ned", required=False)
    storage = forms.CharField(label="Förvaringsplats för protokollet", required=False, max_length=200)
    signed_by = forms.CharField(
        label="Underskrift", required=False, max_length=150, help_text="Namnet på den som intygar."
    )

    FIELDS = ("posted_on", "removed_on", "storage", "signed_by")

    @classmethod
    def of(cls, meeting: Meeting) -> "ProofForm":
        proof = getattr(meeting, "proof", None)
        return cls(initial={name: getattr(proof, name) for name in cls.FIELDS} if proof else None)


ChairFormSet = formset_factory(RangedForm, extra=1)
AdjusterFormSet = formset_factory(RangedForm, extra=1)


def paragraph_choices(paragraphs) -> list[tuple[str, str]]:
    """§ 8 Grundläggande granskning; while there are no numbers, the place in order: 3. Budget."""
    return [
        (str(each.pk), f"§ {each.number} {each.title}" if each.number else f"{place}. {each.title}")
        for place, each in enumerate(paragraphs, 1)
    ]


def people_of(entries, also) -> dict[str, Named]:
    """Those on seats at a meeting, by name and party, then others who are named already."""
    seated = [entry for entry in entries if entry.seat_kind]
    return {_with_party(each): Named(each.name, each.political_party, each.person) for each in (*seated, *also)}


def _with_party(row) -> str:
    return Named(row.name, row.political_party).name_with_party

"""Forms of the attendance page."""

from itertools import groupby

from django import forms

from enamnd.organisation.models import Person
from meetings.actions.attendance import Marking
from meetings.attending.listed_roll import MeetingRoll
from meetings.models import Attendance
from meetings.models.attendance import PresenceKind

from .meetings import paragraph_choices


class MarkForm(forms.Form):
    """The marks of one row. `was` is what the page showed, so that only what the person changed is saved."""

    presence = forms.ChoiceField(choices=PresenceKind.choices, required=False)
    replaces = forms.ChoiceField(required=False)
    is_remote = forms.BooleanField(required=False)
    was = forms.CharField(required=False)

    def __init__(self, data, *, entry: Attendance, roll: MeetingRoll):
        super().__init__(data, prefix=f"row-{entry.pk}")
        self.entry = entry
        self.members = _members(roll)
        self.fields["replaces"].choices = [("", ""), *((key, key) for key in self.members)]

    @property
    def is_posted(self) -> bool:
        return self.add_prefix("was") in self.data

    @property
    def is_changed(self) -> bool:
        """Whether the person marked something else than the page showed."""
        presence, replaces, is_remote = (self.data.get(self.add_prefix(name), "") for name in MARKS)
        return self["was"].value() != marks_of(presence, replaces, bool(is_remote))

    @property
    def marking(self) -> Marking:
        data = self.cleaned_data
        return Marking(data["presence"], self.members.get(data["replaces"]), data["is_remote"])


MARKS = ("presence", "replaces", "is_remote")


def marks_of(presence: str, replaces, is_remote: bool) -> str:
    """What a row shows, as one text. `replaces` says something only of somebody who serves."""
    return f"{presence}:{replaces or '' if presence == PresenceKind.SERVING else ''}:{int(is_remote)}"


class PeriodForm(forms.Form):
    """A change during the meeting: who, how, from which paragraph to which, and for whom."""

    row = forms.ChoiceField(label="Vem", error_messages={"required": "Välj vem ändringen gäller."})
    presence = forms.ChoiceField(label="Deltar", choices=[("serving", "Tjänstgör"), ("present", "Närvarar")])
    first = forms.ChoiceField(label="Från", required=False)
    last = forms.ChoiceField(label="Till och med", required=False)
    replaces = forms.ChoiceField(label="Tjänstgör för", required=False)

    def __init__(self, data=None, *, roll: MeetingRoll):
        super().__init__(data, prefix="period")
        self.entries = {str(entry.pk): entry for entry in roll.entries}
        self.paragraphs = {str(each.pk): each for each in roll.paragraphs}
        ends = paragraph_choices(roll.paragraphs)
        self.fields["row"].choices = [("", "–"), *_by_municipality(roll.entries)]
        self.fields["first"].choices = [("", "mötets början"), *ends]
        self.fields["last"].choices = [("", "mötets slut"), *ends]
        self.fields["replaces"].choices = [("", "ingen angiven"), *map(_choice, _members(roll).values())]

    @property
    def entry(self) -> Attendance:
        return self.entries[self.cleaned_data["row"]]

    @property
    def values(self) -> dict:
        """The arguments of add_period."""
        data = self.cleaned_data
        return {
            "presence": data["presence"],
            "first": self.paragraphs.get(data["first"]),
            "last": self.paragraphs.get(data["last"]),
            "replaces": self.entries.get(data["replaces"]),
        }


class OtherForm(forms.Form):
    """Somebody without a seat who was there."""

    name = forms.CharField(
        label="Namn",
        max_length=150,
        error_messages={"required": "Skriv ett namn."},
        widget=forms.TextInput(attrs={"list": "persons", "autocomplete": "off"}),
    )
    organisation = forms.CharField(
        label="Organisation", required=False, max_length=200, help_text="Tomt: som i registret."
    )
    role = forms.CharField(
        label="Roll", required=False, max_length=60, help_text="Till exempel extern konsult. Kan vara tomt."
    )

    def clean(self):
        """Fill in from the register when exactly one person there has the name."""
        data = super().clean()
        found = Person.objects.filter(name__iexact=data.get("name") or None)[:2]
        data["person"] = found[0] if len(found) == 1 else None
        if data["person"] and not data.get("organisation"):
            data["organisation"] = data["person"].organisation
        return data


def _members(roll: MeetingRoll) -> dict[str, Attendance]:
    return {str(entry.pk): entry for entry in roll.entries if entry.seat_kind == Attendance.SeatKind.MEMBER}


def _choice(entry: Attendance) -> tuple[str, str]:
    return str(entry.pk), f"{entry.name_with_party}, {entry.municipality_name or entry.organisation}".removesuffix(", ")


def _by_municipality(entries) -> list[tuple[str, list]]:
    """Choices under the names of the municipalities, and the others last."""
    groups = groupby(entries, key=lambda entry: entry.municipality_name if entry.seat_kind else "Övriga")
    return [(name, [(str(each.pk), each.name_with_party) for each in found]) for name, found in groups]

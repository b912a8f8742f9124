"""Forms of newsletters and of their mailing list."""

from django import forms

from enamnd.dates import long_date
from enamnd.organisation.models import Municipality
from meetings.newsletters.proposals import Decided
from meetings.newsletters.receivers import Group

from ..models import Meeting, Newsletter, NewsletterReader

LATEST = 30


class NewsletterForm(forms.Form):
    """Title, and the meeting that it comes after."""

    title = forms.CharField(label="Rubrik", max_length=200, help_text="Blir brevets ämne.")
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(),
        label="Efter sammanträdet",
        required=False,
        empty_label="Inget visst sammanträde",
        help_text="Besluten föreslås ur dess justerade protokoll.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Meeting.objects.select_related("body")
        self.fields["meeting"].queryset = rows
        shown = list(rows[:LATEST])
        asked = self.initial.get("meeting")
        if asked and asked not in {each.pk for each in shown}:
            shown += rows.filter(pk=asked)
        named = [(each.pk, f"{each.body}, {long_date(each.held_on)}") for each in shown]
        self.fields["meeting"].choices = [("", "Inget visst sammanträde"), *named]

    @classmethod
    def of(cls, newsletter: Newsletter, data=None) -> "NewsletterForm":
        return cls(data, initial={"title": newsletter.title, "meeting": newsletter.meeting_id})


class ProposalsForm(forms.Form):
    """Which decisions to tell of, and whether to tell of meetings to come."""

    decisions = forms.MultipleChoiceField(label="Beslut", required=False, widget=forms.CheckboxSelectMultiple)
    coming = forms.BooleanField(label="Kommande sammanträden", required=False, initial=True)

    def __init__(self, data, decided: list[Decided]):
        super().__init__(data, initial={"decisions": [each.key for each in decided if not each.is_formal]})
        self.fields["decisions"].choices = [(each.key, each.name) for each in decided]


class SendingForm(forms.Form):
    """Which groups it goes to."""

    groups = forms.MultipleChoiceField(
        label="Skicka till",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en grupp."},
    )

    def __init__(self, data, groups: tuple[Group, ...]):
        found = [each for each in groups if each.people]
        super().__init__(data, initial={"groups": [each.key for each in found]})
        self.fields["groups"].choices = [(each.key, f"{each.name} ({len(each.people)})") for each in found]


class WithdrawnForm(forms.Form):
    because = forms.CharField(
        label="Varför", max_length=300, help_text="Till exempel: fel datum, ett nytt nyhetsbrev har skickats."
    )


class ReaderForm(forms.Form):
    """Somebody on the mailing list."""

    name = forms.CharField(label="Namn", max_length=150)
    email = forms.EmailField(label="E-post")
    about = forms.CharField(
        label="Uppgift", required=False, max_length=150, help_text="Till exempel kommunikatör eller kommunchef."
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.order_by("name"), label="Kommun", required=False, empty_label="Ingen kommun"
    )

    @classmethod
    def of(cls, reader: NewsletterReader, data=None) -> "ReaderForm":
        names = ("name", "email", "about", "municipality")
        return cls(data, initial={name: getattr(reader, name) for name in names})


class ReaderLeftForm(forms.Form):
    because = forms.CharField(label="Varför", max_length=200, help_text="Till exempel: har bytt arbete, bad om det.")

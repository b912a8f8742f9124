"""Forms of follow-ups and of what every council must decide."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.organisation.models import Person

from ..models import CouncilDecision, CouncilMatter, FollowUp, Paragraph
from .delegation import find_document
from .paragraphs import find_case


class FollowUpForm(forms.Form):
    """What is to be done, by whom, by when."""

    task = forms.CharField(label="Uppdrag", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    person = forms.ModelChoiceField(
        Person.objects.all(),
        label="Ansvarig person",
        required=False,
        empty_label="Ingen person i registret",
        help_text="Har personen ett konto står uppdraget på hennes eller hans startsida.",
    )
    responsible = forms.CharField(
        label="Ansvarig, som det ska stå", required=False, max_length=200, help_text="Tomt: personens namn."
    )
    due_on = DayField(label="Klart senast", required=False)

    @classmethod
    def of(cls, follow_up: FollowUp, data=None) -> "FollowUpForm":
        names = ("task", "person", "responsible", "due_on")
        return cls(data, initial={name: getattr(follow_up, name) for name in names})


class DoneForm(forms.Form):
    """When and how it was done."""

    done_on = DayField(label="Klart", initial=timezone.localdate)
    outcome = forms.CharField(
        label="Resultat",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="En mening eller två, som nämnden får läsa vid nästa sammanträde.",
    )


class FindFollowUps(forms.Form):
    q = forms.CharField(label="Sök", required=False)
    lage = forms.ChoiceField(label="Visa", required=False, choices=[("", "Öppna"), ("done", "Klara"), ("all", "Alla")])


class MatterForm(forms.Form):
    """A matter for every council."""

    title = forms.CharField(
        label="Fråga", max_length=300, help_text="Som fullmäktige ska besluta: Anta reglemente för …"
    )
    case = forms.CharField(
        label="Ärende",
        required=False,
        help_text="Ärendenummer.",
        widget=forms.TextInput(attrs={"list": "cases", "autocomplete": "off"}),
    )
    paragraph = forms.ModelChoiceField(
        Paragraph.objects.none(), label="Nämndens beslut", required=False, empty_label="Inget beslut"
    )
    asked_on = DayField(label="Skickad till fullmäktige", required=False)
    answer_by = DayField(label="Svar senast", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        numbered = Paragraph.objects.filter(number__isnull=False).defer("sections")
        latest = numbered.select_related("meeting").order_by("-meeting__held_on", "number")[:200]
        self.fields["paragraph"].queryset = numbered
        named = [(each.pk, f"{each.meeting.held_on} {each.label} {each.title[:80]}") for each in latest]
        self.fields["paragraph"].choices = [("", "Inget beslut"), *named]

    @classmethod
    def of(cls, matter: CouncilMatter, data=None) -> "MatterForm":
        initial = {name: getattr(matter, name) for name in ("title", "asked_on", "answer_by")}
        return cls(
            data,
            initial=initial | {"case": matter.case.number if matter.case else "", "paragraph": matter.paragraph_id},
        )

    def clean_case(self):
        return find_case(self.cleaned_data["case"])


class AnswerForm(forms.Form):
    """What one council has decided."""

    decided_on = DayField(label="Fullmäktiges sammanträde")
    paragraph = forms.CharField(label="Paragraf", required=False, max_length=40, help_text="§ 112")
    outcome = forms.ChoiceField(label="Utfall", choices=CouncilDecision.Outcome, widget=forms.RadioSelect)
    comment = forms.CharField(label="Anmärkning", required=False, max_length=300)
    document = forms.CharField(label="Handling", required=False, help_text="Handlingsnummer i diariet.")

    @classmethod
    def of(cls, decision: CouncilDecision | None, data=None) -> "AnswerForm":
        if decision is None:
            return cls(data)
        initial = {name: getattr(decision, name) for name in ("decided_on", "paragraph", "outcome", "comment")}
        return cls(data, initial=initial | {"document": decision.document.number if decision.document else ""})

    def clean_document(self):
        return find_document(self.cleaned_data["document"])

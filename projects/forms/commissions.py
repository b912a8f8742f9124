"""Forms of commissions, ideas and outside organisations."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.organisation.models import Municipality

from ..actions.organisations import FACTS as ORGANISATION_FACTS
from ..models import Activity, Commission, OutsideOrganisation, Phase
from .fields import CaseField, OffersParagraphs, ParagraphField

THREE_ROWS = forms.Textarea(attrs={"rows": 3})
KINDS = [choice for choice in Activity.Kind.choices if choice[0] != Activity.Kind.IDEA]


class CommissionForm(forms.Form):
    """What is handed over, by whom and when."""

    title = forms.CharField(label="Uppdrag", max_length=200)
    given_by = forms.ModelMultipleChoiceField(
        Municipality.objects.filter(is_party=True).order_by("name"),
        label="Överlämnat av",
        widget=forms.CheckboxSelectMultiple,
        help_text="Minst två kommuner.",
        error_messages={"required": "Ett uppdrag överlämnas av minst två kommuner. Välj dem som gör det."},
    )
    received_on = DayField(label="Överlämnat", initial=timezone.localdate)
    description = forms.CharField(label="Beskrivning", required=False, widget=THREE_ROWS)
    case = CaseField()

    @classmethod
    def of(cls, row: Commission, data=None) -> "CommissionForm":
        plain = {name: getattr(row, name) for name in ("title", "received_on", "description")}
        return cls(data, initial=plain | {"given_by": row.given_by.all(), "case": row.case})


class CommissionAnswerForm(OffersParagraphs, forms.Form):
    """What the board has decided about a commission."""

    is_accepted = forms.TypedChoiceField(
        label="Nämnden",
        choices=[("1", "accepterar uppdraget"), ("0", "accepterar inte uppdraget")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    paragraph = ParagraphField(label="Paragraf")
    decision = forms.CharField(
        label="Beslut",
        required=False,
        max_length=200,
        help_text="När paragrafen inte finns i portalen: 2019-03-13 § 7",
    )


class CommissionClosingForm(forms.Form):
    """What came of a commission."""

    outcome = forms.CharField(label="Vad det blev av uppdraget", widget=THREE_ROWS)
    closed_on = DayField(label="Avslutat", initial=timezone.localdate)


class BeginningForm(forms.Form):
    """What an idea or a commission becomes: an activity that is there, or a new one in its first phase."""

    into = forms.ModelChoiceField(
        Activity.objects.filter(closed_on=None).exclude(kind=Activity.Kind.IDEA).order_by("name"),
        label="Blir",
        required=False,
        empty_label="En ny aktivitet",
        help_text="Välj en aktivitet om det tas om hand där. Då gäller inte namn, slag och fas.",
    )
    name = forms.CharField(label="Benämning", required=False, max_length=200)
    kind = forms.ChoiceField(label="Slag", choices=KINDS)
    phase = forms.ModelChoiceField(
        Phase.objects.filter(retired_on=None, is_end=False), label="Första fas", required=False, empty_label="Ingen än"
    )
    day = DayField(label="Från den", initial=timezone.localdate)

    def clean(self):
        found = super().clean()
        if not found.get("into") and not found.get("name", "").strip():
            self.add_error("name", "Skriv vad aktiviteten ska heta.")
        return found


class IdeaForm(forms.Form):
    """What the idea is, and what it would give."""

    name = forms.CharField(label="Idé", max_length=200)
    purpose = forms.CharField(label="Syfte", required=False, widget=THREE_ROWS)
    benefit = forms.CharField(
        label="Nytta", required=False, widget=THREE_ROWS, help_text="Vad det ger, ställt mot vad det kostar."
    )
    responsible = forms.CharField(
        label="Kommer från", required=False, max_length=150, help_text="Den som kan berätta mer om idén."
    )


class AsideForm(forms.Form):
    """Why an idea is put aside, and since when."""

    reason = forms.CharField(
        label="Varför",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Visas bland tidigare idéer, så att den som tar upp den igen vet.",
        error_messages={"required": "Skriv varför idén läggs åt sidan."},
    )
    day = DayField(label="Från den", initial=timezone.localdate)


class OrganisationForm(forms.ModelForm):
    """All that is known of an outside organisation."""

    website = forms.URLField(
        label="Webbplats", required=False, assume_scheme="https", max_length=200, help_text="www.exempel.se"
    )

    class Meta:
        model = OutsideOrganisation
        fields = ORGANISATION_FACTS
        field_classes = {"ended_on": DayField}
        widgets = {"note": THREE_ROWS}
        error_messages = {"name": {"unique": "Organisationen finns redan i registret."}}

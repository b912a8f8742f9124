"""Forms of the register."""

from collections.abc import Sequence

from django import forms
from django.utils import timezone

from enamnd.fields import DayField

from .models import Document


class FindCases(forms.Form):
    """What narrows the list: words, a year."""

    q = forms.CharField(label="Sök", required=False, max_length=100, help_text="Nummer, ord i ärendet eller handlingar")
    ar = forms.TypedChoiceField(label="År", required=False, coerce=int, empty_value=None)

    def __init__(self, *args, years: Sequence[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ar"].choices = [("", "Alla år"), *((year, year) for year in years)]


class CaseForm(forms.Form):
    """A new case."""

    title = forms.CharField(
        label="Ärendemening",
        max_length=300,
        help_text="Kort vad ärendet rör. Ärendemeningen är offentlig: skriv inget som kan vara hemligt.",
        error_messages={"required": "Skriv en ärendemening: kort vad ärendet rör."},
    )
    classification = forms.RegexField(
        r"^[0-9A-Za-zÅÄÖåäö.]*$",
        label="Klassificering",
        max_length=40,
        required=False,
        help_text="Ur klassificeringsstrukturen, till exempel 2.2.0.1.",
        error_messages={
            "invalid": "En klassificering skrivs med siffror, bokstäver och punkter, till exempel 2.2.0.1."
        },
    )


class TitleForm(forms.Form):
    """A case's title, written anew."""

    title = forms.CharField(
        label="Ärendemening",
        max_length=300,
        error_messages={"required": "Skriv en ärendemening: kort vad ärendet rör."},
    )


class DocumentForm(forms.Form):
    """A document to register."""

    direction = forms.ChoiceField(
        label="Slag",
        choices=Document.Direction.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om handlingen är inkommen, utgående eller upprättad."},
    )
    title = forms.CharField(
        label="Vad handlingen rör",
        max_length=300,
        error_messages={"required": "Skriv kort vad handlingen rör."},
    )
    dated = DayField(
        label="Datum",
        help_text="Dagen då handlingen kom in, skickades eller blev klar.",
        error_messages={"required": "Skriv dagen då handlingen kom in, skickades eller blev klar."},
    )
    correspondent = forms.CharField(
        label="Avsändare eller mottagare",
        max_length=200,
        required=False,
        help_text="Behövs inte för en upprättad handling.",
    )
    upload = forms.FileField(label="Fil", required=False, allow_empty_file=True, help_text="Högst 50 MB.")
    is_working = forms.BooleanField(
        label="Arbetsmaterial",
        required=False,
        help_text="Ett utkast: filen läses bara av dem som för diariet, tills samordnaren har godkänt den.",
    )
    secrecy = forms.CharField(
        label="Sekretess enligt",
        max_length=200,
        required=False,
        help_text="Bara om handlingen ska sekretessmarkeras, till exempel OSL 19 kap. 1 §.",
    )

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("initial", {"dated": timezone.localdate()})
        super().__init__(*args, **kwargs)


class ReasonForm(forms.Form):
    """Why something is voided."""

    reason = forms.CharField(
        label="Varför",
        max_length=300,
        help_text="Står kvar i diariet vid numret.",
        error_messages={"required": "Skriv varför. Numret står kvar i diariet och används inte igen."},
    )


class SecrecyForm(forms.Form):
    """A secrecy mark, or none."""

    secrecy = forms.CharField(
        label="Sekretess enligt",
        max_length=200,
        required=False,
        help_text="Till exempel OSL 19 kap. 1 §. Lämna tomt för att ta bort markeringen.",
    )

"""Forms of paragraphs and their sections."""

from django import forms

from enamnd.documents.models import Case
from enamnd.shown_form import ShownForm
from meetings.text.markup_tags import CONTROL
from meetings.text.plain_editing import from_lines, from_source

from ..actions.paragraphs import LONGEST_TITLE


class ParagraphForm(forms.Form):
    """A new paragraph: what it is called and which case it is about."""

    title = forms.CharField(label="Rubrik", max_length=LONGEST_TITLE, help_text="Som i innehållsförteckningen.")
    case = forms.CharField(
        label="Ärende",
        required=False,
        help_text="Ärendenummer. Lämna tomt om paragrafen inte hör till något ärende.",
        widget=forms.TextInput(attrs={"list": "cases", "autocomplete": "off"}),
    )

    def clean_case(self) -> Case | None:
        return find_case(self.cleaned_data["case"])


class CaseForm(ShownForm):
    """Which case a paragraph decides in."""

    case = forms.CharField(
        label="Ärende",
        required=False,
        help_text="Ärendenummer. Tomt: paragrafen hör inte till något ärende.",
        widget=forms.TextInput(attrs={"list": "cases", "autocomplete": "off"}),
    )

    def clean_case(self) -> Case | None:
        return find_case(self.cleaned_data["case"])


def find_case(written: str) -> Case | None:
    """The case of that number; the number may be followed by its title, as the suggestions show it."""
    if not written.strip():
        return None
    case = Case.objects.filter(number=written.split()[0]).first() or Case.objects.filter(number=written.strip()).first()
    if case is None:
        raise forms.ValidationError(
            f"Ärendet ”{written}” finns inte. Välj ett ur listan, eller registrera det först under Ärenden."
        )
    if case.voided_because:
        raise forms.ValidationError(f"Ärende {case.number} är makulerat: {case.voided_because}. Välj ett annat ärende.")
    return case


def case_suggestions(limit: int = 200) -> list[Case]:
    """The newest open cases, to pick from."""
    return list(Case.objects.filter(closed_on=None, voided_because="").only("number", "title")[:limit])


class WrittenField(forms.CharField):
    """Text as somebody wrote it, but for control characters, which some pastes bring and no paper takes."""

    def __init__(self):
        super().__init__(required=False, strip=False)

    def to_python(self, value):
        return CONTROL.sub("", super().to_python(value))


class SectionForm(forms.Form):
    """What somebody wrote in a section: `html` from the editor, plain `lines`, or `items`, one a line."""

    base_revision = forms.IntegerField(min_value=1)
    html = WrittenField()
    lines = WrittenField()
    items = WrittenField()
    leaving = forms.BooleanField(required=False)
    choice = forms.ChoiceField(required=False, choices=[(each, each) for each in ("mine", "theirs", "both")])

    def content(self) -> dict:
        """The content as the actions take it."""
        if "items" in self.data:
            return {"html": "", "items": self.cleaned_data["items"].splitlines()}
        if "lines" in self.data:
            return {"html": from_lines(self.cleaned_data["lines"]), "items": None}
        return {"html": from_source(self.cleaned_data["html"]), "items": None}


class PlaceForm(forms.Form):
    """Where in the order something goes: 0 is first."""

    to_index = forms.IntegerField()


class UndoForm(forms.Form):
    """Which section to bring back, and the version that still has it."""

    version = forms.IntegerField()
    key = forms.CharField(max_length=40)

"""Forms of governing documents: a new one, its facts, its sections, its adoption, its remiss."""

from django import forms
from django.utils import timezone

from enamnd.accounts.models import RoleGrant, User
from enamnd.accounts.roles import ROLES
from enamnd.fields import DayField
from enamnd.organisation.models import Municipality
from projects.forms.fields import CaseField

from ..governing import living
from ..governing.template import WRITERS
from ..models import (
    ConsultationAnswer,
    GoverningDocument,
    GoverningEdition,
    GoverningKind,
    GoverningReference,
    GoverningSection,
)

LEVELS = [(1, "1, huvudrubrik"), (2, "2, underrubrik"), (3, "3, under en underrubrik")]


class BeginDocumentForm(forms.Form):
    """A new document, with or without an earlier one to go on from."""

    kind = forms.ModelChoiceField(GoverningKind.objects.all(), label="Slag", empty_label=None)
    year = forms.IntegerField(label="År", min_value=1990, max_value=2199)
    title = forms.CharField(label="Rubrik", max_length=200, required=False, help_text="Tomt: slaget och året.")
    previous = forms.ModelChoiceField(
        GoverningDocument.objects.select_related("kind"),
        label="Börja från",
        required=False,
        empty_label="Slagets mall",
        help_text="Text, delar, ansvariga, utgåvor och referenser följer med. Det som sedan ändras märks ut.",
    )


class DocumentFactsForm(forms.Form):
    """Title and case."""

    title = forms.CharField(label="Rubrik", max_length=200)
    case = CaseField()


def writers():
    """Accounts that may be given a section to write: those that may read documents, but auditors."""
    roles = [key for key, role in ROLES.items() if role.permissions >= WRITERS]
    held = RoleGrant.objects.valid_on(timezone.localdate()).filter(role__in=roles)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name")


class SectionFactsForm(forms.ModelForm):
    """How a section stands in the document, and who writes it."""

    due_on = DayField(label="Klart senast", required=False)

    class Meta:
        model = GoverningSection
        fields = ("heading", "level", "is_numbered", "in_contents", "owner", "due_on", "guidance")
        labels = {"level": "Nivå", "owner": "Skrivs av"}
        help_texts = {"guidance": "För den som skriver. Trycks aldrig."}
        widgets = {"guidance": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"] = forms.TypedChoiceField(label="Nivå", coerce=int, choices=LEVELS)
        self.fields["owner"].queryset = writers()
        self.fields["owner"].empty_label = "Den som håller ihop dokumentet"

    def _post_clean(self):
        """The verb saves and checks the row; the form only cleans what was written."""

    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class BlockChoiceForm(forms.Form):
    """Which living block, and its caption."""

    caption = forms.CharField(
        label="Bild- eller tabelltext",
        max_length=200,
        required=False,
        help_text="Får nummer av sig själv: Tabell 3. Budget.",
    )


def block_choices() -> list[tuple[str, str]]:
    return living.choices()


class EditionForm(forms.ModelForm):
    """A line of the edition history."""

    dated_on = DayField(label="Datum", initial=timezone.localdate)

    class Meta:
        model = GoverningEdition
        fields = ("number", "dated_on", "comment")
        widgets = {"comment": forms.Textarea(attrs={"rows": 3})}


class ReferenceForm(forms.ModelForm):
    """A document that is referred to."""

    class Meta:
        model = GoverningReference
        fields = ("name", "edition")


class ConsultationForm(forms.Form):
    """By when the municipalities answer, and what is said to them."""

    answer_by = DayField(label="Svar senast")
    message = forms.CharField(
        label="Text till kommunerna",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Står i brevet, före länken.",
    )


class AnswerForm(forms.Form):
    """What a municipality answers."""

    stand = forms.ChoiceField(label="Svar", choices=ConsultationAnswer.Stand.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Synpunkter", required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 8})
    )
    answered_on = DayField(label="Dag", initial=timezone.localdate)

    def __init__(self, *args, municipality: Municipality, **kwargs):
        super().__init__(*args, **kwargs)
        self.municipality = municipality

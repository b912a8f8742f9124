"""Forms of the auditors' questions."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.organisation.models import Municipality
from projects.forms.fields import OffersParagraphs, ParagraphField

from ..models import Question, Questionnaire
from .fields import DocumentField

MARKS = [*Question.Mark.choices, ("", "Inget kryss")]


class QuestionnaireForm(forms.ModelForm):
    """From whom the questions came, who answers, and by when."""

    class Meta:
        model = Questionnaire
        fields = (
            *("title", "organisation", "answered_by", "answer_to", "email", "deadline", "meeting_on", "due_on"),
            "information",
        )
        labels = {"information": "Revisorernas information"}
        field_classes = {"meeting_on": DayField, "due_on": DayField}
        widgets = {"information": forms.Textarea(attrs={"rows": 5})}

    also = forms.ModelMultipleChoiceField(
        Municipality.objects.none(),
        label="Frågorna ställs också av revisorerna i",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Svaren lämnas då en gång, för alla. Granskningarna läggs upp om de inte finns.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        audit = self.instance.audit
        parties = Municipality.objects.filter(is_party=True).exclude(pk=audit.municipality_id)
        self.fields["also"].queryset = parties
        self.initial["also"] = [each.municipality_id for each in self.instance.also.all()]


class LoadQuestionsForm(forms.Form):
    """A file with questions, and by when they are to be answered."""

    file = forms.FileField(
        label="Fil",
        help_text="CSV eller Excel (Avsnitt, Nr, Fråga, Ja, Nej, Delvis, Kommentarer), eller JSON, se README.",
    )
    title = forms.CharField(label="Rubrik", required=False, max_length=200, help_text="Tomt: filens egen.")
    answered_by = forms.CharField(label="Besvaras av", required=False, max_length=200)
    answer_to = forms.CharField(label="Svaren lämnas till", required=False, max_length=200)
    email = forms.EmailField(label="E-post för svaren", required=False)
    meeting_on = DayField(label="Träff med revisorerna", required=False)
    due_on = DayField(label="Besvaras senast", required=False)


class AnswerForm(forms.ModelForm):
    """One mark or none, and a comment. Two marks are told by the rule, which names the question."""

    mark = forms.ChoiceField(label="Svar", choices=MARKS, required=False, widget=forms.RadioSelect)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Question
        fields = ("mark", "comment", "is_not_applicable")
        widgets = {"comment": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = self.instance.revision
        if self.instance.section.kind == "prose":
            del self.fields["mark"]
            self.fields["comment"].label = "Svar"

    def given_marks(self) -> list[str]:
        """Every mark that was sent: a page of ours sends one."""
        return self.data.getlist(self.add_prefix("mark")) if self.is_bound else []

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"mark", "is_not_applicable", "comment"}


class EvidenceForm(OffersParagraphs, forms.Form):
    """What an answer can be traced to."""

    document = DocumentField()
    paragraph = ParagraphField(label="Paragraf")
    text = forms.CharField(
        label="Annat underlag",
        required=False,
        max_length=300,
        help_text="Vad det är och var det kan ses.",
        widget=forms.TextInput(attrs={"list": "suggestions", "autocomplete": "off"}),
    )


class SubmitForm(forms.Form):
    submitted_on = DayField(label="Lämnas", initial=timezone.localdate)


class PackageForm(forms.Form):
    year = forms.IntegerField(label="År", min_value=1990, max_value=2199)

"""Forms of audits, findings, replies and measures."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.organisation.models import Municipality
from projects.forms.fields import CaseField, OffersParagraphs, ParagraphField

from ..models import Audit, AuditMeasure, Finding
from .fields import LONG, DocumentField


class BeginAuditForm(forms.Form):
    """Whose audit, of which year."""

    year = forms.IntegerField(label="Granskat år", min_value=1990, max_value=2199)
    municipality = forms.ModelChoiceField(Municipality.objects.filter(is_party=True), label="Kommun")


class LinesField(forms.CharField):
    """Texts, one a line. Gives a list."""

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "widget": forms.Textarea(attrs={"rows": 5})} | kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        lines = (line.strip().strip('”“"').strip() for line in super().clean(value).splitlines())
        return [line for line in lines if line]


class AuditForm(forms.ModelForm):
    """What the auditors found."""

    case = CaseField()
    report = DocumentField(label="Revisionsrapport", help_text="Handlingsnummer, om den är registrerad.")
    quotes = LinesField(label="Revisorernas ord", help_text="Det som ska citeras, en mening på varje rad.")

    class Meta:
        model = Audit
        fields = (
            *("auditors", "case", "report", "report_name", "received_on", "purposeful", "economical", "controlled"),
            *("discharge", "discharge_note", "quotes"),
        )
        field_classes = {"received_on": DayField}

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"quotes", "discharge_note"}


class FindingForm(forms.ModelForm):
    """An observation, with or without a recommendation."""

    class Meta:
        model = Finding
        fields = ("text", "recommendation")
        widgets = {"text": LONG, "recommendation": LONG}

    def _get_validation_exclusions(self):
        """The rule says what is wrong, beside its field."""
        return super()._get_validation_exclusions() | {"text", "recommendation"}


class ReplyForm(OffersParagraphs, forms.Form):
    """A decision that answers audits. `audits` are those to choose among; None when they stay as they are."""

    audits = forms.ModelMultipleChoiceField(
        Audit.objects.none(), label="Beslutet svarar på", widget=forms.CheckboxSelectMultiple, required=False
    )
    decided_on = DayField(label="Beslutat", initial=timezone.localdate)
    paragraph = ParagraphField(label="I paragrafen")
    decision = forms.CharField(
        label="Annars: datum och paragraf", required=False, max_length=200, help_text="2022-06-22 § 8"
    )
    text = forms.CharField(
        label="Vad nämnden svarade", required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="I korthet."
    )

    def __init__(self, *args, audits=None, **kwargs):
        super().__init__(*args, **kwargs)
        if audits is None:
            del self.fields["audits"]
        else:
            self.fields["audits"].queryset = audits
            self.fields["audits"].label_from_instance = lambda each: f"{each.municipality}, granskning av {each.year}"


class AuditMeasureForm(forms.ModelForm):
    """What is to be done because of recommendations. `findings` are those to choose among."""

    class Meta:
        model = AuditMeasure
        fields = ("text", "findings", "owner", "owner_person", "due_on", "reported_at", "done_on", "outcome")
        field_classes = {"due_on": DayField, "done_on": DayField}
        widgets = {"findings": forms.CheckboxSelectMultiple}
        labels = {"findings": "Svarar på rekommendationerna"}

    def __init__(self, *args, findings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["findings"].queryset = findings
        self.fields["findings"].label_from_instance = lambda each: f"{each.audit.municipality}: {each.recommendation}"

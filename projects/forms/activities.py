"""Forms of activities and phases."""

from django import forms
from django.utils import timezone

from enamnd.answers import refusal_of
from enamnd.fields import DayField

from ..actions.activities import FACTS
from ..actions.phases import FACTS as PHASE_FACTS
from ..models import Activity, ActivityLink, Phase
from ..time_plans import check_order
from .fields import CaseField, OffersParagraphs, ParagraphField

TWO_ROWS = forms.Textarea(attrs={"rows": 3})


class ActivityForm(OffersParagraphs, forms.ModelForm):
    """All facts of an activity. `revision` says from which text the person began."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label="Slag", choices=[("", "Välj slag"), *Activity.Kind.choices])
    paragraph = ParagraphField(label="Beslutad i")
    case = CaseField()

    class Meta:
        model = Activity
        fields = FACTS
        field_classes = dict.fromkeys(("starts_on", "ends_on", "financed_on", "answer_by"), DayField)
        widgets = {"purpose": TWO_ROWS, "benefit": TWO_ROWS, "potential": TWO_ROWS, "comment": TWO_ROWS}
        labels = {"decision": "Annat beslut", "responsible_person": "Den ansvariga i registret"}
        help_texts = {
            "starts_on": "Tomt: läses ur tidplanen.",
            "ends_on": "Tomt: läses ur tidplanen.",
            "responsible": "Som det ska stå i planen: ett namn, en kommun eller en grupp.",
            "responsible_person": "Den som väljs får rapportera med sitt konto.",
            "answer_by": "Sista dagen för kommunerna att säga om de ansluter sig. Frågan står på deras startsida.",
            "priority": "För idéer, som ordnas på sidan Idéer. 1 är viktigast.",
        }

    def clean(self):
        found = super().clean()
        if refusal := refusal_of(check_order, found.get("starts_on"), found.get("ends_on")):
            self.add_error("ends_on", str(refusal))
        namesakes = Activity.objects.filter(kind=found.get("kind", ""), name=found.get("name", ""))
        if namesakes.exclude(pk=self.instance.pk).exists():
            self.add_error("name", "Det finns redan en aktivitet av samma slag med den benämningen.")
        return found

    GROUPS = (
        ("Vad det är", ("name", "kind", "purpose", "benefit", "potential", "form", "area")),
        (
            "Tid och ansvar",
            ("time_plan", "starts_on", "ends_on", "responsible", "responsible_person", "answer_by", "priority"),
        ),
        ("Beslut och pengar", ("paragraph", "decision", "case", "financing", "financed_on", "role_continues")),
        (
            "I verksamhetsplanen och statuslistan",
            ("status_line", "comment", "in_plan", "position", "is_reported", "status_name"),
        ),
    )

    def groups(self):
        """The fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.GROUPS]


class FindActivities(forms.Form):
    q = forms.CharField(label="Sök", required=False)
    slag = forms.ChoiceField(label="Slag", required=False, choices=[("", "Alla"), *Activity.Kind.choices])
    fas = forms.ChoiceField(label="Fas", required=False)
    lage = forms.ChoiceField(
        label="Visa", required=False, choices=[("", "Pågående"), ("closed", "Avslutade"), ("all", "Alla")]
    )

    def __init__(self, data, phases):
        super().__init__(data)
        self.fields["fas"].choices = [("", "Alla"), *((str(each.pk), each.name) for each in phases)]

    def asked(self) -> dict:
        """What the list is narrowed by, as lines.find wants it."""
        found = self.cleaned_data if self.is_valid() else {}
        state = {"closed": "closed", "all": ""}.get(found.get("lage", ""), "open")
        return {
            "words": found.get("q", ""),
            "kind": found.get("slag", ""),
            "phase": found.get("fas", ""),
            "state": state,
        }


class PhaseForm(forms.ModelForm):
    """A phase of the board's process."""

    class Meta:
        model = Phase
        fields = PHASE_FACTS
        widgets = {"deliverables": forms.Textarea(attrs={"rows": 4})}


class EnterForm(OffersParagraphs, forms.Form):
    """Through a gate into a phase."""

    phase = forms.ModelChoiceField(Phase.objects.filter(retired_on=None), label="Till fasen", empty_label=None)
    started_on = DayField(label="Från den", initial=timezone.localdate)
    paragraph = ParagraphField(label="Beslut av nämnden")
    decision = forms.CharField(
        label="Annat beslut", required=False, max_length=200, help_text="Styrgruppen 2026-05-04 § 3"
    )
    reason = forms.CharField(
        label="Skäl, om något saknas",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="När leveranser inte är godkända, eller när faser hoppas över. Skälet visas i fashistoriken.",
    )
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CorrectionForm(forms.Form):
    """The day that a phase began, and why it is corrected."""

    started_on = DayField(label="Fasen började")
    reason = forms.CharField(
        label="Varför den rättas",
        max_length=300,
        help_text="Visas i fashistoriken. Dagen som stod där finns kvar i historiken.",
        error_messages={"required": "Skriv varför dagen rättas."},
    )


class DeliverableForm(forms.Form):
    """What is asked for beside what the phase asks for, and when it is to be ready."""

    text = forms.CharField(
        label="Leverans", max_length=200, error_messages={"required": "Skriv vad som ska levereras."}
    )
    due_on = DayField(label="Ska vara klar", required=False)


class DueForm(forms.Form):
    """When a deliverable is to be ready."""

    due_on = DayField(label="Ska vara klar", required=False, help_text="Tomt: ingen dag.")


class ApprovalForm(forms.Form):
    """Who has approved a deliverable, and when."""

    approved_by = forms.CharField(
        label="Godkänd av", max_length=200, help_text="Namnet, eller beslutet: Styrgruppen 2026-05-04 § 2"
    )
    approved_on = DayField(label="Dag", initial=timezone.localdate)


class LinkForm(forms.Form):
    """A link to another activity."""

    kind = forms.ChoiceField(label="Samband", choices=ActivityLink.Kind.choices)
    other = forms.ModelChoiceField(Activity.objects.order_by("name"), label="Med")
    note = forms.CharField(label="Anmärkning", required=False, max_length=200)


class ImportForm(forms.Form):
    """A file with the tables of a plan."""

    file = forms.FileField(
        label="Fil",
        help_text="CSV eller Excel (.xlsx). Rubriker på första raden: Benämning, Status, Tidplan, Kommentar och Grupp.",
    )

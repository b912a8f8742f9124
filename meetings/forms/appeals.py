"""Forms of appeals: that one came in, what is held of it, how it ended."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.organisation.models import Municipality
from meetings.models import Appeal, Meeting, Paragraph


class AppealForm(forms.Form):
    """Who has appealed what, and when and to whom it came in."""

    paragraph = forms.ModelChoiceField(Paragraph.objects.none(), label="Beslut", empty_label="Välj paragraf")
    appellant = forms.CharField(label="Vem överklagar", max_length=200)
    received_on = DayField(label="Kom in den", initial=timezone.localdate)
    received_by = forms.ModelChoiceField(
        Municipality.objects.filter(is_party=True),
        label="Kom in till",
        required=False,
        empty_label="Rätten",
        help_text="Det som har kommit in till en av parterna i rätt tid prövas ändå (kommunallagen 13 kap. 6 §).",
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paragraph"].queryset = meeting.paragraphs.defer("sections")


class HandlingForm(forms.Form):
    """What the host holds of it, and that the court has it."""

    assessment = forms.ChoiceField(
        label="Värdkommunens bedömning", required=False, choices=[("", "Inte bedömt än"), *Appeal.Assessment.choices]
    )
    sent_on = DayField(label="Lämnat till rätten den", required=False, help_text="Tomt: det kom in dit från början.")
    court_case = forms.CharField(label="Rättens målnummer", required=False, max_length=60)

    @classmethod
    def of(cls, appeal: Appeal, data=None) -> "HandlingForm":
        return cls(data, initial={name: getattr(appeal, name) for name in cls.base_fields}, auto_id="id_handling_%s")


class EndForm(forms.Form):
    """How the court decided, and when that could no longer be appealed."""

    outcome = forms.ChoiceField(
        label="Utgång", required=False, choices=[("", "Inte avgjort än"), *Appeal.Outcome.choices]
    )
    decided_on = DayField(label="Avgjort den", required=False)
    final_on = DayField(
        label="Avgörandet fick laga kraft den", required=False, help_text="Tomt tills det inte längre kan överklagas."
    )

    @classmethod
    def of(cls, appeal: Appeal, data=None) -> "EndForm":
        return cls(data, initial={name: getattr(appeal, name) for name in cls.base_fields}, auto_id="id_end_%s")


class MistakeForm(forms.Form):
    """Why a registration is taken away."""

    reason = forms.CharField(label="Varför", max_length=300, help_text="Till exempel: registrerat på fel paragraf.")

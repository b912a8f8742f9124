"""Forms of extracts and of sending decisions out."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from enamnd.organisation.models import Municipality

from ..models import Dispatch, Meeting, Paragraph


class ExtractForm(forms.Form):
    """Who certifies the extract, and that one knows what it means before the paragraph is adjusted."""

    certified_by = forms.CharField(label="Utdraget bestyrks av", max_length=150)
    certified_on = DayField(label="Den", initial=timezone.localdate)
    accepts_unadjusted = forms.BooleanField(label="Lämna ut utdraget fast paragrafen inte är justerad", required=False)

    def __init__(self, *args, is_adjusted: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if is_adjusted:
            del self.fields["accepts_unadjusted"]


class RecipientForm(forms.Form):
    """Somebody more who is to have a decision, or the protocol."""

    paragraph = forms.ModelChoiceField(
        Paragraph.objects.none(), label="Vad", required=False, empty_label="Hela protokollet"
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.all(), label="Kommun", required=False, empty_label="Någon annan"
    )
    recipient = forms.CharField(label="Mottagare", required=False, max_length=200, help_text="Tomt: kommunens namn.")
    email = forms.EmailField(label="E-post", required=False, help_text="Tomt: kommunens registrator.")

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paragraph"].queryset = meeting.paragraphs.defer("sections")


class SentForm(forms.Form):
    """How and when it was sent in another way than by letter."""

    sent_on = DayField(label="Skickat", initial=timezone.localdate)
    manner = forms.CharField(label="Hur", max_length=100, help_text="Brev, lämnat, e-post från egen adress.")


class ConfirmedForm(forms.Form):
    """Who has said that it came, and when."""

    confirmed_on = DayField(label="Bekräftat", initial=timezone.localdate)
    confirmed_by = forms.CharField(label="Av", required=False, max_length=150, help_text="Tomt: mottagaren.")


class DispatchForm(forms.Form):
    """The address, and when the decision was carried out."""

    email = forms.EmailField(label="E-post", required=False)
    executed_on = DayField(label="Verkställt", required=False, help_text="När mottagaren har genomfört beslutet.")

    @classmethod
    def of(cls, row: Dispatch, data=None) -> "DispatchForm":
        return cls(data, initial={"email": row.email, "executed_on": row.executed_on})


class ReceiptForm(forms.Form):
    """What the receiver says: that the paper has come."""

    confirmed_by = forms.CharField(label="Ditt namn", max_length=150)


class RevokedForm(forms.Form):
    """Why a letter's link is to lead to nothing more."""

    because = forms.CharField(
        label="Varför", max_length=300, help_text="Till exempel: skickades till fel adress. Syns inte för mottagaren."
    )


class HomeReportForm(forms.Form):
    """That the decisions have been told at home."""

    reported_on = DayField(label="Återrapporterat den", initial=timezone.localdate)
    reported_by = forms.CharField(label="Av", max_length=150)
    where = forms.CharField(
        label="Var", required=False, max_length=200, help_text="Till exempel kommunstyrelsen, eller ledningsgruppen."
    )

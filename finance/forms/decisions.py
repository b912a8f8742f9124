"""Where something was decided."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField
from projects.forms.fields import OffersParagraphs, ParagraphField


class DecisionForm(OffersParagraphs, forms.Form):
    """A paragraph of the portal, or the name of a decision outside it, and the day."""

    paragraph = ParagraphField(label="Beslutad i")
    decision = forms.CharField(
        label="Annat beslut",
        required=False,
        max_length=200,
        help_text="När paragrafen inte finns i portalen: Nämnden 2023-06-14 § 12, Samverkansavtalet 2023-03-03",
    )
    decided_on = DayField(label="Dag", initial=timezone.localdate)

"""The form of a status report."""

from django import forms
from django.utils import timezone

from enamnd.fields import DayField

from ..actions.reports import KEPT
from ..models import StatusReport
from .fields import OffersParagraphs, ParagraphField

HEALTH = [("", "Inte bedömd"), *StatusReport.Health.choices]


class ReportForm(OffersParagraphs, forms.Form):
    """What is told of an activity; begins with what was told last."""

    text = forms.CharField(
        label="Status",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="En punkt på varje rad. Så här står det i protokollets statuslista.",
    )
    separate_matter = ParagraphField(label="Se separat ärende", empty_label="Nej")
    time = forms.ChoiceField(label="Tid", required=False, choices=HEALTH)
    result = forms.ChoiceField(label="Resultat", required=False, choices=HEALTH)
    cost = forms.ChoiceField(label="Kostnad", required=False, choices=HEALTH)
    next_step = forms.CharField(label="Nästa steg", required=False, max_length=300)
    risks = forms.CharField(label="Risker värda att berätta", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    reported_on = DayField(label="Dag", initial=timezone.localdate)
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def following(cls, latest: StatusReport | None, data=None) -> "ReportForm":
        initial = {name: getattr(latest, name) for name in KEPT if name != "separate_matter"} if latest else {}
        return cls(data, initial=initial)

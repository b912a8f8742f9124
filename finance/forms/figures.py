"""Forms of key figures."""

from django import forms

from enamnd.fields import DayField

from ..actions.figures import FACTS
from ..models import KeyFigureKind
from .fields import RowsForm


class KindForm(forms.ModelForm):
    """A kind of key figure, and the day whose figures a year takes."""

    class Meta:
        model = KeyFigureKind
        fields = FACTS


class FiguresForm(RowsForm):
    """Figures of one day from one source."""

    as_of = DayField(label="Talen gäller per den")
    source = forms.CharField(
        label="Källa", max_length=200, help_text="Tabell och när den hämtades: SCB BE0101A, hämtad 2026-02-24"
    )
    because = forms.CharField(
        label="Skäl, om tal från samma dag ersätts", required=False, max_length=200, help_text="SCB rättade tabellen."
    )
    field_order = ("as_of", "source", "text", "file", "because")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "text"
        ].help_text = "En kommun på varje rad: namn och tal. En rad med Summa hålls mot det som raderna blir."

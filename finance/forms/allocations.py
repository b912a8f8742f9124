"""Forms of allocations: what is divided, by which model, among whom."""

from django import forms
from django.utils import timezone

from enamnd.organisation.models import Municipality
from projects.models import Activity

from ..models import CostItem, ModelVersion
from .fields import KronorField
from .models import ROWS, read_by_place


class VersionField(forms.ModelChoiceField):
    """Adopted versions of models in use."""

    def __init__(self, **kwargs):
        adopted = ModelVersion.objects.filter(adopted_on__isnull=False, model__retired_on=None)
        super().__init__(adopted.select_related("model").order_by("model__name", "-number"), **kwargs)

    def label_from_instance(self, version: ModelVersion) -> str:
        return f"{version.model.name} (version {version.number}, från {version.valid_from})"


class VersionsField(forms.ModelMultipleChoiceField):
    """Versions to compare: drafts too, since that is what comparing is for."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        rows = ModelVersion.objects.filter(model__retired_on=None, parts__isnull=False).distinct()
        super().__init__(rows.select_related("model").order_by("model__name", "-number"), **kwargs)

    def label_from_instance(self, version: ModelVersion) -> str:
        state = "" if version.is_adopted else ", utkast"
        return f"{version.model.name}, version {version.number}{state}"


class PlacesField(forms.ModelMultipleChoiceField):
    """Those who take part: the board's parties."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "columns-of-names"})

    def __init__(self, **kwargs):
        super().__init__(Municipality.objects.filter(is_party=True).order_by("name"), **kwargs)


class GivenForm(forms.Form):
    """Figures of use or benefit, where the model has such a part."""

    given = forms.CharField(
        label="Användning eller nytta",
        required=False,
        widget=ROWS,
        max_length=20_000,
        help_text="Om modellen har en sådan del: en kommun på varje rad, namn och tal.",
    )

    def clean_given(self) -> dict:
        return {place.name: value for place, value in read_by_place(self.cleaned_data["given"]).items()}


class AllocationForm(GivenForm):
    """All that an allocation is made of."""

    title = forms.CharField(label="Fördelning av", max_length=200, help_text="Grundbelopp 2027")
    year = forms.IntegerField(label="År", min_value=1990, max_value=2199)
    amount = KronorField(label="Belopp att fördela, kr")
    version = VersionField(label="Fördelningsmodell", empty_label=None)
    places = PlacesField(label="Deltagare", error_messages={"required": "Ingen deltar. Välj minst en kommun."})
    item = forms.ModelChoiceField(CostItem.objects.all(), label="Kostnadspost", required=False)
    activity = forms.ModelChoiceField(Activity.objects.order_by("name"), label="Aktivitet", required=False)
    outside = KronorField(label="Täcks utifrån, kr", required=False, help_text="Dras av innan resten fördelas.")
    outside_source = forms.CharField(label="Av vem", required=False, max_length=200)
    note = forms.CharField(label="Anmärkning", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = (
        *("title", "year", "amount", "version", "places", "item", "activity", "outside", "outside_source", "given"),
        "note",
    )

    def clean_outside(self):
        return self.cleaned_data["outside"] or 0


class BuyInForm(forms.Form):
    """A municipality that joins afterwards."""

    municipality = forms.ModelChoiceField(Municipality.objects.filter(is_party=True), label="Kommun som köper in sig")
    given = forms.DecimalField(
        label="Kommunens tal för användning eller nytta",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=4,
        localize=True,
        help_text="Om modellen har en sådan del.",
    )
    note = forms.CharField(label="Anmärkning", required=False, max_length=500)


class CompareForm(GivenForm):
    """What to compare: an amount, a year, models, and who takes part."""

    amount = KronorField(label="Belopp, kr")
    year = forms.IntegerField(label="År", min_value=1990, max_value=2199)
    versions = VersionsField(label="Modeller", error_messages={"required": "Välj minst en modell."})
    places = PlacesField(label="Deltagare", error_messages={"required": "Ingen deltar. Välj minst en kommun."})
    field_order = ("amount", "year", "versions", "places", "given")

    @classmethod
    def starting(cls) -> dict:
        """What the form begins with: next year, everybody."""
        places = Municipality.objects.filter(is_party=True)
        return {"year": timezone.localdate().year + 1, "places": places, "amount": 100_000_000}

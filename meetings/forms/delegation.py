"""Forms of the delegation order and of the decisions that rest on it."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError

from enamnd.documents.models import Document
from enamnd.fields import DayField
from enamnd.formats import NO_BREAK_SPACE
from enamnd.organisation.models import Body, Person
from meetings.decisions import delegation

from ..models import DelegatedDecision, DelegationOrder, DelegationPoint, Paragraph
from .paragraphs import find_case


class AmountField(forms.DecimalField):
    """An amount in kronor as people write it: 12 500, 12500,50, 12 500 kr."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **more):
        super().__init__(min_value=0, max_digits=14, decimal_places=2, **more)

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        written = (
            value.strip().lower().removesuffix("kr").replace(NO_BREAK_SPACE, "").replace(" ", "").replace(",", ".")
        )
        try:
            return super().to_python(str(Decimal(written)))
        except InvalidOperation as error:
            raise ValidationError(f"”{value}” är inget belopp. Skriv till exempel 12 500 eller 12 500,50.") from error

    def prepare_value(self, value):
        return f"{value:f}".replace(".", ",").removesuffix(",00") if isinstance(value, Decimal) else value


class DecisionForm(forms.Form):
    """A delegated decision: when, by whom, on which point, about what."""

    body = forms.ModelChoiceField(Body.objects.none(), label="Organ", empty_label=None)
    decided_on = DayField(label="Beslutat")
    decided_by = forms.ModelChoiceField(
        Person.objects.all(),
        label="Beslutat av",
        help_text="Saknas personen läggs hon eller han till under Organisation.",
    )
    capacity = forms.CharField(
        label="Som",
        required=False,
        max_length=150,
        help_text="Ordförande, samordnare … Tomt: rollen i registret den dagen.",
    )
    point = forms.TypedChoiceField(label="Punkt i delegationsordningen", required=False, coerce=int, empty_value=None)
    subject = forms.CharField(label="Ärende", max_length=300, help_text="Kort, som det ska stå i anmälan.")
    decision = forms.CharField(label="Beslut", widget=forms.Textarea(attrs={"rows": 4}))
    amount = AmountField(label="Belopp i kronor", required=False, help_text="När punkten har en beloppsgräns.")
    case = forms.CharField(
        label="Diarieärende",
        required=False,
        help_text="Ärendenummer.",
        widget=forms.TextInput(attrs={"list": "cases", "autocomplete": "off"}),
    )
    document = forms.CharField(label="Handling", required=False, help_text="Handlingsnummer, till exempel 2026.14.")
    is_urgent = forms.BooleanField(label="Brådskande: nämndens beslut kunde inte avvaktas", required=False)
    urgent_because = forms.CharField(
        label="Varför brådskande",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Krävs för ett brådskande beslut (kommunallagen 6 kap. 39 §). Det anmäls vid nästa sammanträde.",
    )
    recusal = forms.CharField(
        label="Jäv", required=False, max_length=300, help_text="Vem som avstod från att besluta, och varför."
    )

    def __init__(self, *args, body: Body | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        bodies = Body.objects.filter(kind=Body.Kind.BOARD) | Body.objects.filter(delegation_orders__isnull=False)
        self.fields["body"].queryset = bodies.distinct()
        if body is not None:
            del self.fields["body"]
        points = delegation.points_to_choose(body)
        self._points = {each.pk: each for each in points}
        none = ("", "Ingen punkt passar")
        self.fields["point"].choices = [none, *delegation.by_order(points)]

    @classmethod
    def for_change(cls, decision: DelegatedDecision, data=None) -> "DecisionForm":
        initial = {
            name: getattr(decision, name)
            for name in ("decided_on", "decided_by", "capacity", "subject", "decision", "amount", "is_urgent")
        }
        initial |= {"urgent_because": decision.urgent_because, "recusal": decision.recusal, "point": decision.point_id}
        initial |= {"case": decision.case.number if decision.case else ""}
        initial |= {"document": decision.document.number if decision.document else ""}
        return cls(data, body=decision.body, initial=initial)

    def clean_point(self) -> DelegationPoint | None:
        return self._points.get(self.cleaned_data["point"])

    def clean_case(self):
        return find_case(self.cleaned_data["case"])

    def clean_document(self):
        return find_document(self.cleaned_data["document"])


def find_document(written: str) -> Document | None:
    """The document of that number. Refused when the register has none, or it has been voided."""
    if not written.strip():
        return None
    document = Document.objects.filter(number=written.split()[0]).first()
    if document is None:
        raise ValidationError(f"Handlingen ”{written}” finns inte i diariet. Registrera den först, i sitt ärende.")
    if document.voided_because:
        raise ValidationError(f"Handling {document.number} är makulerad: {document.voided_because}.")
    return document


class FindDecisions(forms.Form):
    """Narrowing the register."""

    q = forms.CharField(label="Sök", required=False)
    ar = forms.TypedChoiceField(label="År", required=False, coerce=int, empty_value=None)
    lage = forms.ChoiceField(
        label="Visa", required=False, choices=[("", "Alla"), ("unreported", "Inte anmälda"), ("urgent", "Brådskande")]
    )

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ar"].choices = [("", "Alla år"), *((each, str(each)) for each in years)]


class NewOrderForm(forms.Form):
    """A new version of the delegation order."""

    body = forms.ModelChoiceField(Body.objects.filter(kind=Body.Kind.BOARD), label="Organ", empty_label=None)
    title = forms.CharField(label="Benämning", max_length=200)
    valid_from = DayField(label="Gäller från")


class OrderForm(forms.Form):
    """Title, day, terms, and what the head of the document says that the portal does not know itself (R197)."""

    title = forms.CharField(label="Benämning", max_length=200)
    valid_from = DayField(label="Gäller från")
    general_terms = forms.CharField(
        label="Allmänna villkor",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Ett stycke på rad.",
    )
    case_number = forms.CharField(label="Ärendenummer", required=False, max_length=80)
    responsible = forms.CharField(label="Dokumentansvarig", required=False, max_length=150)
    revised = forms.CharField(label="Tidigare reviderad", required=False, max_length=200)
    applies_to = forms.CharField(label="Dokumentet gäller för", required=False, max_length=200)

    HEADER = {
        "case_number": "Ärendenummer",
        "responsible": "Dokumentansvarig",
        "revised": "Tidigare reviderad",
        "applies_to": "Dokumentet gäller för",
    }

    @classmethod
    def of(cls, order: DelegationOrder, data=None) -> "OrderForm":
        initial = {"title": order.title, "valid_from": order.valid_from, "general_terms": order.general_terms}
        return cls(data, initial=initial | {name: order.header.get(label, "") for name, label in cls.HEADER.items()})

    def facts(self, order: DelegationOrder) -> dict:
        """What changes, with the head's other rows left as they are."""
        cleaned = self.cleaned_data
        written = {label: cleaned[name] for name, label in self.HEADER.items()}
        header = {label: text for label, text in (order.header | written).items() if text}
        return {name: cleaned[name] for name in ("title", "valid_from", "general_terms")} | {"header": header}


class PointForm(forms.ModelForm):
    """One point of the order."""

    amount_limit = AmountField(label="Högst kronor", required=False)

    class Meta:
        model = DelegationPoint
        fields = [
            "number", "text", "delegate_kind", "delegate", "substitute", "limit", "amount_limit", "is_urgent",
        ]  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"substitute": "Vice ordförande"}

    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def validate_unique(self):
        """Numbers are tried by the action, which says it in a sentence."""


class AdoptionForm(forms.Form):
    """In which paragraph the order was adopted."""

    decided_in = forms.ModelChoiceField(Paragraph.objects.none(), label="Antagen i paragraf", required=False)
    decided_text = forms.CharField(
        label="Eller datum och paragraf",
        required=False,
        max_length=100,
        help_text="2021-01-28 § 6, när den inte finns här.",
    )

    def __init__(self, *args, order: DelegationOrder, **kwargs):
        super().__init__(*args, **kwargs)
        numbered = Paragraph.objects.filter(
            body=order.body, number__isnull=False, meeting__held_on__lte=order.valid_from
        )
        choices = numbered.select_related("meeting").defer("sections").order_by("-meeting__held_on", "number")[:200]
        self.fields["decided_in"].queryset = numbered.defer("sections")
        named = [(each.pk, f"{each.meeting.held_on} {each.label} {each.title[:80]}") for each in choices]
        self.fields["decided_in"].choices = [("", "Välj paragraf"), *named]

"""Fields that several forms of projects have: a decided paragraph, a case, kronor."""

from django import forms

from meetings.forms.paragraphs import find_case
from meetings.models import Paragraph

MOST_KRONOR = 10**12


class KronorField(forms.IntegerField):
    """Whole kronor as people write them: 6400000, 6 400 000, 6 400 000 kr."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {
        "invalid": "Skriv hela kronor: 6 400 000.",
        "min_value": "Beloppet kan inte vara mindre än 0 kr.",
        "max_value": "Beloppet kan inte stämma. Skriv det i hela kronor.",
    }

    def __init__(self, **kwargs):
        # A model's field brings the largest figure of its column along.
        most = min(kwargs.get("max_value") or MOST_KRONOR, MOST_KRONOR)
        super().__init__(**{"min_value": 0} | kwargs | {"max_value": most})
        self.error_messages["min_value"] = self.default_error_messages["min_value"]

    def to_python(self, value):
        if isinstance(value, str):
            value = "".join(value.lower().split()).removesuffix("kr")
            if "." in value:  # 6.000 may be six or six thousand
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class ParagraphField(forms.ModelChoiceField):
    """A numbered paragraph: the latest two hundred to choose from."""

    def __init__(self, **kwargs):
        kwargs = {"required": False, "empty_label": "Ingen paragraf i portalen"} | kwargs
        super().__init__(Paragraph.objects.filter(number__isnull=False).defer("sections"), **kwargs)

    def offer(self):
        """Look the choices up, newest first, by day and number. Called once a form."""
        latest = self.queryset.select_related("meeting").order_by("-meeting__held_on", "number")[:200]
        named = [(each.pk, f"{each.meeting.held_on} {each.label} {each.title[:80]}") for each in latest]
        self.choices = [("", self.empty_label), *named]


class CaseField(forms.CharField):
    """A case by its number, with suggestions."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"list": "cases", "autocomplete": "off"})
        super().__init__(
            **{"label": "Ärende", "required": False, "help_text": "Ärendenummer.", "widget": widget} | kwargs
        )

    def clean(self, value):
        return find_case(super().clean(value))

    def prepare_value(self, value):
        from enamnd.documents.models import Case

        if isinstance(value, int):
            value = Case.objects.filter(pk=value).first()
        return getattr(value, "number", value)


class OffersParagraphs:
    """A form whose paragraphs are looked up when it is made."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ParagraphField):
                field.offer()

"""Fields that several forms of projects have: a decided paragraph, a case, a day."""

from django import forms
from django.db import models

from enamnd.fields import DayField
from meetings.forms.paragraphs import find_case
from meetings.models import Paragraph

DAYS = {models.DateField: DayField}


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

"""The form of one part of what a board decides for itself."""

from django import forms

from enamnd.organisation.models import Board, Municipality
from enamnd.organisation.numbering import check_number_format
from enamnd.refusal import Refused
from enamnd.register.board_parts import SUBSTITUTES, Part, Setting, in_words
from enamnd.shown_form import ShownForm

COLUMNS = 3  # of the table of contents
LONGEST = 200
MOST_LINES = 4  # fields in a footer


class LinesField(forms.CharField):
    """A list of texts, one a line; empty lines are no texts."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value):
        lines = value if isinstance(value, list) else super().to_python(value).splitlines()
        return [line.strip() for line in lines if line.strip()]

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial, data):
        return self.to_python(initial) != self.to_python(data)


class PartForm(ShownForm):
    """A field for each setting of the part, with what holds now. An empty text gives back what is usual."""

    def __init__(self, part: Part, board: Board, data=None):
        self.base_fields = {setting.key: _field(part, board, setting) for setting in part.settings}
        super().__init__(data, initial={each.key: part.value(board, each.key) for each in part.settings})

    def clean_case_number_format(self) -> str:
        return _checked(self.cleaned_data["case_number_format"])

    def clean_document_number_format(self) -> str:
        return _checked(self.cleaned_data["document_number_format"])

    def clean_contents_columns(self) -> list[str]:
        columns = self.cleaned_data["contents_columns"]
        if len(columns) != COLUMNS:
            raise forms.ValidationError(f"Innehållsförteckningen har tre kolumner. Här står {len(columns)} rader.")
        return columns

    def clean_footer(self) -> list[str]:
        return _few(self.cleaned_data["footer"])

    def clean_cover_footer(self) -> list[str]:
        return _few(self.cleaned_data["cover_footer"])


def _field(part: Part, board: Board, setting: Setting) -> forms.Field:
    facts = {"label": setting.label, "help_text": _help(part, board, setting), "required": False}
    if setting.key == "host":
        return forms.ModelChoiceField(Municipality.objects.all(), empty_label=None, **facts | {"required": True})
    if not part.store:
        field = Board._meta.get_field(setting.key)
        return forms.CharField(max_length=field.max_length, **facts | {"required": not field.blank})
    if setting.key == "substitutes_from":
        return forms.ChoiceField(choices=list(SUBSTITUTES.items()), **facts | {"required": True})
    usual = part.usual(setting.key)
    if isinstance(usual, bool):
        return forms.BooleanField(**facts)
    if isinstance(usual, int):
        return forms.IntegerField(min_value=0, max_value=365, **facts | {"required": True})
    return LinesField(max_length=LONGEST * 3, **facts) if isinstance(usual, list) else _text(facts)


def _text(facts: dict) -> forms.CharField:
    return forms.CharField(max_length=LONGEST, **facts)


def _help(part: Part, board: Board, setting: Setting) -> str:
    """What is good to know, and what an empty field gives when that is something else than what stands there."""
    usual = part.usual(setting.key)
    if isinstance(usual, str) and setting.key != "substitutes_from" and usual != part.value(board, setting.key):
        return f"{setting.help} Tomt ger ”{in_words(setting.key, usual)}”.".strip()
    return setting.help


def _checked(number_format: str) -> str:
    try:
        check_number_format(number_format)
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
    return number_format


def _few(lines: list[str]) -> list[str]:
    if len(lines) > MOST_LINES:
        raise forms.ValidationError(f"Sidfoten har plats för {MOST_LINES} fält. Här står {len(lines)}.")
    return lines

"""Forms of scales and categories."""

import re

from django import forms

from enamnd.fields import DayField
from enamnd.refusal import Refused

from ..models import RiskCategory, RiskScale
from ..scoring import TONES, Scale, read_scale

LEVELS = 6  # rows to write levels in, when a scale has no more
_DASH = re.compile(r"\s+[-–—]\s+")
HOW = "Ett steg på varje rad, det lägsta först. Efter ett tankstreck: vad det betyder."


class ScaleForm(forms.Form):
    """A scale: axes with a step on each line, and levels."""

    name = forms.CharField(label="Skalans namn", max_length=100)
    likelihood_word = forms.CharField(label="Den ena axeln heter", max_length=60, initial="Sannolikhet")
    likelihood = forms.CharField(label="Dess steg", widget=forms.Textarea(attrs={"rows": 6}), help_text=HOW)
    consequence_word = forms.CharField(label="Den andra axeln heter", max_length=60, initial="Konsekvens")
    consequence = forms.CharField(label="Dess steg", widget=forms.Textarea(attrs={"rows": 6}), help_text=HOW)

    def __init__(self, *args, levels: int = LEVELS, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = range(levels)
        tones = [("", "–"), *TONES.items()]
        for at in self.places:
            self.fields[f"from{at}"] = forms.IntegerField(label="Från riskvärde", required=False)
            self.fields[f"word{at}"] = forms.CharField(label="Kallas", required=False, max_length=40)
            self.fields[f"tone{at}"] = forms.ChoiceField(label="Färg", required=False, choices=tones)
            self.fields[f"meaning{at}"] = forms.CharField(label="Betyder", required=False, max_length=200)

    @classmethod
    def of(cls, row: RiskScale | None, data=None) -> "ScaleForm":
        if row is None:
            return cls(data)
        initial = {"name": row.name, "likelihood_word": row.likelihood_word, "consequence_word": row.consequence_word}
        for axis in ("likelihood", "consequence"):
            initial[axis] = "\n".join(_line(step) for step in getattr(row, axis))
        for at, band in enumerate(row.bands):
            initial |= {f"{key}{at}": band.get(key, "") for key in ("from", "word", "tone", "meaning")}
        return cls(data, initial=initial, levels=max(LEVELS, len(row.bands) + 1))

    def levels(self):
        """The four fields of each level."""
        return [[self[f"{key}{at}"] for key in ("from", "word", "tone", "meaning")] for at in self.places]

    def clean(self):
        given = super().clean()
        if self.errors:
            return given
        data = {name: given[name] for name in ("likelihood_word", "consequence_word")}
        data |= {name: [_step(line) for line in _lines(given[name])] for name in ("likelihood", "consequence")}
        data["bands"] = list(filter(None, (self._band(given, at) for at in self.places)))
        try:
            given["scale"] = read_scale(data)
        except Refused as refusal:
            raise forms.ValidationError(list(refusal.lines)) from refusal
        return given

    @staticmethod
    def _band(given: dict, at: int) -> dict | None:
        band = {key: given.get(f"{key}{at}") for key in ("from", "word", "tone", "meaning")}
        return band if any(each not in (None, "") for each in band.values()) else None

    def told(self) -> tuple[str, Scale]:
        return self.cleaned_data["name"], self.cleaned_data["scale"]


def _line(step: dict) -> str:
    return f"{step['word']} – {step['meaning']}" if step.get("meaning") else step["word"]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _step(line: str) -> dict:
    word, *meaning = _DASH.split(line, maxsplit=1)
    return {"word": word, "meaning": meaning[0] if meaning else ""}


class CategoryForm(forms.ModelForm):
    """A category of risks."""

    class Meta:
        model = RiskCategory
        fields = ("name", "meaning", "order", "retired_on")
        field_classes = {"retired_on": DayField}

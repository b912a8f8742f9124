"""Form of a standard text."""

from django import forms

from ..models import Phrase


class PhraseForm(forms.ModelForm):
    """A standard text. Words in square brackets are marked when it is inserted, ready to be written over."""

    class Meta:
        model = Phrase
        fields = ["label", "text", "kind"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "label": "Det du letar efter i listan.",
            "text": "Det som skrivs in. Ord inom [hakparentes] markeras, så att de är lätta att byta ut.",
        }

    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

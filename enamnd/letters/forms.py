"""Forms of the outgoing letters."""

from django import forms

from .kinds import kind_choices

STATES = [
    ("", "Alla"),
    ("vantar", "Väntar"),
    ("skickade", "Skickade"),
    ("fel", "Gick inte fram"),
]


class FindLetters(forms.Form):
    """What to narrow the list by."""

    q = forms.CharField(label="Mottagare eller ämne", required=False)
    slag = forms.ChoiceField(label="Slag", required=False)
    lage = forms.ChoiceField(label="Läge", required=False, choices=STATES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slag"].choices = [("", "Alla"), *kind_choices()]

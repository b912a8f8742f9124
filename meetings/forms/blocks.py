"""Where in a paragraph a block goes."""

from django import forms

from meetings.text import sections


class PlaceForm(forms.Form):
    """A section with running text, or a new one."""

    section = forms.ChoiceField(label="I avsnittet", required=False)

    def __init__(self, data, text: sections.Sections):
        super().__init__(data)
        found = [(each.key, each.heading) for each in text if not each.is_list and each.kind == sections.TEXT]
        self.fields["section"].choices = [*found, ("", "Ett nytt avsnitt, sist")]

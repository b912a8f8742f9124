"""What is to be masked in a public rendition, row by row, and why one is withdrawn."""

from django import forms

from meetings.paper.protocol import ProtocolPaper
from meetings.publishing.masking import Mask

EMPTY_ROWS = 2


class MaskForm(forms.Form):
    """One thing to take away. A row without a place is not used."""

    is_on = forms.BooleanField(label="Maska", required=False, initial=True)
    paragraph = forms.ChoiceField(label="Var", required=False)
    text = forms.CharField(
        label="Text", max_length=500, required=False, help_text="Som i protokollet. Tomt: hela paragrafens text."
    )
    reason = forms.CharField(label="Skäl", max_length=200, required=False)
    ground = forms.CharField(
        label="Bestämmelse", max_length=200, required=False, help_text="Till exempel 21 kap. 1 § OSL."
    )

    def __init__(self, *args, places=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paragraph"].choices = places

    @property
    def mask(self) -> Mask | None:
        """What the row says; None for an empty or declined one."""
        said = self.cleaned_data
        place = said.get("paragraph", NOWHERE)  # an empty row that nobody touched has no cleaned data
        if not said.get("is_on") or place == NOWHERE:
            return None
        return Mask("" if place == FRONT else place, said["text"], said["reason"], said["ground"])

    def clean(self):
        said = super().clean()
        if said.get("is_on") and said.get("paragraph") == FRONT and not said.get("text"):
            self.add_error("text", "Skriv texten som ska maskas. Hela framsidan kan inte maskas.")
        return said


NOWHERE, FRONT = "", "front"
MaskFormSet = forms.formset_factory(MaskForm, extra=EMPTY_ROWS)


def mask_formset(paper: ProtocolPaper, proposed: list[Mask], published: list[Mask] | None, data=None):
    """Rows for what is proposed, ticked as in the version that is out, then its other masks, then empty ones."""
    ticked = None if published is None else {each.key for each in published}
    known = {each.key for each in proposed}
    rows = [*proposed, *(each for each in published or () if each.key not in known)]
    initial = [_initial(each, ticked is None or each.key in ticked) for each in rows]
    return MaskFormSet(data, initial=initial, prefix="masks", form_kwargs={"places": _places(paper)})


def _initial(mask: Mask, is_on: bool) -> dict:
    return {
        "is_on": is_on or mask.is_required,
        "paragraph": mask.paragraph or FRONT,
        "text": mask.text,
        "reason": mask.reason,
        "ground": mask.ground,
    }


def _places(paper: ProtocolPaper) -> list[tuple[str, str]]:
    paragraphs = [(each.key, f"{each.label} {each.title}"[:80]) for each in paper.paragraphs]
    return [(NOWHERE, "–"), *paragraphs, (FRONT, "Framsidan och närvarolistan")]


class WithdrawalForm(forms.Form):
    """Why a public rendition is taken away."""

    because = forms.CharField(label="Varför avpubliceras protokollet?", max_length=300)

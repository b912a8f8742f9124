"""Forms of directives and final reports. The boxes are the board's own headings."""

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import escape

from enamnd.fields import DayField
from enamnd.organisation.models import Body
from meetings.forms.paragraphs import WrittenField
from meetings.models import Adjustment, Meeting

from ..actions.headings import FACTS as HEADING_FACTS
from ..directive_text import placeholders
from ..directives import PREPARED, RANKED
from ..models import Directive, DirectiveHeading
from .fields import OffersParagraphs, ParagraphField

Shape = DirectiveHeading.Shape
SPARE_ROWS = 2
LONGEST_CELL = 200


class WritingForm(forms.Form):
    """All that is written in a draft: a box for each heading, ranks, the table of preparations, what has changed."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    author = forms.CharField(label="Författare", required=False, max_length=150)

    def __init__(self, data, directive: Directive, headings: list[DirectiveHeading]):
        super().__init__(data, initial={"author": directive.author, "base": directive.text_revision})
        self.directive, self.headings = directive, headings
        self.rows = len(directive.preparations) + SPARE_ROWS
        self.theirs: dict[str, str] = {}
        if directive.revision:
            self._add_changes()
        for each in headings:
            self._add_heading(each)

    def _add_changes(self):
        self.fields["changes"] = forms.CharField(
            label="Vad som har ändrats",
            required=False,
            initial=self.directive.changes,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Sedan den förra utgåvan. Står i papperets tabell över revideringar.",
        )
        if self.directive.kind == Directive.Kind.DIRECTIVE:
            self.fields["changes_commission"] = forms.BooleanField(
                label="Uppdraget ändras",
                required=False,
                initial=self.directive.changes_commission,
                help_text="Då anmäls revideringen till nämnden när den är verifierad.",
            )

    def _add_heading(self, heading: DirectiveHeading):
        if heading.is_written:
            field = WrittenField()
            field.label, field.help_text = heading.name, escape(heading.hint)  # help texts are written as HTML
            text = self.directive.content.get(str(heading.pk), "")
            field.initial = text
            field.widget = forms.Textarea(attrs={"rows": min(max(text.count("\n") + len(text) // 90 + 2, 3), 18)})
            self.fields[f"h{heading.pk}"] = field
        elif heading.shape == Shape.RANKING:
            for name, label in RANKED:
                self.fields[name] = forms.TypedChoiceField(
                    label=label,
                    required=False,
                    choices=[("", "–"), (1, "1, viktigast"), (2, "2"), (3, "3")],
                    coerce=int,
                    empty_value=None,
                    initial=getattr(self.directive, name),
                )
        elif heading.shape == Shape.PREPARATIONS:
            for number in range(self.rows):
                self._add_row(number)

    def _add_row(self, number: int):
        kept = self.directive.preparations[number] if number < len(self.directive.preparations) else {}
        for key, label in PREPARED:
            self.fields[f"p{number}-{key}"] = forms.CharField(
                label=f"{label}, rad {number + 1}", required=False, max_length=LONGEST_CELL, initial=kept.get(key, "")
            )

    def pieces(self) -> dict:
        """What was written, as actions.directives.pieces_of has it."""
        found = self.cleaned_data
        texts = {
            str(each.pk): found[f"h{each.pk}"].replace("\r\n", "\n").strip()
            for each in self.headings
            if each.is_written
        }
        names = ("author", "changes", "changes_commission", *(name for name, _ in RANKED))
        facts = {name: found[name] for name in names if name in found}
        rows = {"preparations": self._rows(found)} if f"p0-{PREPARED[0][0]}" in found else {}
        return texts | facts | rows

    def _rows(self, found: dict) -> list[dict[str, str]]:
        rows = [{key: found[f"p{number}-{key}"].strip() for key, _ in PREPARED} for number in range(self.rows)]
        return [row for row in rows if any(row.values())]

    def written(self) -> list[tuple[str, str]]:
        """What was sent (or stands there), each text under its label, without what is only to be filled in."""
        texts = [(self[name].label, self[name].value()) for name in self.fields if name != "base"]
        said = [(label, text) for label, text in texts if isinstance(text, str) and text.strip()]
        return [(label, text) for label, text in said if placeholders(text) != [" ".join(text.split())]]

    def parts(self) -> list[dict]:
        """The headings with their boxes, as the page shows them."""
        return [self._part(each) for each in self.headings]

    def _part(self, heading: DirectiveHeading) -> dict:
        part = {"heading": heading, "theirs": self.theirs.get(str(heading.pk), "")}
        if heading.is_written:
            return part | {"field": self[f"h{heading.pk}"]}
        if heading.shape == Shape.RANKING:
            return part | {"ranks": [self[name] for name, _ in RANKED]}
        if heading.shape == Shape.PREPARATIONS:
            rows = [[self[f"p{number}-{key}"] for key, _ in PREPARED] for number in range(self.rows)]
            return part | {"columns": [label for _, label in PREPARED], "rows": rows}
        return part


class VerificationForm(forms.Form):
    """By which decision a revision was verified."""

    verified_by = forms.CharField(
        label="Styrgruppens beslut", max_length=200, help_text="Styrgruppen 2026-05-04 § 3, eller protokollets datum."
    )
    verified_on = DayField(label="Verifierad", initial=timezone.localdate)


def open_meetings() -> QuerySet[Meeting]:
    """Meetings of the board whose agenda is open, the next one first among those to come."""
    frozen = Adjustment.objects.standing().filter(is_immediate=False).values("meeting")
    return (
        Meeting.objects.filter(body__kind=Body.Kind.BOARD, held_on__gte=timezone.localdate())
        .exclude(pk__in=frozen)
        .select_related("body")
        .order_by("held_on")
    )


class TellingForm(OffersParagraphs, forms.Form):
    """Where the board is told of it."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label="Ny punkt på sammanträdet", required=False, empty_label="Ingen ny punkt"
    )
    title = forms.CharField(label="Punktens rubrik", required=False, max_length=300)
    paragraph = ParagraphField(
        label="Eller: redan anmäld i", empty_label="Inte anmäld i någon paragraf", help_text="När nämnden redan vet."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = open_meetings()

    def clean(self):
        found = super().clean()
        if found.get("meeting") and found.get("paragraph"):
            raise forms.ValidationError("Välj ett av dem: en ny punkt, eller paragrafen där den redan är anmäld.")
        return found


class HeadingForm(forms.ModelForm):
    """A heading of the board's directives or final reports."""

    class Meta:
        model = DirectiveHeading
        fields = HEADING_FACTS
        widgets = {"template": forms.Textarea(attrs={"rows": 3})}

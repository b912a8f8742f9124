"""Forms of templates: a kind of document, a section of its template."""

from django import forms

from enamnd.organisation.models import Office
from enamnd.shown_form import ShownForm
from meetings.forms.paragraphs import WrittenField
from meetings.text.plain_editing import as_lines, as_source, from_lines, from_source

from ..governing.template import LONGEST_GUIDANCE, LONGEST_HEADING, OWNERS, PlannedSection
from ..models import GoverningKind
from .governing import LEVELS

FEWEST_LINES = 2
CONTENTS = [(1, "bara huvudrubriker"), (2, "två nivåer"), (3, "tre nivåer")]
WORDS_HELP = "{year} blir dokumentets år, {next_year} året efter, {previous_year} året före, {board} nämndens namn."
LINES_HELP = "Ett stycke på varje rad. Rader som börjar med ”- ” blir punkter. [Skriv så] det som ska fyllas i."
SOURCE_HELP = "Texten har tabeller, rubriker eller fetstil och visas med sina taggar (HTML), så att inget går förlorat."


class KindForm(ShownForm):
    """Name, contents and approval lines of a kind."""

    name = forms.CharField(label="Namn", max_length=100, help_text="Verksamhetsplan")
    is_yearly = forms.BooleanField(label="Ett för varje år", required=False, help_text="Året står då i rubriken.")
    contents_levels = forms.TypedChoiceField(label="Innehållsförteckningen har", coerce=int, choices=CONTENTS)
    contents_in_capitals = forms.BooleanField(label="Innehållsförteckning med versaler", required=False)
    approval_words = forms.CharField(
        label="Ord före godkännandet", max_length=100, required=False, help_text="Verksamhetsplanen godkänd av:"
    )

    def __init__(self, data=None, *, kind: GoverningKind | None = None):
        super().__init__(data, initial=initial_of(kind) if kind else {"is_yearly": True, "contents_levels": 2})
        self.lines = range(1, max(FEWEST_LINES, len(kind.approvers if kind else ()) + 1) + 1)
        for number in self.lines:
            role = forms.ChoiceField(label=f"Underskrift {number}", required=False, choices=role_choices())
            words = forms.CharField(label=f"Ord på papperet, underskrift {number}", max_length=100, required=False)
            role.show_hidden_initial = words.show_hidden_initial = True
            self.fields |= {f"role_{number}": role, f"label_{number}": words}

    def clean(self):
        for number in self.lines:
            role, words = self.cleaned_data.get(f"role_{number}"), self.cleaned_data.get(f"label_{number}")
            if role and not words:
                self.add_error(f"label_{number}", "Skriv vad som ska stå framför namnet, till exempel Ordförande:")
            if words and not role:
                self.add_error(f"role_{number}", "Välj vems namn som ska stå på raden.")

    def _as_facts(self, values: dict, lines: dict) -> dict:
        """As the verb takes them: the approval lines are one fact, told when any of them is among the values."""
        facts = {name: value for name, value in values.items() if name in self.base_fields}
        if values.keys() <= facts.keys():
            return facts
        pairs = ((lines.get(f"role_{number}"), lines.get(f"label_{number}")) for number in self.lines)
        return facts | {"approvers": [{"role": role, "label": words} for role, words in pairs if role]}

    @property
    def changed_facts(self) -> dict:
        return self._as_facts(super().changed_facts, self.cleaned_data)

    @property
    def shown(self) -> dict:
        return self._as_facts(super().shown, super().shown)

    def facts(self) -> dict:
        """All of them, for a new kind."""
        return self._as_facts(self.cleaned_data, self.cleaned_data)

    def tell_newer(self, newer):
        """Approval lines are told of together, at the top."""
        rows = newer.facts.pop("approvers", None)
        super().tell_newer(newer)
        if rows is None:
            return
        for number, row in zip(self.lines, [*rows, *({} for _ in self.lines)], strict=False):
            for name, value in (("role", row.get("role")), ("label", row.get("label"))):
                self.data[self.add_initial_prefix(f"{name}_{number}")] = value or ""
        said = ", ".join(row["label"] for row in rows) or "inga"
        self.add_error(None, f"{newer.opening}. Underskrifterna är nu: {said}. Spara igen om dina ska gälla.")


def initial_of(kind: GoverningKind) -> dict:
    """What the page shows of a kind."""
    found = {name: getattr(kind, name) for name in KindForm.base_fields}
    for number, row in enumerate(kind.approvers, 1):
        found |= {f"role_{number}": row["role"], f"label_{number}": row["label"]}
    return found


def role_choices() -> list[tuple[str, str]]:
    return [("", "ingen"), *Office.Role.choices]


class TemplateSectionForm(ShownForm):
    """A section of a template. Its text is written as lines, or as markup where lines would lose something."""

    heading = forms.CharField(
        label="Rubrik",
        max_length=LONGEST_HEADING,
        help_text=WORDS_HELP,
        error_messages={"required": "Skriv en rubrik."},
    )
    level = forms.TypedChoiceField(label="Nivå", coerce=int, choices=LEVELS)
    is_numbered = forms.BooleanField(label="Har nummer", required=False)
    in_contents = forms.BooleanField(label="Står i innehållsförteckningen", required=False)
    owner = forms.ChoiceField(
        label="Skrivs av",
        required=False,
        choices=[("", "den som håller ihop dokumentet"), *OWNERS.items()],
        help_text="Kontot med rollen får avsnittet när dokumentet påbörjas. Har flera rollen väljs någon då.",
    )
    guidance = forms.CharField(
        label="Vägledning",
        required=False,
        max_length=LONGEST_GUIDANCE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="För den som skriver. Trycks aldrig.",
    )

    def __init__(self, data=None, *, section: PlannedSection | None = None, level: int = 1):
        html = section.html if section else ""
        names = ("heading", "level", "is_numbered", "in_contents", "owner", "guidance")
        shown = {name: getattr(section, name) for name in names} if section else {}
        shown = shown or {"level": level, "is_numbered": True, "in_contents": True}
        lines = as_lines(html)
        super().__init__(data, initial=shown | {"lines": lines, "source": as_source(html)})
        in_source = lines is None if data is None else "source" in data
        self.text = "source" if in_source else "lines"
        field = WrittenField()
        field.label, field.help_text = "Text att börja med", SOURCE_HELP if in_source else LINES_HELP
        field.widget = forms.Textarea(attrs={"rows": 14, "class": "source"} if in_source else {"rows": 8})
        field.show_hidden_initial = True
        self.fields[self.text] = field

    def _as_facts(self, values: dict) -> dict:
        """The values with the text as markup, whichever way it was written."""
        made = from_source if self.text == "source" else from_lines
        facts = {name: value for name, value in values.items() if name != self.text}
        return facts | ({"html": made(values[self.text])} if self.text in values else {})

    @property
    def changed_facts(self) -> dict:
        return self._as_facts(super().changed_facts)

    @property
    def shown(self) -> dict:
        return self._as_facts(super().shown)

    def facts(self) -> dict:
        """All of them, for a new section."""
        return self._as_facts(self.cleaned_data)

    def tell_newer(self, newer):
        """A text is told of under the field that it is written in."""
        if "html" in newer.facts:
            written = as_lines(newer.facts["html"]) if self.text == "lines" else as_source(newer.facts["html"])
            newer.facts[self.text] = newer.facts.pop("html") if written is None else written
        super().tell_newer(newer)

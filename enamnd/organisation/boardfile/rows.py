"""The rows of one part of a board file on their way into the register."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from enamnd.organisation.models import Person
from enamnd.refusal import Problem

from .reading import values_of
from .references import WRONG, References
from .report import Report
from .tables import Table

REASON = "Inläst nämndfil"


class Rows:
    """Saves the rows of one part; gathers what could not be saved as `problems`."""

    def __init__(self, table: Table, references: References, report: Report):
        self.table, self.references, self.report = table, references, report
        self.problems: list[Problem] = []
        self.saved: dict[models.Model, str] = {}
        self.existing = list(table.model.objects.all())

    def load(self, rows: list):
        for number, row in enumerate(rows, 1):
            self.load_row(row, self.place_of(number, row))
        if self.table.after and not self.problems:
            self.problems += self.table.after(self.saved)

    def place_of(self, number: int, row) -> str:
        if self.table.is_single:
            return self.table.place
        label = self.table.label(row) if isinstance(row, dict) else ""
        return f"{self.table.place}, rad {number}" + (f" ({label})" if label else "")

    def load_row(self, row, place: str):
        values, problems = values_of(row, self.table.fields, place)
        if not problems:
            values, problems = self.resolved(values, place)
        if not problems and WRONG not in values.values():
            problems = self.save(values, place)
        if problems:
            self.problems += problems
            self.references.add_wrong(self.table.model, row)

    def resolved(self, values: dict, place: str) -> tuple[dict, list[Problem]]:
        """The values with names replaced by what they name (WRONG where its own row was refused)."""
        problems = []
        for key, model in self.table.references.items():
            if key in values:
                try:
                    values[key] = self.references.get(model, values[key])
                except ValueError as error:
                    problems.append(Problem(place, f"{key}: {error}."))
        if not problems and self.table.finish:
            try:
                values = self.table.finish(values, self.references)
            except ValueError as error:
                problems.append(Problem(place, f"{error}."))
        return values, problems

    def save(self, values: dict, place: str) -> list[Problem]:
        thing = self.existing_for(values) or self.table.model()
        if thing.pk and thing in self.saved:
            return [Problem(place, f"står redan i {self.saved[thing]}. Ta bort den ena raden.")]
        before = {key: getattr(thing, key) for key in values} if thing.pk else None
        for key, value in values.items():
            setattr(thing, key, value)
        try:
            thing.full_clean()
        except ValidationError as error:
            return [Problem(place, reason) for reason in reasons(error, self.table.model)]
        self.keep(thing, before, values)
        self.saved[thing] = place
        self.references.add(thing)
        return []

    def keep(self, thing: models.Model, before: dict | None, values: dict):
        """Save what is new or differs, and put it in the report."""
        if before is None:
            self.report.add_new(self.table.place)
            self.existing.append(thing)
        elif changes := {key: (before[key], values[key]) for key in values if before[key] != values[key]}:
            self.report.add_changed(self.table.place, thing, changes)
        else:
            self.report.add_same(self.table.place)
            return
        thing._change_reason = REASON
        thing.save()

    def existing_for(self, values: dict) -> models.Model | None:
        """The row of the register that `values` is about."""
        if self.table.is_single:
            return next(iter(self.existing), None)
        same = [thing for thing in self.existing if self.identity(thing) == self.identity(values)]
        if self.table.model is Person and values.get("email"):
            by_email = [thing for thing in self.existing if thing.email == values["email"]]
            return next(iter(by_email), None) or next((thing for thing in same if thing not in self.saved), None)
        return next(iter(same), None)

    def identity(self, thing) -> tuple:
        """The natural key, of an object or of the values of a row."""
        if isinstance(thing, models.Model):
            return tuple(getattr(thing, self.table.model._meta.get_field(key).attname) for key in self.table.known_by)
        return tuple(getattr(thing[key], "pk", thing[key]) for key in self.table.known_by)


def reasons(error: ValidationError, model: type[models.Model]) -> list[str]:
    """What Django found wrong, each sentence naming its field in Swedish."""
    sentences = []
    for key, messages in error.message_dict.items():
        name = "" if key == NON_FIELD_ERRORS else model._meta.get_field(key).verbose_name
        for message in messages:
            begins_so = message.lower().startswith(name.lower()[:8])
            sentences.append(message[0].lower() + message[1:] if begins_so else f"{name}: {message}")
    return sentences

"""An app's first migration in one step: all its tables as they end up, instead of one model after the other.

Django draws every model that is related to a changed one anew after each operation. With a history beside each table
nearly all models are related, so that a hundred operations take minutes; here they are drawn once.
"""

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation


class FirstTables(Operation):
    """Create the tables of `operations`, which make an app from nothing: models, then the fields and rules of these.

    Only for a first migration: a field or rule that is added to a table of an earlier migration would be lost, so any
    other operation, and any on a model that is not made here, is refused with ValueError.
    """

    def __init__(self, operations):
        self.operations = operations
        made = {each.name_lower for each in operations if isinstance(each, CreateModel)}
        for each in operations:
            if not isinstance(each, CreateModel) and not (
                isinstance(each, AddField | AddConstraint | AddIndex) and each.model_name.lower() in made
            ):
                raise ValueError(f"{each.describe()} does not belong in a first migration")

    def deconstruct(self):
        return type(self).__name__, [], {"operations": self.operations}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # drawn again when it is next asked for
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self._models(app_label, to_state):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self._models(app_label, from_state)):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self):
        return "Create the first tables"

    def _models(self, app_label, state):
        made = [each for each in self.operations if isinstance(each, CreateModel)]
        return [state.apps.get_model(app_label, each.name) for each in made]

from django.db import migrations

PAPER, FILE = "documents_paper", "documents_storedfile"
SENTENCE = "Utfärdade papper och sparade filer ändras inte."


def refuse_changes(apps, schema_editor):
    """The database itself says no, whoever asks. SQLite has no delete trigger: it empties test tables by deleting."""
    if schema_editor.connection.vendor == "sqlite":
        for table in (PAPER, FILE):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION documents_never_changes() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        for table, events in ((PAPER, "UPDATE OR DELETE"), (FILE, "UPDATE")):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_never_changes BEFORE {events} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION documents_never_changes()"
            )


def allow_changes(apps, schema_editor):
    on = " ON {}" if schema_editor.connection.vendor == "postgresql" else ""
    for table in (PAPER, FILE):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_never_changes{on.format(table)}")
    if on:
        schema_editor.execute("DROP FUNCTION IF EXISTS documents_never_changes()")


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(refuse_changes, allow_changes, elidable=False),
    ]

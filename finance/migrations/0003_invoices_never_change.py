from django.db import migrations

SENTENCE = "Utfärdade fakturor ändras inte."
TABLES = ("finance_invoice", "finance_invoiceline", "finance_invoicecredit", "finance_invoicefiles")


def refuse_changes(apps, schema_editor):
    """The database itself says no, whoever asks. SQLite has no delete trigger: it empties test tables by deleting."""
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION finance_never_changes() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        for table in TABLES:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION finance_never_changes()"
            )


def allow_changes(apps, schema_editor):
    on = " ON {}" if schema_editor.connection.vendor == "postgresql" else ""
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_never_changes{on.format(table)}")
    if on:
        schema_editor.execute("DROP FUNCTION IF EXISTS finance_never_changes()")


class Migration(migrations.Migration):

    dependencies = [
        ("finance", "0002_invoices"),
    ]

    operations = [
        migrations.RunPython(refuse_changes, allow_changes, elidable=False),
    ]

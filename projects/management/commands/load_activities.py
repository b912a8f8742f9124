"""manage.py load_activities FIL: activities out of the tables of an operational plan."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from enamnd.refusal import Refused
from projects.actions.importing import load_activities
from projects.spreadsheets import read_rows


class Command(BaseCommand):
    help = "Läser in aktiviteter från CSV eller Excel med rubrikerna Benämning, Status, Tidplan, Kommentar och Grupp."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FIL")

    def handle(self, *, file: Path, **options):
        try:
            taken = load_activities(read_rows(file.read_bytes(), file.name), by=None)
        except OSError as error:
            raise CommandError(f"Filen {file} går inte att läsa: {error.strerror}.") from error
        except Refused as refusal:
            raise CommandError("Inget har sparats.\n" + "\n".join(refusal.lines)) from refusal
        for each in taken:
            self.stdout.write(f"rad {each.number}: {each.name}: {each.what}. {each.told}.")

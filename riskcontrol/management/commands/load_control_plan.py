"""manage.py load_control_plan FIL: a year's control plan out of a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from enamnd.refusal import Refused
from riskcontrol.actions.importing import load_plan


class Command(BaseCommand):
    help = "Läser in en internkontrollplan från en JSON-fil. Formatet står i riskcontrol/planfile.py."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FIL")

    def handle(self, *, file: Path, **options):
        try:
            plan = load_plan(file.read_bytes(), by=None)
        except OSError as error:
            raise CommandError(f"Filen {file} går inte att läsa: {error.strerror}.") from error
        except Refused as refusal:
            raise CommandError("Inget har sparats.\n" + "\n".join(refusal.lines)) from refusal
        self.stdout.write(f"{plan} är inläst med {plan.risks.count()} risker.")

"""manage.py load_goals FIL: a year's goals out of a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from enamnd.refusal import Refused
from riskcontrol.actions.goal_import import load_goals


class Command(BaseCommand):
    help = "Läser in ett års mål och indikatorer från en JSON-fil. Formatet står i riskcontrol/goals/goalfile.py."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FIL")

    def handle(self, *, file: Path, **options):
        try:
            plan = load_goals(file.read_bytes(), by=None)
        except OSError as error:
            raise CommandError(f"Filen {file} går inte att läsa: {error.strerror}.") from error
        except Refused as refusal:
            raise CommandError("Inget har sparats.\n" + "\n".join(refusal.lines)) from refusal
        self.stdout.write(f"{plan} är inläst: {plan.goals.count()} mål, {plan.indicators.count()} indikatorer.")

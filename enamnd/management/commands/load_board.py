"""manage.py load_board FILE: the board, its parties, persons, seats and standard texts from one JSON file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from enamnd.organisation.boardfile.loading import load_board
from enamnd.organisation.boardfile.tables import REGISTER
from enamnd.refusal import Refused
from finance.invoice_boardfile import TABLES as INVOICES
from meetings.boardfile import DELEGATION_ORDERS, DELEGATION_POINTS, PHRASES, STANDING_ITEMS
from riskcontrol.boardfile import GOVERNING_KINDS, RISK_CATEGORIES, RISK_SCALES

TABLES = (
    *REGISTER,
    *(PHRASES, STANDING_ITEMS, DELEGATION_ORDERS, DELEGATION_POINTS),
    *INVOICES,
    *(RISK_SCALES, RISK_CATEGORIES, GOVERNING_KINDS),
)


class Command(BaseCommand):
    help = "Läser in en nämnd från en JSON-fil. Formatet står i enamnd/organisation/boardfile/__init__.py."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FIL")

    def handle(self, *, file: Path, **options):
        try:
            report = load_board(file, tables=TABLES)
        except Refused as refusal:
            raise CommandError("Inget har sparats.\n" + "\n".join(refusal.lines)) from refusal
        if report.is_empty:
            self.stdout.write("Filen säger samma sak som registret. Inget har ändrats.")
        else:
            self.stdout.write("\n".join(report.sentences()))

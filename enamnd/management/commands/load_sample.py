"""manage.py load_sample: the sample board, its accounts and meetings, in an empty portal."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from enamnd.accounts.sample import load_accounts, sample_logins
from enamnd.organisation.boardfile.loading import load_board
from enamnd.organisation.models import Board
from finance.invoice_sample import load_invoices
from finance.sample import load_finance
from meetings.samples.adjusting import load_adjusting
from meetings.samples.board import load_meetings
from meetings.samples.decisions import load_decisions
from meetings.samples.newsletters import load_newsletters
from meetings.samples.notices import load_notices
from meetings.samples.planning import load_planning
from meetings.samples.sitting import load_sitting
from projects.sample import load_projects
from riskcontrol.audits.sample import load_audits
from riskcontrol.goals.sample import load_sample_goals
from riskcontrol.governing_sample import load_governing
from riskcontrol.sample import load_riskcontrol

from .load_board import TABLES

SAMPLE = Path(settings.BASE_DIR) / "enamnd" / "organisation" / "boards" / "norrbotten.json"

# What the apps add once board and accounts are there: functions without arguments, run in this order.
HOOKS = (
    *(load_meetings, load_sitting, load_planning, load_decisions, load_adjusting, load_notices, load_newsletters),
    *(load_projects, load_finance, load_invoices, load_riskcontrol, load_sample_goals, load_governing, load_audits),
)


class Command(BaseCommand):
    help = "Läser in provnämnden med konton och sammanträden i en tom portal, och skriver ut inloggningarna."

    def handle(self, **options):
        if board := Board.objects.first():
            self.stdout.write(f"Portalen har redan en nämnd, {board}. Inget har ändrats.")
        else:
            load_sample()
            self.stdout.write(f"Provnämnden {Board.objects.get()} är inläst.")
        self.write_logins(sample_logins(SAMPLE))

    def write_logins(self, logins):
        if not logins:
            return
        self.stdout.write(f"\nProvkonton, alla med lösenordet {settings.SAMPLE_PASSWORD}\n")
        width = max(len(name) for name, _, _ in logins)
        of_role = max(len(role) for _, role, _ in logins)
        for name, role, email in logins:
            self.stdout.write(f"  {name:<{width}}  {role:<{of_role}}  {email}")


@transaction.atomic
def load_sample():
    load_board(SAMPLE, tables=TABLES)
    load_accounts(SAMPLE)
    for hook in HOOKS:
        hook()

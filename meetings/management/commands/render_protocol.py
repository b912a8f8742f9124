"""manage.py render_protocol ID --output FILE"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings.models import Meeting
from meetings.paper.compose import compose_protocol
from meetings.paper.printing import protocol_pdf


class Command(BaseCommand):
    help = "Skriver sammanträdets protokoll som PDF (PDF/A-2a och PDF/UA-1)."

    def add_arguments(self, parser):
        parser.add_argument("id", type=int, help="sammanträdets nummer")
        parser.add_argument("--output", required=True, help="fil att skriva till")

    def handle(self, *args, id, output, **options):
        meeting = Meeting.objects.select_related("body").filter(pk=id).first()
        if meeting is None:
            raise CommandError(f"Det finns inget sammanträde med nummer {id}.")
        try:
            content = protocol_pdf(compose_protocol(meeting, current_board()))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        Path(output).write_bytes(content)
        self.stdout.write(f"{output}: {len(content)} byte")

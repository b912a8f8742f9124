"""manage.py export_meeting ID [--output FILE]"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from meetings.exchange.exporting import export_meeting
from meetings.models import Meeting


class Command(BaseCommand):
    help = "Skriver ett sammanträde i utbytesformatet (JSON, se README)."

    def add_arguments(self, parser):
        parser.add_argument("id", type=int, help="sammanträdets nummer")
        parser.add_argument("--output", help="fil att skriva till; annars skrivs det ut")

    def handle(self, *args, id, output, **options):
        meeting = Meeting.objects.select_related("body").filter(pk=id).first()
        if meeting is None:
            raise CommandError(f"Det finns inget sammanträde med nummer {id}.")
        text = export_meeting(meeting)
        if output:
            Path(output).write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text, ending="")

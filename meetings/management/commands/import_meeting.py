"""manage.py import_meeting FILE [--create]"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from enamnd.refusal import Refused
from meetings.actions.importing import import_meeting
from meetings.exchange.format import read
from meetings.exchange.letters import letters_told


class Command(BaseCommand):
    help = "Läser in ett sammanträde med sitt protokoll från en fil i utbytesformatet (JSON, se README)."

    def add_arguments(self, parser):
        parser.add_argument("file", help="filen som ska läsas in")
        parser.add_argument("--create", action="store_true", help="lägg upp organet om det inte finns i registret")

    def handle(self, *args, file, create, **options):
        try:
            read_file = read(Path(file).read_bytes())
            meeting = import_meeting(read_file, by=None, create=create)
        except OSError as error:
            raise CommandError(f"{file} går inte att läsa: {error.strerror}.") from error
        except Refused as refusal:
            raise CommandError("\n".join(("Ingenting är inläst.", *refusal.lines))) from refusal
        if told := letters_told(read_file):
            self.stderr.write(told)
        self.stdout.write(f"Inläst: {meeting}, {meeting.paragraphs.count()} paragrafer. Sammanträdets nummer är:")
        self.stdout.write(str(meeting.pk))

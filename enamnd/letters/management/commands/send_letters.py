from django.core.management.base import BaseCommand

from enamnd.formats import count
from enamnd.letters.delivery import deliver_overdue
from enamnd.letters.models import Letter


class Command(BaseCommand):
    help = "Skickar de brev som väntar och vars tid har kommit. Behövs bara när ingen uppgiftsarbetare går."

    def handle(self, **options):
        tried = 0
        while some := deliver_overdue():
            tried += some
        left = Letter.objects.waiting().count()
        self.stdout.write(f"{count(tried, 'brev försöktes', 'brev försöktes')}, {count(left, 'brev', 'brev')} väntar.")

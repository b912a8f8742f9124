"""What the rows of a board file can refer to."""

from django.db import models

from enamnd.organisation.models import Body, Municipality, Person, Seat

NAMED = (Municipality, Person, Body)
WRONG = object()
SHARED = object()


class References:
    """Municipalities, persons, bodies by name, and seats, in the register and in the file read so far.

    A row that was refused is known (WRONG), so that the rows that stand on it need not be complained about too.
    """

    def __init__(self):
        self.named = {model: {} for model in NAMED}
        self.seats = {}
        for model in (*NAMED, Seat):
            for thing in model.objects.all():
                self.add(thing)

    def add(self, thing: models.Model):
        if isinstance(thing, Seat):
            self.seats[(thing.body_id, thing.municipality_id, thing.kind, thing.order)] = thing
        elif type(thing) in NAMED:
            names = self.named[type(thing)]
            names[thing.name] = thing if names.get(thing.name, thing) in (thing, WRONG) else SHARED
            if isinstance(thing, Person) and thing.email:
                names[thing.email] = thing

    def add_wrong(self, model: type[models.Model], row):
        if model in NAMED and isinstance(row, dict):
            self.named[model].setdefault(row.get("name"), WRONG)

    def get(self, model: type[models.Model], name: str):
        """The object, or WRONG when its own row was refused. ValueError with the reason when there is none."""
        thing = self.named[model].get(name)
        if thing is SHARED:
            raise ValueError(f"flera heter ”{name}”; skriv e-postadressen i stället för namnet")
        if thing is None:
            raise ValueError(f"”{name}” finns varken i filen eller i registret")
        return thing

    def seat(self, body, municipality, kind: str, order: int):
        """The seat, or WRONG when its body or municipality was refused. ValueError when there is no such seat."""
        if WRONG in (body, municipality):
            return WRONG
        seat = self.seats.get((body.pk, municipality.pk, kind, order))
        if seat is None:
            name = Seat.Kind(kind).label.lower()
            raise ValueError(f"{municipality} har ingen plats för {name} (ordning {order}) i {body}")
        return seat

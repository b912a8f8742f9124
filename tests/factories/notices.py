"""Adjusted protocols, who signs them, and their notices."""

from datetime import date, timedelta

from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.organisation.models import Board
from meetings.adjusting.frozen import as_content
from meetings.models import AdjustedParagraph, Adjustment, Appeal, Meeting, Notice, Paragraph, Signatory
from meetings.paper.compose import compose_protocol
from meetings.text import sections

from .accounts import user
from .documents import case, paper
from .meetings import adjuster, attend, chair, decision, meeting, paragraph
from .organisation import board, municipality, person


def adjustment(of: Meeting | None = None, *paragraphs: Paragraph, **fields) -> Adjustment:
    """The protocol of a meeting (or these paragraphs), frozen as it reads, and adjusted on 4 July 2022."""
    of = of or meeting(2)
    paragraphs = paragraphs or tuple(of.paragraphs.all())
    made = fields.pop("paper", None) or paper(title=f"Protokoll {of.held_on}")
    defaults = {"frozen": made, "paper": made, "adjusted_on": date(2022, 7, 4), "content": _content_of(of)}
    defaults |= {} if "frozen_by" in fields else {"frozen_by": user("secretary")}
    row = Adjustment.objects.create(meeting=of, **defaults | fields)
    AdjustedParagraph.objects.bulk_create(
        AdjustedParagraph(adjustment=row, paragraph=each, is_void=row.withdrawn_at is not None) for each in paragraphs
    )
    return row


def _content_of(of: Meeting) -> dict:
    """The protocol as data; nothing where no board has been made to compose it with."""
    made = Board.objects.first()
    return as_content(compose_protocol(of, made)) if made else {}


def appeal(against: Paragraph, **fields) -> Appeal:
    """An appeal that came to the court the day after the meeting, and that nobody has looked at."""
    defaults = {"appellant": "Kim Klagande", "received_on": against.meeting.held_on + timedelta(days=1)}
    defaults |= {} if "registered_by" in fields else {"registered_by": user("secretary")}
    return Appeal.objects.create(paragraph=against, **defaults | fields)


def signatory(of: Adjustment | None = None, **fields) -> Signatory:
    """Somebody who is asked to sign, of an adjustment of their own that waits for it."""
    of = of or adjustment(meeting(1), adjusted_on=None)
    who = fields.pop("person", None) or person()
    place = of.signatories.count() + 1
    defaults = {"order": place, "field_name": f"Signatur{place}", "name": who.name, "role": Signatory.Role.ADJUSTER}
    return Signatory.objects.create(adjustment=of, person=who, **defaults | fields)


def notice(of: Adjustment, **fields) -> Notice:
    """The notice of an adjustment in a municipality of its own, not posted yet."""
    return Notice.objects.create(
        adjustment=of, **{"municipality": fields.get("municipality") or municipality()} | fields
    )


def protocol_to_adjust(paragraphs: int = 2, members: int = 3, **fields) -> Meeting:
    """A meeting whose protocol can be frozen: written, numbered, everybody serving, a chair and an adjuster.

    Secretary, chair and adjuster have accounts; `signers_of(meeting)` gives them in the order in which they sign.
    """
    if not Board.objects.exists():
        board()
    made = meeting(**{"numbered_at": timezone.now()} | fields)
    for number in range(1, paragraphs + 1):
        paragraph(made, number=number, case=case(), sections=[decision("att godkänna förslaget."), *_named_lists()])
    rows = [attend(made, presence="serving") for _ in range(members)]
    secretary = person(email="sekreterare@example.org")
    made.secretary, made.secretary_name = secretary, secretary.name
    made.save()
    chair(made, person=rows[0].person)
    adjuster(made, person=rows[1].person)
    for role, who in (("secretary", secretary), ("member", rows[0].person), ("member", rows[1].person)):
        user(role, person=who, name=who.name)
    return made


def _named_lists() -> list[dict]:
    lists = (
        (sections.DOCUMENTS, "Beslutsunderlag", "Tjänsteskrivelse"),
        (sections.RECIPIENTS, "Beslutet skickas till", "Akten"),
    )
    return [
        sections.to_json((sections.new_section(kind, heading, items=[sections.Item(text)]),))[0]
        for kind, heading, text in lists
    ]


def signers_of(of: Meeting) -> list[User]:
    """The accounts of those who sign the protocol of `protocol_to_adjust`: secretary, chair, adjuster."""
    people = [of.secretary, of.chairs.get().person, of.adjusters.get().person]
    return [User.objects.get(person=each) for each in people]

"""What a notice says (anslag): KL 8 kap. 12 § asks where the protocol is and which day its adjustment was announced."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from enamnd.dates import long_date
from enamnd.organisation.models import Board
from meetings.models import Adjustment, Meeting, Notice, Proof, Publication
from meetings.noticing.clocks import span_of

TITLE = "Tillkännagivande av justerat protokoll"


@dataclass(frozen=True)
class NoticeText:
    """A notice ready to be put up: a title, facts in order, and how to appeal."""

    title: str
    facts: tuple[tuple[str, str], ...]
    appeal: str

    def __str__(self):
        facts = "\n".join(f"{label}: {text}" for label, text in self.facts)
        return f"{self.title}\n\n{facts}\n\nÖverklagande\n{self.appeal}"


def notice_text(adjustment: Adjustment, board: Board, *, posted_on: date | None, down_from: date | None = None):
    """The text of a notice that goes up on `posted_on`; empty days are left to be filled in by hand.

    No titles of matters: what was secret must not come out on a notice board.
    """
    meeting = adjustment.meeting
    facts = [
        ("Nämnd", meeting.body.name if meeting.body.name == board.name else f"{board.name}, {meeting.body.name}"),
        ("Sammanträdesdatum", _days(meeting)),
        ("Paragrafer", span_of(adjustment).removeprefix("§ ") or "samtliga"),
        ("Protokollet justerat", long_date(adjustment.adjusted_on)),
        ("Anslaget sätts upp", long_date(posted_on) if posted_on else "………………"),
        ("Anslaget tas ned", _down(down_from)),
        ("Protokollet finns", _where(adjustment, board)),
    ]
    return NoticeText(TITLE, tuple(facts), _appeal(board))


def _days(meeting: Meeting) -> str:
    first = long_date(meeting.held_on)
    return f"{first} – {long_date(meeting.ends_on)}" if meeting.ends_on else first


def publication_address(publication: Publication) -> str:
    return settings.PORTAL_URL + reverse("public:protocol", args=[publication.pk])


def kit_address(notice: Notice) -> str:
    """The address where a registrar confirms without an account: whoever has it may."""
    return settings.PORTAL_URL + reverse("public:kit", args=[notice.token])


def letter_text(notice: Notice, text: NoticeText, board: Board) -> str:
    """What the registrar of a party gets: why, the ready text, and where to confirm."""
    return (
        f"Hej!\n\n{board.name} har justerat ett protokoll. Enligt kommunallagen 9 kap. 32 § ska det tillkännages på "
        f"anslagstavlan hos varje part, också hos {notice.municipality.full_name}. Sätt upp anslaget senast andra "
        "dagen efter justeringen och låt det sitta tills överklagandetiden har gått ut för alla.\n\n"
        f"Bekräfta här när det sitter uppe. Länken är bara till er och kräver ingen inloggning:\n{kit_address(notice)}"
        f"\n\nHar du ett konto i portalen finns alla era anslag här:\n{_own_page()}"
        f"\n\nText att sätta upp\n{'-' * 18}\n\n{text}\n"
    )


def reminder_text(notice: Notice, text: NoticeText, board: Board) -> str:
    return (
        f"Hej!\n\n{board.name} har ännu inte fått besked om att anslaget nedan sitter uppe hos "
        f"{notice.municipality.full_name}. Överklagandetiden börjar inte löpa för någon förrän det gör det.\n\n"
        f"Bekräfta här:\n{kit_address(notice)}\n\nText att sätta upp\n{'-' * 18}\n\n{text}\n"
    )


def _own_page() -> str:
    return settings.PORTAL_URL + reverse("meetings:registrar")


def _down(day: date | None) -> str:
    if day:
        return f"tidigast {long_date(day)}"
    return "tidigast dagen efter att överklagandetiden har gått ut"


def _where(adjustment: Adjustment, board: Board) -> str:
    proof = Proof.objects.filter(meeting=adjustment.meeting_id).first()
    storage = (proof.storage if proof else "") or board.paper_field("default_storage")
    publication = adjustment.publications.filter(withdrawn_at=None).first()
    return f"{storage}, {publication_address(publication)}" if publication else storage


def _appeal(board: Board) -> str:
    court = board.paper_field("court")
    return (
        "Den som är medlem i någon av de kommuner eller regioner som samverkar i nämnden kan begära laglighetsprövning "
        f"av besluten. Överklagandet ska vara skriftligt och ha kommit in till {court} inom tre veckor från den dag då "
        "anslaget satt på samtligas anslagstavlor. Det som enligt klaganden gör beslutet olagligt ska anges innan "
        "tiden har gått ut (kommunallagen 13 kap. 1–8\u00a0§§)."
    )

"""When the register (diarium) may be changed, and what OSL 5 kap. asks of what stands in it."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from enamnd import dates
from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.refusal import Refused

from .models import Case, Document

MEGABYTE = 1024 * 1024
MAX_FILE = 50 * MEGABYTE
FRIDAY = 4


def check_can_register(by):
    check_may(by, Permission.REGISTER_CASES)


def check_can_read_file(document: Document, by):
    """Refused unless `by` reads cases, and registers them where the document is held back.

    Held back is what bears a secrecy mark (TF 2 kap. 20 §), and working material that nobody has approved.
    """
    check_may(by, Permission.READ_CASES)
    if document.secrecy and not by.may(Permission.REGISTER_CASES):
        raise Refused(
            f"Handlingen {document.number} är sekretessmarkerad ({document.secrecy}). Vänd dig till registrator."
        )
    if is_unreleased(document) and not by.may(Permission.REGISTER_CASES):
        raise Refused(f"Handlingen {document.number} är arbetsmaterial. Den kan läsas när den har godkänts.")


def is_unreleased(document: Document) -> bool:
    """Whether it is working material that nobody has approved."""
    return document.is_working and not hasattr(document, "release")


def check_can_release(document: Document, by):
    """Refused unless `by` may approve working material, and the document is such and waits for it."""
    check_may(by, Permission.RELEASE_DOCUMENTS)
    check_not_voided(document)
    if not document.is_working:
        raise Refused(f"{document.number} är inget arbetsmaterial: den kan redan läsas.")
    if not is_unreleased(document):
        raise Refused(f"{document.number} godkändes {dates.long_date(timezone.localdate(document.release.at))}.")


def check_working(direction: str, is_working: bool):
    if is_working and direction != Document.Direction.DRAWN_UP:
        raise Refused(
            "Bara en upprättad handling kan vara arbetsmaterial: det som kommit in eller skickats är allmän handling.",
            field="is_working",
        )


def check_open(case: Case):
    """Refused when nothing more may be registered in the case."""
    if case.voided_because:
        raise Refused(f"Ärende {case.number} är makulerat: {case.voided_because}. Registrera i ett annat ärende.")
    if case.closed_on:
        closed = dates.long_date(case.closed_on)
        raise Refused(f"Ärende {case.number} avslutades {closed}. Öppna det igen, eller registrera i ett annat ärende.")


def check_reason(reason: str):
    """Refused without the reason that explains the gap in the register for ever."""
    if not reason.strip():
        raise Refused("Skriv varför. Numret står kvar i diariet och används inte igen.", field="reason")


def check_not_voided(thing: Case | Document):
    if thing.voided_because:
        raise Refused(f"{thing.number} är redan makulerad: {thing.voided_because}")


def check_can_void_case(case: Case, documents: QuerySet):
    """Refused while the case still holds documents or decisions: neither vanishes with its case."""
    check_not_voided(case)
    if paragraph := case.paragraphs.first():
        raise Refused(f"Ärende {case.number} har behandlats av nämnden ({paragraph}) och kan inte makuleras.")
    if left := documents.filter(voided_because="").first():
        raise Refused(f"Ärende {case.number} har handlingar, bland annat {left.number}. Makulera dem först.")


def check_correspondent(direction: str, correspondent: str):
    """Refused when what came in or went out does not say from or to whom (OSL 5 kap. 2 § 3)."""
    if direction != Document.Direction.DRAWN_UP and not correspondent.strip():
        who = "avsändaren" if direction == Document.Direction.INCOMING else "mottagaren"
        raise Refused(
            f"Skriv {who}: diariet ska visa från vem handlingen kom eller till vem den gick.", field="correspondent"
        )


def check_dated(dated: date):
    if dated > timezone.localdate():
        raise Refused(
            f"{dates.long_date(dated)} har inte varit än. Skriv dagen då handlingen kom, skickades eller blev klar.",
            field="dated",
        )


def check_file(size: int, *, advice: str = "Dela upp den."):
    """Refused above 50 MB, with what to do about it, or when there is nothing in it."""
    if size == 0:
        raise Refused("Filen är tom. Välj en annan fil.", field="upload")
    if size > MAX_FILE:
        raise Refused(
            f"Filen är {size // 1024 // 1024} MB, gränsen är {MAX_FILE // 1024 // 1024} MB. {advice}",
            field="upload",
        )


def late_sentence(document: Document) -> str:
    """What is worth saying of a document that was registered late, or nothing.

    What has come in is registered as soon as possible, by practice the next working day (OSL 5 kap. 1 §).
    """
    registered_on = timezone.localdate(document.registered_at)
    latest = next_weekday(document.dated)
    if document.direction != Document.Direction.INCOMING or registered_on <= latest:
        return ""
    return (
        f"Handlingen kom in {dates.long_date(document.dated)} och registrerades {dates.long_date(registered_on)}. "
        f"Den skulle ha registrerats senast {dates.long_date(latest)}, närmaste vardag efter."
    )


def next_weekday(day: date) -> date:
    """The next Monday to Friday after `day`; holidays are not counted."""
    after = day + timedelta(days=1)
    while after.weekday() > FRIDAY:
        after += timedelta(days=1)
    return after

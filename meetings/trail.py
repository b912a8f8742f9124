"""What has been done to a meeting, in sentences."""

from dataclasses import dataclass
from datetime import datetime

from enamnd.journal.models import Event

from .models import Meeting

PRESENCE = {"serving": "tjänstgör", "present": "närvarar", "absent": "frånvarande"}
KINDS = {"member": "ledamöter", "substitute": "ersättare"}
WORDS = {
    "meeting.created": "lade upp sammanträdet",
    "meeting.imported": "läste in sammanträdet från en fil",
    "meeting.exported": "skrev sammanträdet till en fil",
    "meeting.changed": "ändrade sammanträdets uppgifter",
    "meeting.attendance_refreshed": "hämtade ledamöter och ersättare ur registret",
    "meeting.chairs_set": "angav ordförande",
    "meeting.adjusters_set": "angav justerare",
    "meeting.proof_set": "fyllde i bevis om anslag",
    "meeting.numbered": "gav paragraferna nummer",
    "meeting.numbers_withdrawn": "tog tillbaka paragrafernas nummer",
    "attendance.marked": "markerade närvaro",
    "attendance.everybody_marked": "markerade alla som var omarkerade",
    "attendance.remote_set": "ändrade deltagande på distans",
    "attendance.cleared": "tog bort markering",
    "attendance.period_added": "lade till en ändring i närvaro",
    "attendance.period_removed": "tog bort en ändring i närvaro",
    "attendance.other_added": "lade till övrig närvarande",
    "attendance.other_removed": "tog bort övrig närvarande",
    "paragraph.added": "lade till paragraf",
    "paragraph.renamed": "ändrade rubrik",
    "paragraph.case_set": "ändrade ärende",
    "paragraph.moved": "flyttade",
    "paragraph.removed": "tog bort paragraf",
    "paragraph.restored": "återställde en äldre version",
    "paragraph.section_added": "lade till avsnitt",
    "paragraph.section_removed": "tog bort avsnitt",
    "paragraph.section_moved": "flyttade avsnitt",
    "paragraph.heading_renamed": "ändrade avsnittets rubrik",
}


@dataclass(frozen=True)
class Step:
    """One event in words: who did what to what, and when."""

    at: datetime
    who: str
    what: str


def trail_of(meeting: Meeting):
    """The events of a meeting and of what is within it, the latest first."""
    return Event.objects.about(meeting)


def steps(events) -> list[Step]:
    return [Step(event.at, event.actor_name, in_words(event)) for event in events]


def in_words(event: Event) -> str:
    """What was done: "markerade närvaro: Isak Utsi, Arjeplog (tjänstgör)"."""
    what = WORDS.get(event.verb, "ändrade")
    if event.verb == "attendance.everybody_marked":
        return f"{what}: {KINDS.get(event.data.get('seat_kind'), 'personer')}, {_detail(event.data)}"
    if event.verb.startswith("meeting."):
        return what
    detail = _detail(event.data)
    return f"{what}: {event.subject_name}{f' ({detail})' if detail else ''}"


def _detail(data: dict) -> str:
    presence = PRESENCE.get(data.get("presence", ""), "")
    replaced = f"för {data['replaces']}" if data.get("replaces") else ""
    return " ".join(filter(None, (data.get("when", ""), presence, replaced)))

"""What has been done to a meeting, in sentences."""

from enamnd.formats import listed
from enamnd.journal.models import Event

PRESENCE = {"serving": "tjänstgör", "present": "närvarar", "absent": "frånvarande"}
KINDS = {"member": "ledamöter", "substitute": "ersättare"}
WORDS = {
    "meeting.created": "lade upp sammanträdet",
    "meeting.imported": "läste in sammanträdet från en fil",
    "meeting.changed": "ändrade sammanträdets uppgifter",
    "meeting.attendance_refreshed": "hämtade ledamöter och ersättare ur registret",
    "meeting.day_begun": "angav att {day} började med {paragraph}",
    "meeting.day_forgotten": "tog tillbaka vilken paragraf {day} började med",
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
    "attendance.changed_from": "ändrade närvaro",
    "attendance.other_added": "lade till övrig närvarande",
    "attendance.other_removed": "tog bort övrig närvarande",
    "paragraph.added": "lade till paragraf",
    "paragraph.renamed": "ändrade rubrik",
    "paragraph.case_set": "ändrade ärende",
    "paragraph.moved": "flyttade",
    "paragraph.removed": "tog bort paragraf",
    "paragraph.restored": "återställde en äldre version",
    "section.added": "lade till avsnitt i",
    "section.block_inserted": "infogade text ur registren i",
    "section.removed": "tog bort avsnitt i",
    "section.moved": "flyttade avsnitt i",
    "section.renamed": "ändrade avsnittets rubrik i",
    "section.form_changed": "ändrade avsnittets form i",
    "section.restored": "tog tillbaka avsnitt i",
    "phrase.added": "lade till standardtexten",
    "phrase.changed": "ändrade standardtexten",
    "phrase.moved": "flyttade standardtexten",
    "phrase.retired": "slutade använda standardtexten",
    "phrase.brought_back": "började använda standardtexten igen",
}


def in_words(event: Event) -> str:
    """What was done: "markerade närvaro: Isak Utsi, Arjeplog (tjänstgör)"."""
    what = WORDS.get(event.verb, "ändrade")
    if event.verb == "attendance.everybody_marked":
        return f"{what}: {KINDS.get(event.data.get('seat_kind'), 'personer')}, {_detail(event.data)}"
    detail = _detail(event.data)
    return f"{what}: {event.subject_name}{f' ({detail})' if detail else ''}"


def _detail(data: dict) -> str:
    presence = PRESENCE.get(data.get("presence", ""), "")
    replaced = f"för {data['replaces']}" if data.get("replaces") else ""
    told = " ".join(filter(None, (data.get("when", ""), presence, replaced)))
    return ", ".join(filter(None, (told, data.get("warning", ""))))


def _naming(key: str):
    """The words of a verb with those whom it named: "angav justerare: Isak Utsi (S)"."""
    return lambda event: f"{WORDS[event.verb]}: {listed(event.data.get(key) or ['ingen'])}"


# A verb of the meeting itself needs no more than its words; within a meeting, what it was done to is said too.
WORDINGS = {verb: words if verb.startswith(("meeting.", "phrase.")) else in_words for verb, words in WORDS.items()}
WORDINGS |= {"meeting.chairs_set": _naming("chairs"), "meeting.adjusters_set": _naming("adjusters")}

"""What has been recorded at the table, in sentences for the trail."""

from enamnd.journal.models import Event

WORDS = {
    "sitting.kind_set": "ändrade ärendets slag",
    "sitting.doors_closed": "stängde dörrarna",
    "sitting.doors_opened": "öppnade dörrarna",
    "recusal.added": "antecknade jäv",
    "recusal.stand_in_set": "ändrade ersättare vid jäv",
    "recusal.removed": "tog bort jäv",
    "motion.added": "antecknade yrkande",
    "motion.withdrawn": "antecknade att ett yrkande återtogs",
    "motion.restored": "lät ett återtaget yrkande stå",
    "motion.removed": "tog bort yrkande",
    "motion.procedure_set": "skrev propositionsordningen",
    "ballot.begun": "började omröstning",
    "ballot.votes_cast": "antecknade röster",
    "ballot.finished": "avslutade omröstning",
    "ballot.reopened": "öppnade omröstningen igen",
    "ballot.removed": "tog bort omröstning",
    "ballot.worded": "ändrade resultatets ordalydelse",
    "statement.reservation_added": "antecknade reservation",
    "statement.reservation_removed": "tog bort reservation",
    "statement.note_added": "antecknade protokollsanteckning",
    "statement.note_removed": "tog bort protokollsanteckning",
    "closing.made": "avslutade ärendet",
    "closing.undone": "öppnade ärendet igen",
    "section.written": "skrev ur det som noterats",
}


def _moment(verb: str):
    """öppnade sammanträdet kl. 13.00; the day where it is not the first, and until when it was adjourned."""

    def in_words(event: Event) -> str:
        day = f" {event.data['on']}" if event.data.get("on") else ""
        until = f" till {event.data['until']}" if event.data.get("until") else ""
        return f"{verb} sammanträdet{day} kl. {event.data.get('at', '–')}{until}"

    return in_words


OF_THE_MEETING = {
    "sitting.opened": _moment("öppnade"),
    "sitting.adjourned": _moment("ajournerade"),
    "sitting.resumed": _moment("återupptog"),
    "sitting.closed": _moment("avslutade"),
    "sitting.moment_taken_back": "tog tillbaka tidpunkten kl. {at}",
}


def in_words(event: Event) -> str:
    """What was done: "antecknade jäv: § 8 Budget (Anna Alm (S), Bo Bok (M) i stället)"."""
    data = event.data
    numbers = f"{data['yes']} ja, {data['no']} nej, {data['abstain']} avstår" if "yes" in data else ""
    instead = f"{data['instead']} i stället" if data.get("instead") else ""
    said = (data.get("who"), instead, data.get("outcome"), numbers, data.get("headings"), data.get("warning"))
    detail = ", ".join(filter(None, said))
    return f"{WORDS[event.verb]}: {event.subject_name}{f' ({detail})' if detail else ''}"


WORDINGS = {**OF_THE_MEETING, **dict.fromkeys(WORDS, in_words)}

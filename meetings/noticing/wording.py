"""What the journal's verbs about notices and publication are called, and their letters."""

from enamnd.formats import count
from enamnd.journal.models import Event

LETTER_KINDS = {"notice": "Anslag till registrator", "notice_reminder": "Påminnelse om anslag"}


def _posted(event: Event) -> str:
    late = event.data.get("late")
    told = f", {count(late, 'dag', 'dagar')} för sent" if late else ""
    return f"fick besked att anslaget sitter uppe: {_what(event)}{told}"


def _taken_down(event: Event) -> str:
    told = ", för tidigt: det ska upp igen" if event.data.get("early") else ""
    return f"fick besked att anslaget är nedtaget: {_what(event)}{told}"


def _what(event: Event) -> str:
    who = f", enligt {event.data['who']}" if event.data.get("who") else ""
    return f"{event.subject_name} {event.data.get('day', '')}{who}"


def _opened(event: Event) -> str:
    unreached = event.data.get("unreached")
    told = f" (utan e-postadress: {', '.join(unreached)})" if unreached else ""
    return f"begärde anslag hos {event.data.get('parties', 'alla')} parter{told}"


def _reminded(event: Event) -> str:
    return f"påminde om anslag: {', '.join(event.data.get('to') or ['ingen hade e-postadress'])}"


WORDINGS = {
    "notices.opened": _opened,
    "notices.reminded": _reminded,
    "notice.posted": _posted,
    "notice.taken_down": _taken_down,
    "own_notice.taken_down": "tog ned anslaget från den egna anslagstavlan {day}",
    "appeal.registered": "registrerade ett överklagande som kom in {day}",
    "appeal.handled": "antecknade om överklagandet: {assessment}",
    "appeal.ended": "antecknade hur överklagandet slutade: {outcome}",
    "appeal.removed": "tog bort registreringen av ett överklagande ({reason})",
    "publication.made": "publicerade den offentliga versionen ({masks} maskningar)",
    "publication.withdrawn": "avpublicerade protokollet: {reason}",
}

"""What the journal's verbs about the adjustment are called."""

from enamnd.dates import long_date, parse_date
from enamnd.formats import count, listed
from enamnd.journal.models import Event


def _frozen(event: Event) -> str:
    signers = listed(event.data.get("signers") or ["–"])
    warnings = event.data.get("warnings") or 0
    let = f" ({count(warnings, 'varning bekräftad', 'varningar bekräftade')})" if warnings else ""
    return f"låste protokollet för justering, att undertecknas av {signers}{let}"


def _adjusted(event: Event) -> str:
    on = event.data.get("on")
    return f"såg protokollet bli justerat {long_date(parse_date(on))}" if on else "såg protokollet bli justerat"


def _unlocked(event: Event) -> str:
    void = event.data.get("void") or []
    gone = f". Underskrifterna av {listed(void)} gäller inte längre" if void else ""
    return f"låste upp protokollet: {event.data.get('reason', '–').rstrip('.')}{gone}"


def _elsewhere(event: Event) -> str:
    how = "intygade att de skrivit under på annat sätt" if event.data.get("vouched") else "laddade upp underskrifter"
    return f"{how}: {event.data.get('names', '–')}"


def _signed(event: Event) -> str:
    return f"skrev under protokollet som {event.data.get('role', '–')}"


def _declined(event: Event) -> str:
    return f"avböjde att skriva under protokollet: {event.data.get('reason', '–')}"


def _asked_again(event: Event) -> str:
    return f"bad {event.data.get('name', '–')} om underskrift igen"


WORDINGS = {
    "adjustment.frozen": _frozen,
    "adjustment.signed": _signed,
    "adjustment.adjusted": _adjusted,
    "adjustment.declined": _declined,
    "adjustment.asked_again": _asked_again,
    "adjustment.unlocked": _unlocked,
    "adjustment.signed_elsewhere": _elsewhere,
}

"""What the journal's verbs about decisions, after the meeting and on its behalf, are called."""

from enamnd.journal.models import Event


def _with_warnings(what: str):
    """The words of a verb, and what was warned about: a warning that was let stand is kept for ever."""

    def in_words(event: Event) -> str:
        warnings = " ".join(event.data.get("warnings", ()))
        return f"{what} {event.subject_name}" + (f" (varning: {warnings})" if warnings else "")

    return in_words


def _reported(event: Event) -> str:
    return f"anmälde {', '.join(event.data.get('numbers', ())) or 'delegationsbeslut'} i {event.subject_name}"


def _extract(event: Event) -> str:
    how = "ett ojusterat utdrag" if event.data.get("unadjusted") else "ett utdrag"
    return f"utfärdade {how}: {event.subject_name}"


def _sent(event: Event) -> str:
    return f"skickade med e-post till {', '.join(event.data.get('to', ())) or 'mottagarna'}"


WORDINGS = {
    "delegation_order.written": "började skriva en ny version av delegationsordningen",
    "delegation_order.changed": "ändrade uppgifter i delegationsordningen",
    "delegation_order.adopted": "antog delegationsordningen",
    "delegation_point.added": "lade till punkt {number}",
    "delegation_point.changed": "ändrade punkt {number}",
    "delegation_point.removed": "tog bort punkt {number}",
    "delegated.registered": _with_warnings("registrerade delegationsbeslut"),
    "delegated.changed": _with_warnings("ändrade delegationsbeslut"),
    "delegated.voided": "makulerade delegationsbeslut ({reason})",
    "delegated.reported": _reported,
    "delegated.taken_out": "tog ur anmälan delegationsbeslut",
    "follow_up.added": "gav uppdrag",
    "follow_up.changed": "ändrade uppdrag",
    "follow_up.done": "avslutade uppdrag",
    "follow_up.reopened": "öppnade uppdrag igen",
    "follow_ups.told": "redovisade uppdrag i",
    "council_matter.asked": "lade upp fråga till fullmäktige",
    "council_matter.changed": "ändrade fråga till fullmäktige",
    "council_matter.answered": "förde in fullmäktiges beslut",
    "council_matter.reminded": "påminde dem som inte har svarat i",
    "council_matter.closed": "avslutade fråga till fullmäktige",
    "council_matter.reopened": "öppnade fråga till fullmäktige igen",
    "home_report.told": "förde in återrapporteringen i {place} {day}",
    "extract.issued": _extract,
    "dispatch.opened": "lade upp mottagare av beslut",
    "dispatch.added": "lade till mottagare",
    "dispatch.sent": _sent,
    "dispatch.recorded": "antecknade att handlingen skickades ({manner})",
    "dispatch.confirmed": "bekräftade mottagandet ({who})",
    "dispatch.changed": "ändrade uppgifter om mottagare",
    "dispatch.link_revoked": "återkallade länken i brevet ({reason})",
    "dispatch.removed": "tog bort mottagare",
}
LETTERS = {"dispatch": "Expediering", "council_reminder": "Påminnelse till fullmäktige"}

"""What the journal's verbs about projects are called."""

WORDS = {
    "phase.usual_begun": "lade upp den vanliga processen med {number} faser",
    "phase.added": "lade till fasen",
    "phase.changed": "ändrade fasen",
    "phase.retired": "slutade använda fasen",
    "phase.brought_back": "började använda fasen igen",
    "activity.added": "registrerade aktiviteten",
    "activity.changed": "ändrade aktiviteten",
    "activity.linked": "angav samband ({kind}) med {other}",
    "activity.unlinked": "tog bort sambandet med {other}",
    "activity.phase_entered": "förde aktiviteten till fasen {phase}",
    "activity.loaded": "läste in aktiviteten från en fil",
    "deliverable.approved": "förde in att {approved_by} har godkänt",
    "deliverable.withdrawn": "tog tillbaka godkännandet av",
    "participation.added": "lade till {municipality} som deltagare",
    "participation.changed": "ändrade uppgifterna om {municipality} som deltagare",
    "adoption.told": "angav att {municipality} har läget {state}",
    "report.written": "rapporterade status",
    "report.nothing_new": "rapporterade inget nytt",
}

"""What the journal's verbs about the register are called."""

WORDS = {
    "board.loaded": "läste in nämnden från en fil:",
    "board.changed": "ändrade nämndens ord och regler, {part}:",
    "mandate.added": "lade in uppdrag",
    "mandate.changed": "rättade uppdrag",
    "mandate.ended": "avslutade uppdrag, sista dag {last_day}",
    "office.added": "lade in roll",
    "office.ended": "avslutade roll, sista dag {last_day}",
    "seat.added": "lade till plats",
    "person.added": "lade upp",
    "person.changed": "ändrade uppgifter om",
    "municipality.added": "lade upp",
    "municipality.changed": "ändrade uppgifter om",
    "body.added": "lade upp organet",
    "body.changed": "ändrade organet",
}

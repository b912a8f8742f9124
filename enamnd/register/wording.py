"""What the journal's verbs about the register are called."""

WORDS = {
    "mandate.added": "lade in uppdrag",
    "mandate.changed": "rättade uppdrag",
    "mandate.ended": "avslutade uppdrag, sista dag {last_day}",
    "office.added": "lade in roll",
    "office.ended": "avslutade roll, sista dag {last_day}",
    "seat.added": "lade till plats",
    "body.added": "lade upp organet",
    "body.changed": "ändrade organet",
}

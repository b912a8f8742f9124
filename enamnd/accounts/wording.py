"""What the journal's verbs about accounts are called."""

WORDS = {
    "account.opened": "lade upp kontot",
    "account.changed": "ändrade kontots uppgifter",
    "account.invited": "skickade inbjudan",
    "account.closed": "stängde kontot",
    "account.reopened": "öppnade kontot igen",
    "role.granted": "gav rollen {role} {municipality}",
    "role.ended": "avslutade rollen {role}, sista dag {valid_until}",
}

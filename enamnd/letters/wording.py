"""What the journal's verbs about letters are called."""

WORDS = {
    "letter.given_up": "gav upp att skicka brev ({reason})",
    "letter.tried_again": "skickade om brev",
}

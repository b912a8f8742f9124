"""What the journal's verbs about the register are called."""

WORDS = {
    "case.opened": "lade upp ärendet",
    "case.imported": "registrerade ärendet ur ett inläst sammanträde",
    "case.renamed": "ändrade ärendemeningen, som var ”{before}”",
    "case.closed": "avslutade ärendet",
    "case.reopened": "öppnade ärendet igen",
    "case.voided": "makulerade ärendet: {reason}",
    "document.registered": "registrerade handling",
    "document.voided": "makulerade handling ({reason})",
    "document.released": "godkände arbetsmaterialet",
    "document.marked_secret": "ändrade sekretessmarkering för handling",
    "paper.issued": "utfärdade papperet",
    "paper.withdrawn": "återkallade papperet ({reason})",
}

"""What the journal's verbs about newsletters are called, and the letters."""

WORDINGS = {
    "newsletter.begun": "började skriva nyhetsbrevet",
    "newsletter.named": "ändrade rubrik eller sammanträde för nyhetsbrevet",
    "newsletter.given": "lade in text ur portalen i nyhetsbrevet ({what})",
    "newsletter.discarded": "kastade utkastet till nyhetsbrev",
    "newsletter.tried": "skickade ett prov av nyhetsbrevet till sig själv",
    "newsletter.sent": "skickade nyhetsbrevet ({number})",
    "newsletter.withdrawn": "avpublicerade nyhetsbrevet ({reason})",
    "newsletter_reader.added": "lade till på nyhetsbrevets sändlista",
    "newsletter_reader.changed": "ändrade på nyhetsbrevets sändlista",
    "newsletter_reader.left": "togs bort från nyhetsbrevets sändlista ({reason})",
}
KIND, TRIAL = "newsletter", "newsletter_trial"
LETTERS = {KIND: "Nyhetsbrev", TRIAL: "Nyhetsbrev, prov"}

"""What the journal's verbs about invoices are called."""

WORDS = {
    "run.made": "gjorde faktureringskörningen",
    "run.removed": "tog bort faktureringskörningen",
    "run.attested": "attesterade faktureringskörningen",
    "run.attest_taken_back": "tog tillbaka attesten av faktureringskörningen",
    "run.issued": "utfärdade {number} st, {first}–{last}",
    "run.exported": "hämtade körningens bokföring ({what})",
    "run.files_asked_for": "bad om fakturornas filer igen",
    "invoice.credit_made": "gjorde en kreditering av fakturan ({reason})",
    "invoice.downloaded": "hämtade fakturan ({what})",
    "invoice.paid": "förde in betalning på fakturan: {amount} den {on}",
    "invoice.reminded": "påminde om fakturan",
    "invoice.asked_about": "frågade om fakturan",
    "invoice.answered": "svarade på en fråga om fakturan",
    "seller.saved": "ändrade uppgifterna om säljaren",
    "buyer.saved": "ändrade",
    "vat_rule.saved": "ändrade momsregeln",
    "item_terms.saved": "ändrade faktureringsvillkoren för",
    "chart.loaded": "läste in kontoplanen, {number} konton",
}

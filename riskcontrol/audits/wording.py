"""What the journal's verbs about audits are called."""

WORDS = {
    "audit.begun": "lade upp granskningen",
    "audit.changed": "förde in vad revisorerna sade i",
    "audit.answered": "förde in att nämnden svarade {on} ({where}) på",
    "audit.reply_changed": "rättade uppgifterna om nämndens svar ({where}) på",
    "finding.added": "förde in iakttagelsen",
    "finding.changed": "ändrade iakttagelsen",
    "finding.removed": "tog bort iakttagelsen",
    "audit_measure.added": "lade till åtgärden, klar senast {due_on}:",
    "audit_measure.changed": "ändrade åtgärden",
    "audit_measure.done": "förde in att åtgärden är klar:",
    "questionnaire.loaded": "läste in formuläret med {number} frågor,",
    "questionnaire.changed": "ändrade formulärets uppgifter,",
    "questionnaire.submitted": "lämnade svaren till revisorerna {on},",
    "questionnaire.taken_back": "tog tillbaka de lämnade svaren ({reason}),",
    "question.answered": "besvarade frågan",
    "evidence.added": "förde in underlaget {what} till frågan",
    "evidence.removed": "tog bort underlaget {what} från frågan",
    "audit_package.ordered": "beställde",
    "audit_package.made": "gjorde, med {number} filer,",
    "audit_package.fetched": "hämtade",
}

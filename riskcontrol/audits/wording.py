"""What the journal's verbs about audits are called."""

WORDS = {
    "audit.begun": "lade upp granskningen",
    "audit.changed": "förde in vad revisorerna säger",
    "audit.answered": "förde in nämndens svar, {where}",
    "audit.reply_changed": "rättade uppgifterna om nämndens svar, {where}",
    "finding.added": "förde in iakttagelsen",
    "finding.changed": "ändrade iakttagelsen",
    "finding.removed": "tog bort iakttagelsen",
    "audit_measure.added": "lade till en åtgärd, klar senast {due_on}",
    "audit_measure.changed": "ändrade åtgärden",
    "audit_measure.done": "förde in att åtgärden är klar",
    "questionnaire.loaded": "läste in {number} frågor",
    "questionnaire.changed": "ändrade formulärets uppgifter",
    "questionnaire.submitted": "lämnade svaren till revisorerna {on}",
    "questionnaire.taken_back": "tog tillbaka de lämnade svaren ({reason})",
    "question.answered": "besvarade frågan",
    "evidence.added": "lade till underlaget ”{what}”",
    "evidence.removed": "tog bort underlaget ”{what}”",
    "audit_package.ordered": "beställde paketet",
    "audit_package.made": "gjorde paketet med {number} filer",
    "audit_package.fetched": "hämtade paketet",
}

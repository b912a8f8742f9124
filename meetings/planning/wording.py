"""What the journal's verbs about what stands before a meeting are called."""

WORDS = {
    "planned_day.added": "lade till {day} i sammanträdesplanen",
    "planned_day.moved": "flyttade en dag i sammanträdesplanen från {before} till {after}",
    "planned_day.cancelled": "ställde in {day}: {reason}",
    "planned_day.removed": "tog bort {day} ur sammanträdesplanen",
    "year_plan.meetings_created": "lade upp {number} sammanträden ur sammanträdesplanen",
    "year_plan.proposed": "skrev förslag till sammanträdesplan",
    "year_plan.decision_linked": "angav att sammanträdesplanen är beslutad i {paragraph}",
    "standing_item.added": "lade till en punkt i årshjulet för {months}",
    "standing_item.changed": "ändrade en punkt i årshjulet, som gäller {months}",
    "standing_item.retired": "slutade använda en punkt i årshjulet",
    "standing_item.brought_back": "började använda en punkt i årshjulet igen",
    "meeting.agenda_filled": "hämtade {number} punkter ur årshjulet",
    "call.issued": "utfärdade {title} och skickade den till {number} mottagare",
    "calendar.renewed": "bytte adress till sin kalenderprenumeration",
}
KINDS = {"call": "Kallelse"}

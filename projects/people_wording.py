"""What the journal's verbs about people, commissions, ideas and outside organisations are called."""

from enamnd.formats import listed

WORDS = {
    "assignment.added": "lade till i bemanningen",
    "assignment.changed": "ändrade i bemanningen",
    "activity.body_added": "lade till {body} som {role}",
    "activity.body_removed": "tog bort {body} som {role}",
    "activity.stakeholder_added": "lade till intressenten {who}",
    "activity.stakeholder_changed": "ändrade intressenten {who}",
    "activity.stakeholder_removed": "tog bort intressenten {who}",
    "resource.asked": "frågade kommunerna om resurser",
    "resource.changed": "ändrade resursbegäran",
    "resource.closed": "avslutade resursbegäran",
    "resource.answered": "förde in svaret {outcome} från {municipality}",
    "resource.reminded": lambda event: f"påminde {listed(event.data.get('to', [])) or 'ingen'} om resursbegäran",
    "commission.received": "förde in uppdraget från {given_by}",
    "commission.changed": "ändrade uppdraget från {given_by}",
    "commission.accepted": "förde in att nämnden har accepterat uppdraget",
    "commission.declined": "förde in att nämnden inte har accepterat uppdraget",
    "commission.closed": "avslutade uppdraget",
    "commission.reopened": "tog upp uppdraget igen",
    "commission.became": "lät uppdraget bli aktiviteten {other}",
    "idea.moved": "flyttade idén till plats {number}",
    "idea.put_aside": "lade idén åt sidan: {reason}",
    "idea.taken_up": "tog upp idén igen",
    "idea.became": "lät idén bli aktiviteten {other}",
    "outside.added": "lade till den externa organisationen",
    "outside.changed": "ändrade den externa organisationen",
}

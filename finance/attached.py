"""Whether the paragraph that decided a budget says what each municipality pays (fördelning per kommun, R265)."""

from enamnd.organisation.models import Municipality
from meetings.blocks import made_of
from meetings.text.sections import from_json

from .models import BudgetVersion

SHARES = {"allocation", "year_allocation"}


def lacks_shares(version: BudgetVersion) -> bool:
    """Whether the budget was decided in a paragraph of the portal that neither was given the table nor has one written
    by hand, which names every party.
    """
    decided = getattr(version, "decided", None)
    if decided is None or decided.paragraph is None:
        return False
    sections = from_json(decided.paragraph.sections)
    if any(made.block in SHARES for section in sections for made in made_of(section)):
        return False
    text = " ".join(section.html for section in sections)
    return not all(name in text for name in Municipality.objects.filter(is_party=True).values_list("name", flat=True))

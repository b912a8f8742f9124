"""Budgets out for consultation (samråd), and which parties have not answered."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from enamnd.organisation.models import Municipality
from enamnd.waiting import Waiting

from . import budgets
from .figures import consulted_parties
from .models import BudgetVersion, ConsultationAnswer


@dataclass(frozen=True)
class Asked:
    """A proposal that a party has been asked about, and what it answered."""

    version: BudgetVersion
    municipality: Municipality
    answer: ConsultationAnswer | None

    @property
    def href(self) -> str:
        at = [self.version.budget.year, self.version.number, self.municipality.pk]
        return reverse("finance:consultation_answer", args=at)


def out_for_consultation() -> list[BudgetVersion]:
    """The latest version that was sent of each budget that is not decided yet, the first to be answered first."""
    sent = budgets.versions().filter(consulted_on__isnull=False).exclude(budget__versions__decided__isnull=False)
    sent = sent.order_by("-number").prefetch_related("answers")
    latest = {each.budget_id: each for each in reversed(sent)}
    return sorted(latest.values(), key=lambda each: each.answer_by or date.max)


def asked_of(municipalities: Collection[int]) -> list[Asked]:
    """What the municipalities, by their keys, are asked about now; the host asks the others and not itself."""
    versions = out_for_consultation() if municipalities else []
    parties = [each for each in consulted_parties() if each.pk in municipalities] if versions else []
    return [Asked(version, place, _answer(version, place)) for version in versions for place in parties]


def _answer(version: BudgetVersion, place: Municipality) -> ConsultationAnswer | None:
    return next((each for each in version.answers.all() if each.municipality_id == place.pk), None)


def waiting_to_answer(municipalities: Collection[int], *, may_answer: bool = True) -> Iterator[Waiting]:
    """A line for each proposal that one of the municipalities has not answered."""
    for each in asked_of(municipalities):
        if each.answer is None:
            what = f"Samråd om {str(each.version.budget).lower()}"
            why = f"{each.municipality.full_name} har inte svarat på förslaget."
            href = each.href if may_answer else each.version.get_absolute_url()
            yield Waiting(each.version.answer_by, what, why, href, "Svara" if may_answer else "Öppna")

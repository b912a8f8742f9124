"""What is to be done in the economy, in sentences with the address where it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from enamnd.dates import long_date
from enamnd.formats import count

from . import budgets
from .consulting import out_for_consultation
from .figures import as_of_for, consulted_parties, figures_on, parties
from .models import Allocation, KeyFigureKind, ModelPart, OutcomeRow


@dataclass(frozen=True)
class Thing:
    """A thing to do: what, why, where, and by when if there is a day."""

    what: str
    why: str
    href: str
    due_on: date | None = None


def standing(today: date) -> list[Thing]:
    """What is to be done, the most pressing first."""
    return [*pressing(today), *_undecided()]


def pressing(today: date) -> list[Thing]:
    """What others wait for, or what is wrong."""
    return [*_answers(), *_unmapped(), *_wrong(), *_figures(today.year + 1)]


def _answers() -> Iterator[Thing]:
    asked = out_for_consultation()
    asked_parties = {each.pk for each in consulted_parties()} if asked else set()
    for version in asked:
        missing = len(asked_parties - {each.municipality_id for each in version.answers.all()})
        if missing > 0 and version.answer_by:
            until = long_date(version.answer_by)
            why = f"{count(missing, 'kommun', 'kommuner')} har inte svarat. Svaren ska vara inne {until}."
            yield Thing(f"Samråd om {str(version.budget).lower()}", why, version.get_absolute_url(), version.answer_by)


def _unmapped() -> Iterator[Thing]:
    rows = OutcomeRow.objects.filter(item=None, outcome__replaced_by=None, outcome__budget__year_end=None)
    for year in rows.values_list("outcome__budget__year", flat=True).distinct().order_by("outcome__budget__year"):
        number = rows.filter(outcome__budget__year=year).count()
        why = f"{count(number, 'rad', 'rader')} i utfallet hör inte till någon post."
        yield Thing(f"Kontera utfallet {year}", why, reverse("finance:follow_up", args=[year]))


def _wrong() -> Iterator[Thing]:
    for version in budgets.holding_versions(years=2):
        found = budgets.findings_of(version)
        if found:
            why = f"{count(len(found), 'sak stämmer', 'saker stämmer')} inte."
            yield Thing(f"Rätta {str(version.budget).lower()}", why, version.get_absolute_url())


def _figures(year: int) -> Iterator[Thing]:
    used = ModelPart.objects.filter(version__adopted_on__isnull=False, version__model__retired_on=None).values("kind")
    number = len(parties())
    for kind in KeyFigureKind.objects.filter(pk__in=used):
        day = as_of_for(kind, year)
        missing = number - len(figures_on(kind, day))
        if missing > 0:
            who = count(missing, "kommun", "kommuner")
            why = f"{who} saknar tal per den {long_date(day)}, som fördelningen {year} räknas av."
            yield Thing(f"Läs in {kind.name.lower()}", why, reverse("finance:figures", args=[kind.pk]))


def _undecided() -> Iterator[Thing]:
    for each in Allocation.objects.current().filter(decided=None).order_by("-year", "title")[:5]:
        yield Thing(f"För in beslutet om {each.title}", "Fördelningen är inte beslutad.", each.get_absolute_url())

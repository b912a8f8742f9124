"""One municipality's part of the economy: what it pays for a year, what is carried over, and the years before."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Sum
from django.utils import timezone

from enamnd.accounts.models import RoleGrant
from enamnd.organisation.models import Municipality

from .comparing import population
from .figures import parties
from .models import AllocationShare, CarriedShare

__all__ = ["Page", "page_for", "parties", "whose"]


@dataclass(frozen=True)
class Page:
    """A municipality's year. `years` are what it paid each year, in öre; `per_inhabitant` öre, exactly."""

    year: int
    shares: tuple[AllocationShare, ...]
    total: int
    per_inhabitant: Fraction | None
    carried: tuple[CarriedShare, ...]
    years: tuple[tuple[int, int], ...]


def whose(user, wanted: str) -> tuple[Municipality | None, bool]:
    """The municipality to show, and whether it is the person's own. Those without one choose."""
    own = Municipality.objects.filter(
        pk__in=RoleGrant.objects.valid_on(timezone.localdate())
        .filter(user=user, municipality__isnull=False)
        .values("municipality")
    ).order_by("name")
    if wanted.isdecimal() and len(wanted) < 18:
        chosen = Municipality.objects.filter(pk=int(wanted)).first()
        return chosen, bool(chosen and chosen in own)
    found = own.first()
    return found, found is not None


def page_for(municipality: Municipality, wanted: str, today: date) -> Page:
    """What it pays for the year asked for, else the latest year up to the next that has allocations."""
    rows = AllocationShare.objects.filter(municipality=municipality, allocation__replaced_by=None)
    sums = rows.values_list("allocation__year").annotate(total=Sum("amount")).order_by("allocation__year")
    years = tuple((year, total) for year, total in sums)
    known = [year for year, _ in years]
    year = int(wanted) if wanted in map(str, known) else _usual(known, today)
    shares = tuple(
        rows.filter(allocation__year=year, takes_part=True)
        .select_related("allocation__version__model", "allocation__item", "allocation__decided__paragraph__meeting")
        .order_by("allocation__item__position", "allocation__title")
    )
    total = sum(each.amount for each in shares)
    people, _ = population([municipality])
    number = people.get(municipality.pk)
    carried = CarriedShare.objects.filter(municipality=municipality, carried__year_end__budget__year=year - 1)
    return Page(
        year,
        shares,
        total,
        Fraction(total) / Fraction(number) if number else None,
        tuple(carried.select_related("carried__item", "carried__year_end")),
        years,
    )


def _usual(known: list[int], today: date) -> int:
    now = [year for year in known if year <= today.year + 1]
    return now[-1] if now else (known[-1] if known else today.year)

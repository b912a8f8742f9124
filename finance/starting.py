"""What a form of the economy begins with: the item, the project or the allocation that a person came from."""

from collections.abc import Mapping
from datetime import date

from enamnd.dates import FIRST_YEAR, LAST_YEAR
from enamnd.organisation.models import Municipality
from projects.models import Participation

from .models import Allocation, BudgetRow, CostItem, ModelVersion, Side

LONGEST = 18  # digits


def starting_values(asked: Mapping[str, str], replaces: Allocation | None, today: date) -> dict:
    """For a new allocation: of an item and a year (?post=&ar=), of an activity (?aktivitet=), or instead of another."""
    if replaces:
        return _of(replaces)
    year = _year(asked.get("ar")) or today.year + 1
    values = {"year": year, "places": Municipality.objects.filter(is_party=True)}
    item = CostItem.objects.select_related("model", "activity").filter(pk=_number(asked.get("post"))).first()
    activity = _number(asked.get("aktivitet")) or (item.activity_id if item else None)
    if activity:
        joined = Participation.objects.filter(activity=activity, left_on=None).values("municipality")
        values |= {"activity": activity, "places": Municipality.objects.filter(pk__in=joined)}
    if item:
        values |= {"item": item.pk, "title": f"{item.name} {year}", "amount": budgeted(item, year)}
        if item.model_id and (version := version_in_force(item.model_id, year)):
            values["version"] = version.pk
    return values


def version_in_force(model_id: int, year: int) -> ModelVersion | None:
    """The adopted version of a model that holds for a year."""
    adopted = ModelVersion.objects.filter(model=model_id, adopted_on__isnull=False, valid_from__lte=date(year, 12, 31))
    return adopted.order_by("-valid_from", "-number").first()


def budgeted(item: CostItem, year: int) -> int | None:
    """What the item brings in by the year's budget, in öre: the latest decided version, else the latest there is."""
    rows = BudgetRow.objects.filter(item=item, side=Side.INCOME, version__budget__year=year)
    decided = rows.filter(version__decided__isnull=False)
    latest = (decided if decided.exists() else rows).order_by("-version__number").first()
    if latest is None:
        return None
    same = rows.filter(version=latest.version_id).values_list("amount", flat=True)
    return sum(each or 0 for each in same)


def _of(allocation: Allocation) -> dict:
    names = ("title", "year", "amount", "version", "item", "activity", "outside_source", "note")
    shares = allocation.shares.filter(takes_part=True).values("municipality")
    return {name: getattr(allocation, name) for name in names} | {
        "outside": allocation.outside,
        "places": Municipality.objects.filter(pk__in=shares),
    }


def _number(text: str | None) -> int | None:
    """A number of an address; None for what no row can have."""
    return int(text) if text and text.isdecimal() and len(text) < LONGEST else None


def _year(text: str | None) -> int | None:
    number = _number(text)
    return number if number and FIRST_YEAR <= number <= LAST_YEAR else None

"""The verbs of allocations: made, decided, replaced, and bought into. What is made never changes."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.formats import listed
from enamnd.journal.record import record
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from projects.models import Activity

from .. import rules
from ..figures import parties
from ..models import (
    Allocation,
    AllocationDecision,
    AllocationPart,
    AllocationShare,
    CostItem,
    ModelPart,
    ModelVersion,
    SharePart,
)
from ..weighing import WorkedOut, work_out, work_out_again

FEWEST_IN_PROJECT = 2


@transaction.atomic
def make_allocation(
    title: str,
    year: int,
    version: ModelVersion,
    places: Sequence[Municipality],
    amount: int,
    *,
    by: User | None,
    item: CostItem | None = None,
    activity: Activity | None = None,
    given: dict[str, Decimal] | None = None,
    outside: int = 0,
    outside_source: str = "",
    note: str = "",
    replaces: Allocation | None = None,
) -> Allocation:
    """Divide an amount for a year and freeze it, a row a municipality (fördela). `amount` and `outside` in öre.

    Refused as `work_out` refuses, for a version that is not in force, for a project with one participant, and for an
    allocation that another has replaced already.
    """
    if by is not None:
        rules.check_can_keep(by)
    today = timezone.localdate()
    rules.check_can_allocate_by(version, date(year, 12, 31))
    check_participants(activity, places)
    replaces = _locked(replaces) if replaces else None
    worked = work_out(version, places, amount, year, given=given, outside=outside)
    allocation = Allocation.objects.create(
        title=title.strip(),
        year=year,
        item=item,
        activity=activity,
        version=version,
        allocated_on=today,
        amount=amount,
        outside=worked.allocated.outside,
        outside_source=_who_meets(version, outside_source.strip()),
        unit=version.unit,
        denominator=str(worked.allocated.denominator),
        note=note.strip(),
        made_by=by,
        cause=Allocation.Cause.CORRECTED if replaces else Allocation.Cause.FIRST,
    )
    _freeze(allocation, worked)
    if replaces:
        _point(replaces, allocation)
    record("allocation.made", allocation, by=by, amount=amount, municipalities=len(places))
    return allocation


def _who_meets(version: ModelVersion, source: str) -> str:
    """Who meets what is met from outside: those whom the model names, and who gave the rest (Regionen och bidrag)."""
    named = version.parts.filter(method=ModelPart.Method.OUTSIDE).exclude(note="").values_list("note", flat=True)
    return listed([*named, *filter(None, [source])])[:200]


def check_participants(activity: Activity | None, places: Sequence[Municipality]):
    """Refused for a project that fewer than two municipalities pay for."""
    if activity and activity.kind == Activity.Kind.PROJECT and len(places) < FEWEST_IN_PROJECT:
        raise Refused("Ett projekt betalas av minst två kommuner. Välj fler deltagare.", field="places")


@transaction.atomic
def let_buy_in(
    allocation: Allocation, joiner: Municipality, *, by: User, given: Decimal | None = None, note: str = ""
) -> Allocation:
    """Let a municipality in afterwards by the same principles (köpa in sig).

    A new allocation takes the place of the first, counted as if the joiner had been in it from the start. What the
    joiner pays is what the others are credited: the difference between the two.
    """
    rules.check_can_keep(by)
    allocation = _locked(allocation)
    worked = worked_with(allocation, joiner, given)
    made = Allocation.objects.create(
        **{name: getattr(allocation, name) for name in ("title", "year", "item", "activity", "version", "amount")},
        allocated_on=timezone.localdate(),
        outside=allocation.outside,
        outside_source=allocation.outside_source,
        unit=allocation.unit,
        denominator=str(worked.allocated.denominator),
        note=note.strip(),
        made_by=by,
        cause=Allocation.Cause.BUY_IN,
    )
    _freeze(made, worked)
    _point(allocation, made)
    record("allocation.bought_into", made, by=by, municipality=joiner.name)
    return made


def worked_with(allocation: Allocation, joiner: Municipality, given: Decimal | None = None) -> WorkedOut:
    """The allocation with a late joiner, worked out but not kept. Refused for one who takes part already."""
    rows = allocation.shares.filter(takes_part=True).select_related("municipality")
    places = [each.municipality for each in rows]
    if joiner in places:
        raise Refused(f"{joiner.name} deltar redan. Välj en kommun som inte gör det.", field="municipality")
    return work_out_again(allocation, joiner, given, places=places)


@transaction.atomic
def decide_allocation(
    allocation: Allocation, *, by: User, decided_on: date, paragraph=None, decision: str = ""
) -> AllocationDecision:
    """Keep where an allocation was decided (beslut). Refused when it has been, and for a day to come."""
    rules.check_can_keep(by)
    allocation = Allocation.objects.select_for_update(of=("self",)).get(pk=allocation.pk)
    if hasattr(allocation, "decided"):
        raise Refused("Beslutet är redan infört.")
    rules.check_has_been(decided_on, timezone.localdate(), "decided_on")
    rules.check_decision(paragraph, decision)
    made = AllocationDecision.objects.create(
        allocation=allocation, decided_on=decided_on, paragraph=paragraph, decision=decision.strip(), by=by
    )
    record("allocation.decided", allocation, by=by)
    return made


def _locked(allocation: Allocation) -> Allocation:
    """The allocation, locked. Refused when another has taken its place."""
    allocation = Allocation.objects.select_for_update(of=("self",)).select_related("version").get(pk=allocation.pk)
    if allocation.replaced_by_id:
        raise Refused(f"Fördelningen {allocation} är redan ersatt av en annan. Utgå från den.")
    return allocation


def _point(before: Allocation, after: Allocation):
    before.replaced_by = after
    before.save(update_fields=["replaced_by"])


def _freeze(allocation: Allocation, worked: WorkedOut):
    """The rows, with every intermediate figure; those of the board's parties who do not take part get a row of 0."""
    parts = AllocationPart.objects.bulk_create(
        AllocationPart(
            allocation=allocation,
            position=basis.model_part.position,
            name=basis.name[:200],
            method=basis.model_part.method,
            kind=basis.kind,
            as_of=basis.as_of,
            numerator=str(size),
            weight=_as_decimal(weight),
        )
        for basis, size, weight in zip(worked.bases, worked.allocated.sizes, worked.allocated.weights, strict=True)
    )
    shares = AllocationShare.objects.bulk_create([_share(allocation, *each) for each in worked.shares])
    outside = [each for each in parties() if each not in worked.places]
    AllocationShare.objects.bulk_create(
        AllocationShare(allocation=allocation, municipality=each, takes_part=False, amount=0, nearest=0)
        for each in outside
    )
    lines = [
        _line(share, part, basis, numerator)
        for share, counted in zip(shares, worked.allocated.shares, strict=True)
        for part, basis, numerator in zip(parts, worked.bases, counted.parts, strict=True)
    ]
    SharePart.objects.bulk_create(lines, batch_size=500)


def _share(allocation: Allocation, place: Municipality, counted) -> AllocationShare:
    return AllocationShare(
        allocation=allocation,
        municipality=place,
        amount=counted.amount,
        nearest=counted.nearest,
        numerator=str(counted.numerator),
        carries=counted.carries,
    )


def _line(share: AllocationShare, part: AllocationPart, basis, numerator: int) -> SharePart:
    name = share.municipality.name
    weight = 1 if basis.part.weights is None else basis.part.weights[name]
    figure = (basis.figures or {}).get(name)
    return SharePart(share=share, part=part, weight=_as_decimal(weight), figure=figure, numerator=str(numerator))


def _as_decimal(weight) -> Decimal:
    return Decimal(weight.numerator) / Decimal(weight.denominator)

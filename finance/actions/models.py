"""The verbs of allocation models: drafts are written part by part, adopted in a paragraph, and never change after."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.formats import fraction
from enamnd.journal.record import record
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

from .. import rules
from ..allocation import check_parts
from ..models import AllocationModel, FixedShare, ModelPart, ModelVersion
from ..weighing import plain_parts

FACTS = ("name", "purpose", "retired_on")
VERSION_FACTS = ("valid_from", "unit", "note")


@transaction.atomic
def add_model(*, by: User, valid_from: date, unit: int, **facts) -> AllocationModel:
    """Begin a model with an empty draft (ny fördelningsmodell)."""
    rules.check_can_keep(by)
    model = AllocationModel.objects.create(**facts)
    ModelVersion.objects.create(model=model, number=1, valid_from=valid_from, unit=unit, made_by=by)
    record("allocation_model.added", model, by=by)
    return model


@transaction.atomic
def change_model(model: AllocationModel, *, by: User, **facts) -> AllocationModel:
    """Change what a model is called and used for, or stop using it."""
    rules.check_can_keep(by)
    model = AllocationModel.objects.select_for_update().get(pk=model.pk)
    for name, value in facts.items():
        setattr(model, name, value)
    model.save()
    record("allocation_model.changed", model, by=by)
    return model


@transaction.atomic
def add_version(model: AllocationModel, *, by: User) -> ModelVersion:
    """Begin a new version, a copy of the latest, to change and adopt. Refused while there is a draft."""
    rules.check_can_keep(by)
    model = AllocationModel.objects.select_for_update().get(pk=model.pk)
    latest = model.versions.order_by("-number").first()
    if latest and not latest.is_adopted:
        raise Refused("Det finns redan ett utkast till ny version. Ändra det.")
    number = latest.number + 1 if latest else 1
    unit = latest.unit if latest else ModelVersion.Unit.KRONA
    version = ModelVersion.objects.create(
        model=model, number=number, valid_from=date(timezone.localdate().year + 1, 1, 1), unit=unit, made_by=by
    )
    for part in latest.parts.all() if latest else ():
        _copy(part, version)
    record("model_version.added", version, by=by, within=model)
    return version


def _copy(part: ModelPart, to: ModelVersion):
    shares = list(part.fixed_shares.all())
    fields = {name: getattr(part, name) for name in ("position", "method", "size", "percent", "amount", "kind", "note")}
    made = ModelPart.objects.create(version=to, **fields)
    FixedShare.objects.bulk_create(
        FixedShare(part=made, municipality_id=each.municipality_id, percent=each.percent) for each in shares
    )


@transaction.atomic
def change_version(version: ModelVersion, *, by: User, **facts) -> ModelVersion:
    """Change from when a draft holds, what it rounds to, and why it is as it is."""
    rules.check_can_keep(by)
    version = _locked(version)
    rules.check_model_is_draft(version)
    for name, value in facts.items():
        setattr(version, name, value)
    version.save()
    record("model_version.changed", version, by=by, within=version.model)
    return version


@transaction.atomic
def add_part(
    version: ModelVersion,
    method: str,
    size: str,
    *,
    by: User,
    fixed: dict[Municipality, Decimal] | None = None,
    **facts,
) -> ModelPart:
    """Put a part in a draft (ny del). `fixed` are the fixed shares in per cent, which must make 100."""
    rules.check_can_keep(by)
    version = _locked(version)
    rules.check_model_is_draft(version)
    _check_part(method, size, facts, fixed or {})
    last = version.parts.order_by("-position").first()
    part = ModelPart.objects.create(
        version=version, position=last.position + 1 if last else 1, method=method, size=size, **facts
    )
    FixedShare.objects.bulk_create(
        FixedShare(part=part, municipality=place, percent=percent) for place, percent in (fixed or {}).items()
    )
    record("model_version.part_added", version, by=by, within=version.model)
    return part


def _check_part(method: str, size: str, facts: dict, fixed: dict[Municipality, Decimal]):
    percent, amount = facts.get("percent"), facts.get("amount")
    if size == ModelPart.Size.PERCENT and (percent is None or not 0 < percent <= 100):
        raise Refused("Skriv hur många procent delen är, över 0 och högst 100.", field="percent")
    if size == ModelPart.Size.AMOUNT and (amount is None or amount <= 0):
        raise Refused("Skriv hur många kronor delen är.", field="amount")
    if size == ModelPart.Size.REST and method == ModelPart.Method.OUTSIDE:
        raise Refused("Det som täcks utifrån anges i procent eller kronor.", field="size")
    if (method == ModelPart.Method.FIGURE) != (facts.get("kind") is not None):
        chosen = method == ModelPart.Method.FIGURE
        raise Refused("Välj nyckeltal." if chosen else "Nyckeltal hör till en del efter nyckeltal.", field="kind")
    total = sum(fixed.values(), Decimal(0))
    if method == ModelPart.Method.FIXED and total != 100:
        raise Refused(f"De fasta andelarna blir {fraction(total, 4)} %. De ska bli 100 %.", field="fixed")


@transaction.atomic
def remove_part(part: ModelPart, *, by: User):
    """Take a part out of a draft."""
    rules.check_can_keep(by)
    version = _locked(part.version)
    rules.check_model_is_draft(version)
    part.fixed_shares.all().delete()
    part.delete()
    record("model_version.part_removed", version, by=by, within=version.model)


@transaction.atomic
def adopt_version(
    version: ModelVersion, *, by: User, adopted_on: date, paragraph=None, decision: str = ""
) -> ModelVersion:
    """Keep where a version was adopted (antagen): from then on it never changes.

    Refused for a day to come, without a decision, and for parts that do not make the whole.
    """
    rules.check_can_keep(by)
    version = _locked(version)
    rules.check_model_is_draft(version)
    rules.check_has_been(adopted_on, timezone.localdate(), "adopted_on")
    rules.check_decision(paragraph, decision)
    check_parts(plain_parts(version))
    version.adopted_on, version.paragraph, version.decision, version.adopted_by = (
        adopted_on, paragraph, decision.strip(), by,
    )  # fmt: skip
    version.save()
    record("model_version.adopted", version, by=by, within=version.model, decision=decision.strip())
    return version


def _locked(version: ModelVersion) -> ModelVersion:
    return ModelVersion.objects.select_for_update(of=("self",)).select_related("model").get(pk=version.pk)

"""The verbs of scales and categories."""

from django.db import transaction
from django.db.models import Max

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import rules
from ..default_scales import USUAL_CATEGORIES, USUAL_SCALES
from ..models import ControlPlan, PlanAdoption, Risk, RiskCategory, RiskScale
from ..scoring import Scale, as_data, read_scale


@transaction.atomic
def begin_with_usual(*, by: User):
    """Take the usual scales and categories as the board's own, to change from there. What is there already stays."""
    rules.check_can_keep(by)
    made = [
        RiskScale.objects.get_or_create(name=name, defaults=as_data(read_scale(data)))[0]
        for name, data in USUAL_SCALES.items()
    ]
    for order, (name, meaning) in enumerate(USUAL_CATEGORIES, 1):
        RiskCategory.objects.get_or_create(name=name, defaults={"meaning": meaning, "order": order * 10})
    record("risk_scale.usual_begun", made[0], by=by)


@transaction.atomic
def add_scale(name: str, scale: Scale, *, by: User) -> RiskScale:
    """Make a scale (ny riskskala). Refused when the name is taken."""
    rules.check_can_keep(by)
    _check_name(RiskScale, name)
    made = RiskScale.objects.create(name=name.strip(), **as_data(scale))
    record("risk_scale.added", made, by=by)
    return made


@transaction.atomic
def change_scale(row: RiskScale, name: str, scale: Scale, *, by: User) -> RiskScale:
    """Change words and levels of a scale, and its size. Refused when an adopted plan, or a value, stands on it."""
    rules.check_can_keep(by)
    row = RiskScale.objects.select_for_update().get(pk=row.pk)
    _check_name(RiskScale, name, besides=row)
    data = as_data(scale)
    if any(getattr(row, key) != value for key, value in data.items()):
        _check_not_adopted(row)
        _check_room(row, scale)
    for key, value in {"name": name.strip(), **data}.items():
        setattr(row, key, value)
    row.save()
    record("risk_scale.changed", row, by=by)
    return row


def _check_not_adopted(row: RiskScale):
    adopted = PlanAdoption.objects.filter(plan__scale=row, withdrawn_at=None).values("plan")
    plan = ControlPlan.objects.filter(pk__in=adopted).order_by("-year").first()
    if plan:
        raise Refused(f"{plan.title} är antagen med den här skalan. Gör en ny skala för kommande år i stället.")


def _check_room(row: RiskScale, scale: Scale):
    """Every value that has been given must still stand on the scale."""
    risks = Risk.objects.filter(plan__scale=row)
    highest = risks.aggregate(
        likelihood=Max("likelihood"),
        consequence=Max("consequence"),
        likelihood_after=Max("likelihood_after"),
        consequence_after=Max("consequence_after"),
        scored_likelihood=Max("scores__likelihood"),
        scored_consequence=Max("scores__consequence"),
    )
    for axis, word in ((scale.likelihood, "likelihood"), (scale.consequence, "consequence")):
        most = max((value or 0 for key, value in highest.items() if word in key), default=0)
        if most > axis.size:
            raise Refused(f"Risker har fått {axis.name.lower()} {most}. Skalan måste ha minst så många steg.")


@transaction.atomic
def add_category(*, by: User, **facts) -> RiskCategory:
    """Make a category of risks."""
    rules.check_can_keep(by)
    _check_name(RiskCategory, facts["name"])
    made = RiskCategory.objects.create(**facts)
    record("risk_category.added", made, by=by)
    return made


@transaction.atomic
def change_category(row: RiskCategory, *, by: User, **facts) -> RiskCategory:
    """Change a category, or say from when it is not used. Risks that have it keep it."""
    rules.check_can_keep(by)
    row = RiskCategory.objects.select_for_update().get(pk=row.pk)
    _check_name(RiskCategory, facts["name"], besides=row)
    for key, value in facts.items():
        setattr(row, key, value)
    row.save()
    record("risk_category.changed", row, by=by)
    return row


def _check_name(model, name: str, besides=None):
    if model.objects.filter(name__iexact=name.strip()).exclude(pk=besides.pk if besides else None).exists():
        raise Refused(f"”{name.strip()}” finns redan. Välj ett annat namn.", field="name")

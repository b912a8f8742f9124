"""Blocks of a year's goals for plans: direction, effect goals, goals, indicators, without any follow-up (R013-R015)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.db.models import Q

from meetings.text.markup_tree import escaped

from ..goals.money import budget_of, money_of_goals, sentence
from ..models import EffectGoal, Goal, GoalPlan, GoverningDocument, Indicator
from .living import Drawn, OwnBlock, register_own


def direction(document: GoverningDocument, options: dict) -> Drawn:
    plan = GoalPlan.objects.filter(year=document.year).first()
    lines = plan.direction.splitlines() if plan else []
    return Drawn("", "", html="".join(f"<p>{escaped(each.strip())}</p>" for each in lines if each.strip()))


def effect_goals(document: GoverningDocument, options: dict) -> Drawn:
    """Those that hold in the document's year."""
    until = Q(last_year__isnull=True) | Q(last_year__gte=document.year)
    return _listed(EffectGoal.objects.filter(until, first_year__lte=document.year))


def goals(document: GoverningDocument, options: dict) -> Drawn:
    """Each goal, and what in the year's budget pays for it."""
    rows = list(Goal.objects.filter(plan__year=document.year))
    paid = money_of_goals([each.pk for each in rows], budget_of(document.year))
    return _listed(rows, {key: sentence(found) for key, found in paid.items()})


def indicators(document: GoverningDocument, options: dict) -> Drawn:
    return _listed(Indicator.objects.filter(plan__year=document.year))


def _listed(rows: Iterable, more: Mapping[int, str] = MappingProxyType({})) -> Drawn:
    """The texts of the rows; `more` has a sentence to stand below some of them, by their keys."""
    points = "".join(f"<li><p>{escaped(each.text)}</p>{_below(more.get(each.pk, ''))}</li>" for each in rows)
    return Drawn("", "", html=f"<ul>{points}</ul>" if points else "")


def _below(sentence: str) -> str:
    return f"<p>{escaped(sentence)}</p>" if sentence else ""


def register():
    """Offer them; called when the app starts."""
    for key, name, draw in (
        ("direction", "Strategisk riktning", direction),
        ("effect_goals", "Effektmål", effect_goals),
        ("goals", "Årets mål", goals),
        ("indicators", "Årets indikatorer", indicators),
    ):
        register_own(OwnBlock(key, name, draw))

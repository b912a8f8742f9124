"""The gross list of a year as pages show it: narrowed, in order, with how people scored."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from .models import ControlPlan, Risk, Score
from .scoring import Spread, spread_of


@dataclass(frozen=True)
class Line:
    """A risk with the spread of its scores, and what the reader scored it (None: nothing)."""

    risk: Risk
    spread: Spread | None
    own: Score | None


def risks_of(plan: ControlPlan) -> QuerySet[Risk]:
    """The risks of a plan with what a list says of them, the merged ones too."""
    return plan.risks.select_related("category", "responsible_body", "merged_into", "item")


def find(
    plan: ControlPlan,
    *,
    words: str = "",
    category: str = "",
    show: str = "",
    cell: tuple[int, int] | None = None,
) -> QuerySet[Risk]:
    """The risks that a list is narrowed to, the highest value first.

    `category` is a key; `show` is plan (chosen), rest (not chosen), unvalued, merged, or empty for all that are not
    merged; `cell` is where they stand on the matrix, after treatment when that is told.
    """
    rows = risks_of(plan)
    rows = rows.exclude(merged_into=None) if show == "merged" else rows.filter(merged_into=None)
    if show in ("plan", "rest"):
        rows = rows.filter(item__isnull=show == "rest")
    elif show == "unvalued":
        rows = rows.filter(likelihood=None)
    if category:
        rows = rows.filter(category=category)
    if cell:
        before = Q(likelihood_after=None, likelihood=cell[0], consequence=cell[1])
        rows = rows.filter(before | Q(likelihood_after=cell[0], consequence_after=cell[1]))
    for word in words.split()[:20]:
        rows = rows.filter(Q(text__icontains=word) | Q(cause__icontains=word) | Q(responsible__icontains=word))
    return rows.order_by((F("likelihood") * F("consequence")).desc(nulls_last=True), "number")


def mark_of(plan: ControlPlan) -> str:
    """Changes when a risk of the year, a score or whether the workshop is open has changed: three queries."""
    risks = plan.risks.aggregate(number=Count("pk"), changes=Sum("revision"))
    scores = Score.objects.filter(risk__plan=plan).aggregate(number=Count("pk"), latest=Max("at"))
    is_open = plan.workshops.filter(closed_at=None).exists()
    latest = scores["latest"].timestamp() if scores["latest"] else 0
    return f"{risks['number']}.{risks['changes'] or 0}.{scores['number']}.{latest}.{int(is_open)}"


def lines_of(risks: Iterable[Risk], user) -> list[Line]:
    """The risks with their spreads: two queries, however many they are.

    Scores of what has been merged into a risk count for it, one a person: what they scored the risk itself comes first.
    """
    risks = list(risks)
    keys = [each.pk for each in risks]
    into = dict(Risk.objects.filter(merged_into__in=keys).values_list("pk", "merged_into"))
    scores: dict[int, dict[int, Score]] = {}
    for score in Score.objects.filter(risk__in=[*keys, *into]).order_by("pk"):
        of = scores.setdefault(into.get(score.risk_id, score.risk_id), {})
        if score.by_id not in of or score.risk_id not in into:
            of[score.by_id] = score
    return [_line(each, scores.get(each.pk, {}), user) for each in risks]


def _line(risk: Risk, scores: dict[int, Score], user) -> Line:
    spread = spread_of((each.likelihood, each.consequence) for each in scores.values())
    return Line(risk, spread, scores.get(user.pk))

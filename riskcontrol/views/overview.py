"""The start page of steering and control."""

from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from riskcontrol import rules
from riskcontrol.due import activities_of, standing_of
from riskcontrol.models import Check, ControlPlan, Measure


@requires(Permission.READ_CONTROL)
def overview(request):
    """Where the work stands: this year's internal control, and the years."""
    today = timezone.localdate()
    plans = list(
        ControlPlan.objects.select_related("scale")
        .prefetch_related("adoptions", "follow_ups")
        .annotate(
            risk_count=Count("risks", filter=Q(risks__merged_into=None), distinct=True),
            item_count=Count("risks__item", distinct=True),
        )
        .order_by("-year")
    )
    current = next((plan for plan in plans if plan.year <= today.year and rules.adoption_of(plan)), None)
    context = {
        "lines": [(plan, rules.adoption_of(plan), list(plan.follow_ups.all())) for plan in plans],
        "current": current,
        "standing": state_of(current, today) if current else None,
        "may_keep": is_allowed(rules.check_can_keep, request.user),
    }
    return render(request, "riskcontrol/overview.html", context)


def state_of(plan: ControlPlan, today) -> dict:
    """Checks and measures of a plan in numbers."""
    standing = standing_of(activities_of(plan))
    checks = Check.objects.filter(activity__item__risk__plan=plan)
    open_measures = Measure.objects.filter(item__risk__plan=plan, done_on=None)
    return {
        "made": checks.count(),
        "deviations": checks.filter(result=Check.Result.DEVIATION).count(),
        "late": sum(len(each.due.late_on(today)) for each in standing),
        "next": min((each.due.next for each in standing if each.due.next and each.due.next >= today), default=None),
        "measures": open_measures.count(),
        "late_measures": open_measures.filter(due_on__lt=today).count(),
    }

"""What in the budget pays for a goal: linked, changed, taken away."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.form_page import form_page
from riskcontrol.actions import goal_money as actions
from riskcontrol.forms.goal_money import GoalMoneyForm
from riskcontrol.goals.money import budget_of
from riskcontrol.models import Goal, GoalMoney

from .goals import FORM


@requires(Permission.KEEP_CONTROL)
def goal_money_new(request, goal_id):
    """Say what in the year's budget pays for the goal."""
    found = get_object_or_404(Goal.objects.select_related("plan"), pk=goal_id)

    def act(data):
        actions.link_money(found, **data, by=request.user)
        return found.get_absolute_url()

    return _page(request, found, act, title="Pengar ur budgeten", button="Koppla")


@requires(Permission.KEEP_CONTROL)
def goal_money(request, goal_money_id):
    """Change which item, or how much of it."""
    link = get_object_or_404(GoalMoney.objects.select_related("goal__plan", "item"), pk=goal_money_id)

    def act(data):
        actions.change_money(link, **data, by=request.user)
        return link.goal.get_absolute_url()

    return _page(request, link.goal, act, link, title=f"Pengar ur {link.item}", button="Spara")


def _page(request, goal: Goal, act, link: GoalMoney | None = None, **more):
    budget = budget_of(goal.plan.year)
    read = f"Beloppen läses ur {budget.words}."
    if budget.version is None:
        read = f"Det finns ingen {budget.words} än. Koppla posten nu, så läses beloppet när budgeten finns."
    form = GoalMoneyForm(request.POST or None, budget=budget, link=link)
    more |= {"lead": f"{goal.text}. {read}", "goal_plan": goal.plan, "back": goal.get_absolute_url()}
    return form_page(request, form, act, template=FORM, **more)


@require_POST
@requires(Permission.KEEP_CONTROL)
def goal_money_removal(request, goal_money_id):
    link = get_object_or_404(GoalMoney.objects.select_related("goal", "item"), pk=goal_money_id)
    actions.unlink_money(link, by=request.user)
    messages.success(request, f"{link.item} är inte längre kopplad till målet.")
    return redirect(link.goal)

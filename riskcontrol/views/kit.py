"""What the pages of a year's risks and plan share."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from enamnd.answers import add_refusal, is_allowed
from enamnd.newer import Newer
from enamnd.refusal import Refused
from riskcontrol import rules
from riskcontrol.default_scales import USUAL_DECISIONS
from riskcontrol.models import ControlPlan, Risk

FORM = "riskcontrol/form.html"


def plan_of(year: int) -> ControlPlan:
    """The plan of a year with its scale and adoptions, or 404."""
    rows = ControlPlan.objects.select_related("scale", "previous").prefetch_related(
        "adoptions__paragraph__body", "adoptions__paragraph__meeting", "adoptions__paper"
    )
    return get_object_or_404(rows, year=year)


def of_plan(request, plan: ControlPlan) -> dict:
    """The context of a page about a year: the plan, whether it is adopted, what the reader may do."""
    may_keep = is_allowed(rules.check_can_keep, request.user)
    adoption = rules.adoption_of(plan)
    return {
        "plan": plan,
        "adoption": adoption,
        "may_keep": may_keep,
        "may_change": may_keep and adoption is None,
        "years": ControlPlan.objects.values_list("year", flat=True),
    }


def shown_page(request, form, act: Callable[[dict, dict], str], *, template: str = FORM, **context) -> HttpResponse:
    """A page that is one form which says what it showed: two who change the same thing are told about each other.

    `act` takes the facts that the person changed and what the page showed, and gives an address.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(act(form.changed_facts, form.shown))
        except Newer as newer:
            form.tell_newer(newer)
        except Refused as refusal:
            add_refusal(form, refusal)
    return render(request, template, {"form": form} | context, status=422 if form.errors else 200)


def decisions() -> list[str]:
    """Decisions to suggest: the usual ones, and those that the board has used."""
    used = Risk.objects.exclude(decision="").order_by("decision").values_list("decision", flat=True).distinct()[:50]
    return list(dict.fromkeys([*USUAL_DECISIONS, *used]))


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A paper as an answer of a page."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer

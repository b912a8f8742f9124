"""Following up a plan: item by item, the overall assessment, the approval."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.form_page import form_page
from riskcontrol import paper
from riskcontrol.actions import follow_ups as actions
from riskcontrol.due import activities_of, standing_of
from riskcontrol.forms.control import AssessmentForm, FollowUpForm, ItemFollowUpForm
from riskcontrol.forms.plans import AdoptForm
from riskcontrol.models import ControlItem, FollowUp
from riskcontrol.plan_table import follow_up_rows, items_of

from .kit import FORM, decisions, of_plan, pdf_answer, plan_of, shown_page
from .plans import state_of_checks


def _follow_up(follow_up_id: int) -> FollowUp:
    rows = FollowUp.objects.select_related("plan__scale", "paper__file", "paragraph__meeting", "paragraph__body")
    return get_object_or_404(rows.prefetch_related("rows"), pk=follow_up_id)


@requires(Permission.READ_CONTROL)
def follow_up(request, control_follow_up_id):
    """The follow-up: what each item came to, and what is left to say."""
    found = _follow_up(control_follow_up_id)
    plan = plan_of(found.plan.year)
    columns = plan.shown_columns
    told = {row.item_id for row in found.rows.all() if row.decision}
    items = list(items_of(plan))
    rows = follow_up_rows(found, columns)
    context = of_plan(request, plan) | {
        "follow_up": found,
        "columns": columns,
        "rows": [
            (item, list(zip(columns, row, strict=True)), item.pk in told) for item, row in zip(items, rows, strict=True)
        ],
        "left": len([item for item in items if item.pk not in told]),
        "is_open": found.approved_on is None,
    }
    return render(request, "riskcontrol/follow_up.html", context)


@requires(Permission.READ_CONTROL)
def follow_up_pdf(request, control_follow_up_id):
    """The follow-up as PDF: the issued paper, or the draft as it stands."""
    found = _follow_up(control_follow_up_id)
    if found.paper:
        content = bytes(found.paper.file.content)
    else:
        approved = ""
        if found.approved_on:
            approved = paper.adopted_words(found.approved_on, found.paragraph, found.decision)
        content = paper.as_pdf(paper.compose_follow_up(found, approved))
    return pdf_answer(content, f"uppfoljning-{found.plan.year}")


@requires(Permission.KEEP_CONTROL)
def follow_up_new(request, plan_year):
    """Begin to follow up the plan."""
    plan = plan_of(plan_year)

    def act(data):
        return actions.begin_follow_up(plan, **data, by=request.user).get_absolute_url()

    more = {"title": "Ny uppföljning", "button": "Börja", "back": plan.get_absolute_url()}
    return form_page(request, FollowUpForm(request.POST or None), act, template=FORM, plan=plan, **more)


@requires(Permission.KEEP_CONTROL)
def follow_up_item(request, control_follow_up_id, control_item_id):
    """Say how an item turned out, with its checks in sight."""
    found = _follow_up(control_follow_up_id)
    item = get_object_or_404(
        ControlItem.objects.select_related("risk__plan"), pk=control_item_id, risk__plan=found.plan
    )
    row = found.rows.filter(item=item).first()
    initial = {name: getattr(row, name) for name in actions.TOLD} if row else {"decision": item.risk.decision}

    def act(facts, shown):
        told = facts if row else form.cleaned_data  # what stands in the form from the plan is said, too
        actions.tell_item(found, item, **told, shown=shown, by=request.user)
        return found.get_absolute_url()

    standing = standing_of(activities_of(found.plan).filter(item=item))
    more = {
        "title": f"Följ upp: {item}",
        "item": item,
        "state": state_of_checks(standing, timezone.localdate()),
        "checks": sorted((check for each in standing for check in each.checks), key=lambda one: one.done_on)[::-1],
        "measures": item.measures.all(),
        "decisions": decisions(),
        "follow_up": found,
    }
    form = ItemFollowUpForm(request.POST or None, initial=initial)
    template = "riskcontrol/follow_up_item.html"
    return shown_page(request, form, act, template=template, plan=found.plan, back=found.get_absolute_url(), **more)


@requires(Permission.KEEP_CONTROL)
def follow_up_assessment(request, control_follow_up_id):
    """The overall assessment."""
    found = _follow_up(control_follow_up_id)

    def act(facts, shown):
        if facts:
            actions.assess(found, **facts, shown=shown, by=request.user)
        return found.get_absolute_url()

    form = AssessmentForm(request.POST or None, initial={"assessment": found.assessment})
    more = {"title": "Samlad bedömning", "button": "Spara", "lead": str(found), "back": found.get_absolute_url()}
    return shown_page(request, form, act, plan=found.plan, **more)


@requires(Permission.KEEP_CONTROL)
def follow_up_approval(request, control_follow_up_id):
    """Say where the board approved the follow-up."""
    found = _follow_up(control_follow_up_id)

    def act(data):
        facts = {"paragraph": data["paragraph"], "decision": data["decision"]}
        actions.approve_follow_up(found, data["day"], **facts, by=request.user)
        messages.success(request, "Uppföljningen är godkänd och utfärdad som papper.")
        return found.get_absolute_url()

    more = {"title": "För in att uppföljningen är godkänd", "button": "Godkänn", "lead": str(found)}
    form = AdoptForm(request.POST or None)
    return form_page(request, form, act, template=FORM, plan=found.plan, back=found.get_absolute_url(), **more)

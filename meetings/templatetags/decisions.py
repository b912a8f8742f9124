"""What a meeting may be told, offered on its pages; and amounts as papers write them."""

from django import template
from django.utils import timezone

from enamnd.answers import is_allowed
from meetings import rules
from meetings.decisions import delegation, delegation_rules, follow_ups

register = template.Library()


@register.filter
def kronor(amount):
    """57 300 kr."""
    return delegation_rules.kronor(amount) if amount is not None else ""


@register.inclusion_tag("meetings/parts/offers.html", takes_context=True)
def offers(context, meeting) -> dict:
    """Delegated decisions that have not been reported and follow-ups that are open, for those who may put them in."""
    request = context["request"]
    if not is_allowed(rules.check_can_change, meeting, request.user):
        return {}
    decisions = list(delegation.to_report(meeting).values_list("is_urgent", flat=True))
    waiting = list(follow_ups.told(follow_ups.to_tell(meeting), meeting).values_list("due_on", "done_on"))
    today = timezone.localdate()
    return {
        "meeting": meeting,
        "decisions": len(decisions),
        "urgent": sum(decisions),
        "follow_ups": len(waiting),
        "late": sum(1 for due_on, done_on in waiting if done_on is None and due_on and due_on < today),
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("meetings/parts/after_decision.html", takes_context=True)
def after_decision(context, paragraph) -> dict:
    """The ways on from a paragraph that has its number: an extract, somebody to do something."""
    request = context["request"]
    has_its_place = paragraph.number or not paragraph.body.numbers_paragraphs
    return {"paragraph": paragraph, "may_write": has_its_place and is_allowed(rules.check_can_write, request.user)}

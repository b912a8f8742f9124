"""The verbs of a plan's follow-ups."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.documents.issuing import issue_paper
from enamnd.journal.record import record
from enamnd.newer import check_facts
from enamnd.refusal import Refused
from meetings.models import Paragraph

from .. import paper, rules
from ..models import ControlItem, ControlPlan, FollowUp, ItemFollowUp
from .risks import locked_plan

TOLD = ("decision", "analysis", "next_responsible")


@transaction.atomic
def begin_follow_up(plan: ControlPlan, name: str, followed_on: date, *, by: User) -> FollowUp:
    """Begin to follow up a plan (uppföljning). It begins from what the follow-up before it said of each item."""
    rules.check_can_keep(by)
    plan = locked_plan(plan)
    if plan.follow_ups.filter(name__iexact=name.strip()).exists():
        raise Refused(
            f"Uppföljningen ”{name.strip()}” finns redan. Öppna den, eller välj ett annat namn.", field="name"
        )
    if not ControlItem.objects.filter(risk__plan=plan).exists():
        raise Refused("Planen har inga kontrollmoment att följa upp.")
    before = plan.follow_ups.first()
    made = FollowUp.objects.create(plan=plan, name=name.strip(), followed_on=followed_on)
    for row in before.rows.all() if before else ():
        ItemFollowUp.objects.create(follow_up=made, item_id=row.item_id, **{name: getattr(row, name) for name in TOLD})
    record("follow_up.begun", made, by=by, within=plan)
    return made


@transaction.atomic
def tell_item(
    follow_up: FollowUp, item: ControlItem, *, by: User, shown: Mapping | None = None, **facts
) -> ItemFollowUp:
    """Say how an item turned out: decision, analysis, who answers for it next year. `shown` is what the page showed."""
    rules.check_can_keep(by)
    follow_up = _locked(follow_up)
    rules.check_can_follow_up(follow_up)
    row = follow_up.rows.filter(item=item).first() or ItemFollowUp(follow_up=follow_up, item=item)
    if row.pk:
        check_facts(row, facts, shown or {})
    for name, value in facts.items():
        setattr(row, name, value.strip())
    row.save()
    record("follow_up.item_told", item, by=by, within=follow_up.plan, name=follow_up.name)
    return row


@transaction.atomic
def assess(follow_up: FollowUp, assessment: str, *, by: User, shown: Mapping | None = None) -> FollowUp:
    """Write the overall assessment (samlad bedömning). `shown` is what the page showed."""
    rules.check_can_keep(by)
    follow_up = _locked(follow_up)
    rules.check_can_follow_up(follow_up)
    check_facts(follow_up, {"assessment": assessment}, shown or {})
    follow_up.assessment = assessment.strip()
    follow_up.save()
    record("follow_up.assessed", follow_up, by=by, within=follow_up.plan)
    return follow_up


def approve_follow_up(
    follow_up: FollowUp, approved_on: date, *, by: User, paragraph: Paragraph | None = None, decision: str = ""
) -> FollowUp:
    """Say where the board approved the follow-up (godkänna). It is issued as a paper and does not change any more.

    Drawn before the transaction that keeps it, as a plan is.
    """
    rules.check_can_keep(by)
    follow_up = FollowUp.objects.select_related("plan__scale").get(pk=follow_up.pk)
    _check_can_approve(follow_up, approved_on, paragraph, decision)
    drawn = paper.compose_follow_up(follow_up, approved=paper.adopted_words(approved_on, paragraph, decision))
    content = paper.as_pdf(drawn)
    with transaction.atomic():
        follow_up = _locked(follow_up)
        _check_can_approve(follow_up, approved_on, paragraph, decision)
        now = paper.compose_follow_up(follow_up, approved=paper.adopted_words(approved_on, paragraph, decision))
        if not paper.is_same(drawn, now):
            raise Refused("Uppföljningen har just ändrats av någon annan. Se efter och godkänn den igen.")
        issued = issue_paper(content, kind="control_follow_up", title=drawn.title, subject=follow_up, by=by)
        follow_up.approved_on, follow_up.paragraph, follow_up.decision = approved_on, paragraph, decision.strip()
        follow_up.paper = issued
        follow_up.save()
        record("follow_up.approved", follow_up, by=by, within=follow_up.plan, on=long_date(approved_on))
    return follow_up


def _check_can_approve(follow_up: FollowUp, approved_on: date, paragraph, decision: str):
    """Refused while an item lacks its decision: the mandatory ones too, whatever their value (R028)."""
    rules.check_can_follow_up(follow_up)
    rules.check_has_been(approved_on, "approved_on")
    if paragraph is None and not decision.strip():
        raise Refused("Välj paragrafen där uppföljningen godkändes, eller skriv datum och paragraf.", field="decision")
    if approved_on < follow_up.followed_on:
        raise Refused("Uppföljningen kan inte godkännas före den dag som den avser.", field="approved_on")
    told = follow_up.rows.exclude(decision="").values("item")
    left = ControlItem.objects.filter(risk__plan=follow_up.plan).exclude(pk__in=told).select_related("risk")
    if left:
        names = "; ".join(str(each) for each in left)
        raise Refused(f"Beslut saknas för: {names}. Skriv hur det gick med dem först.")


def _locked(follow_up: FollowUp) -> FollowUp:
    return FollowUp.objects.select_for_update(of=("self",)).select_related("plan__scale").get(pk=follow_up.pk)

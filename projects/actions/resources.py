"""The verbs of resource requests: asked, answered, reminded of, closed."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.letters.sending import write_letter
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused

from .. import participation_rules, people_rules, resources, rules
from ..models import Activity, ResourceAnswer, ResourceRequest

REMINDER = "resource_reminder"
KINDS = {REMINDER: "Påminnelse om resursbegäran"}


@transaction.atomic
def ask_for_resources(
    activity: Activity, what: str, extent: str, asked_on: date, answer_by: date | None, *, by: User
) -> ResourceRequest:
    """Ask those who take part for people or time (resursbegäran)."""
    rules.check_can_keep(by)
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    people_rules.check_somebody_is_asked(activity)
    people_rules.check_request(asked_on, answer_by)
    facts = {"what": what.strip(), "extent": extent.strip(), "asked_on": asked_on, "answer_by": answer_by}
    made = ResourceRequest.objects.create(activity=activity, **facts)
    record("resource.asked", made, by=by, within=activity)
    return made


@transaction.atomic
def change_request(request: ResourceRequest, *, by: User, **facts) -> ResourceRequest:
    """Change what is asked for, or until when. What has been answered stands."""
    rules.check_can_keep(by)
    row = _locked(request)
    people_rules.check_is_open(row)
    people_rules.check_request(facts["asked_on"], facts["answer_by"])
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    record("resource.changed", row, by=by, within=row.activity)
    return row


@transaction.atomic
def close_request(request: ResourceRequest, because: str, *, by: User) -> ResourceRequest:
    """Ask no more (avsluta begäran): enough have answered, or it is not needed."""
    rules.check_can_keep(by)
    row = _locked(request)
    people_rules.check_is_open(row)
    row.closed_on, row.closed_because = timezone.localdate(), because.strip()
    row.save()
    record("resource.closed", row, by=by, within=row.activity, because=row.closed_because)
    return row


@transaction.atomic
def answer_request(
    request: ResourceRequest, municipality: Municipality, outcome: str, readiness: str = "", *, by: User
) -> ResourceAnswer:
    """Answer for a municipality (svar på resursbegäran): each for itself, or from papers by those who lead projects."""
    participation_rules.check_can_tell(by, municipality)
    row = _locked(request)
    people_rules.check_is_open(row)
    people_rules.check_is_asked(row, municipality)
    if outcome != ResourceAnswer.Outcome.NO and not readiness.strip():
        raise Refused("Skriv vem eller hur mycket kommunen bidrar med, och från när.", field="readiness")
    facts = {"outcome": outcome, "readiness": readiness.strip(), "answered_by": by}
    answer, _ = ResourceAnswer.objects.update_or_create(request=row, municipality=municipality, defaults=facts)
    word = answer.get_outcome_display().lower()
    record("resource.answered", row, by=by, within=row.activity, municipality=municipality.name, outcome=word)
    return answer


@transaction.atomic
def remind_of_request(request: ResourceRequest, *, by: User) -> tuple[list[str], list[str]]:
    """Write to those who answer for the municipalities that have not (påminna): who got a letter, and who has nobody.

    Refused when all have answered, or when the request is closed.
    """
    rules.check_can_keep(by)
    row = _locked(request)
    people_rules.check_is_open(row)
    missing = resources.unanswered(row)
    if not missing:
        raise Refused("Alla har svarat. Det finns ingen att påminna.")
    answering = resources.who_answers(missing)
    for municipality in missing:
        for user in answering[municipality.pk]:
            text = _reminder(row, municipality)
            subject = f"Påminnelse: {row.activity.name}"
            write_letter(user.email, subject, text, about=row, by=by, kind=REMINDER, to_name=user.name)
    reached = [each.name for each in missing if answering[each.pk]]
    record("resource.reminded", row, by=by, within=row.activity, to=reached)
    return reached, [each.name for each in missing if not answering[each.pk]]


def _reminder(request: ResourceRequest, municipality: Municipality) -> str:
    by_day = f"\n\nSvaret behövs senast {long_date(request.answer_by)}." if request.answer_by else ""
    extent = f" ({request.extent})" if request.extent else ""
    way = reverse("projects:request_answer", args=[request.activity_id, request.pk, municipality.pk])
    return (
        f"{current_board().name} har frågat {municipality.full_name} om resurser till {request.activity.name} "
        f"sedan {long_date(request.asked_on)}:\n\n    {request.what}{extent}{by_day}\n\n"
        f"Svara här, också när svaret är nej:\n{settings.PORTAL_URL}{way}\n"
    )


def _locked(request: ResourceRequest) -> ResourceRequest:
    rows = ResourceRequest.objects.select_for_update(of=("self",)).select_related("activity")
    return rows.get(pk=request.pk)

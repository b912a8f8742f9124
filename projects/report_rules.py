"""Who may report on an activity, and what a report must hold."""

from django.utils import timezone

from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_date
from enamnd.refusal import Refused

from .models import Activity, Assignment, StatusReport
from .rules import check_has_been


def check_can_report(activity: Activity, by):
    """Those who lead projects, whoever is responsible for the activity, and its project leader."""
    if by.is_active and by.person_id and (by.person_id == activity.responsible_person_id or _leads(activity, by)):
        return
    check_may(by, Permission.KEEP_PROJECTS)


def _leads(activity: Activity, by) -> bool:
    leaders = Assignment.objects.valid_on(timezone.localdate()).filter(activity=activity, person=by.person_id)
    return leaders.filter(role__in=(Assignment.Role.LEADER, Assignment.Role.MANAGER)).exists()


def check_report(latest: StatusReport | None, after: int | None, **facts):
    """Refused for a report that says nothing, of a day to come or before the latest, or beside somebody else's."""
    check_nobody_else_reported(latest, after)
    day = facts["reported_on"]
    check_has_been(day, "reported_on")
    if latest and day < latest.reported_on:
        raise Refused(
            f"Den senaste rapporten är från {long_date(latest.reported_on)}. Skriv den dagen eller en senare.",
            field="reported_on",
        )
    if not facts.get("text", "").strip() and not facts.get("separate_matter"):
        raise Refused("Skriv en punkt om läget, eller välj ärendet där det står.", field="text")


def check_nobody_else_reported(latest: StatusReport | None, after: int | None):
    """`after` is the key of the report that the page showed (0: none); None asks nothing."""
    if after is None or after == (latest.pk if latest else 0):
        return
    who = latest.by or "Någon"
    raise Refused(
        f"{who} har rapporterat medan du skrev. Läs den rapporten till höger, ta med det som ska vara kvar, och spara "
        "en gång till. Det du skrev står kvar."
    )

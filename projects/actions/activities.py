"""The verbs of activities: registered, changed, linked."""

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import rules
from ..models import Activity, ActivityLink
from ..time_plans import check_order, read_time_plan

FACTS = (
    *(
        "name",
        "status_name",
        "kind",
        "form",
        "area",
        "purpose",
        "benefit",
        "potential",
        "time_plan",
        "starts_on",
        "ends_on",
    ),
    *("status_line", "responsible", "responsible_person", "paragraph", "decision", "case", "financing", "financed_on"),
    *("role_continues", "comment", "in_plan", "is_reported", "position", "priority", "answer_by"),
)


@transaction.atomic
def add_activity(*, by: User, **facts) -> Activity:
    """Register an activity (ny aktivitet). Days that are not given are read out of the time plan."""
    rules.check_can_keep(by)
    activity = Activity.objects.create(**_with_days(facts))
    record("activity.added", activity, by=by)
    return activity


@transaction.atomic
def change_activity(activity: Activity, *, by: User, revision: int | None = None, **facts) -> Activity:
    """Change facts of an activity. `revision` is what the form began from; refused when somebody has saved since."""
    rules.check_can_keep(by)
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    _check_revision(activity, revision)
    changed = {name for name, value in facts.items() if getattr(activity, name) != value}
    if not changed:
        return activity
    if "time_plan" in changed and not changed & {"starts_on", "ends_on"}:
        facts = facts | {"starts_on": None, "ends_on": None}
    for name, value in _with_days(facts).items():
        setattr(activity, name, value)
    activity.revision += 1
    activity.save()
    record("activity.changed", activity, by=by, what=_labels(changed))
    return activity


def _check_revision(activity: Activity, revision: int | None):
    latest, before = [*activity.history.select_related("history_user")[:2], None, None][:2]
    changed = latest.diff_against(before).changed_fields if latest and before else []
    who = str(latest.history_user) if latest and latest.history_user else "Någon"
    rules.check_not_changed_meanwhile(activity, revision, who, _labels(changed))


def _labels(names) -> list[str]:
    """What the fields are called, without those that only count."""
    return sorted(str(Activity._meta.get_field(name).verbose_name) for name in names if name != "revision")


def _with_days(facts: dict) -> dict:
    """The facts with the days of the time plan where no day is written."""
    if "time_plan" not in facts:
        return facts
    plan = read_time_plan(facts["time_plan"], field="time_plan")
    days = {"starts_on": facts.get("starts_on"), "ends_on": facts.get("ends_on")}
    if not any(days.values()):
        days = {"starts_on": plan.starts_on, "ends_on": plan.ends_on}
    check_order(days["starts_on"], days["ends_on"], field="ends_on")
    return facts | {"time_plan": plan.words} | days


@transaction.atomic
def link_activities(activity: Activity, other: Activity, kind: str, note: str = "", *, by: User) -> ActivityLink:
    """Say how two activities belong together (samband). Refused for a link to itself, and one that would go round."""
    rules.check_can_keep(by)
    if activity.pk == other.pk:
        raise Refused("En aktivitet kan inte höra ihop med sig själv. Välj en annan.", field="other")
    both = ActivityLink.objects.filter(activity=other, other=activity, kind=kind)
    same = ActivityLink.objects.filter(activity=activity, other=other, kind=kind)
    if kind == ActivityLink.Kind.NEEDS and waits_for(other, activity):
        raise Refused(f"{other} är redan beroende av {activity}. De kan inte vänta på varandra.", field="other")
    if both.exists() or same.exists():
        raise Refused(f"Sambandet med {other} finns redan.", field="other")
    link = ActivityLink.objects.create(activity=activity, other=other, kind=kind, note=note.strip())
    record("activity.linked", activity, by=by, other=other.name, kind=link.get_kind_display().lower())
    return link


def waits_for(one: Activity, other: Activity) -> bool:
    """Whether one activity is dependent on the other, at once or through those that it is dependent on."""
    seen, ahead = {one.pk}, {one.pk}
    while ahead and other.pk not in ahead:
        found = ActivityLink.objects.filter(activity__in=ahead, kind=ActivityLink.Kind.NEEDS)
        ahead = set(found.values_list("other", flat=True)) - seen
        seen |= ahead
    return other.pk in ahead


@transaction.atomic
def unlink_activities(link: ActivityLink, *, by: User):
    """Take a link away."""
    rules.check_can_keep(by)
    record("activity.unlinked", link.activity, by=by, other=link.other.name)
    link.delete()

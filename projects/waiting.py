"""What waits for people in the projects: reports to write, and municipalities' answers."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from enamnd.accounts.roles import Permission
from enamnd.dates import long_date
from enamnd.organisation.models import Board, Municipality
from enamnd.waiting import Waiting

from . import agreements, directives, lines, participation_rules
from .models import Activity, Adoption, Assignment, Deliverable
from .people_waiting import waiting_about_people

MOST = 20
DELIVERY_SOON = timedelta(days=14)


def waiting_projects(user, today: date) -> list[Waiting]:
    """What waits for `user`, in no order."""
    if not user.may(Permission.READ_PROJECTS):
        return []
    kept = (*_to_report(user, today), *_to_prolong(user, today), *_to_follow_up(user, today))
    return [*kept, *_to_deliver(user, today), *_to_answer(user), *_to_tell(user), *waiting_about_people(user, today)]


def _to_report(user, today: date) -> Iterator[Waiting]:
    """Activities whose latest report is older than the board's limit: one's own, or all for those who lead projects."""
    rows = _reported_by(user, today)
    board = Board.objects.first() if rows is not None else None
    if board is None:
        return
    days = board.rule("report_days")
    late = (each for each in lines.outlines_of(rows) if lines.is_overdue(each, today, days))
    for each in [*late][:MOST]:
        href = reverse("projects:report_new", args=[each.activity.pk])
        due = each.reported_on + timedelta(days=days) if each.reported_on else None
        why = f"Senast rapporterat {long_date(each.reported_on)}." if each.reported_on else "Inget är rapporterat än."
        yield Waiting(due, f"Rapportera {each.activity.name}", why, href, "Rapportera")


def _reported_by(user, today: date):
    rows = lines.find().filter(is_reported=True)
    if user.may(Permission.KEEP_PROJECTS):
        return rows
    if user.person_id is None:
        return None
    leading = Assignment.objects.valid_on(today).filter(person=user.person_id).values("activity")
    return rows.filter(Q(responsible_person=user.person_id) | Q(pk__in=leading))


def _to_deliver(user, today: date) -> Iterator[Waiting]:
    """Deliverables whose day has come, or comes within two weeks, of one's own activities or all for those who lead."""
    rows = _reported_by(user, today)
    if rows is None:
        return
    found = Deliverable.objects.filter(due_on__lte=today + DELIVERY_SOON, approved_on=None, step__ended_on=None)
    found = found.filter(step__activity__in=rows.values("pk")).select_related("step__activity")
    for each in found.order_by("due_on", "pk")[:MOST]:
        href = f"{each.step.activity.get_absolute_url()}#deliverables-title"
        yield Waiting(each.due_on, f"Leverera: {each.text}", f"{each.step.activity}.", href, "Öppna")


def _to_prolong(user, today: date) -> Iterator[Waiting]:
    """Agreements where something must be said soon, or that end soon."""
    if not user.may(Permission.KEEP_PROJECTS):
        return
    for each in [line for line in agreements.lines(today) if line.is_urgent][:MOST]:
        what = f"{'Förläng' if each.option else 'Ersätt'} avtalet {each.agreement.name}?"
        why = f"Avtalet går ut {long_date(each.last_day)}." if each.last_day else "Avtalet har en option."
        yield Waiting(each.due_on, what, why, each.agreement.get_absolute_url(), "Öppna")


def _to_follow_up(user, today: date) -> Iterator[Waiting]:
    """Agreements that are to be followed up."""
    if not user.may(Permission.KEEP_PROJECTS):
        return
    for each in agreements.to_follow_up(today)[:MOST]:
        why = f"Följs upp av {each.followed_up_by}." if each.followed_up_by else "Skriv sedan nästa dag."
        yield Waiting(each.follow_up_on, f"Följ upp avtalet {each.name}", why, each.get_absolute_url(), "Öppna")


def _to_answer(user) -> Iterator[Waiting]:
    """Activities that one's municipality has not answered."""
    for municipality in Municipality.objects.filter(pk__in=participation_rules.may_tell_for(user)):
        answered = Adoption.objects.filter(municipality=municipality).exclude(state=Adoption.State.UNDECIDED)
        asked = Activity.objects.filter(answer_by__isnull=False, closed_on=None)
        for each in asked.exclude(pk__in=answered.values("activity")).order_by("answer_by", "pk")[:MOST]:
            href = reverse("projects:tell", args=[each.pk, municipality.pk])
            why = f"{municipality.full_name} har inte svarat."
            yield Waiting(each.answer_by, f"Svara om {each.name}", why, href, "Svara")


def _to_tell(user) -> Iterator[Waiting]:
    """Directives whose commission has changed, and final reports, that the board has not been told of."""
    if not user.may(Permission.WRITE_PROTOCOL):
        return
    for each in directives.telling().order_by("verified_on", "pk")[:MOST]:
        why = f"Verifierad {long_date(each.verified_on)}: {each.verified_by}."
        href = reverse("projects:directive_telling", args=[each.pk])
        yield Waiting(None, f"Anmäl {each} till nämnden", why, href, "Anmäl")

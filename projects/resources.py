"""What activities ask the municipalities for, and who has answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from enamnd.accounts.models import RoleGrant, User
from enamnd.accounts.roles import ROLES, Permission
from enamnd.organisation.models import Municipality

from .models import Participation, ResourceAnswer, ResourceRequest


@dataclass(frozen=True)
class Asked:
    """A request, what each municipality has answered, and who has not."""

    request: ResourceRequest
    answers: tuple[ResourceAnswer, ...]
    missing: tuple[Municipality, ...]
    today: date

    @property
    def number_asked(self) -> int:
        return len(self.answers) + len(self.missing)

    @property
    def promised(self) -> int:
        """How many have said yes, or partly."""
        return sum(each.outcome != ResourceAnswer.Outcome.NO for each in self.answers)

    @property
    def is_late(self) -> bool:
        due = self.request.answer_by
        return bool(due and due < self.today and self.missing and not self.request.closed_on)

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.request.closed_on:
            return "avslutad"
        if not self.missing:
            return "alla har svarat"
        return f"{len(self.answers)} av {self.number_asked} har svarat"

    @property
    def tone(self) -> str:
        """late, soon or ok, as lists show it."""
        if self.is_late:
            return "late"
        return "soon" if self.missing and not self.request.closed_on else "ok"


def for_lists() -> QuerySet[ResourceRequest]:
    answers = ResourceAnswer.objects.select_related("municipality", "answered_by").order_by("municipality__name")
    return ResourceRequest.objects.select_related("activity").prefetch_related(Prefetch("answers", answers))


def asked_of(requests: Iterable[ResourceRequest], today: date) -> list[Asked]:
    """The requests (of `for_lists`) with who has not answered: those who take part are asked. One query."""
    requests = list(requests)
    parts = Participation.objects.filter(activity__in={each.activity_id for each in requests}, left_on=None)
    asked: dict[int, list[Municipality]] = {}
    for part in parts.select_related("municipality").order_by("municipality__name"):
        asked.setdefault(part.activity_id, []).append(part.municipality)
    return [_asked(each, asked.get(each.activity_id, ()), today) for each in requests]


def _asked(request: ResourceRequest, parties: Sequence[Municipality], today: date) -> Asked:
    answers = tuple(request.answers.all())
    answered = {each.municipality_id for each in answers}
    return Asked(request, answers, tuple(each for each in parties if each.pk not in answered), today)


def unanswered(request: ResourceRequest) -> list[Municipality]:
    """Those who take part and have not answered, by name."""
    answered = request.answers.values("municipality")
    asked = request.activity.participations.filter(left_on=None).values("municipality")
    return list(Municipality.objects.filter(pk__in=asked).exclude(pk__in=answered).order_by("name"))


def waiting_for(municipality: Municipality) -> QuerySet[ResourceRequest]:
    """The open requests that a municipality is asked and has not answered."""
    joined = Participation.objects.filter(municipality=municipality, left_on=None).values("activity")
    answered = ResourceAnswer.objects.filter(municipality=municipality).values("request")
    rows = ResourceRequest.objects.filter(activity__in=joined, activity__closed_on=None, closed_on=None)
    return rows.exclude(pk__in=answered).select_related("activity").order_by("answer_by", "pk")


def who_answers(municipalities: Sequence[Municipality]) -> dict[int, list[User]]:
    """The accounts that may answer for each municipality today, by its key."""
    roles = [key for key, role in ROLES.items() if Permission.KEEP_PARTICIPATION in role.permissions]
    rows = RoleGrant.objects.valid_on(timezone.localdate()).filter(role__in=roles, municipality__in=municipalities)
    found: dict[int, list[User]] = {each.pk: [] for each in municipalities}
    for grant in rows.filter(user__is_active=True).select_related("user").order_by("user__name"):
        if grant.user not in found[grant.municipality_id]:
            found[grant.municipality_id].append(grant.user)
    return found

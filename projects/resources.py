"""What activities ask the municipalities for, and who has answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils import timezone

from enamnd.accounts.models import RoleGrant, User
from enamnd.accounts.roles import ROLES, Permission
from enamnd.organisation.models import Municipality

from .models import Participation, ResourceAnswer, ResourceRequest


@dataclass(frozen=True)
class Tally:
    """A request with how many have answered, how many have said yes or partly, and how many have not answered."""

    request: ResourceRequest
    answered: int
    promised: int
    silent: int
    today: date

    @property
    def number_asked(self) -> int:
        return self.answered + self.silent

    @property
    def is_late(self) -> bool:
        due = self.request.answer_by
        return bool(due and due < self.today and self.silent and not self.request.closed_on)

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.request.closed_on:
            return "avslutad"
        if not self.silent:
            return "alla har svarat"
        return f"{self.answered} av {self.number_asked} har svarat"

    @property
    def tone(self) -> str:
        """late, soon or ok, as lists show it."""
        if self.is_late:
            return "late"
        return "soon" if self.silent and not self.request.closed_on else "ok"


@dataclass(frozen=True)
class Asked(Tally):
    """A request with what each municipality has answered, and which have not."""

    answers: tuple[ResourceAnswer, ...]
    missing: tuple[Municipality, ...]


def tallies_of(requests: Iterable[ResourceRequest], today: date) -> list[Tally]:
    """The requests with their numbers: three queries, however many municipalities there are."""
    requests = list(requests)
    answers = ResourceAnswer.objects.filter(request__in=[each.pk for each in requests]).order_by()
    yes = Count("pk", filter=~Q(outcome=ResourceAnswer.Outcome.NO))
    told = {key: rest for key, *rest in answers.values_list("request").annotate(all=Count("pk"), yes=yes)}
    standing = answers.filter(
        request__activity__participations__municipality=F("municipality"),
        request__activity__participations__left_on=None,
    )
    still = dict(standing.values_list("request").annotate(Count("pk")))
    parts = Participation.objects.filter(activity__in={each.activity_id for each in requests}, left_on=None).order_by()
    asked = dict(parts.values_list("activity").annotate(Count("pk")))
    return [
        Tally(each, *told.get(each.pk, (0, 0)), asked.get(each.activity_id, 0) - still.get(each.pk, 0), today)
        for each in requests
    ]


def rows() -> QuerySet[ResourceRequest]:
    return ResourceRequest.objects.select_related("activity")


def with_answers() -> QuerySet[ResourceRequest]:
    answers = ResourceAnswer.objects.select_related("municipality", "answered_by").order_by("municipality__name")
    return rows().prefetch_related(Prefetch("answers", answers))


def asked_of(requests: Iterable[ResourceRequest], today: date) -> list[Asked]:
    """The requests (of `with_answers`) with who has not answered: those who take part are asked. One query."""
    requests = list(requests)
    parts = Participation.objects.filter(activity__in={each.activity_id for each in requests}, left_on=None)
    asked: dict[int, list[Municipality]] = {}
    for part in parts.select_related("municipality").order_by("municipality__name"):
        asked.setdefault(part.activity_id, []).append(part.municipality)
    return [_asked(each, asked.get(each.activity_id, ()), today) for each in requests]


def _asked(request: ResourceRequest, parties: Sequence[Municipality], today: date) -> Asked:
    answers = tuple(request.answers.all())
    answered = {each.municipality_id for each in answers}
    missing = tuple(each for each in parties if each.pk not in answered)
    promised = sum(each.outcome != ResourceAnswer.Outcome.NO for each in answers)
    return Asked(request, len(answers), promised, len(missing), today, answers, missing)


def unanswered(request: ResourceRequest) -> list[Municipality]:
    """Those who take part and have not answered, by name."""
    answered = request.answers.values("municipality")
    asked = request.activity.participations.filter(left_on=None).values("municipality")
    return list(Municipality.objects.filter(pk__in=asked).exclude(pk__in=answered).order_by("name"))


def waiting_for(municipality: Municipality) -> QuerySet[ResourceRequest]:
    """The open requests that a municipality is asked and has not answered."""
    joined = Participation.objects.filter(municipality=municipality, left_on=None).values("activity")
    answered = ResourceAnswer.objects.filter(municipality=municipality).values("request")
    found = rows().filter(activity__in=joined, activity__closed_on=None, closed_on=None)
    return found.exclude(pk__in=answered).order_by("answer_by", "pk")


def who_answers(municipalities: Sequence[Municipality]) -> dict[int, list[User]]:
    """The accounts that may answer for each municipality today, by its key."""
    roles = [key for key, role in ROLES.items() if Permission.KEEP_PARTICIPATION in role.permissions]
    grants = RoleGrant.objects.valid_on(timezone.localdate()).filter(role__in=roles, municipality__in=municipalities)
    found: dict[int, list[User]] = {each.pk: [] for each in municipalities}
    for grant in grants.filter(user__is_active=True).select_related("user").order_by("user__name"):
        if grant.user not in found[grant.municipality_id]:
            found[grant.municipality_id].append(grant.user)
    return found

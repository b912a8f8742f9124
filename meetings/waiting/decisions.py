"""What waits because of decisions: to report, to send, to carry out, and what councils have not answered."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from enamnd.answers import is_allowed
from enamnd.dates import long_date, short_date
from enamnd.formats import count
from enamnd.organisation.models import Municipality
from enamnd.waiting import Waiting
from meetings import rules
from meetings.decisions import council_rules, delegation, dispatch, follow_ups
from meetings.models import CouncilMatter, DelegatedDecision, FollowUp, Meeting

MOST = 20


def waiting_decisions(user, today: date) -> Iterator[Waiting]:
    """What waits for `user`: those responsible for something, registrars, and those who write the protocol."""
    yield from _own_follow_ups(user)
    if is_allowed(rules.check_can_write, user):
        yield from _to_report(today)
        yield from _to_send()
        yield from _to_remind(today)
    else:
        yield from _to_answer(user)


def _own_follow_ups(user) -> Iterator[Waiting]:
    if user.person_id is None:
        return
    own = FollowUp.objects.filter(follow_ups.OPEN, person=user.person_id).select_related("paragraph__meeting")
    for each in own.order_by("due_on", "id")[:MOST]:
        decided = f"{each.paragraph.label}, {long_date(each.paragraph.meeting.held_on)}"
        href = reverse("meetings:follow_up", args=[each.pk])
        yield Waiting(each.due_on, each.task[:120], f"Ditt uppdrag enligt {decided}.", href, "Öppna")


def _to_report(today: date) -> Iterator[Waiting]:
    """Decisions that the next meeting is to be told of (KL 6 kap. 40 §), one line for each body."""
    waiting = DelegatedDecision.objects.filter(delegation.UNREPORTED).values("body")
    found = waiting.annotate(number=Count("pk"), urgent=Count("pk", filter=Q(is_urgent=True))).order_by("body")
    ahead = Meeting.objects.filter(body__in=[each["body"] for each in found], held_on__gte=today)
    next_of: dict[int, Meeting] = {}
    for meeting in ahead.order_by("held_on", "starts_at"):
        next_of.setdefault(meeting.body_id, meeting)
    for each in found:
        yield _report(each["number"], each["urgent"], next_of.get(each["body"]))


def _report(number: int, urgent: int, meeting: Meeting | None) -> Waiting:
    what = f"Anmäl {count(number, 'delegationsbeslut', 'delegationsbeslut')}"
    why = "Besluten anmäls vid nästa sammanträde."
    if urgent:
        which = "Ett är brådskande" if urgent == 1 else f"{urgent} är brådskande"
        why = f"{which} och ska anmälas vid nästa sammanträde (kommunallagen 6 kap. 40 §)."
    if meeting is None:
        return Waiting(None, what, why, reverse("meetings:delegated_list") + "?lage=unreported", "Visa")
    return Waiting(meeting.held_on, what, why, reverse("meetings:meeting", args=[meeting.pk]), "Lägg in")


def _to_send() -> Iterator[Waiting]:
    found = dispatch.unsent().values("meeting", "meeting__held_on").annotate(number=Count("pk"))
    for each in found.order_by("meeting__held_on", "meeting")[:MOST]:
        who = count(each["number"], "mottagare väntar", "mottagare väntar")
        what = f"Expediera besluten från {short_date(each['meeting__held_on'])}"
        yield Waiting(None, what, f"{who} på sitt.", reverse("meetings:dispatches", args=[each["meeting"]]), "Skicka")


def _to_remind(today: date) -> Iterator[Waiting]:
    """Matters whose day has passed although not all have answered."""
    parties = Municipality.objects.filter(is_party=True).count()
    late = CouncilMatter.objects.filter(closed_on=None, answer_by__lt=today)
    answered = Count("decisions", filter=Q(decisions__municipality__is_party=True))
    for each in late.annotate(answered=answered).filter(answered__lt=parties).order_by("answer_by")[:MOST]:
        missing = count(parties - each.answered, "part har", "parter har")
        href = reverse("meetings:council_matter", args=[each.pk])
        yield Waiting(each.answer_by, f"Påminn om ”{each.title}”", f"{missing} inte svarat.", href, "Påminn")


def _to_answer(user) -> Iterator[Waiting]:
    """Matters that the registrar's own council has not answered."""
    own = council_rules.answers_for(user)
    asked = (
        CouncilMatter.objects.filter(closed_on=None, asked_on__isnull=False) if own else CouncilMatter.objects.none()
    )
    for municipality in Municipality.objects.filter(pk__in=own):
        for each in asked.exclude(decisions__municipality=municipality).order_by("answer_by", "id")[:MOST]:
            why = f"Nämnden väntar på beslut av fullmäktige i {municipality.full_name}."
            href = reverse("meetings:council_answer", args=[each.pk, municipality.pk])
            yield Waiting(each.answer_by, each.title, why, href, "För in")

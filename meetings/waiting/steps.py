"""What waits for the secretary in the meetings: the next step of each, with its day and the reason."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.dates import long_date, short_date
from enamnd.formats import count, listed
from enamnd.letters.models import Letter
from enamnd.organisation.models import Body
from enamnd.waiting import Waiting
from meetings import rules
from meetings.adjusting.frozen import light_adjustments
from meetings.models import Meeting, Paragraph
from meetings.noticing.clock_rules import adjust_by
from meetings.paper.compose import is_draft
from meetings.text import sections
from meetings.text.markup import is_empty
from meetings.waiting.adjusting import waiting_signatures
from meetings.waiting.before import Before, with_calls
from meetings.waiting.decisions import waiting_decisions
from meetings.waiting.notices import waiting_notices
from meetings.waiting.sitting import step_of_today

FAR_BACK = timedelta(days=400)
FAR_AHEAD = timedelta(days=60)


def waiting_for(user, today: date) -> list[Waiting]:
    """What waits for `user` on `today`, the most urgent first."""
    found = [
        *_steps_of_meetings(user, today),
        *waiting_signatures(user),
        *waiting_decisions(user, today),
        *waiting_notices(user, today),
    ]
    return sorted(found, key=lambda each: each.due_on or date.max)


def _steps_of_meetings(user, today: date) -> list[Waiting]:
    """The next step of each meeting. Nothing for those who do not write the protocol."""
    if not is_allowed(rules.check_can_write, user):
        return []
    meetings = list(_meetings(today))
    before = Before(meeting for meeting in meetings if meeting.held_on > today)
    steps = (step_of_today(meeting, today) or _next_step(meeting, today, before) for meeting in meetings)
    return [*filter(None, steps), *_lost_letters()]


def coming_meetings(user, today: date, *, limit: int = 5) -> QuerySet[Meeting]:
    """The next meetings, for those who may read them."""
    if not user.may(Permission.READ_MEETINGS):
        return Meeting.objects.none()
    ahead = Meeting.objects.filter(Q(held_on__gte=today) | Q(ends_on__gte=today)).select_related("body")
    return ahead.order_by("held_on", "starts_at")[:limit]


def _meetings(today: date) -> QuerySet[Meeting]:
    """Meetings of boards, about a year back and two months ahead, with all that the steps ask for."""
    near = Meeting.objects.filter(
        body__kind=Body.Kind.BOARD, held_on__gt=today - FAR_BACK, held_on__lte=today + FAR_AHEAD
    )
    unmarked = Q(attendance__presence="", attendance__periods__isnull=True) & ~Q(attendance__seat_kind="")
    paragraphs = Paragraph.objects.only("meeting_id", "position", "number", "title", "sections")
    return (
        with_calls(near)
        .select_related("body", "proof")
        .annotate(unmarked=Count("attendance", filter=unmarked, distinct=True))
        .prefetch_related(
            "external_signatures", "adjusters", "moments", Prefetch("paragraphs", paragraphs), light_adjustments()
        )
    )


def _lost_letters() -> Iterator[Waiting]:
    """Letters that the portal has given up: somebody must mend the address or write in another way."""
    if number := Letter.objects.given_up().count():
        href = reverse("letters:letter_list") + "?lage=fel"
        why = "E-postservern tog inte emot dem. Rätta adressen, eller skicka på annat sätt."
        yield Waiting(None, f"{count(number, 'brev', 'brev')} gick inte fram", why, href, "Se varför")


def _next_step(meeting: Meeting, today: date, before: Before) -> Waiting | None:
    """The first step that is not taken."""
    if meeting.held_on > today:
        return before.next_step(meeting)
    return next(_after(meeting), None) if is_draft(meeting) else None


def _after(meeting: Meeting) -> Iterator[Waiting]:
    day = short_date(meeting.held_on)
    due = adjust_by(meeting.last_day)
    why = f"Protokollet ska justeras senast {long_date(due)} (kommunallagen 5 kap. 69 §)."
    page = reverse("meetings:meeting", args=[meeting.pk])
    adjusting = reverse("meetings:adjusting", args=[meeting.pk])
    if any(not each.is_immediate for each in meeting.adjustments.all()):
        yield Waiting(due, f"Följ underskrifterna av protokollet från {day}", f"Det är låst. {why}", adjusting, "Se")
    if meeting.unmarked:
        people = count(meeting.unmarked, "ledamot eller ersättare", "ledamöter och ersättare")
        href = reverse("meetings:attendance", args=[meeting.pk])
        yield Waiting(due, f"Markera närvaron {day}", f"{people} är inte markerade. {why}", href, "Markera")
    undecided = [each for each in meeting.paragraphs.all() if lacks_decision(each)]
    if undecided:
        href = reverse("meetings:paragraph", args=[meeting.pk, undecided[0].pk])
        yield Waiting(due, f"Skriv klart protokollet från {day}", f"{_lacking(undecided)} {why}", href, "Skriv vidare")
    if meeting.body.numbers_paragraphs and not meeting.numbered_at:
        yield Waiting(due, f"Ge paragraferna nummer, {day}", f"Texten är skriven. {why}", page, "Ge nummer")
    if not meeting.adjusters.all():
        href = reverse("meetings:meeting_facts", args=[meeting.pk]) + "#adjusters-title"
        yield Waiting(due, f"Ange vem som justerar protokollet från {day}", why, href, "Ange")
    yield Waiting(due, f"Låt justera protokollet från {day}", why, adjusting, "Kontrollera")


def lacks_decision(paragraph: Paragraph) -> bool:
    """Whether the paragraph has a place for a decision, and nothing stands there."""
    decisions = [each for each in sections.from_json(paragraph.sections) if each.kind == sections.DECISION]
    return bool(decisions) and all(_is_blank(each) for each in decisions)


def _is_blank(section: sections.Section) -> bool:
    if section.is_list:
        return not any(item.text.strip() for item in section.items)
    return is_empty(section.html)


def _lacking(paragraphs: list[Paragraph]) -> str:
    names = [each.label if each.number else f"”{each.title}”" for each in paragraphs[:3]]
    more = len(paragraphs) - len(names)
    return f"{listed([*names, f'{more} till'] if more else names)} saknar beslut."

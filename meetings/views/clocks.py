"""Pages of the clocks: those of all meetings, and those of one with its notices."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed, page_of, query_without_page
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Body
from meetings import rules
from meetings.forms.notices import FindClocks
from meetings.models import Meeting
from meetings.noticing.appeals import of_meeting
from meetings.noticing.board_list import rows_of
from meetings.noticing.clocks import ClockSet, clock_sets, held_boards, with_clocks, with_open_clocks

ON_A_PAGE = 20
COLUMNS = ("adjust", "post", "appeal", "take_down", "force")


@requires(Permission.READ_MEETINGS)
def clock_overview(request):
    """The clocks of all meetings: those where something is left to do, or all, a page at a time."""
    today = timezone.localdate()
    form = FindClocks(request.GET)
    narrow = held_boards if form.is_valid() and form.cleaned_data["visa"] else with_open_clocks
    page = page_of(request, narrow(Meeting.objects.order_by("-held_on", "-starts_at"), today), ON_A_PAGE)
    meetings = with_clocks(Meeting.objects.filter(pk__in=[each.pk for each in page]), is_list=True)
    loaded = {each.pk: each for each in meetings}
    rows = [_line(loaded[each.pk], one) for each in page for one in clock_sets(loaded[each.pk], today)]
    context = {"form": form, "page": page, "rows": rows, "query": query_without_page(request)}
    return render(request, "meetings/clock_overview.html", context)


@requires(Permission.READ_MEETINGS)
def clocks(request, meeting_id):
    """The clocks of a meeting, each with its reason, and under them the boards where its notice is or should be."""
    meeting = get_object_or_404(with_clocks(Meeting.objects.all()), pk=meeting_id)
    today = timezone.localdate()
    sets = clock_sets(meeting, today, board=current_board())
    context = {
        "meeting": meeting,
        "parts": [_part(each, today) for each in sets],
        "is_board": meeting.body.kind == Body.Kind.BOARD,
        "appeals": of_meeting(meeting),
        "may_write": is_allowed(rules.check_can_write, request.user),
    }
    return render(request, "meetings/clocks.html", context)


def _line(meeting: Meeting, clock_set: ClockSet) -> dict:
    """A row of the overview: a clock in each column, None where an older protocol tells nothing."""
    clocks = {clock.key: clock for clock in clock_set.clocks}
    return {"meeting": meeting, "title": clock_set.title, "clocks": [clocks.get(key) for key in COLUMNS]}


def _part(clock_set, today) -> dict:
    """What the page shows of one set: the clocks, and once adjusted the boards, the own notice and the publication."""
    adjustment = clock_set.adjustment
    if adjustment is None or adjustment.adjusted_on is None:
        return {"set": clock_set}
    rows = rows_of(adjustment, today)
    return {
        "set": clock_set,
        "adjustment": adjustment,
        "rows": rows,
        "missing": sum(row.notice.posted_on is None for row in rows),
        "own": getattr(adjustment, "own_notice", None),
        "publication": adjustment.publications.filter(withdrawn_at=None).defer("content", "search_text").first(),
    }

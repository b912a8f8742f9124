"""How long clocks and public pages take after fifty years of notices: `python -m tests.bench.bench_clocks`.

Every protocol is adjusted, announced by fourteen parties and published; the last ones are still up. Measured as
in bench_pages, with the same targets.
"""

import tempfile
from datetime import timedelta

from tests.bench import figures, portal
from tests.bench.bench_pages import make_board, size_of_board

DAYS_TO_ADJUST, DAYS_TO_POST, WEEKS_UP = 9, 2, 5
STILL_UP = 3


def run():
    """Print median, 95th percentile and number of queries for each page of clocks, notices and what is public."""
    with tempfile.TemporaryDirectory(prefix="matning-") as folder:
        portal.set_up(folder)
        meeting, user = make_board()
        adjust_all(user)
        figures.heading(f"Frister och offentliga sidor efter femtio år ({size_of_board()}, {size()})")
        with portal.gunicorn() as port:
            portal.report_pages(portal.Visitor(port, user), pages(meeting))


def adjust_all(user):
    """A protocol, its notices and its public version of every meeting, made in bulk."""
    from meetings.models import AdjustedParagraph, Adjustment, Meeting, Notice, Publication
    from meetings.paper.protocol import PaperParagraph
    from tests import factories

    meetings = list(Meeting.objects.order_by("held_on").prefetch_related("paragraphs"))
    paper = factories.paper()
    adjustments = Adjustment.objects.bulk_create(
        Adjustment(meeting=each, frozen=paper, paper=paper, frozen_by=user, content={}, adjusted_on=day_of(each))
        for each in meetings
    )
    AdjustedParagraph.objects.bulk_create(
        AdjustedParagraph(adjustment=row, paragraph=each)
        for row in adjustments
        for each in row.meeting.paragraphs.all()
    )
    parties = list({row.municipality for row in meetings[0].attendance.select_related("municipality")})
    finished = {row.pk for row in adjustments[:-STILL_UP]}
    Notice.objects.bulk_create(notice(row, party, row.pk in finished) for row in adjustments for party in parties)
    for row in adjustments:
        printed = [
            PaperParagraph(f"p{each.pk}", each.label, each.title, "", ()) for each in row.meeting.paragraphs.all()
        ]
        factories.publication(row, *printed)
    assert Publication.objects.count() == len(adjustments)


def day_of(meeting):
    return meeting.held_on + timedelta(days=DAYS_TO_ADJUST)


def notice(adjustment, party, is_finished: bool):
    from meetings.models import Notice

    up = adjustment.adjusted_on + timedelta(days=DAYS_TO_POST)
    down = up + timedelta(weeks=WEEKS_UP) if is_finished else None
    return Notice(adjustment=adjustment, municipality=party, posted_on=up, taken_down_on=down)


def size() -> str:
    from meetings.models import Notice

    return f"{Notice.objects.count()} anslag"


def pages(meeting) -> dict[str, str]:
    from django.urls import reverse

    overview, protocols = reverse("meetings:clock_overview"), reverse("public:protocol_list")
    return {
        "Frister, det som inte är klart": overview,
        "Frister, alla": overview + "?visa=alla",
        "  sista sidan": overview + "?visa=alla&sida=8",
        "Anslag och frister, ett sammanträde": reverse("meetings:clocks", args=[meeting.pk]),
        "Att göra": reverse("home"),
        "Offentlig kalender": reverse("public:calendar"),
        "Publicerade protokoll": protocols,
        "  sökning": protocols + "?q=budgeten",
    }


if __name__ == "__main__":
    run()

"""What waits once a protocol is adjusted: notices to put up, to take down and to ask for, and the public version."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse

from enamnd.accounts.models import User
from enamnd.accounts.roles import Permission
from enamnd.dates import long_date, short_date
from enamnd.formats import listed
from enamnd.waiting import Waiting
from meetings.models import Adjustment, Appeal, Publication
from meetings.noticing import clock_rules
from meetings.noticing import rules as notice_rules
from meetings.noticing.appeals import next_step
from meetings.noticing.board_list import Row, notices_for, row_of

FAR_BACK = timedelta(days=400)
FEW = 3
LAW = "kommunallagen 8 kap. 12 § och 9 kap. 32 §"


def waiting_notices(user: User, today: date) -> Iterator[Waiting]:
    """For the secretary what is missing anywhere, for a registrar the own municipality's."""
    if user.may(Permission.WRITE_PROTOCOL):
        for adjustment in _adjusted(today):
            yield from _for_secretary(adjustment, today)
        yield from _appeals(today)
    if municipalities := notice_rules.municipalities_of(user):
        recent = notices_for(municipalities).filter(adjustment__adjusted_on__gt=today - FAR_BACK)
        for notice in recent:
            yield from _for_registrar(row_of(notice, today), today)


def _adjusted(today: date):
    published = Publication.objects.filter(adjustment=OuterRef("pk"), withdrawn_at=None)
    rows = Adjustment.objects.standing().filter(adjusted_on__gt=today - FAR_BACK).annotate(is_public=Exists(published))
    return rows.select_related("meeting__body").prefetch_related("notices__municipality").defer("content")


def _for_secretary(adjustment: Adjustment, today: date) -> Iterator[Waiting]:
    notices = list(adjustment.notices.all())
    posted = {each.municipality.name: each.posted_on for each in notices}
    down = {each.municipality.name: each.taken_down_on for each in notices}
    day = short_date(adjustment.meeting.held_on)
    page = reverse("meetings:clocks", args=[adjustment.meeting_id])
    if missing := [name for name, up in posted.items() if not up]:
        why = f"{_some(missing)} har inte bekräftat. Överklagandetiden börjar inte löpa förrän alla har svarat ({LAW})."
        due = clock_rules.post_by(adjustment.adjusted_on)
        yield Waiting(due, f"Få upp anslagen för protokollet {day}", why, page, "Se vilka")
    elif early := clock_rules.taken_down_early(posted, down):
        why = f"{_some(early)} tog ned anslaget för tidigt. Överklagandetiden har inte gått ut."
        yield Waiting(today, f"Få upp anslaget igen för protokollet {day}", why, page, "Se vilka")
    if notices and not adjustment.is_public:
        why = "Protokollet är justerat men inte publicerat. Granska vad som ska maskas."
        href = reverse("meetings:publication", args=[adjustment.pk])
        yield Waiting(None, f"Publicera protokollet {day}", why, href, "Granska")


def _appeals(today: date) -> Iterator[Waiting]:
    """Appeals that the host has something to do with; one that waits for the court waits for nobody here."""
    rows = Appeal.objects.filter(final_on=None).select_related("paragraph__meeting", "received_by")
    for each in rows.defer("paragraph__sections"):
        step, why = next_step(each)
        if step:
            what = f"{step}: {each.paragraph.label}, {short_date(each.paragraph.meeting.held_on)}"
            due = None if each.assessment and each.outcome else today
            yield Waiting(due, what, why, reverse("meetings:appeal", args=[each.pk]), "Öppna")


def _for_registrar(row: Row, today: date) -> Iterator[Waiting]:
    notice, meeting = row.notice, row.notice.adjustment.meeting
    what = f"{meeting.body} {long_date(meeting.held_on)}"
    href = reverse("meetings:notice", args=[notice.pk])
    if notice.posted_on is None:
        due = clock_rules.post_by(notice.adjustment.adjusted_on)
        why = f"Justerat {long_date(notice.adjustment.adjusted_on)}. Ska upp senast andra dagen efter det ({LAW})."
        yield Waiting(due, f"Sätt upp anslaget: {what}", why, href, "Visa texten")
    elif row.tone == "late":
        why = f"Det togs ned {long_date(notice.taken_down_on)}, innan överklagandetiden hade gått ut för alla."
        yield Waiting(today, f"Sätt upp anslaget igen: {what}", why, href, "Visa texten")
    elif row.down_from and row.down_from <= today and not notice.taken_down_on:
        why = f"Överklagandetiden har gått ut. Anslaget får tas ned sedan {long_date(row.down_from)}."
        yield Waiting(None, f"Ta ned anslaget: {what}", why, href, "Bekräfta")


def _some(names: list[str]) -> str:
    more = len(names) - FEW
    return listed([*names[:FEW], f"{more} till"] if more > 0 else names)

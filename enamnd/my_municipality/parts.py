"""The parts of a municipality's page, each from the app that knows it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Prefetch
from django.urls import reverse

from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.dates import long_date
from enamnd.home import Line, line_of
from enamnd.organisation.models import Mandate, Municipality, Seat
from enamnd.waiting import Waiting
from finance import rules as finance_rules
from finance.consulting import waiting_to_answer
from finance.invoicing import reading as invoices
from meetings.decisions import council_rules, home_reports
from meetings.models import CouncilMatter, Dispatch
from meetings.noticing import clock_rules
from meetings.noticing.board_list import notices_for, row_of
from projects import adoption, participation_rules
from projects.models import Activity, Adoption
from riskcontrol import party_reports
from riskcontrol.goals import turnout
from riskcontrol.goals.reading import sittings_of
from riskcontrol.governing import rules as governing_rules
from riskcontrol.governing.waiting import open_consultations

MOST = 10
TOLD_WITHIN = timedelta(days=365)
P = Permission


@dataclass(frozen=True)
class Part:
    """A part of the page: its key (also its anchor), its heading, its template and what that shows."""

    key: str
    title: str
    template: str
    facts: dict = field(default_factory=dict)


def to_answer(user, municipality: Municipality, today: date) -> Part:
    """What the municipality owes: notices to put up, councils' answers, answers about activities, budgets, papers."""
    found = [
        *_notices_to_post(user, municipality, today),
        *_matters_to_answer(user, municipality),
        *_activities_to_answer(user, municipality),
        *_budgets_to_answer(user, municipality),
        *_papers_to_answer(user, municipality),
        *_meetings_to_tell(user, municipality, today),
    ]
    lines: list[Line] = [line_of(each, today) for each in sorted(found, key=lambda each: each.due_on or date.max)]
    return Part("svar", "Väntar på kommunen", "home/municipality/to_answer.html", {"lines": lines})


def _notices_to_post(user, municipality: Municipality, today: date) -> Iterator[Waiting]:
    if not user.may(P.READ_MEETINGS):
        return
    answers = municipality.pk in council_rules.may_answer_for(user)
    for each in notices_for([municipality]).filter(posted_on=None)[:MOST]:
        meeting = each.adjustment.meeting
        href = reverse("meetings:notice", args=[each.pk]) if answers else reverse("meetings:clocks", args=[meeting.pk])
        due = clock_rules.post_by(each.adjustment.adjusted_on)
        yield Waiting(due, f"Sätt upp anslaget: {meeting}", "Protokollet är justerat.", href, "Öppna")


def _matters_to_answer(user, municipality: Municipality) -> Iterator[Waiting]:
    if not user.may(P.READ_MEETINGS):
        return
    answers = municipality.pk in council_rules.may_answer_for(user)
    asked = CouncilMatter.objects.filter(closed_on=None, asked_on__isnull=False)
    for each in asked.exclude(decisions__municipality=municipality).order_by("answer_by", "pk")[:MOST]:
        href = reverse("meetings:council_matter", args=[each.pk])
        if answers:
            href = reverse("meetings:council_answer", args=[each.pk, municipality.pk])
        why = f"Nämnden väntar på beslut av fullmäktige i {municipality.full_name}."
        yield Waiting(each.answer_by, each.title, why, href, "För in" if answers else "Öppna")


def _activities_to_answer(user, municipality: Municipality) -> Iterator[Waiting]:
    if not user.may(P.READ_PROJECTS):
        return
    told = Adoption.objects.filter(municipality=municipality).exclude(state=Adoption.State.UNDECIDED)
    asked = Activity.objects.filter(answer_by__isnull=False, closed_on=None).exclude(pk__in=told.values("activity"))
    tells = municipality.pk in participation_rules.may_tell_for(user) or user.may(P.KEEP_PROJECTS)
    for each in asked.order_by("answer_by", "pk")[:MOST]:
        href = reverse("projects:tell", args=[each.pk, municipality.pk]) if tells else each.get_absolute_url()
        why = "Kommunen har inte sagt hur den gör."
        yield Waiting(each.answer_by, f"Svara om {each.name}", why, href, "Svara" if tells else "Öppna")


def _budgets_to_answer(user, municipality: Municipality) -> Iterator[Waiting]:
    if user.may(P.READ_ECONOMY):
        may_answer = is_allowed(finance_rules.check_can_answer, user, municipality)
        yield from waiting_to_answer([municipality.pk], may_answer=may_answer)


def _papers_to_answer(user, municipality: Municipality) -> Iterator[Waiting]:
    """Governing documents on remiss that the municipality has not answered."""
    if not is_allowed(governing_rules.check_can_see_consultation, user):
        return
    answers = municipality.pk in governing_rules.may_answer_for(user) or user.may(P.KEEP_GOVERNING)
    for each in open_consultations().exclude(answers__municipality=municipality).order_by("answer_by", "pk")[:MOST]:
        href = each.get_absolute_url()
        if answers:
            href = reverse("riskcontrol:consultation_answer", args=[each.pk, municipality.pk])
        why = "Kommunen har inte svarat på remissen."
        yield Waiting(each.answer_by, f"Svara på {each.document.title}", why, href, "Svara" if answers else "Öppna")


def _meetings_to_tell(user, municipality: Municipality, today: date) -> Iterator[Waiting]:
    """Meetings of the last year that nobody has told of at home; it is late once the board has met again."""
    if not user.may(P.READ_MEETINGS):
        return
    days = list(party_reports.days_of_meetings())
    tells = is_allowed(home_reports.check_can_tell, user, municipality)
    for each in party_reports.untold(municipality, today - TOLD_WITHIN)[:MOST]:
        after = next((day for day in days if day > each.held_on), None)
        href = reverse("meetings:home_reports", args=[each.pk])
        if tells:
            href = reverse("meetings:home_report", args=[each.pk, municipality.pk])
        why = "Ingen har fört in var besluten har återrapporterats."
        what = f"Återrapportera {each.body.name} {long_date(each.held_on)}"
        yield Waiting(after, what, why, href, "För in" if tells else "Öppna")


def seats(user, municipality: Municipality, today: date) -> Part | None:
    """Who has the municipality's seats today, and how often it has come to the meetings, this year and the last."""
    if not user.may(P.READ_ORGANISATION):
        return None
    standing = Prefetch(
        "mandates", Mandate.objects.valid_on(today).select_related("person"), to_attr="mandates_in_force"
    )
    rows = Seat.objects.valid_on(today).filter(municipality=municipality).select_related("body")
    bodies: dict = {}
    for seat in rows.prefetch_related(standing).order_by("body__kind", "body__name", "kind", "order"):
        bodies.setdefault(seat.body, []).append(seat)
    shares = _shares(bodies, municipality, today)
    found = [(body, held, shares[body.pk]) for body, held in bodies.items()]
    facts = {"bodies": found, "years": (today.year, today.year - 1), "may_read_control": user.may(P.READ_CONTROL)}
    return Part("platser", "Platser och närvaro", "home/municipality/seats.html", facts)


def _shares(bodies, municipality: Municipality, today: date) -> dict[int, list[turnout.Share]]:
    """For each body the municipality's share of the meetings, this year and the last."""
    sittings = sittings_of([each.pk for each in bodies], date(today.year - 1, 1, 1), today, municipality.pk)
    return {
        body: [
            turnout.of_parties(each for each in held if each.held_on.year == year).get(municipality.pk, turnout.Share())
            for year in (today.year, today.year - 1)
        ]
        for body, held in sittings.items()
    }


def activities(user, municipality: Municipality, today: date) -> Part | None:
    """What the municipality takes part in, and how far it has come."""
    if not user.may(P.READ_PROJECTS):
        return None
    rows = adoption.rows_of(list(adoption.shared_activities()), [municipality])
    joined = [(row.activity, row.cells[0]) for row in rows if row.cells[0].takes_part]
    facts = {"joined": joined, "others": len(rows) - len(joined)}
    return Part("aktiviteter", "Aktiviteter", "home/municipality/activities.html", facts)


def decisions(user, municipality: Municipality, today: date) -> Part | None:
    """Decisions and protocols that have been sent to the municipality, the latest first."""
    if not user.may(P.READ_MEETINGS):
        return None
    rows = Dispatch.objects.filter(municipality=municipality, sent_on__isnull=False)
    latest = rows.select_related("meeting__body", "paragraph__body").defer("paragraph__sections")
    facts = {"sent": latest.order_by("-sent_on", "-pk")[:MOST], "most": MOST}
    return Part("beslut", "Beslut som har skickats hit", "home/municipality/decisions.html", facts)


def notices(user, municipality: Municipality, today: date) -> Part | None:
    """The municipality's notices of adjusted protocols, and how each stands."""
    if not user.may(P.READ_MEETINGS):
        return None
    rows = [row_of(each, today) for each in notices_for([municipality])[:5]]
    answers = municipality.pk in council_rules.may_answer_for(user)
    return Part("anslag", "Anslag", "home/municipality/notices.html", {"rows": rows, "answers": answers})


def invoiced(user, municipality: Municipality, today: date) -> Part | None:
    """The municipality's latest invoices, for those who may read them."""
    if not user.may(P.READ_ECONOMY):
        return None
    visible = invoices.visible_to(user).filter(municipality=municipality)
    rows = invoices.rows_of(invoices.for_list(visible)[:5], today)
    reads = user.may(P.READ_ALL_INVOICES) or municipality.pk in invoices.own_municipalities(user)
    return Part("ekonomi", "Ekonomi", "home/municipality/invoices.html", {"rows": rows, "reads_invoices": reads})

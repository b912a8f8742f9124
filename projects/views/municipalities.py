"""Min kommun: what one municipality takes part in, who works for it, what it has asked, and what waits for it."""

from dataclasses import dataclass
from datetime import date

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.answers import is_allowed
from enamnd.organisation.models import Municipality
from projects import adoption, commissions, participation_rules, resources, staffing
from projects.models import Activity, Adoption, Commission, ResourceAnswer
from projects.spreadsheets import spreadsheet_answer

HEADINGS = ("Aktivitet", "Deltar", "Läge", "Sedan", "I drift enligt planen", "Med från", "Anmärkning")


@requires(Permission.READ_PROJECTS)
def municipality(request):
    """One's own, or the one that is chosen."""
    parties = adoption.parties()
    own = participation_rules.own_municipalities(request.user)
    chosen = _chosen(request, parties, own)
    context = {"municipality": chosen, "parties": parties, "is_own": bool(chosen and chosen.pk in own)}
    if chosen:
        context |= _about(chosen) | {
            "may_tell": is_allowed(participation_rules.check_can_tell, request.user, chosen),
        }
    return render(request, "projects/municipality.html", context)


@dataclass(frozen=True)
class Question:
    """What a municipality has not answered: of which activity, what, by when (None: no day), and where it is done."""

    activity: Activity
    what: str
    due_on: date | None
    href: str


def _questions(chosen: Municipality, told: list) -> list[Question]:
    """What waits for the municipality's answer, the first day first."""
    found = [
        Question(
            each, "Ansluter sig kommunen, och hur långt har den kommit?", each.answer_by,
            reverse("projects:tell", args=[each.pk, chosen.pk]),
        )
        for each, cell in told if is_waiting(each, cell)
    ]  # fmt: skip
    for each in resources.waiting_for(chosen):
        extent = f" ({each.extent})" if each.extent else ""
        href = reverse("projects:request_answer", args=[each.activity_id, each.pk, chosen.pk])
        found.append(Question(each.activity, f"Resursbegäran: {each.what}{extent}.", each.answer_by, href))
    return sorted(found, key=lambda each: each.due_on or date.max)


def _about(chosen: Municipality) -> dict:
    told = _told(chosen)
    answers = ResourceAnswer.objects.filter(municipality=chosen).select_related("request__activity")
    return {
        "joined": [each for each in told if each[1].takes_part],
        "others": [each for each in told if not each[1].takes_part],
        "questions": _questions(chosen, told),
        "answers": answers.order_by("-request__asked_on", "-pk"),
        "working": staffing.working(timezone.localdate()).filter(municipality=chosen),
        "commissions": commissions.lines(
            commissions.for_lists().filter(pk__in=Commission.objects.filter(given_by=chosen))
        ),
    }


def _told(chosen: Municipality) -> list[tuple[Activity, adoption.Cell]]:
    rows = adoption.rows_of(list(adoption.shared_activities()), [chosen])
    return [(row.activity, row.cells[0]) for row in rows]


def is_waiting(activity: Activity, cell: adoption.Cell) -> bool:
    """Whether the activity waits for the municipality's answer."""
    return activity.answer_by is not None and cell.state in ("", Adoption.State.UNDECIDED)


@requires(Permission.READ_PROJECTS)
def municipality_file(request):
    """What a municipality takes part in, as an Excel file: one's own, or the one that is chosen."""
    chosen = _chosen(request, adoption.parties(), participation_rules.own_municipalities(request.user))
    rows = _told(chosen) if chosen else []
    name = f"Projekt i {chosen.name}" if chosen else "Projekt"
    return spreadsheet_answer(name, HEADINGS, (_cells(*each) for each in rows))


def _cells(activity: Activity, cell: adoption.Cell) -> tuple:
    takes_part = "Ja" if cell.takes_part else "Nej"
    state = Adoption.State(cell.state).label if cell.state else ""
    return activity.name, takes_part, state, cell.since_on, cell.planned_on, cell.joined_on, cell.note


def _chosen(request, parties: list[Municipality], own: set[int]) -> Municipality | None:
    wanted = request.GET.get("kommun", "")
    keys = {int(wanted)} if wanted.isdecimal() else own
    return next((each for each in parties if each.pk in keys), None)

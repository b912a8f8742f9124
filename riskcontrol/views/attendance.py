"""Attendance over a year: a picture of the meetings, each municipality in a table, and the same as a file."""

from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from enamnd.accounts.access import requires
from enamnd.accounts.roles import Permission
from enamnd.organisation.models import Body
from meetings.models import Meeting
from projects.spreadsheets import spreadsheet_answer
from riskcontrol.goals.happenings import days_in_words
from riskcontrol.goals.overview import attendance_of, bodies_with_seats, target_of
from riskcontrol.goals.picture import picture
from riskcontrol.models import Indicator

Counting = Indicator.Counting


@requires(Permission.READ_CONTROL)
def attendance(request):
    """The attendance of a body in a year."""
    bodies = list(bodies_with_seats())
    if not bodies:
        return render(request, "riskcontrol/goals/attendance.html", {"body": None})
    body, year, counting, indicator = _chosen(request, bodies)
    found = attendance_of(body, year, timezone.localdate(), counting)
    target = int(indicator.target) if indicator else None
    context = {
        "body": body,
        "bodies": bodies,
        "year": year,
        "years": _years(body, year),
        "counting": counting,
        "countings": Counting.choices,
        "counted": Counting(counting).label.lower(),
        "found": found,
        "rows": [
            (party, list(zip(found.told, signs, strict=True)), share, bool(target) and not share.reaches(target))
            for party, signs, share in found.rows()
        ],
        "meetings": [(key, days_in_words(day, day), share) for key, day, share in found.meetings()],
        "picture": picture(found.meetings(), target) if found.sittings else None,
        "indicator": indicator,
        "is_reached": found.whole.reaches(target) if target and found.whole.of else None,
    }
    return render(request, "riskcontrol/goals/attendance.html", context)


@requires(Permission.READ_CONTROL)
def attendance_file(request):
    """The same as an Excel file, in words and whole numbers."""
    bodies = list(bodies_with_seats())
    if not bodies:
        raise Http404
    body, year, counting, _ = _chosen(request, bodies)
    found = attendance_of(body, year, timezone.localdate(), counting)
    words = {"●": "deltog", "○": "deltog inte", "–": "ingen plats"}
    headings = ("Kommun", *(f"{each.held_on}" for each in found.told), "Deltog", "Av", "Procent")
    rows = [
        (party.name, *(words.get(sign, sign) for sign in signs), share.part, share.of, share.percent)
        for party, signs, share in found.rows()
    ]
    shares = [share for _, _, share in found.meetings() if share.of]
    whole = found.whole
    rows.append(("Alla", *(f"{each.part} av {each.of}" for each in shares), whole.part, whole.of, whole.percent))
    return spreadsheet_answer(f"Närvaro {year}", headings, rows)


def _chosen(request, bodies: list[Body]) -> tuple[Body, int, str, Indicator | None]:
    """Body, year and way of counting that the address asks for, else the first body, this year and its indicator's."""
    wanted = request.GET.get("organ", "")
    body = next((each for each in bodies if str(each.pk) == wanted), bodies[0])
    asked = request.GET.get("ar", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and int(asked) >= 1900 else timezone.localdate().year
    indicator = target_of(body, year)
    counting = request.GET.get("rakna", "")
    if counting not in Counting.values:
        counting = indicator.counting if indicator else Counting.PARTIES.value
    return body, year, counting, indicator


def _years(body: Body, chosen: int) -> list[int]:
    """The years that the body has met in, and the one that is shown, latest first."""
    days: list[date] = list(Meeting.objects.filter(body=body).dates("held_on", "year"))
    return sorted({*(each.year for each in days), chosen, timezone.localdate().year}, reverse=True)

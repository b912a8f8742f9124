"""How long goals, attendance and Min kommun take after ten years: `python -m tests.bench.bench_goals`.

Sixty goals and sixty indicators a year, of 14 municipalities and of 290, with eleven meetings a year where everybody is
marked. Measured as in bench_pages; any page under 200 ms, 95 times of 100.
"""

import sys
import tempfile
from datetime import date, timedelta

from tests.bench import figures, portal

YEARS, GOALS, MEETINGS = 10, 60, 11
TARGET = 200  # ms
KINDS = ("at_least", "turnout", "agreements", "parties", "by_hand")


def run(sizes=(14, 290)):
    """Print median, 95th percentile and number of queries for each page, in a process of its own for each size."""
    import os
    import subprocess

    for size in sizes:
        module = [sys.executable, "-m", "tests.bench.bench_goals", str(size)]
        subprocess.run(module, env=os.environ, check=True)


def measure(municipalities: int):
    with tempfile.TemporaryDirectory(prefix="matning-") as folder:
        portal.set_up(folder)
        keeper, own, body, plan = fill(municipalities)
        portal.as_web_process()
        figures.heading(f"Mål, närvaro och Min kommun: {municipalities} kommuner, tio år, {GOALS} mål om året")
        with portal.gunicorn() as port:
            portal.report_pages(portal.Visitor(port, keeper), pages(body, plan), TARGET)
            portal.report_pages(portal.Visitor(port, own), {"Min kommun": "/min-kommun/"}, TARGET)


def fill(municipalities: int):
    """Ten years in bulk. Returns a keeper, somebody of one municipality, the body and the latest year's goals."""
    from tests import factories

    factories.board()
    body = factories.seated_body(municipalities)
    last = date.today().year
    for year in range(last - YEARS + 1, last + 1):
        plan = fill_year(year, body)
    own = factories.user("member", municipality=body.seats.first().municipality)
    return factories.user("coordinator"), own, body, plan


def fill_year(year: int, body):
    from riskcontrol.models import Goal, Indicator, Outlook
    from tests import factories

    hold_meetings(year, body)
    plan = factories.goal_plan(year)
    goals = Goal.objects.bulk_create(
        Goal(plan=plan, number=number, text=f"Nämnden når sitt mål {number}") for number in range(1, GOALS + 1)
    )
    indicators = Indicator.objects.bulk_create(
        Indicator(plan=plan, number=number, text=f"Det räknas {number}", kind=KINDS[number % 5], target=10)
        for number in range(1, GOALS + 1)
    )
    pay_for(goals, year)
    through = Indicator.bodies.through
    through.objects.bulk_create(through(indicator=each, body=body) for each in indicators)
    months = ((1, 4), (5, 8), (9, 12))
    for number, (first, end) in enumerate(months, 1):
        days = {"first_on": date(year, first, 1), "last_on": date(year, end, 28)}
        period = factories.goal_period(plan, name=f"Tertial {number}", **days)
        said = {"comment": "Det går som planerat. " * 8, "forecast": "will"}
        Outlook.objects.bulk_create(
            [Outlook(period=period, goal=each, **said) for each in goals]
            + [Outlook(period=period, indicator=each, **said) for each in indicators]
        )
    return plan


def pay_for(goals, year: int):
    """A decided budget of twenty items, and two of them for each goal: the whole of one, an amount of another."""
    from finance.models import BudgetDecision, CostItem
    from riskcontrol.models import GoalMoney
    from tests import factories

    items = [CostItem.objects.get_or_create(name=f"Post {number}")[0] for number in range(20)]
    version = factories.budget_version(year, dict.fromkeys(items, (500000, 500000)))
    BudgetDecision.objects.create(version=version, decided_on=date(year - 1, 12, 1), decision="§ 40")
    GoalMoney.objects.bulk_create(
        GoalMoney(goal=each, item=items[(each.number + place) % 20], amount=amount)
        for each in goals
        for place, amount in enumerate((None, 20_000_00))
    )


def hold_meetings(year: int, body):
    """Meetings where every member and substitute is marked, and a decision that is sent to everybody."""
    from meetings.models import Attendance, Dispatch
    from tests import factories

    seats = list(body.seats.select_related("municipality"))
    for number in range(MEETINGS):
        day = date(year, 1, 10) + timedelta(days=30 * number)
        if day > date.today():
            return
        meeting = factories.meeting(1, body=body, held_on=day)
        Attendance.objects.bulk_create(
            Attendance(
                meeting=meeting,
                seat=seat,
                municipality=seat.municipality,
                municipality_name=seat.municipality.name,
                seat_kind=seat.kind,
                name=f"Kim {seat.pk}",
                presence="serving" if seat.kind == "member" and (seat.pk + number) % 5 else "absent",
            )
            for seat in seats
        )
        paragraph = meeting.paragraphs.get()
        parties = {seat.municipality for seat in seats}
        Dispatch.objects.bulk_create(
            Dispatch(meeting=meeting, paragraph=paragraph, recipient=each.name, municipality=each, sent_on=day)
            for each in parties
        )


def pages(body, plan) -> dict[str, str]:
    period = plan.periods.order_by("first_on").last()
    return {
        "Årets mål": f"/styrning/mal/{plan.year}/",
        "Periodens kommentarer": period.get_absolute_url(),
        "Ett mål": plan.goals.first().get_absolute_url(),
        "Närvaro": f"/styrning/narvaro/?organ={body.pk}",
    }


if __name__ == "__main__":
    measure(int(sys.argv[1])) if len(sys.argv) > 1 else run()

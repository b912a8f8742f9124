"""How long money takes: amounts divided, and pages after twenty years: `python -m tests.bench.bench_finance`.

Targets: 1 000 amounts over 290 municipalities under a second, and any page under 200 ms, 95 times of 100.
"""

import random
import tempfile
from datetime import date
from fractions import Fraction

from tests.bench import figures, portal

AMOUNTS, PLACES, YEARS, ITEMS, PARTIES = 1000, 290, 20, 10, 14
FIRST_YEAR = 2006
ARITHMETIC_TARGET, PAGE_TARGET = 1000, 200  # ms
ROUNDS = 5


def run():
    """Print how long the arithmetic takes, then a row for each page."""
    figures.heading(f"{AMOUNTS} belopp fördelade på {PLACES} kommuner, en del lika och resten efter folkmängd")
    figures.report("Fördelning", figures.timed(a_thousand(), rounds=ROUNDS, warm_up=1), target=ARITHMETIC_TARGET)
    with tempfile.TemporaryDirectory(prefix="matning-") as folder:
        portal.set_up(folder)
        user = fill()
        figures.heading(f"Ekonomi efter {YEARS} år, {ITEMS} poster om året på {PARTIES} kommuner")
        with portal.gunicorn() as port:
            portal.report_pages(portal.Visitor(port, user), pages(), PAGE_TARGET)


def a_thousand():
    """The work of dividing the amounts, by figures made beforehand."""
    from finance.allocation import Part, allocate

    chance = random.Random(290)
    who = [f"Kommun {number}" for number in range(PLACES)]
    people = {each: chance.randint(2_000, 990_000) for each in who}
    amounts = [chance.randint(1, 10**12) for _ in range(AMOUNTS)]
    parts = [Part("lika delar", None, percent=Fraction(30)), Part("folkmängd", people)]

    def divide():
        for amount in amounts:
            assert sum(each.amount for each in allocate(amount, parts, who, unit=100).shares) == amount

    return divide


def fill():
    """Twenty years of budgets, allocations and outcomes, and one allocation over 290 municipalities."""
    from django.db import connection

    from finance.actions.allocations import make_allocation
    from tests import factories

    factories.board()
    parties = [factories.municipality(f"Part {number:02}") for number in range(PARTIES)]
    kind = factories.key_figure_kind("Folkmängd")
    for year in range(FIRST_YEAR - 2, FIRST_YEAR + YEARS):
        factories.key_figures(kind, dict.fromkeys(parties, 5000 + year), date(year, 12, 31))
    model = factories.model_version(
        {"method": "equal", "size": "percent", "percent": 30},
        {"method": "figure", "size": "rest", "kind": kind},
        valid_from=date(2000, 1, 1),
    )
    items = [factories.cost_item(f"Post {number}", model=model.model) for number in range(ITEMS)]
    for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
        fill_year(year, items, model, parties)
    many = [factories.municipality(f"Kommun {number}", is_party=False) for number in range(PLACES)]
    factories.key_figures(kind, dict.fromkeys(many, 9000), date(FIRST_YEAR - 2, 12, 31))
    make_allocation("Alla kommuner", FIRST_YEAR, model, many, 490_000_00, by=None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return factories.user("coordinator", name="Elin Ek")


def fill_year(year: int, items, model, parties):
    from finance.actions.allocations import make_allocation
    from finance.actions.budgets import decide_budget
    from finance.actions.follow_up import enter_outcome, make_forecast
    from tests import factories

    version = factories.budget_version(year, dict.fromkeys(items, (1000000 + year, 1000000 + year)))
    decide_budget(version, decided_on=date(year - 1, 6, 15), decision="§ 12", by=None)
    for item in items:
        make_allocation(f"{item.name} {year}", year, model, parties, (1_000_000 + year) * 100, item=item, by=None)
    amounts = {(item.pk, side): 900_000_00 for item in items for side in ("income", "cost")}
    enter_outcome(version.budget, date(year, 10, 31), amounts, by=None)
    make_forecast(version.budget, date(year, 10, 31), "Lo", amounts, by=None)


def pages() -> dict[str, str]:
    from django.urls import reverse

    from enamnd.organisation.models import Municipality
    from finance.models import Allocation, CostItem, KeyFigureKind

    last = FIRST_YEAR + YEARS - 1
    latest = Allocation.objects.filter(year=last).first()
    wide = Allocation.objects.get(title="Alla kommuner")
    party = Municipality.objects.filter(is_party=True, name="Part 05").get()
    return {
        "Ekonomi": reverse("finance:overview"),
        "Budget, sida vid sida": reverse("finance:budget_list"),
        "Budget, ett år": reverse("finance:budget", args=[last]),
        "Utfall och prognos": reverse("finance:follow_up", args=[last]),
        "Fördelningar": reverse("finance:allocation_list"),
        "En fördelning": latest.get_absolute_url(),
        "  på 290 kommuner": wide.get_absolute_url(),
        "Så räknades beloppet": reverse("finance:share", args=[latest.pk, party.pk]),
        "Kommunens sida": f"{reverse('finance:municipality')}?kommun={party.pk}",
        "Nyckeltal": reverse("finance:figures", args=[KeyFigureKind.objects.get().pk]),
        "En kostnadspost": CostItem.objects.first().get_absolute_url(),
    }


if __name__ == "__main__":
    run()

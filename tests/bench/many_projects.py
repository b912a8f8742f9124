"""A board that has followed much for long: 500 activities, ten years of reports, a matrix of all municipalities."""

import random
from datetime import date, timedelta

from enamnd.organisation.models import Municipality
from projects.default_phases import USUAL
from projects.models import Activity, Adoption, Agreement, Participation, PhaseStep, StatusReport
from tests import factories
from tests.bench import invented

ACTIVITIES, YEARS, REPORTS_A_YEAR = 500, 10, 6
BEGAN = date(2016, 1, 11)
KINDS = ("project", "project", "project", "procurement", "management", "running")


def fill(municipalities: int) -> None:
    """Make everything, with so many municipalities taking part in nearly all."""
    chance = random.Random(municipalities)
    host, *_ = parties = Municipality.objects.bulk_create(
        Municipality(name=f"{invented.PLACES[number % 14]} {number}", full_name=f"Kommun {number}", is_party=True)
        for number in range(municipalities)
    )
    factories.board(host=host)
    phases = make_phases()
    activities = Activity.objects.bulk_create(map(activity, range(ACTIVITIES)))
    PhaseStep.objects.bulk_create(each for one in activities for each in steps(one, phases, chance))
    StatusReport.objects.bulk_create((each for one in activities for each in reports(one, chance)), batch_size=2000)
    joined = [(one, party) for one in activities for party in parties if chance.random() < 0.8]
    Participation.objects.bulk_create(
        (Participation(activity=one, municipality=party, joined_on=BEGAN) for one, party in joined), batch_size=2000
    )
    states = Adoption.State.values
    Adoption.objects.bulk_create(
        (
            Adoption(activity=one, municipality=party, state=chance.choice(states), since_on=BEGAN)
            for one, party in joined
        ),
        batch_size=2000,
    )
    Agreement.objects.bulk_create(
        Agreement(activity=one, name=f"Avtal {one}", kind="contract", valid_until=BEGAN + timedelta(days=4000))
        for one in activities[::3]
    )


def make_phases() -> list:
    return [factories.phase(order=number, **facts) for number, facts in enumerate(USUAL, 1)]


def activity(number: int) -> Activity:
    starts_on = BEGAN + timedelta(days=7 * number)
    return Activity(
        name=f"{invented.WORDS[number % 40].capitalize()} {number}",
        kind=KINDS[number % len(KINDS)],
        time_plan=f"{starts_on.year}–{starts_on.year + 3}",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=1000),
        responsible="Elin Ek",
        comment=" ".join(invented.WORDS[:20]),
        purpose=" ".join(invented.WORDS),
        position=number,
        in_plan=True,
    )


def steps(one: Activity, phases: list, chance: random.Random):
    """The phases up to the one that it is in; what runs all the time is in none."""
    if one.kind == "running":
        return
    last = chance.randrange(1, len(phases) - 1)
    for number, phase in enumerate(phases[: last + 1]):
        day = one.starts_on + timedelta(days=90 * number)
        yield PhaseStep(
            activity=one,
            phase=phase,
            started_on=day,
            ended_on=day + timedelta(days=90) if number < last else None,
            decision="Styrgruppen",
        )


def reports(one: Activity, chance: random.Random):
    for number in range(YEARS * REPORTS_A_YEAR):
        day = BEGAN + timedelta(days=number * 365 // REPORTS_A_YEAR + chance.randrange(40))
        yield StatusReport(
            activity=one, reported_on=day, text="Arbetet går vidare.\nNästa möte i maj.", time="on_track"
        )

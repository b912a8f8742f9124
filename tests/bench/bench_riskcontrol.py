"""How long pages of risks take after ten years of 200 risks: `python -m tests.bench.bench_riskcontrol`.

Every year has forty items in its plan, each checked four times and followed up. Measured as in bench_pages; any page
under 200 ms, 95 times of 100.
"""

import tempfile
from datetime import date

from tests.bench import figures, portal

YEARS, RISKS, ITEMS, SCORERS = 10, 200, 40, 28
TARGET = 200  # ms
LAST = 2026


def run():
    """Print median, 95th percentile and number of queries for each page."""
    with tempfile.TemporaryDirectory(prefix="matning-") as folder:
        portal.set_up(folder)
        user, plan = fill()
        portal.as_web_process()
        figures.heading(f"Risker och intern kontroll efter tio år ({size()})")
        with portal.gunicorn() as port:
            portal.report_pages(portal.Visitor(port, user), pages(plan), TARGET)
        report_paper(plan)


def fill():
    """Ten years, made in bulk, each built on the one before. Returns a keeper and the latest plan."""
    from tests import factories

    factories.board()
    user = factories.user("coordinator", name="Joel Ek")
    scorers = [factories.user("member") for _ in range(SCORERS)]
    scale, before = factories.risk_scale(), None
    for year in range(LAST - YEARS + 1, LAST + 1):
        before = fill_year(factories.control_plan(year, scale=scale, previous=before), before, scorers)
    return user, before


def fill_year(plan, before, scorers):
    from riskcontrol.models import (
        Check,
        ControlActivity,
        ControlItem,
        FollowUp,
        ItemFollowUp,
        PlanAdoption,
        Risk,
        Score,
    )

    earlier = dict(before.risks.values_list("number", "pk")) if before else {}
    risks = Risk.objects.bulk_create(risk(plan, number, earlier.get(number)) for number in range(1, RISKS + 1))
    items = ControlItem.objects.bulk_create(ControlItem(risk=each, position=each.number) for each in risks[:ITEMS])
    activities = ControlActivity.objects.bulk_create(
        ControlActivity(item=each, method="Avstämning med ansvariga", frequency="kvartal", schedule="quarterly")
        for each in items
    )
    days = [date(plan.year, month, 28) for month in (3, 6, 9)]
    Check.objects.bulk_create(
        Check(activity=each, done_on=day, covers_on=day, result="fine") for each in activities for day in days
    )
    PlanAdoption.objects.create(plan=plan, adopted_on=date(plan.year - 1, 12, 10), decision="§ 50")
    follow_up = FollowUp.objects.create(plan=plan, name="Delårsrapport 2", followed_on=date(plan.year, 8, 31))
    ItemFollowUp.objects.bulk_create(
        ItemFollowUp(follow_up=follow_up, item=each, decision="Risken hanteras", analysis="Enligt plan. " * 10)
        for each in items
    )
    if plan.year == LAST:
        Score.objects.bulk_create(
            Score(risk=each, by=who, likelihood=1 + (each.number + at) % 5, consequence=1 + at % 5)
            for each in risks
            for at, who in enumerate(scorers)
        )
    return plan


def risk(plan, number: int, follows: int | None):
    from riskcontrol.models import Risk

    likelihood, consequence = 1 + number % 5, 1 + number // 5 % 5
    is_treated = number % 7 == 0
    return Risk(
        plan=plan,
        number=number,
        text=f"Leverans {number} blir försenad så att kommunerna får vänta",
        responsible="Samordnaren",
        likelihood=likelihood,
        consequence=consequence,
        likelihood_after=1 if is_treated else None,
        consequence_after=consequence if is_treated else None,
        analysis="Kommunerna är beroende av att leveransen kommer i tid. " * 4,
        decision="Risken hanteras",
        follows_id=follows,
    )


def size() -> str:
    from riskcontrol.models import Check, Risk, Score

    counts = [model.objects.count() for model in (Risk, Check, Score)]
    return "{} risker, {} kontroller, {} bedömningar".format(*counts)


def pages(plan) -> dict[str, str]:
    from django.urls import reverse

    def at(name: str, *ids) -> str:
        return reverse(f"riskcontrol:{name}", args=ids)

    risk = plan.risks.first()
    return {
        "Att göra": reverse("home"),
        "Styrning, översikt": at("overview"),
        "Riskmatris": at("matrix", plan.year),
        "  en ruta vald": at("matrix", plan.year) + "?s=2&k=3",
        "Bruttolista": at("risk_list", plan.year),
        "  sökning": at("risk_list", plan.year) + "?q=leverans",
        "Verkstad": at("workshop", plan.year),
        "Internkontrollplan": at("plan", plan.year),
        "  för tio år sedan": at("plan", plan.year - YEARS + 1),
        "Ändrat sedan förra året": at("plan_changes", plan.year),
        "Uppföljning": at("follow_up", plan.follow_ups.get().pk),
        "En risk": at("risk", risk.pk),
        "Ett kontrollmoment": at("item", risk.item.pk),
        "Bruttolista som Excel": at("risk_file", plan.year),
    }


def report_paper(plan):
    """The plan as PDF, with its matrix."""
    from riskcontrol import paper

    timing = figures.timed(lambda: paper.as_pdf(paper.compose_plan(plan)), rounds=3, warm_up=1)
    figures.report(f"Planen som PDF, {ITEMS} moment", timing)


if __name__ == "__main__":
    run()

"""How long pages of audits and Min kommun take after ten years of 290 audits: `python -m tests.bench.bench_audits`.

Every audit has two recommendations with a measure each; the latest year's first has 120 questions with answers.
Measured as in bench_pages; any page under 200 ms, 95 times of 100.
"""

import tempfile
from datetime import date

from tests.bench import figures, portal

YEARS, PARTIES, QUESTIONS = 10, 290, 120
TARGET = 200  # ms


def run():
    """Print median, 95th percentile and number of queries for each page."""
    with tempfile.TemporaryDirectory(prefix="matning-") as folder:
        portal.set_up(folder)
        keeper, own, audit, questionnaire = fill()
        portal.as_web_process()
        figures.heading(f"Granskningar: {PARTIES} kommuner i tio år, {QUESTIONS} frågor")
        with portal.gunicorn() as port:
            portal.report_pages(portal.Visitor(port, keeper), pages(audit, questionnaire), TARGET)
            portal.report_pages(portal.Visitor(port, own), {"Min kommun": "/min-kommun/"}, TARGET)


def fill():
    """Ten years in bulk. Returns a keeper, somebody of one municipality, its latest audit and the questions of that."""
    from tests import factories

    factories.board()
    body = factories.seated_body(PARTIES)
    places = [seat.municipality for seat in body.seats.filter(kind="member").select_related("municipality")]
    last = date.today().year
    for year in range(last - YEARS, last):
        audits = fill_year(year, places)
    hold_meetings(body, last)
    questionnaire = factories.questionnaire(audits[0], questions=0)
    answer(questionnaire)
    own = factories.user("member", municipality=places[0])
    return factories.user("coordinator"), own, audits[0], questionnaire


def fill_year(year: int, places):
    from riskcontrol.models import Audit, AuditMeasure, Finding

    came = date(year + 1, 3, 1)
    said = {"purposeful": "yes", "economical": "yes", "controlled": "partly"}
    audits = Audit.objects.bulk_create(Audit(year=year, municipality=each, received_on=came, **said) for each in places)
    findings = Finding.objects.bulk_create(
        Finding(audit=each, text="Det saknas en uppföljning. " * 4, recommendation=f"Följ upp del {number}")
        for each in audits
        for number in (1, 2)
    )
    measures = AuditMeasure.objects.bulk_create(
        AuditMeasure(text="Rapportera kontrollerna", owner="Samordnaren", due_on=date(year + 1, 12, 1))
        for _ in findings
    )
    through = AuditMeasure.findings.through
    through.objects.bulk_create(
        through(auditmeasure=measure, finding=finding) for measure, finding in zip(measures, findings, strict=True)
    )
    return audits


def hold_meetings(body, year: int):
    """Six meetings whose protocols are adjusted and that nobody has told of at home."""
    from tests import factories

    for month in range(1, 7):
        factories.adjustment(factories.meeting(1, body=body, held_on=date(year, month, 14)))


def answer(questionnaire):
    from riskcontrol.models import Question

    section = questionnaire.sections.get()
    Question.objects.bulk_create(
        Question(
            section=section,
            position=number,
            number=f"1.{number}",
            text=f"Har nämnden gjort sak {number}?",
            mark="yes",
            comment="Ja, enligt planen. " * 6,
        )
        for number in range(1, QUESTIONS + 1)
    )


def pages(audit, questionnaire) -> dict[str, str]:
    from django.urls import reverse

    return {
        "Att göra": reverse("home"),
        "Årets granskningar": reverse("riskcontrol:audit_year", args=[audit.year]),
        "En granskning": reverse("riskcontrol:audit", args=[audit.pk]),
        "Frågorna med svar": reverse("riskcontrol:questionnaire", args=[questionnaire.pk]),
        "Revisorspaket": reverse("riskcontrol:package_list"),
        "Min kommun, vald": f"{reverse('my_municipality')}?kommun={audit.municipality_id}",
    }


if __name__ == "__main__":
    run()

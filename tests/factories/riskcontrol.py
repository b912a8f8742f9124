"""Risks, internal control, goals, governing documents and audits."""

from datetime import date

from enamnd.organisation.models import Body, Municipality
from riskcontrol.models import (
    Audit,
    AuditMeasure,
    Consultation,
    ControlActivity,
    ControlItem,
    ControlPlan,
    Finding,
    Goal,
    GoalPeriod,
    GoalPlan,
    GoverningDocument,
    GoverningKind,
    GoverningSection,
    Indicator,
    Question,
    Questionnaire,
    Risk,
    RiskScale,
)
from riskcontrol.scoring import TONES

from .documents import paper
from .organisation import municipality
from .serial import numbers


def risk_scale(size: int = 5, **fields) -> RiskScale:
    """A scale with so many steps on each axis, and four levels."""
    steps = [{"word": f"Steg {value}", "meaning": ""} for value in range(1, size + 1)]
    starts = zip((1, size, 2 * size, 3 * size), ("Låg", "Måttlig", "Hög", "Mycket hög"), TONES, strict=False)
    bands = [{"from": start, "word": word, "tone": tone, "meaning": ""} for start, word, tone in starts]
    defaults = {"name": f"{size} × {size}, nr {next(numbers)}", "likelihood": steps, "consequence": steps}
    return RiskScale.objects.create(**defaults | {"bands": bands} | fields)


def control_plan(year: int = 2022, risks: int = 0, **fields) -> ControlPlan:
    """A proposal for a year with a 5 × 5 scale, and so many risks that are chosen for it."""
    fields = {"title": f"Internkontrollplan {year}", "scale": fields.pop("scale", None) or risk_scale()} | fields
    made = ControlPlan.objects.create(year=year, **fields)
    for _ in range(risks):
        control_item(risk(made, likelihood=2, consequence=3))
    return made


def risk(of: ControlPlan | None = None, text: str | None = None, **fields) -> Risk:
    """A risk last on the gross list, without a value unless one is given."""
    of = of or control_plan()
    number = of.risks.count() + 1
    defaults = {"text": text or f"Leverans {number} blir försenad", "responsible": "Samordnaren"}
    return Risk.objects.create(plan=of, number=number, **defaults | fields)


def control_item(of: Risk | None = None, **fields) -> ControlItem:
    """A risk in the plan, with one way to check it."""
    of = of or risk(likelihood=2, consequence=3)
    activities = fields.pop("activities", 1)
    made = ControlItem.objects.create(risk=of, **{"position": of.number} | fields)
    for _ in range(activities):
        control_activity(made)
    return made


def control_activity(of: ControlItem | None = None, **fields) -> ControlActivity:
    defaults = {"method": "Stickprov", "frequency": "varje kvartal", "schedule": "quarterly"}
    return ControlActivity.objects.create(item=of or control_item(activities=0), **defaults | fields)


def goal_plan(year: int = 2022, goals: int = 0, **fields) -> GoalPlan:
    """The goals of a year, with goals that nothing is linked to."""
    made = GoalPlan.objects.create(year=year, **fields)
    for _ in range(goals):
        goal(made)
    return made


def goal(of: GoalPlan | None = None, **fields) -> Goal:
    of = of or goal_plan()
    number = of.goals.count() + 1
    return Goal.objects.create(plan=of, number=number, **{"text": f"Nämnden når sitt mål {number}"} | fields)


def indicator(of: GoalPlan | None = None, *bodies: Body, **fields) -> Indicator:
    """At least four a year of what the bodies do, unless other fields say otherwise."""
    of = of or goal_plan()
    number = of.indicators.count() + 1
    defaults = {"text": f"Det räknas {number}", "kind": Indicator.Kind.AT_LEAST, "target": 4}
    made = Indicator.objects.create(plan=of, number=number, **defaults | fields)
    made.bodies.set(bodies)
    return made


def goal_period(of: GoalPlan | None = None, **fields) -> GoalPeriod:
    of = of or goal_plan()
    days = {"first_on": date(of.year, 1, 1), "last_on": date(of.year, 5, 31)}
    return GoalPeriod.objects.create(plan=of, **{"name": "Delårsrapport"} | days | fields)


def governing_kind(key: str | None = None, **fields) -> GoverningKind:
    key = key or f"plan-{next(numbers)}"
    return GoverningKind.objects.create(key=key, **{"name": "Verksamhetsplan"} | fields)


def governing_document(year: int = 2022, sections: int = 0, **fields) -> GoverningDocument:
    """A proposal with so many sections on the first level."""
    fields = {"kind": fields.pop("kind", None) or governing_kind(), "title": f"Verksamhetsplan {year}"} | fields
    made = GoverningDocument.objects.create(year=year, **fields)
    for number in range(1, sections + 1):
        governing_section(made, f"Rubrik {number}", html=f"<p>Text {number}.</p>")
    return made


def governing_section(of: GoverningDocument, heading: str = "Uppdrag", level: int = 1, **fields) -> GoverningSection:
    """A section last in a document."""
    number = of.sections.count() + 1
    defaults = {"key": f"avsnitt{number}", "position": number}
    return GoverningSection.objects.create(document=of, heading=heading, level=level, **defaults | fields)


def consultation(of: GoverningDocument, **fields) -> Consultation:
    """A proposal that is on remiss."""
    defaults = {"paper": paper(b"%PDF-1.7 remiss"), "answer_by": date(2030, 1, 15)}
    return Consultation.objects.create(document=of, **defaults | fields)


def audit(year: int = 2021, of: Municipality | None = None, **fields) -> Audit:
    """A municipality's audit of a year, whose report has not come."""
    return Audit.objects.create(year=year, municipality=of or municipality(), **fields)


def finding(of: Audit | None = None, **fields) -> Finding:
    """A recommendation, unless something else is given."""
    fields = fields or {"recommendation": "Följ upp alla kontrollmoment"}
    return Finding.objects.create(audit=of or audit(received_on=date(2022, 3, 1)), **fields)


def audit_measure(*findings: Finding, **fields) -> AuditMeasure:
    defaults = {"text": "Rapportera kontrollerna", "owner": "Samordnaren", "due_on": date(2022, 9, 1)}
    made = AuditMeasure.objects.create(**defaults | fields)
    made.findings.set(findings or [finding()])
    return made


def questionnaire(of: Audit | None = None, questions: int = 2, **fields) -> Questionnaire:
    """Questions 1.1, 1.2 … in one section, none of them answered."""
    fields = {"title": "Frågor inför granskningen"} | fields
    made = Questionnaire.objects.create(audit=of or audit(), **fields)
    section = made.sections.create(position=1, heading="Styrning", number="1", title="Mål", law="KL 6 kap. 6 §")
    for number in range(1, questions + 1):
        question(made, number=f"1.{number}", text=f"Har nämnden gjort sak {number}?", section=section, position=number)
    return made


def question(of: Questionnaire | None = None, **fields) -> Question:
    """A question last in the first section."""
    section = fields.pop("section", None) or (of or questionnaire(questions=0)).sections.first()
    defaults = {"text": "Har nämnden antagit en plan?", "position": section.questions.count() + 1}
    return Question.objects.create(section=section, **defaults | fields)

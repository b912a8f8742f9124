"""What steering and control gives the auditors: the internal control of the year, and earlier audits with answers."""

from enamnd.dates import long_date
from enamnd.documents.collecting import Contribution, Enclosure, Part, paper_enclosure
from enamnd.documents.models import Document, StoredFile
from enamnd.documents.rules import is_unreleased
from projects.spreadsheets import workbook

from ..goals.outlooks import lines_of, sentence
from ..models import (
    Audit,
    ControlPlan,
    FollowUp,
    GoalPeriod,
    GoverningAdoption,
    GoverningDocument,
    PlanAdoption,
    Submission,
)
from .sharing import names_of


def control(year: int) -> Contribution:
    """The adopted control plan of the year and its approved follow-ups, as they were issued."""
    plan = ControlPlan.objects.filter(year=year).first()
    if plan is None:
        return Contribution(missing=(f"Portalen har ingen internkontrollplan för {year}.",))
    found, missing = [], []
    adoption = PlanAdoption.objects.filter(plan=plan, withdrawn_at=None).select_related("paper__file")
    adopted = adoption.defer("paper__file__content").first()
    if adopted is None:
        missing.append(f"{plan.title} är inte antagen.")
    elif adopted.paper is None:
        missing.append(
            f"{plan.title} antogs {long_date(adopted.adopted_on)} utanför portalen och finns inte som papper."
        )
    else:
        found.append(paper_enclosure(adopted.paper, f"Internkontrollplan {year}.pdf", plan.title))
    rows = FollowUp.objects.filter(plan=plan).select_related("paper__file").defer("paper__file__content")
    follow_ups = list(rows.order_by("followed_on", "pk"))
    for each in follow_ups:
        if each.paper:
            title = f"{each.name}, per den {long_date(each.followed_on)}"
            found.append(paper_enclosure(each.paper, f"Uppföljning {each.followed_on} {each.name}.pdf", title))
        elif each.approved_on:
            missing.append(f"Uppföljningen {each.name} godkändes utanför portalen och finns inte som papper.")
        else:
            missing.append(f"Uppföljningen {each.name} är inte godkänd än.")
    if not follow_ups:
        missing.append(f"{plan.title} är inte uppföljd.")
    return Contribution(tuple(found), tuple(missing))


def governing(year: int) -> Contribution:
    """The governing documents of the year that are adopted, as they were issued; the others are told as missing."""
    adopted = GoverningAdoption.objects.filter(document__year=year, withdrawn_at=None)
    rows = list(adopted.select_related("document", "paper__file").defer("paper__file__content").order_by("adopted_on"))
    found = [
        paper_enclosure(
            each.paper,
            f"{each.document.title}.pdf",
            f"{each.document.title}, antogs {long_date(each.adopted_on)}",
        )
        for each in rows
    ]
    left = GoverningDocument.objects.filter(year=year).exclude(pk__in=[each.document_id for each in rows])
    return Contribution(tuple(found), tuple(f"{each.title} är inte antaget." for each in left))


def goals(year: int) -> Contribution:
    """The year's goals and indicators with what each approved follow-up says of them, in one table."""
    periods = GoalPeriod.objects.filter(plan__year=year).select_related("plan").order_by("first_on")
    approved = [each for each in periods if each.approved_on]
    missing = tuple(f"Uppföljningen {each.name} är inte godkänd än." for each in periods if not each.approved_on)
    if not periods:
        missing = (f"Portalen har ingen uppföljning av målen för {year}.",)
    if not approved:
        return Contribution(missing=missing)
    headings = ["Mål eller indikator", "Nummer", "Uppföljning", "Kommentar", "Prognos"]
    table = [row for period in approved for row in _outlook_rows(period)]
    title = f"Mål och indikatorer {year} med utfall"
    made = Enclosure(f"Mål och utfall {year}.xlsx", title, 0, lambda: workbook("Mål", headings, table))
    return Contribution((made,), missing)


def _outlook_rows(period: GoalPeriod) -> list[list]:
    return [
        [
            *(line.subject.text, line.subject.number, period.name),
            line.outlook.comment if line.outlook else "",
            sentence(line.outlook.forecast, is_goal=line.is_goal) if line.outlook else "Inte bedömt",
        ]
        for lines in lines_of(period)
        for line in lines
    ]


def audits(year: int) -> Contribution:
    """The audits of the year: their reports, the answers that were handed over, and how each stands."""
    rows = list(
        Audit.objects.filter(year=year)
        .select_related("municipality", "report__release", "reply__paragraph__meeting")
        .prefetch_related("findings")
    )
    if not rows:
        return Contribution(missing=(f"Ingen granskning av {year} är upplagd.",))
    found, missing = [_table(year, rows)], []
    for audit in rows:
        report = audit.report
        if report and _may_be_given(report):
            found.append(_report(audit))
        elif report and is_unreleased(report):
            missing.append(f"{audit.municipality}: revisionsrapporten är arbetsmaterial som ingen har godkänt.")
        elif audit.received_on:
            missing.append(f"{audit.municipality}: revisionsrapporten finns inte som fil i diariet.")
    given = Submission.objects.filter(questionnaire__audit__year=year, withdrawn_at=None).select_related(
        "paper__file", "questionnaire__audit__municipality"
    )
    given = given.prefetch_related("questionnaire__also__municipality")
    for each in given.defer("paper__file__content").order_by("questionnaire__audit__municipality__name", "pk"):
        more = " m.fl." if each.questionnaire.also.all() else ""
        name = f"Svar {each.questionnaire.audit.municipality}{more} {each.questionnaire.title}.pdf"
        whose = f"{names_of(each.questionnaire)}: {each.questionnaire.title}"
        title = f"{whose}, lämnat {long_date(each.submitted_on)}"
        found.append(paper_enclosure(each.paper, name, title))
    return Contribution(tuple(found), tuple(missing))


def _may_be_given(report: Document) -> bool:
    return bool(report.file_id) and not report.secrecy and not report.voided_because and not is_unreleased(report)


def _report(audit: Audit) -> Enclosure:
    report = audit.report
    ending = report.file_name.rpartition(".")[2] if "." in report.file_name else "pdf"
    files = StoredFile.objects.filter(pk=report.file_id)
    size = files.values_list("size", flat=True).get()
    name = f"Rapport {audit.municipality} {report.title}.{ending}"
    return Enclosure(
        name, f"{audit.municipality}: {report}", size, lambda: bytes(files.values_list("content", flat=True).get())
    )


def _table(year: int, rows: list[Audit]) -> Enclosure:
    headings = [
        *("Kommun", "Rapporten kom", "Ändamålsenligt", "Ekonomiskt tillfredsställande", "Intern kontroll"),
        *("Ansvarsfrihet", "Iakttagelser och rekommendationer", "Nämndens svar"),
    ]
    table = [
        [
            *(each.municipality.name, each.received_on, each.get_purposeful_display(), each.get_economical_display()),
            *(each.get_controlled_display(), each.get_discharge_display()),
            "\n".join(finding.recommendation or finding.text for finding in each.findings.all()),
            str(each.reply) if each.reply else "",
        ]
        for each in rows
    ]
    name = f"Granskningar {year}.xlsx"
    return Enclosure(
        name, f"Granskningarna av {year} i en tabell", 0, lambda: workbook("Granskningar", headings, table)
    )


PARTS = (
    Part("governing", "Verksamhetsplan och rapporter", governing),
    Part("goals", "Mål och utfall", goals),
    Part("control", "Internkontrollplan och uppföljning", control),
    Part("audits", "Granskningar och svar", audits),
)

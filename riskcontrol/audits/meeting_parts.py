"""What the meetings of a year give the auditors: protocols, the log of decisions, what was decided by delegation."""

from collections.abc import Iterable

from django.utils import timezone

from enamnd.dates import long_date
from enamnd.documents.collecting import Contribution, Enclosure, Part, paper_enclosure
from enamnd.documents.models import Document, Paper
from enamnd.formats import count
from enamnd.organisation.models import Body
from meetings.decisions import delegation
from meetings.decisions.dispatch import key_of, masked_keys, protocol_holds_secrets
from meetings.models import Adjustment, Meeting, Paragraph, Publication
from meetings.text import sections
from meetings.text.markup import plain_text
from projects.spreadsheets import workbook

HIDDEN = "Omfattas av sekretess och visas inte"


def protocols(year: int) -> Contribution:
    """The board's adjusted protocols: the paper itself, or its public version where it holds secrets."""
    meetings = Meeting.objects.filter(
        body__kind=Body.Kind.BOARD, held_on__year=year, held_on__lte=timezone.localdate()
    ).order_by("held_on")
    found, missing = [], []
    for meeting in meetings.select_related("body"):
        adjusted = list(_adjusted(meeting))
        if not any(not each.is_immediate for each in adjusted):
            missing.append(f"Protokollet {long_date(meeting.held_on)} är inte justerat i portalen.")
        for adjustment in adjusted:
            enclosure = _protocol(meeting, adjustment)
            if enclosure:
                found.append(enclosure)
            else:
                missing.append(
                    f"Protokollet {long_date(meeting.held_on)} innehåller uppgifter under sekretess, och ingen "
                    "offentlig version är gjord."
                )
    if not meetings:
        missing.append(f"Nämnden har inga sammanträden {year}.")
    return Contribution(tuple(found), tuple(missing))


def _adjusted(meeting: Meeting) -> Iterable[Adjustment]:
    rows = Adjustment.objects.standing().exclude(adjusted_on=None).filter(meeting=meeting)
    return rows.select_related("paper__file").defer("content", "paper__file__content").order_by("adjusted_on", "pk")


def _protocol(meeting: Meeting, adjustment: Adjustment) -> Enclosure | None:
    kind = "Omedelbart justerat" if adjustment.is_immediate else "Protokoll"
    name = f"{kind} {meeting.held_on}"
    title = f"{kind} {long_date(meeting.held_on)}, {meeting.body}"
    if adjustment.is_immediate:
        name, title = f"{name} {adjustment.pk}", f"{title}, paragrafer som justerades omedelbart"
    if not protocol_holds_secrets(adjustment):
        return paper_enclosure(adjustment.paper, f"{name}.pdf", title)
    public = Publication.objects.filter(adjustment=adjustment, withdrawn_at=None).select_related("paper__file")
    newest = public.defer("content", "search_text", "paper__file__content").first()
    return (
        paper_enclosure(newest.paper, f"{name} offentlig version.pdf", f"{title}, offentlig version")
        if newest
        else None
    )


def decision_log(year: int) -> Contribution:
    """Every decision of the year's adjusted protocols in one table (beslutslogg)."""
    rows = Paragraph.objects.filter(
        body__kind=Body.Kind.BOARD,
        year=year,
        number__isnull=False,
        adjustments__is_void=False,
        adjustments__adjustment__adjusted_on__isnull=False,
    )
    found = list(rows.select_related("meeting", "case").order_by("meeting__held_on", "number"))
    if not found:
        return Contribution(missing=(f"Inga beslut från {year} är justerade i portalen.",))
    secret = _secret_cases()
    masked = masked_keys({each.meeting_id for each in found})
    headings = ["Beslut", "Paragraf", "Sammanträde", "Ärendenummer", "Rubrik"]
    table = [_decision_row(each, secret, masked) for each in found]
    title = f"Beslutslogg {year}, {count(len(table), 'paragraf', 'paragrafer')}"
    return Contribution((Enclosure(f"Beslutslogg {year}.xlsx", title, 0, lambda: workbook("Beslut", headings, table)),))


def _decision_row(paragraph: Paragraph, secret: set[int], masked: set[str]) -> list:
    day = paragraph.meeting.held_on
    if paragraph.is_behind_closed_doors or paragraph.case_id in secret or key_of(paragraph) in masked:
        return [HIDDEN, paragraph.label, day, "", ""]
    case = paragraph.case.number if paragraph.case else ""
    return [decision_of(paragraph), paragraph.label, day, case, paragraph.title]


def decision_of(paragraph: Paragraph) -> str:
    """The words of the decision, a line a point."""
    told = []
    for section in sections.from_json(paragraph.sections):
        if section.kind == sections.DECISION:
            told += [item.text for item in section.items] if section.is_list else [plain_text(section.html)]
    return "\n".join(filter(None, map(str.strip, told)))


def _secret_cases() -> set[int]:
    return set(Document.objects.secret().values_list("case_id", flat=True))


def delegation_list(year: int) -> Contribution:
    """The delegation orders in force during the year, as they were issued, and the list of delegated decisions."""
    found, missing = [], []
    in_force = delegation.orders().filter(valid_from__year__lte=year).exclude(valid_until__year__lt=year)
    for order in in_force.order_by("valid_from"):
        paper = Paper.objects.of(order).filter(withdrawal=None).select_related("file").defer("file__content").first()
        if paper:
            name = f"Delegationsordning från {order.valid_from}.pdf"
            found.append(paper_enclosure(paper, name, f"{order.title}, från {long_date(order.valid_from)}"))
    if not found:
        missing.append(f"Ingen delegationsordning som gällde {year} är utfärdad i portalen.")
    decisions = list(delegation.register_of(year).select_related("document").order_by("decided_on", "id"))
    if decisions:
        found.append(_delegated(year, decisions))
    else:
        missing.append(f"Inga delegationsbeslut från {year} är registrerade.")
    return Contribution(tuple(found), tuple(missing))


def _delegated(year: int, decisions: list) -> Enclosure:
    secret = _secret_cases()
    headings = ["Ärende", "Nummer", "Beslutat", "Av", "Punkt", "Beslut", "Anmält", "Makulerat"]
    table = []
    for each in decisions:
        hidden = each.case_id in secret or bool(each.document and each.document.secrecy)
        reported = f"{each.reported_in.meeting.held_on} {each.reported_in.label}" if each.reported_in else "inte anmält"
        who = ", ".join(filter(None, [each.decided_by.name, each.capacity]))
        table.append(
            [
                *(HIDDEN if hidden else each.subject, each.number, each.decided_on, who),
                *(each.point.number if each.point else "", "" if hidden else each.decision),
                *("" if each.voided_because else reported, each.voided_because),
            ]
        )
    title = f"Delegationsbeslut {year}, {count(len(table), 'beslut', 'beslut')}"
    return Enclosure(f"Delegationsbeslut {year}.xlsx", title, 0, lambda: workbook("Delegationsbeslut", headings, table))


PARTS = (
    Part("protocols", "Justerade protokoll", protocols),
    Part("decisions", "Beslutslogg", decision_log),
    Part("delegation", "Delegationsordning och delegationsbeslut", delegation_list),
)

"""Decisions by delegates, and what becomes of decisions."""

from datetime import date

from django.utils import timezone

from enamnd.documents.issuing import issue_paper
from enamnd.organisation.models import Body
from meetings.adjusting.frozen import as_content
from meetings.models import (
    Adjustment,
    Attendance,
    Ballot,
    CouncilMatter,
    DelegatedDecision,
    DelegationOrder,
    DelegationPoint,
    Dispatch,
    Extract,
    FollowUp,
    Meeting,
    Moment,
    Motion,
    Paragraph,
    Publication,
    Recusal,
    Statement,
)
from meetings.paper.protocol import PaperParagraph, ProtocolPaper
from meetings.publishing.paper import search_text

from .accounts import user
from .documents import paper
from .meetings import meeting, paragraph
from .notices import adjustment
from .organisation import body, person
from .serial import numbers


def delegation_order(points: int = 1, **fields) -> DelegationOrder:
    """An adopted delegation order from 2021 with so many points for the coordinator."""
    of = fields.pop("body", None) or body()
    defaults = {"title": "Delegationsordning", "valid_from": date(2021, 1, 1), "decided_text": "2020-12-09 § 30"}
    made = DelegationOrder.objects.create(body=of, **defaults | fields)
    for number in range(1, points + 1):
        delegation_point(made, number=str(number), position=number)
    return made


def delegation_point(of: DelegationOrder | None = None, **fields) -> DelegationPoint:
    defaults = {"number": str(next(numbers)), "text": "Inköp inom budget", "delegate": "Samordnare"}
    defaults |= {"delegate_kind": DelegationPoint.Delegate.EMPLOYEE}
    return DelegationPoint.objects.create(order=of or delegation_order(0), **defaults | fields)


def delegated_decision(of: Body | None = None, **fields) -> DelegatedDecision:
    """A decision that waits to be reported."""
    defaults = {"number": f"D {next(numbers)}/2022", "decided_on": date(2022, 5, 3), "subject": "Inköp av licenser"}
    defaults |= {"decision": "Licenser köps in.", "decided_by": fields.get("decided_by") or person()}
    return DelegatedDecision.objects.create(body=of or body(), **defaults | fields)


def follow_up(of: Paragraph | None = None, **fields) -> FollowUp:
    defaults = {"task": "Ta fram en kravspecifikation", "responsible": "Samordnaren", "due_on": date(2022, 9, 1)}
    return FollowUp.objects.create(paragraph=of or paragraph(number=next(numbers)), **defaults | fields)


def council_matter(**fields) -> CouncilMatter:
    defaults = {"title": "Anta nytt reglemente", "asked_on": date(2022, 3, 14), "answer_by": date(2022, 9, 30)}
    return CouncilMatter.objects.create(**defaults | fields)


def dispatch(of: Meeting | None = None, **fields) -> Dispatch:
    """Somebody who is to be sent the protocol, or the `paragraph` that is given."""
    name = f"Mottagare {next(numbers)}"
    defaults = {"recipient": name, "email": f"mottagare{next(numbers)}@example.org"}
    return Dispatch.objects.create(meeting=of or meeting(), **defaults | fields)


def extract(of: Paragraph | None = None, **fields) -> Extract:
    """An issued extract whose paper is a few bytes."""
    of = of or paragraph(number=next(numbers))
    by = fields.pop("issued_by", None) or user("secretary")
    told = {"kind": "extract", "title": "Protokollsutdrag", "is_public": fields.get("is_adjusted", False)}
    paper = issue_paper(b"%PDF-1.7 utdrag", subject=of, by=by, **told)
    defaults = {"certified_by": by.name, "certified_on": date(2022, 6, 30), "source_sha256": "0" * 64}
    return Extract.objects.create(paragraph=of, paper=paper, issued_by=by, **defaults | fields)


def publication(of: Adjustment | None = None, *paragraphs: PaperParagraph, **fields) -> Publication:
    """The public rendition of an adjustment, with these paragraphs; its file is none that anybody has drawn."""
    of = of or adjustment()
    printed = ProtocolPaper(
        board_name="Prövningsnämnden", body_name=of.meeting.body.name, title=f"Protokoll {of.meeting.held_on}",
        date=str(of.meeting.held_on), cover=(), attendance=(), paragraphs=paragraphs,
        created_at="2022-07-04T12:00:00+02:00", author="Elin",
    )  # fmt: skip
    defaults = {"paper": paper(is_public=True), "content": as_content(printed), "search_text": search_text(printed)}
    return Publication.objects.create(adjustment=of, published_by=of.frozen_by, **defaults | fields)


def recorded(at: Paragraph, who: Attendance) -> dict[str, int]:
    """One of each thing that is recorded at the table, by the name that addresses give it."""
    moment = Moment.objects.create(meeting=at.meeting, kind=Moment.Kind.OPENED, at=timezone.now())
    return {
        "moment_id": moment.pk,
        "recusal_id": Recusal.objects.create(paragraph=at, attendance=who).pk,
        "motion_id": Motion.objects.create(paragraph=at, kind=Motion.Kind.APPROVAL).pk,
        "ballot_id": Ballot.objects.create(paragraph=at, yes_means="bifall", no_means="avslag").pk,
        "statement_id": Statement.objects.create(
            paragraph=at, kind=Statement.Kind.NOTE, attendance=who, text="Hej.", announced_at=timezone.now()
        ).pk,
    }

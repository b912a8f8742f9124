"""Rows for tests: plain functions that make what a test needs and let it say what matters.

Every name is invented. Whatever is left out gets a value that is valid and says nothing.
"""

import hashlib
from datetime import date, time, timedelta
from itertools import count

from django.utils import timezone

from enamnd.accounts.models import RoleGrant, User
from enamnd.accounts.roles import ROLES
from enamnd.documents.issuing import issue_paper
from enamnd.documents.models import Case, Document, Paper, StoredFile
from enamnd.letters.models import Letter
from enamnd.organisation.models import Board, Body, Mandate, Municipality, Office, Person, Seat
from finance.models import (
    AllocationModel,
    Budget,
    BudgetRow,
    BudgetVersion,
    CostItem,
    KeyFigure,
    KeyFigureKind,
    ModelPart,
    ModelVersion,
)
from meetings.adjusting.frozen import as_content
from meetings.models import (
    AdjustedParagraph,
    Adjuster,
    Adjustment,
    Appeal,
    Attendance,
    Ballot,
    Call,
    ChairPeriod,
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
    Newsletter,
    NewsletterReader,
    Notice,
    Paragraph,
    PlannedDay,
    Publication,
    Recusal,
    Signatory,
    StandingItem,
    Statement,
    YearPlan,
)
from meetings.paper.compose import compose_protocol
from meetings.paper.protocol import PaperParagraph, ProtocolPaper
from meetings.publishing.paper import search_text
from meetings.text import sections
from projects.models import (
    Activity,
    Assignment,
    Commission,
    Deliverable,
    Directive,
    DirectiveHeading,
    Phase,
    PhaseStep,
    ResourceRequest,
)
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

PASSWORD = "ett långt lösenord för prov"
PLACES = ("Björkby", "Granvik", "Åsele skog", "Östanå", "Ängslunda", "Lerhamn", "Tallmo", "Vidsjö", "Norrfors")
PARTIES = ("S", "M", "V", "C", "L", "KD", "MP", "SD")
_serial = count(1)


# The register ---------------------------------------------------------------------------------------------------------


def municipality(name: str | None = None, **fields) -> Municipality:
    name = name or new_place()
    return Municipality.objects.create(**{"name": name, "full_name": f"{name} kommun"} | fields)


def new_place() -> str:
    number = next(_serial)
    return f"{PLACES[number % len(PLACES)]} {number}"


def board(**fields) -> Board:
    """The one board of an installation, with a host of its own."""
    host = fields.pop("host", None) or municipality()
    return Board.objects.create(
        **{"name": "Gemensamma prövningsnämnden", "short_name": "prövningsnämnden", "host": host} | fields
    )


def person(name: str | None = None, **fields) -> Person:
    number = next(_serial)
    fields = {"political_party": PARTIES[number % len(PARTIES)]} | fields
    return Person.objects.create(name=name or f"Kim Provberg {number}", **fields)


def body(name: str | None = None, **fields) -> Body:
    return Body.objects.create(**{"name": name or f"Nämnden {next(_serial)}", "kind": Body.Kind.BOARD} | fields)


def seat(of: Body, **fields) -> Seat:
    fields = {"kind": Seat.Kind.MEMBER, "municipality": fields.get("municipality") or municipality()} | fields
    return Seat.objects.create(body=of, **fields)


def mandate(on: Seat, **fields) -> Mandate:
    """A term on a seat since 2019, without an end."""
    fields = {"person": fields.get("person") or person(), "valid_from": date(2019, 1, 1)} | fields
    return Mandate.objects.create(seat=on, **{"political_party": fields["person"].political_party} | fields)


def office(of: Body, role: str = Office.Role.CHAIR, **fields) -> Office:
    fields = {"person": fields.get("person") or person(), "valid_from": date(2019, 1, 1)} | fields
    return Office.objects.create(body=of, role=role, **fields)


def seated_body(municipalities: int = 3, **fields) -> Body:
    """A body where so many municipalities have a member and a substitute each."""
    made = body(**fields)
    for _ in range(municipalities):
        party = municipality()
        mandate(seat(made, municipality=party, kind=Seat.Kind.MEMBER))
        mandate(seat(made, municipality=party, kind=Seat.Kind.SUBSTITUTE))
    return made


# Accounts -------------------------------------------------------------------------------------------------------------


def user(*roles: str, municipality: Municipality | None = None, **fields) -> User:
    """An account with these roles (keys of ROLES), in force since long; `municipality` for those bound to one."""
    number = next(_serial)
    fields = {"email": f"konto{number}@example.org", "name": f"Kontot {number}", "password": PASSWORD} | fields
    made = User.objects.create_user(**fields)
    for role in roles:
        grant(made, role, municipality)
    return made


def grant(to: User, role: str, of: Municipality | None = None, **fields) -> RoleGrant:
    if ROLES[role].of_municipality and of is None:
        of = municipality()
    defaults = {"municipality": of, "valid_from": date(2019, 1, 1)}
    return RoleGrant.objects.create(user=to, role=role, **defaults | fields)


# Cases and documents --------------------------------------------------------------------------------------------------


def case(title: str = "Upphandling av e-arkiv", **fields) -> Case:
    serial = next(_serial)
    year = fields.setdefault("year", 2022)
    defaults = {"number": f"{year}/{serial}-1.1", "serial": serial, "opened_on": date(year, 1, 10)}
    return Case.objects.create(title=title, **defaults | fields)


def document(of: Case | None = None, title: str = "Tjänsteskrivelse", **fields) -> Document:
    defaults = {
        "number": f"2022.{next(_serial)}",
        "direction": Document.Direction.DRAWN_UP,
        "dated": date(2022, 5, 2),
    }
    return Document.objects.create(case=of or case(), title=title, **defaults | fields)


# Meetings -------------------------------------------------------------------------------------------------------------


def meeting(paragraphs: int = 0, attendance: int = 0, **fields) -> Meeting:
    """A meeting on 22 June 2022 with so many paragraphs (unnumbered) and so many rows of attendance (unmarked)."""
    of = fields.pop("body", None) or body()
    defaults = {"held_on": date(2022, 6, 22), "starts_at": time(9), "ends_at": time(12), "place": "Sessionssalen"}
    made = Meeting.objects.create(body=of, **defaults | fields)
    for _ in range(paragraphs):
        paragraph(made)
    for number in range(attendance):
        attend(made, seat_kind=(Seat.Kind.MEMBER, Seat.Kind.SUBSTITUTE)[number % 2])
    return made


def paragraph(of: Meeting | None = None, title: str | None = None, **fields) -> Paragraph:
    """The next paragraph of a meeting, with the standard sections, empty."""
    of = of or meeting()
    position = fields.pop("position", of.paragraphs.count() + 1)
    defaults = {
        "body": of.body,
        "year": of.year,
        "title": title or f"Ärende nummer {position}",
        "sections": sections.to_json(sections.starting_sections()),
    }
    return Paragraph.objects.create(meeting=of, position=position, **defaults | fields)


def text_section(html: str, heading: str = "Sammanfattning av ärendet") -> dict:
    """A section of text as a paragraph keeps it."""
    return sections.to_json((sections.new_section(sections.TEXT, heading, html=html),))[0]


def decision(*items: str, heading: str = "Beslut") -> dict:
    """A decision in points as a paragraph keeps it."""
    points = [sections.Item(text) for text in items]
    return sections.to_json((sections.new_section(sections.DECISION, heading, items=points),))[0]


def attend(at: Meeting, seat_kind: str = Seat.Kind.MEMBER, **fields) -> Attendance:
    """A row of attendance: on a seat of its own, or, with seat_kind "", as somebody else who was there."""
    who = fields.pop("person", None) or person()
    defaults = {"position": at.attendance.count() + 1, "name": who.name, "political_party": who.political_party}
    if seat_kind:
        on = fields.pop("seat", None) or seat(at.body, kind=seat_kind)
        defaults |= {"seat": on, "municipality": on.municipality, "municipality_name": on.municipality.name}
    return Attendance.objects.create(meeting=at, person=who, seat_kind=seat_kind, **defaults | fields)


def chair(of: Meeting, **fields) -> ChairPeriod:
    who = fields.pop("person", None) or person()
    defaults = {"person": who, "name": who.name, "political_party": who.political_party}
    return ChairPeriod.objects.create(meeting=of, **defaults | fields)


def adjuster(of: Meeting, **fields) -> Adjuster:
    who = fields.pop("person", None) or person()
    defaults = {"person": who, "name": who.name, "political_party": who.political_party}
    return Adjuster.objects.create(meeting=of, **defaults | fields)


# Letters --------------------------------------------------------------------------------------------------------------


def letter(**fields) -> Letter:
    """A letter that waits, without a task of its own."""
    defaults = {"kind": "call", "to_address": f"mottagare{next(_serial)}@example.org", "subject": "Kallelse"}
    return Letter.objects.create(**defaults | {"body": "Välkommen till sammanträdet.\n"} | fields)


# Adjusted protocols and their notices ---------------------------------------------------------------------------------


def paper(content: bytes = b"%PDF-1.7 prov", **fields) -> Paper:
    """An issued paper that nobody has drawn."""
    digest = hashlib.sha256(content).hexdigest()
    defaults = {"size": len(content), "media_type": "application/pdf", "content": content}
    file, _ = StoredFile.objects.get_or_create(sha256=digest, defaults=defaults)
    return Paper.objects.create(**{"file": file, "kind": "protocol", "title": "Protokoll", "subject": "-"} | fields)


def adjustment(of: Meeting | None = None, *paragraphs: Paragraph, **fields) -> Adjustment:
    """The protocol of a meeting (or these paragraphs), frozen as it reads, and adjusted on 4 July 2022."""
    of = of or meeting(2)
    paragraphs = paragraphs or tuple(of.paragraphs.all())
    made = fields.pop("paper", None) or paper(title=f"Protokoll {of.held_on}")
    defaults = {"frozen": made, "paper": made, "adjusted_on": date(2022, 7, 4), "content": _content_of(of)}
    defaults |= {} if "frozen_by" in fields else {"frozen_by": user("secretary")}
    row = Adjustment.objects.create(meeting=of, **defaults | fields)
    AdjustedParagraph.objects.bulk_create(
        AdjustedParagraph(adjustment=row, paragraph=each, is_void=row.withdrawn_at is not None) for each in paragraphs
    )
    return row


def _content_of(of: Meeting) -> dict:
    """The protocol as data; nothing where no board has been made to compose it with."""
    made = Board.objects.first()
    return as_content(compose_protocol(of, made)) if made else {}


def appeal(against: Paragraph, **fields) -> Appeal:
    """An appeal that came to the court the day after the meeting, and that nobody has looked at."""
    defaults = {"appellant": "Kim Klagande", "received_on": against.meeting.held_on + timedelta(days=1)}
    defaults |= {} if "registered_by" in fields else {"registered_by": user("secretary")}
    return Appeal.objects.create(paragraph=against, **defaults | fields)


def signatory(of: Adjustment | None = None, **fields) -> Signatory:
    """Somebody who is asked to sign, of an adjustment of their own that waits for it."""
    of = of or adjustment(meeting(1), adjusted_on=None)
    who = fields.pop("person", None) or person()
    place = of.signatories.count() + 1
    defaults = {"order": place, "field_name": f"Signatur{place}", "name": who.name, "role": Signatory.Role.ADJUSTER}
    return Signatory.objects.create(adjustment=of, person=who, **defaults | fields)


def notice(of: Adjustment, **fields) -> Notice:
    """The notice of an adjustment in a municipality of its own, not posted yet."""
    return Notice.objects.create(
        adjustment=of, **{"municipality": fields.get("municipality") or municipality()} | fields
    )


# Before a meeting -----------------------------------------------------------------------------------------------------


def planned_day(of: Body | None = None, held_on: date = date(2022, 6, 22), **fields) -> PlannedDay:
    """A day in the plan of its year."""
    plan, _ = YearPlan.objects.get_or_create(body=of or body(), year=held_on.year)
    return PlannedDay.objects.create(plan=plan, held_on=held_on, **{"starts_at": time(13), "place": "Teams"} | fields)


def standing_item(of: Body | None = None, title: str | None = None, months=(6, 6), **fields) -> StandingItem:
    """An item of the annual wheel, from one month to another."""
    first, last = months
    title = title or f"Stående punkt {next(_serial)}"
    return StandingItem.objects.create(body=of or body(), title=title, first_month=first, last_month=last, **fields)


def call(to: Meeting, **fields) -> Call:
    """A call to the meeting as it stands now, without recipients, whose papers say nothing."""
    items = [{"paragraph": each.pk, "title": each.title, "documents": []} for each in to.paragraphs.all()]
    by = fields.pop("issued_by", None) or user("secretary")
    defaults = {
        "paper": issue_paper(b"%PDF-1.7", kind="call", title="Kallelse", subject=to, by=by),
        "archive": issue_paper(b"PK", kind="call_archive", title="Kallelse", subject=to, by=by),
        "agenda": {"when": "", "place": "", "items": items},
    }
    return Call.objects.create(meeting=to, issued_by=by, **defaults | fields)


# Adjusting ------------------------------------------------------------------------------------------------------------


def protocol_to_adjust(paragraphs: int = 2, members: int = 3, **fields) -> Meeting:
    """A meeting whose protocol can be frozen: written, numbered, everybody serving, a chair and an adjuster.

    Secretary, chair and adjuster have accounts; `signers_of(meeting)` gives them in the order in which they sign.
    """
    if not Board.objects.exists():
        board()
    made = meeting(**{"numbered_at": timezone.now()} | fields)
    for number in range(1, paragraphs + 1):
        paragraph(made, number=number, case=case(), sections=[decision("att godkänna förslaget."), *_named_lists()])
    rows = [attend(made, presence="serving") for _ in range(members)]
    secretary = person(email="sekreterare@example.org")
    made.secretary, made.secretary_name = secretary, secretary.name
    made.save()
    chair(made, person=rows[0].person)
    adjuster(made, person=rows[1].person)
    for role, who in (("secretary", secretary), ("member", rows[0].person), ("member", rows[1].person)):
        user(role, person=who, name=who.name)
    return made


def _named_lists() -> list[dict]:
    lists = (
        (sections.DOCUMENTS, "Beslutsunderlag", "Tjänsteskrivelse"),
        (sections.RECIPIENTS, "Beslutet skickas till", "Akten"),
    )
    return [
        sections.to_json((sections.new_section(kind, heading, items=[sections.Item(text)]),))[0]
        for kind, heading, text in lists
    ]


def signers_of(of: Meeting) -> list[User]:
    """The accounts of those who sign the protocol of `protocol_to_adjust`: secretary, chair, adjuster."""
    people = [of.secretary, of.chairs.get().person, of.adjusters.get().person]
    return [User.objects.get(person=each) for each in people]


# The meeting as it is held --------------------------------------------------------------------------------------------


def sitting(members: int = 3, paragraphs: int = 3, *, opened: bool = True, **fields) -> Meeting:
    """A meeting today, open: so many municipalities whose member serves and whose substitute is there.

    The first member chairs. Needs a board. Numbered paragraphs from § 1.
    """
    made = meeting(**{"held_on": timezone.localdate(), "ends_at": None} | fields)
    for number in range(1, paragraphs + 1):
        paragraph(made, number=number)
    for _ in range(members):
        party = municipality()
        for kind, presence in ((Seat.Kind.MEMBER, "serving"), (Seat.Kind.SUBSTITUTE, "present")):
            attend(made, kind, seat=seat(made.body, municipality=party, kind=kind), presence=presence)
    first = made.attendance.filter(seat_kind="member").select_related("person").first()
    if first:
        chair(made, person=first.person)
    if opened:
        Moment.objects.create(meeting=made, kind=Moment.Kind.OPENED, at=timezone.now() - timedelta(hours=1))
    return made


# Decisions by delegates, and what becomes of decisions ----------------------------------------------------------------


def delegation_order(points: int = 1, **fields) -> DelegationOrder:
    """An adopted delegation order from 2021 with so many points for the coordinator."""
    of = fields.pop("body", None) or body()
    defaults = {"title": "Delegationsordning", "valid_from": date(2021, 1, 1), "decided_text": "2020-12-09 § 30"}
    made = DelegationOrder.objects.create(body=of, **defaults | fields)
    for number in range(1, points + 1):
        delegation_point(made, number=str(number), position=number)
    return made


def delegation_point(of: DelegationOrder | None = None, **fields) -> DelegationPoint:
    defaults = {"number": str(next(_serial)), "text": "Inköp inom budget", "delegate": "Samordnare"}
    defaults |= {"delegate_kind": DelegationPoint.Delegate.EMPLOYEE}
    return DelegationPoint.objects.create(order=of or delegation_order(0), **defaults | fields)


def delegated_decision(of: Body | None = None, **fields) -> DelegatedDecision:
    """A decision that waits to be reported."""
    defaults = {"number": f"D {next(_serial)}/2022", "decided_on": date(2022, 5, 3), "subject": "Inköp av licenser"}
    defaults |= {"decision": "Licenser köps in.", "decided_by": fields.get("decided_by") or person()}
    return DelegatedDecision.objects.create(body=of or body(), **defaults | fields)


def follow_up(of: Paragraph | None = None, **fields) -> FollowUp:
    defaults = {"task": "Ta fram en kravspecifikation", "responsible": "Samordnaren", "due_on": date(2022, 9, 1)}
    return FollowUp.objects.create(paragraph=of or paragraph(number=next(_serial)), **defaults | fields)


def council_matter(**fields) -> CouncilMatter:
    defaults = {"title": "Anta nytt reglemente", "asked_on": date(2022, 3, 14), "answer_by": date(2022, 9, 30)}
    return CouncilMatter.objects.create(**defaults | fields)


def dispatch(of: Meeting | None = None, **fields) -> Dispatch:
    """Somebody who is to be sent the protocol, or the `paragraph` that is given."""
    name = f"Mottagare {next(_serial)}"
    defaults = {"recipient": name, "email": f"mottagare{next(_serial)}@example.org"}
    return Dispatch.objects.create(meeting=of or meeting(), **defaults | fields)


def extract(of: Paragraph | None = None, **fields) -> Extract:
    """An issued extract whose paper is a few bytes."""
    of = of or paragraph(number=next(_serial))
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


def newsletter(**fields) -> Newsletter:
    """A draft with a sentence in it."""
    by = fields.pop("by", None) or user("secretary")
    return Newsletter.objects.create(**{"title": "Nytt från nämnden", "html": "<p>Hej.</p>", "begun_by": by} | fields)


def newsletter_reader(name: str = "Kim Kontakt", **fields) -> NewsletterReader:
    by = fields.pop("by", None) or user("secretary")
    defaults = {"email": f"kontakt{next(_serial)}@prov.example", "added_by": by}
    return NewsletterReader.objects.create(name=name, **defaults | fields)


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


# Projects -------------------------------------------------------------------------------------------------------------


def phase(name: str | None = None, order: int | None = None, **fields) -> Phase:
    number = next(_serial)
    return Phase.objects.create(name=name or f"Fas {number}", order=order if order is not None else number, **fields)


def activity(name: str | None = None, in_phase: Phase | None = None, **fields) -> Activity:
    """A project; with `in_phase`, in that phase since the beginning of 2022, with its deliverables unapproved."""
    made = Activity.objects.create(**{"name": name or f"Gemensamt system {next(_serial)}", "kind": "project"} | fields)
    if in_phase:
        step = PhaseStep.objects.create(activity=made, phase=in_phase, started_on=date(2022, 1, 10))
        for text in in_phase.deliverable_lines:
            Deliverable.objects.create(step=step, text=text)
    return made


def heading(name: str | None = None, **fields) -> DirectiveHeading:
    """A heading of the board's directives, for text."""
    number = next(_serial)
    return DirectiveHeading.objects.create(
        **{"name": name or f"Rubrik {number}", "kind": "directive", "order": number} | fields
    )


def directive(of: Activity | None = None, **fields) -> Directive:
    """A draft of a directive, without text; `content` is by the keys of headings."""
    return Directive.objects.create(**{"activity": of or activity(), "kind": "directive"} | fields)


def assignment(of: Activity, **fields) -> Assignment:
    """A project leader from a municipality, since the beginning of 2022."""
    defaults = {"name": "Beda Wennström", "role": "leader", "source": "municipality", "valid_from": date(2022, 1, 10)}
    place = {} if "company" in fields else {"municipality": fields.pop("municipality", None) or municipality()}
    return Assignment.objects.create(activity=of, **defaults | place | fields)


def resource_request(of: Activity, **fields) -> ResourceRequest:
    defaults = {"what": "En granskare av kravspecifikationen", "asked_on": date(2022, 3, 1)}
    return ResourceRequest.objects.create(activity=of, **defaults | fields)


def commission(*given_by: Municipality, **fields) -> Commission:
    """A task from two municipalities, that the board has not answered."""
    defaults = {"title": f"Gemensam växel {next(_serial)}", "received_on": date(2022, 2, 1)}
    made = Commission.objects.create(**defaults | fields)
    made.given_by.set(given_by or [municipality(), municipality()])
    return made


# Risks and internal control -------------------------------------------------------------------------------------------


def risk_scale(size: int = 5, **fields) -> RiskScale:
    """A scale with so many steps on each axis, and four levels."""
    steps = [{"word": f"Steg {value}", "meaning": ""} for value in range(1, size + 1)]
    starts = zip((1, size, 2 * size, 3 * size), ("Låg", "Måttlig", "Hög", "Mycket hög"), TONES, strict=False)
    bands = [{"from": start, "word": word, "tone": tone, "meaning": ""} for start, word, tone in starts]
    defaults = {"name": f"{size} × {size}, nr {next(_serial)}", "likelihood": steps, "consequence": steps}
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


# Money, in öre --------------------------------------------------------------------------------------------------------


def key_figure_kind(name: str | None = None, **fields) -> KeyFigureKind:
    """Population on 31 December two years back, unless said otherwise."""
    return KeyFigureKind.objects.create(**{"name": name or f"Folkmängd {next(_serial)}", "unit": "invånare"} | fields)


def key_figures(of: KeyFigureKind, figures: dict[Municipality, int], as_of=date(2020, 12, 31)) -> list[KeyFigure]:
    """A figure for each municipality on a day."""
    return [
        KeyFigure.objects.create(kind=of, municipality=place, as_of=as_of, value=value, source="SCB")
        for place, value in figures.items()
    ]


def model_version(*parts: dict, is_adopted: bool = True, **fields) -> ModelVersion:
    """A model's first version, adopted in an agreement; without parts it divides equally. Rounds to whole kronor."""
    model = fields.pop("model", None) or AllocationModel.objects.create(name=f"Modell {next(_serial)}")
    decided = {"adopted_on": date(2019, 3, 3), "decision": "Samverkansavtalet"} if is_adopted else {}
    defaults = {"number": 1, "valid_from": date(2019, 1, 1), "unit": ModelVersion.Unit.KRONA} | decided
    version = ModelVersion.objects.create(model=model, **defaults | fields)
    for position, part in enumerate(parts or ({"method": "equal", "size": "rest"},), 1):
        ModelPart.objects.create(version=version, position=position, **part)
    return version


def cost_item(name: str | None = None, **fields) -> CostItem:
    return CostItem.objects.create(**{"name": name or f"Post {next(_serial)}"} | fields)


def budget_version(year: int = 2022, rows: dict[CostItem, tuple] | None = None, **fields) -> BudgetVersion:
    """A version of a year's budget; `rows` say income and cost of an item, in kronor, None for an empty place."""
    budget, _ = Budget.objects.get_or_create(
        year=year, defaults={"starts_on": date(year, 1, 1), "ends_on": date(year, 12, 31)}
    )
    version = BudgetVersion.objects.create(budget=budget, **{"number": budget.versions.count() + 1} | fields)
    for position, (item, amounts) in enumerate((rows or {}).items(), 1):
        for side, amount in zip(("income", "cost"), amounts, strict=True):
            BudgetRow.objects.create(
                version=version,
                side=side,
                item=item,
                label=item.name,
                amount=None if amount is None else amount * 100,
                position=position,
            )
    return version


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
    key = key or f"plan-{next(_serial)}"
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

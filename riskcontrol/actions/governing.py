"""The verbs of governing documents: begun from a template or last year's, changed, adopted, taken back."""

import secrets
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from enamnd.accounts.models import RoleGrant, User
from enamnd.documents.issuing import issue_paper, withdraw_paper
from enamnd.journal.record import record
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused
from meetings.models import Paragraph

from ..governing import living, paper, rules
from ..governing.default_kinds import usual_kinds
from ..governing.template import LONGEST_HEADING, filled, next_years, read_template
from ..models import (
    GoverningAdoption,
    GoverningDocument,
    GoverningEdition,
    GoverningKind,
    GoverningReference,
    GoverningSection,
)

KEPT_OF_SECTION = ("key", "position", "level", "is_numbered", "in_contents", "html", "guidance", "owner")


@transaction.atomic
def begin_usual_kinds(*, by: User) -> list[GoverningKind]:
    """Let the board begin with the usual kinds of documents, those it does not have already."""
    rules.check_can_keep(by)
    known = set(GoverningKind.objects.values_list("key", flat=True))
    made = [GoverningKind.objects.create(**row) for row in usual_kinds() if row["key"] not in known]
    for kind in made:
        record("governing_kind.begun", kind, by=by)
    return made


@transaction.atomic
def begin_document(
    kind: GoverningKind, year: int, title: str = "", *, by: User, previous: GoverningDocument | None = None
) -> GoverningDocument:
    """Begin a year's document (nytt dokument), from an earlier one when given, else from the template of its kind.

    From `previous` come sections with text, blocks and owners, editions and references; the year in headings goes on
    with it. Refused when there is one of the same title that year, and when `previous` is of another kind or later.
    """
    rules.check_can_keep(by)
    title = title.strip() or (f"{kind.name} {year}" if kind.is_yearly else kind.name)
    if GoverningDocument.objects.filter(kind=kind, year=year, title=title).exists():
        raise Refused(f"Det finns redan ett dokument med rubriken {title}. Öppna det i stället.", field="year")
    if previous and previous.kind_id != kind.pk:
        raise Refused(f"{previous.title} är ett annat slags dokument än {kind.name.lower()}.", field="previous")
    if previous and previous.year > year:
        raise Refused(f"Ett dokument för {year} kan inte bygga på ett för {previous.year}.", field="previous")
    document = GoverningDocument.objects.create(kind=kind, year=year, title=title, previous=previous, begun_by=by)
    if previous:
        _carry_over(previous, document)
    else:
        _lay_out(document)
    number = (document.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    GoverningEdition.objects.create(document=document, number=number, dated_on=timezone.localdate())
    record("governing_document.begun", document, by=by, previous=previous.title if previous else "")
    return document


def _lay_out(document: GoverningDocument):
    board = current_board()
    years = {"year": 0, "next_year": 1, "previous_year": -1}
    words = {name: str(document.year + more) for name, more in years.items()}
    planned = filled(read_template(document.kind.structure), words | {"board": board.name, "short": board.short_name})
    owners = {role: only_holder(role) for role in {each.owner for each in planned if each.owner}}
    for position, each in enumerate(planned, 1):
        GoverningSection.objects.create(
            document=document,
            key=new_key(),
            position=position,
            level=each.level,
            heading=each.heading[:LONGEST_HEADING],
            is_numbered=each.is_numbered,
            in_contents=each.in_contents,
            html=each.html,
            guidance=each.guidance,
            owner=owners.get(each.owner),
            blocks=[new_block(block.block, block.options, block.caption) for block in each.blocks],
        )


def only_holder(role: str) -> User | None:
    """Who has the role today, when one account has it alone: whose work it is when several do, somebody must say."""
    held = RoleGrant.objects.valid_on(timezone.localdate()).filter(role=role)
    found = list(User.objects.filter(is_active=True, pk__in=held.values("user"))[:2])
    return found[0] if len(found) == 1 else None


def new_key() -> str:
    return secrets.token_hex(4)


def new_block(block: str, options: dict, caption: str) -> dict:
    """A living block as a section keeps it."""
    return {"key": new_key(), "block": block, "options": options, "caption": caption.strip()}


def _carry_over(previous: GoverningDocument, document: GoverningDocument):
    years = (previous.year, document.year)
    for each in previous.sections.all():
        kept = {name: getattr(each, name) for name in KEPT_OF_SECTION}
        blocks = [row | {"caption": next_years(row.get("caption", ""), *years)} for row in each.blocks]
        heading = next_years(each.heading, *years)
        GoverningSection.objects.create(document=document, heading=heading, blocks=blocks, **kept)
    for row in previous.editions.all():
        GoverningEdition.objects.create(
            document=document, number=row.number, dated_on=row.dated_on, comment=row.comment
        )
    for row in previous.references.all():
        GoverningReference.objects.create(document=document, position=row.position, name=row.name, edition=row.edition)


def locked_document(document: GoverningDocument) -> GoverningDocument:
    """The document as it is now, for one writer at a time."""
    rows = GoverningDocument.objects.select_for_update(of=("self",)).select_related("kind", "case", "previous")
    return rows.get(pk=document.pk)


def locked_proposal(document: GoverningDocument, by: User) -> GoverningDocument:
    rules.check_can_keep(by)
    document = locked_document(document)
    rules.check_is_proposal(document)
    return document


@transaction.atomic
def change_document(document: GoverningDocument, *, by: User, **facts) -> GoverningDocument:
    """Change title or case of a proposal."""
    document = locked_proposal(document, by)
    for name, value in facts.items():
        setattr(document, name, value)
    same = GoverningDocument.objects.filter(kind=document.kind, year=document.year, title=document.title)
    if same.exclude(pk=document.pk).exists():
        raise Refused("Ett annat dokument för året har den rubriken.", field="title")
    document.save()
    record("governing_document.changed", document, by=by)
    return document


@transaction.atomic
def keep_edition(document: GoverningDocument, *, by: User, edition: GoverningEdition | None = None, **facts):
    """Add or change a line of the edition history."""
    document = locked_proposal(document, by)
    taken = document.editions.filter(number=facts["number"]).exclude(pk=edition.pk if edition else None)
    if taken.exists():
        raise Refused(f"Utgåva {facts['number']} finns redan. Ge den ett annat nummer.", field="number")
    row = edition or GoverningEdition(document=document)
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    record("governing_edition.kept", row, by=by, within=document)
    return row


@transaction.atomic
def keep_reference(document: GoverningDocument, *, by: User, reference: GoverningReference | None = None, **facts):
    """Add a reference last, or change one."""
    document = locked_proposal(document, by)
    last = document.references.aggregate(last=Max("position"))["last"] or 0
    row = reference or GoverningReference(document=document, position=last + 1)
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
    record("governing_reference.kept", row, by=by, within=document)
    return row


@transaction.atomic
def remove_row(row: GoverningEdition | GoverningReference, *, by: User):
    """Take a line of the edition history or a reference out of a proposal. The history keeps it."""
    document = locked_proposal(row.document, by)
    record("governing_row.removed", row, by=by, within=document)
    row.delete()


def adopt_document(
    document: GoverningDocument, adopted_on: date, *, by: User, paragraph: Paragraph | None = None, decision: str = ""
) -> GoverningAdoption:
    """Say where the document was adopted (anta). It is issued as a paper, and its living blocks are frozen.

    The paper is drawn before the transaction that keeps it; when something has changed meanwhile, nothing is kept.
    """
    rules.check_can_keep(by)
    rules.check_can_adopt(document, adopted_on, paragraph, decision)
    drawn = paper.compose(document, paper.adopted_words(adopted_on, paragraph, decision))
    content = paper.as_pdf(drawn)
    return _adopt(document, adopted_on, drawn, content, by=by, paragraph=paragraph, decision=decision.strip())


@transaction.atomic
def _adopt(document, adopted_on, drawn, content, *, by, paragraph, decision) -> GoverningAdoption:
    document = locked_document(document)
    rules.check_can_adopt(document, adopted_on, paragraph, decision)
    now = paper.compose(document, paper.adopted_words(adopted_on, paragraph, decision))
    if not paper.is_same(drawn, now):
        raise Refused("Dokumentet har just ändrats. Se efter vad som är nytt och anta det igen.")
    for section in document.sections.all():
        section.frozen = living.freeze(living.drawn_of(document, section))
        section.save()
    issued = issue_paper(
        content, kind="governing_document", title=document.title, subject=document, by=by, is_public=True
    )
    made = GoverningAdoption.objects.create(
        document=document, adopted_on=adopted_on, paragraph=paragraph, decision=decision, paper=issued, by=by
    )
    record("governing_document.adopted", document, by=by, on=str(adopted_on))
    return made


@transaction.atomic
def withdraw_adoption(document: GoverningDocument, reason: str, *, by: User) -> GoverningAdoption:
    """Take back an adoption that was wrong (ta tillbaka). The paper says so from now on; the document is a proposal."""
    rules.check_can_keep(by)
    document = locked_document(document)
    adoption = document.adoptions.filter(withdrawn_at=None).first()
    if adoption is None:
        raise Refused("Dokumentet är inte antaget.")
    if not reason.strip():
        raise Refused("Skriv varför antagandet tas tillbaka.", field="reason")
    adoption.withdrawn_at, adoption.withdrawn_because = timezone.now(), reason.strip()[:200]
    adoption.save()
    withdraw_paper(adoption.paper, adoption.withdrawn_because, by=by)
    for section in document.sections.all():
        section.frozen = {}
        section.save()
    record("governing_document.adoption_withdrawn", document, by=by, reason=adoption.withdrawn_because)
    return adoption

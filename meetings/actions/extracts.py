"""Issuing extracts of the protocol: certified by somebody, kept as they went out.

An extract is printed before the transaction that keeps it, as protocols are, so that nobody's writing waits for it.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.documents.issuing import issue_paper
from enamnd.journal.record import record
from enamnd.refusal import Refused
from meetings import rules
from meetings.decisions import dispatch
from meetings.decisions.extract_paper import Source, compose_extract, extract_pdf, source_of

from ..models import Extract, Paragraph

KIND = "extract"


@dataclass(frozen=True)
class DrawnExtract:
    """An extract that is printed and not kept yet: what it was made of, who certifies it, and its bytes."""

    paragraph: Paragraph
    source: Source
    certified_by: str
    certified_on: date
    title: str
    content: bytes


def issue_extract(
    paragraph: Paragraph,
    *,
    certified_by: str,
    certified_on: date | None = None,
    accepts_unadjusted: bool = False,
    by: User,
) -> Extract:
    """Issue a certified extract of one paragraph (protokollsutdrag).

    From the frozen text once the paragraph is adjusted. Before that it carries OJUSTERAT on every page, and is refused
    unless `accepts_unadjusted`: what is sent out becomes public (TF 2 kap. 10 §). Refused: a paragraph without number,
    nobody who certifies, a day to come, and a text that was changed while it was printed.
    """
    drawn = draw_extract(
        paragraph, certified_by=certified_by, certified_on=certified_on, accepts_unadjusted=accepts_unadjusted, by=by
    )
    return keep_extract(drawn, by=by)


def draw_extract(
    paragraph: Paragraph,
    *,
    certified_by: str,
    certified_on: date | None = None,
    accepts_unadjusted: bool = False,
    by: User,
) -> DrawnExtract:
    """Print an extract without keeping it: before the transaction, since printing takes seconds. Refused as above."""
    rules.check_can_write(by)
    certified_on = certified_on or timezone.localdate()
    _check(paragraph, certified_by, certified_on)
    source = source_of(paragraph)
    if not source.is_adjusted and not accepts_unadjusted:
        raise Refused(
            f"{paragraph.label} är inte justerad. Bekräfta att utdraget ändå ska lämnas ut: den delen av protokollet "
            "blir då allmän handling.",
            field="accepts_unadjusted",
        )
    paper = compose_extract(source, certified_by=certified_by.strip(), certified_on=certified_on)
    return DrawnExtract(paragraph, source, certified_by.strip(), certified_on, paper.title, extract_pdf(paper))


@transaction.atomic
def keep_extract(drawn: DrawnExtract, *, by: User) -> Extract:
    """Keep a printed extract as an issued paper. Refused when the text no longer says what was printed."""
    rules.check_can_write(by)
    locked = Paragraph.objects.select_for_update(of=("self",)).select_related("meeting__body", "body", "case")
    paragraph = locked.get(pk=drawn.paragraph.pk)
    source = source_of(paragraph)
    if (source.sha256, source.is_adjusted) != (drawn.source.sha256, drawn.source.is_adjusted):
        raise Refused(
            f"{paragraph.label} ändrades medan utdraget skrevs ut, så det utfärdades inte. Läs texten och försök igen."
        )
    issued = issue_paper(
        drawn.content,
        kind=KIND,
        title=drawn.title,
        subject=paragraph,
        by=by,
        is_public=source.is_adjusted and not dispatch.holds_secrets([paragraph]),
    )
    extract = Extract.objects.create(
        paragraph=paragraph,
        paper=issued,
        is_adjusted=source.is_adjusted,
        source_sha256=source.sha256,
        certified_by=drawn.certified_by,
        certified_on=drawn.certified_on,
        issued_by=by,
    )
    record("extract.issued", extract, by=by, within=paragraph.meeting, unadjusted=not source.is_adjusted)
    return extract


def _check(paragraph: Paragraph, certified_by: str, certified_on: date):
    if not paragraph.number and paragraph.body.numbers_paragraphs:
        raise Refused("Paragrafen har inget nummer än. Ge paragraferna nummer innan utdraget görs.")
    if not certified_by.strip():
        raise Refused("Skriv vem som bestyrker utdraget.", field="certified_by")
    if certified_on > timezone.localdate():
        raise Refused(f"{long_date(certified_on)} har inte varit än.", field="certified_on")

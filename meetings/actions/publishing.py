"""Verbs of the public rendition (offentlig version): published, withdrawn."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.documents.issuing import issue_paper
from enamnd.formats import listed
from enamnd.journal.record import record
from enamnd.refusal import Refused
from meetings.adjusting.frozen import as_content, frozen_paper
from meetings.models import Adjustment, Publication
from meetings.noticing import rules as notice_rules
from meetings.paper import printing
from meetings.paper.protocol import ProtocolPaper
from meetings.publishing import masking
from meetings.publishing.masking import Mask
from meetings.publishing.paper import as_rows, public_paper, search_text

REPLACED = "Ersatt av en ny version"
KIND = "public_protocol"


def publish(adjustment: Adjustment, masks: Iterable[Mask], *, by) -> Publication:
    """Publish an adjusted protocol with these masks (publicera). A version that is out already is replaced.

    The PDF is drawn before anything is locked, from what was frozen, which never changes. Refused before the
    adjustment, for a mask without reason or ground, and while a personal identity number is left.
    """
    check_may(by, Permission.WRITE_PROTOCOL)
    notice_rules.check_is_adjusted(adjustment)
    masks = list(masks)
    paper = checked_rendition(frozen_paper(adjustment), masks)
    content = printing.protocol_pdf(paper)
    return _keep(adjustment, paper, content, masks, by)


def checked_rendition(frozen: ProtocolPaper, masks: list[Mask]) -> ProtocolPaper:
    """The public paper, once every mask has its reason and no personal identity number is left."""
    for mask in masks:
        _check_mask(frozen, mask)
    paper = public_paper(frozen, masks)
    if left := masking.left_numbers(paper):
        raise Refused(
            f"Det står ett personnummer kvar i {listed(left)}. Maska det, eller hela paragrafens text: personnummer "
            "publiceras aldrig."
        )
    return paper


@transaction.atomic
def withdraw_publication(publication: Publication, *, because: str, by) -> Publication:
    """Take the public version away from everybody (avpublicera). The paper is kept; only its page and file close."""
    check_may(by, Permission.WRITE_PROTOCOL)
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    if publication.withdrawn_at:
        raise Refused("Protokollet är redan avpublicerat.")
    if not because.strip():
        raise Refused("Skriv varför protokollet avpubliceras.", field="because")
    _withdraw(publication, because.strip())
    adjustment = publication.adjustment
    record("publication.withdrawn", publication, by=by, within=adjustment.meeting, reason=because.strip())
    return publication


@transaction.atomic
def _keep(adjustment: Adjustment, paper: ProtocolPaper, content: bytes, masks: list[Mask], by) -> Publication:
    adjustment = (
        Adjustment.objects.select_for_update(of=("self",)).select_related("meeting__body").get(pk=adjustment.pk)
    )
    notice_rules.check_is_adjusted(adjustment)
    earlier = adjustment.publications.select_for_update().filter(withdrawn_at=None).first()
    latest = adjustment.publications.order_by("-pk").first()
    issued = issue_paper(
        content,
        kind=KIND,
        title=f"{paper.body_name}: {paper.title}",
        subject=adjustment,
        by=by,
        replaces=latest.paper if latest else None,
        is_public=True,
    )
    if earlier:
        _withdraw(earlier, REPLACED)
    publication = Publication.objects.create(
        adjustment=adjustment,
        paper=issued,
        content=as_content(paper),
        masks=as_rows(masks),
        search_text=search_text(paper),
        published_by=by,
    )
    record("publication.made", publication, by=by, within=adjustment.meeting, masks=len(masks))
    return publication


def _withdraw(publication: Publication, because: str):
    publication.withdrawn_at, publication.withdrawn_because = timezone.now(), because
    publication.save(update_fields=["withdrawn_at", "withdrawn_because"])


def _check_mask(frozen: ProtocolPaper, mask: Mask):
    label = next((each.label for each in frozen.paragraphs if each.key == mask.paragraph), "Framsidan")
    what = f"{label}, ”{mask.text}”" if mask.text else f"{label}, hela texten"
    if not mask.reason.strip() or not mask.ground.strip():
        raise Refused(f"{what}: skriv skälet och den bestämmelse som maskningen stöder sig på.")
    if not masking.holds(frozen, mask):
        raise Refused(f"{what} står inte där, eller är delat på flera stycken. Skriv texten precis som i protokollet.")

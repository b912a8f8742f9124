"""The verbs of directives and final reports: begun, written by one or two at once, verified."""

from datetime import date

from django.db import transaction

from enamnd.accounts.models import User
from enamnd.documents.issuing import issue_paper
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .. import directive_rules as rules
from .. import directives
from ..directive_text import merged
from ..models import Activity, Directive

FACTS = ("author", *rules.RANKS, "changes", "changes_commission")
KEPT = ("author", "content", "preparations", *rules.RANKS)


@transaction.atomic
def begin_revision(activity: Activity, kind: str, *, by: User) -> Directive:
    """Begin the first directive or final report, or a revision of it as a copy of the latest."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    rules.check_can_begin(activity, kind, by)
    last = activity.directives.filter(kind=kind).order_by("-pk").first()
    if last:
        facts = {name: getattr(last, name) for name in KEPT}
    else:
        facts = {
            "author": by.name,
            "content": directives.first_content(kind),
            "preparations": directives.first_preparations(activity),
        }
    letter = directives.next_revision(activity, kind)
    made = Directive(activity=activity, kind=kind, revision=letter, edited_by=by, **facts)
    made._history_user = by
    made.save()
    record("directive.begun", made, by=by, within=activity)
    return made


@transaction.atomic
def write_directive(directive: Directive, written: dict, *, base: int | None = None, by: User) -> Directive:
    """Write in a draft. `written` holds pieces as pieces_of gives them; those left out stay as they are.

    `base` is the number of the change that the writer began from. What somebody else has written since, in other
    places, is kept; in the same place it is refused with both texts (WrittenMeanwhile).
    """
    row = locked(directive)
    rules.check_can_write(row.activity, by)
    rules.check_is_draft(row)
    whole = _merged(row, written, base)
    rules.check_ranks(whole)
    if whole == pieces_of(row):
        return row
    put_pieces(row, whole)
    _keep(row, by)
    return row


def pieces_of(directive: Directive) -> dict:
    """What people write in a directive, piece by piece: each heading by its key, each fact by its name."""
    facts = {name: getattr(directive, name) for name in FACTS}
    return {**directive.content, **facts, "preparations": directive.preparations}


def put_pieces(directive: Directive, pieces: dict):
    """The inverse of pieces_of."""
    known = {*FACTS, "preparations"}
    for name in known & pieces.keys():
        setattr(directive, name, pieces[name])
    directive.content = {key: text for key, text in pieces.items() if key not in known}


def _merged(row: Directive, written: dict, base: int | None) -> dict:
    now = pieces_of(row)
    if base is None or base == row.text_revision:
        return now | written
    began = row.history.filter(text_revision=base).first()
    whole, both = merged(pieces_of(began) if began else {}, now, written)
    if both:
        who = str(row.edited_by) if row.edited_by else "Någon"
        raise rules.WrittenMeanwhile(who, whole, {key: now.get(key) for key in both}, row.text_revision)
    return whole


@transaction.atomic
def restore_version(directive: Directive, version, *, by: User) -> Directive:
    """Let a draft say again what it said in an earlier version. What it says now stays in the history."""
    row = locked(directive)
    rules.check_can_write(row.activity, by)
    rules.check_is_draft(row)
    put_pieces(row, pieces_of(version))
    _keep(row, by)
    record("directive.restored", row, by=by, within=row.activity)
    return row


@transaction.atomic
def discard_draft(directive: Directive, *, by: User):
    """Throw a draft away. Its text stays in the history."""
    row = locked(directive)
    rules.check_can_write(row.activity, by)
    rules.check_is_draft(row)
    record("directive.discarded", row, by=by, within=row.activity)
    row._history_user = by
    row.delete()


def verify_directive(directive: Directive, verified_on: date, verified_by: str, *, by: User) -> Directive:
    """Say by which decision of the steering group it was verified: its paper is issued and it never changes again.

    The paper is printed before the transaction that keeps it; refused when somebody wrote meanwhile.
    """
    read = Directive.objects.select_related("activity__case").get(pk=directive.pk)
    _check_verification(read, verified_on, verified_by, by)
    read.verified_on, read.verified_by = verified_on, verified_by.strip()
    paper = directives.compose(read)
    content = directives.directive_pdf(paper)
    return _keep_verified(read, paper, content, by)


def _check_verification(row: Directive, verified_on: date, verified_by: str, by: User):
    rules.check_can_verify(row, by)
    rules.check_verification(row, verified_on, verified_by)


@transaction.atomic
def _keep_verified(read: Directive, paper: directives.DirectivePaper, content: bytes, by: User) -> Directive:
    row = locked(read)
    _check_verification(row, read.verified_on, read.verified_by, by)
    rules.check_unchanged(row, read.text_revision)
    row.verified_on, row.verified_by, row.frozen = read.verified_on, read.verified_by, directives.as_frozen(paper)
    row.paper = issue_paper(content, kind=row.kind, title=paper.title, subject=row, by=by, replaces=_paper_before(row))
    row._history_user = by
    row.save()
    record("directive.verified", row, by=by, within=row.activity, decision=row.verified_by)
    return row


def _paper_before(row: Directive):
    """The paper of the revision that this one is in force instead of."""
    earlier = Directive.objects.filter(activity=row.activity_id, kind=row.kind, pk__lt=row.pk, paper__isnull=False)
    found = earlier.select_related("paper").order_by("-pk").first()
    return found.paper if found else None


def locked(directive: Directive) -> Directive:
    rows = Directive.objects.select_for_update(of=("self",))
    found = rows.select_related("activity__case", "edited_by", "paper__file", "told_in__meeting__body")
    row = found.filter(pk=directive.pk).first()
    if row is None:
        raise Refused("Utkastet har kastats. Texten finns kvar i historiken.")
    return row


def _keep(row: Directive, by: User):
    row.text_revision += 1
    row.edited_by = by
    row._history_user = by
    row.save()

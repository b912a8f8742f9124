"""Issuing papers: bytes that are kept as they went out, with their SHA-256, and never drawn again."""

import hashlib
from collections.abc import Iterable

from django.db import models, transaction

from enamnd.journal.models import key_of
from enamnd.journal.record import record
from enamnd.refusal import Refused

from .models import Paper, PaperWithdrawal, StoredFile


@transaction.atomic
def issue_paper(
    content: bytes,
    *,
    kind: str,
    title: str,
    subject: models.Model | str,
    by,
    media_type: str = "application/pdf",
    replaces: Paper | None = None,
    previous: Paper | None = None,
    expected_signatures: Iterable[str] = (),
    is_public: bool = False,
) -> Paper:
    """Keep a finished paper for ever (utfärda ett papper). Whether `by` may is asked by the verb that calls.

    `subject` is what it is about, as a row or as the journal's key of one. `replaces` is the wrong paper that this one
    is issued instead of; `previous` the same paper before its latest signature. `expected_signatures` are the names of
    all who are to sign, in order, the same in every revision. Refused when it is empty, or when another has already
    replaced or signed the same paper.
    """
    if not content:
        raise Refused("Papperet är tomt och har inte utfärdats. Försök igen.")
    _lock_earlier(replaces, previous)
    paper = Paper.objects.create(
        file=_kept(content, media_type),
        kind=kind,
        title=title.strip()[:300],
        subject=subject if isinstance(subject, str) else key_of(subject),
        issued_by=by,
        replaces=replaces,
        previous=previous,
        expected_signatures=list(expected_signatures),
        is_public=is_public,
    )
    record("paper.issued", paper, by=by, kind=kind, sha256=paper.file_id, about=paper.subject)
    return paper


@transaction.atomic
def withdraw_paper(paper: Paper, reason: str, *, by) -> PaperWithdrawal:
    """Say that an issued paper no longer holds (återkalla ett papper): whoever checks it is told, and its bytes stay.

    Withdraws all revisions of a signed paper. Refused without a reason, or when it is withdrawn already.
    """
    if not reason.strip():
        raise Refused("Skriv varför papperet återkallas.", field="reason")
    _lock(paper)
    if PaperWithdrawal.objects.filter(paper=paper).exists():
        raise Refused(f"”{paper.title}” är redan återkallat.")
    withdrawal = PaperWithdrawal.objects.create(paper=paper, reason=reason.strip()[:300], by=by)
    record("paper.withdrawn", paper, by=by, reason=withdrawal.reason)
    return withdrawal


def _lock_earlier(replaces: Paper | None, previous: Paper | None) -> None:
    """One writer at a time: a paper has one successor, and a revision one that follows."""
    if replaces:
        _lock(replaces)
        if Paper.objects.filter(replaces=replaces).exists():
            raise Refused(f"”{replaces.title}” har redan ersatts. Läs in sidan igen och se det som gäller.")
    if previous:
        _lock(previous)
        if Paper.objects.filter(previous=previous).exists():
            raise Refused(
                f"”{previous.title}” har just fått en underskrift till. Läs in sidan igen och försök en gång till."
            )


def _lock(paper: Paper) -> Paper:
    return Paper.objects.select_for_update().get(pk=paper.pk)


def _kept(content: bytes, media_type: str) -> StoredFile:
    stored, _ = StoredFile.objects.get_or_create(
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={"size": len(content), "media_type": media_type[:100], "content": content},
    )
    return stored

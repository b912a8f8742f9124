"""Registering cases and documents: what is written in the register stays there."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from enamnd.journal.record import record
from enamnd.organisation.current import current_board
from enamnd.refusal import Refused

from . import numbers, rules
from .models import Case, Document, Release, StoredFile
from .series import advance_to


@transaction.atomic
def open_case(title: str, classification: str = "", *, opened_on: date | None = None, by) -> Case:
    """Open a case (lägga upp ett ärende) with the next number of the year in which it is opened, today by default."""
    rules.check_can_register(by)
    if not title.strip():
        raise Refused("Skriv en ärendemening: kort vad ärendet rör.", field="title")
    opened_on = opened_on or timezone.localdate()
    number, serial = numbers.next_case_number(current_board(), opened_on.year, classification.strip())
    case = Case.objects.create(
        number=number,
        year=opened_on.year,
        serial=serial,
        classification=classification.strip(),
        title=title.strip(),
        opened_on=opened_on,
    )
    record("case.opened", case, by=by)
    return case


@transaction.atomic
def case_from_number(number: str, title: str, *, opened_on: date | None = None, by=None) -> Case:
    """The case with a number given elsewhere: found, or registered with that very number (for imports).

    A number written as the board writes them takes its place in the year's series, which never gives it again. One
    that is written otherwise, or whose place is taken, is kept as it stands, outside the series.
    """
    number = number.strip()
    if case := numbers.find_case(number):
        return case
    parts = numbers.free_place(number)
    case = Case.objects.create(
        number=number,
        year=parts.get("year"),
        serial=parts.get("serial"),
        classification=parts.get("classification", ""),
        title=title.strip(),
        opened_on=opened_on or timezone.localdate(),
    )
    if case.serial:
        advance_to(numbers.case_series(case.year), case.serial)
    record("case.imported", case, by=by)
    return case


@transaction.atomic
def change_case(case: Case, *, title: str, by) -> Case:
    """Write the case's title anew (ändra ärendemening). The number stays."""
    rules.check_can_register(by)
    case = _locked(case)
    if not title.strip():
        raise Refused("Skriv en ärendemening: kort vad ärendet rör.", field="title")
    if case.title != title.strip():
        before, case.title = case.title, title.strip()
        case.save()
        record("case.renamed", case, by=by, before=before)
    return case


@transaction.atomic
def close_case(case: Case, *, by) -> Case:
    """Close a case (avsluta ett ärende) today: nothing more is registered in it until it is opened again."""
    rules.check_can_register(by)
    case = _locked(case)
    rules.check_open(case)
    case.closed_on = timezone.localdate()
    case.save()
    record("case.closed", case, by=by)
    return case


@transaction.atomic
def reopen_case(case: Case, *, by) -> Case:
    """Open a closed case again (återuppta ett ärende)."""
    rules.check_can_register(by)
    case = _locked(case)
    rules.check_not_voided(case)
    case.closed_on = None
    case.save()
    record("case.reopened", case, by=by)
    return case


@transaction.atomic
def void_case(case: Case, reason: str, *, by) -> Case:
    """Void a case (makulera ett ärende): its number stays in the register with the reason and is never used again."""
    rules.check_can_register(by)
    rules.check_reason(reason)
    case = _locked(case)
    rules.check_can_void_case(case, case.documents.all())
    case.voided_because = reason.strip()
    case.save()
    record("case.voided", case, by=by, reason=case.voided_because)
    return case


@dataclass(frozen=True)
class Upload:
    """A file on its way in: its name, its media type as the browser says, and its bytes."""

    name: str
    media_type: str
    content: bytes

    @classmethod
    def of(cls, upload: UploadedFile) -> "Upload":
        """Read an uploaded file. Refused, before it is read, when it is empty or too large."""
        rules.check_file(upload.size)
        return cls(upload.name, upload.content_type or "application/octet-stream", upload.read())


@transaction.atomic
def register_document(
    case: Case,
    *,
    direction: str,
    title: str,
    dated: date,
    correspondent: str = "",
    upload: Upload | None = None,
    secrecy: str = "",
    is_working: bool = False,
    by,
) -> Document:
    """Register a document (registrera en handling) in a case, with the next document number of this year.

    `dated` is the day it came in, went out or was drawn up; `correspondent` from or to whom; `secrecy` the provision
    when it bears a secrecy mark; `is_working` says that others may read it first when it is released. Refused when the
    case is closed or voided, or something that OSL 5 kap. 2 § asks for is missing.
    """
    rules.check_can_register(by)
    case = _locked(case)
    rules.check_open(case)
    rules.check_correspondent(direction, correspondent)
    rules.check_dated(dated)
    rules.check_working(direction, is_working)
    document = Document.objects.create(
        number=numbers.next_document_number(timezone.localdate().year),
        case=case,
        direction=direction,
        title=title.strip(),
        dated=dated,
        correspondent=correspondent.strip(),
        file=store(upload) if upload else None,
        file_name=upload.name if upload else "",
        is_working=is_working,
        secrecy=secrecy.strip(),
        secrecy_on=timezone.localdate() if secrecy.strip() else None,
        registered_by=by,
    )
    record("document.registered", document, by=by, within=case)
    return document


@transaction.atomic
def void_document(document: Document, reason: str, *, by) -> Document:
    """Void a document (makulera en handling) that was registered by mistake: number and reason stay."""
    rules.check_can_register(by)
    rules.check_reason(reason)
    document = Document.objects.select_for_update().get(pk=document.pk)
    rules.check_not_voided(document)
    document.voided_because = reason.strip()
    document.save()
    record("document.voided", document, by=by, within=document.case, reason=document.voided_because)
    return document


@transaction.atomic
def mark_secret(document: Document, provision: str, *, by) -> Document:
    """Mark a document as secret (sekretessmarkera) with its provision, or take the mark away with an empty one."""
    rules.check_can_register(by)
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.secrecy == provision.strip():
        return document
    document.secrecy = provision.strip()
    document.secrecy_on = timezone.localdate() if document.secrecy else None
    document.save()
    record("document.marked_secret", document, by=by, within=document.case, provision=document.secrecy)
    return document


@transaction.atomic
def release_document(document: Document, *, by) -> Release:
    """Approve working material (godkänna en arbetshandling): from now on everybody who reads cases may read it."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    rules.check_can_release(document, by)
    release = Release.objects.create(document=document, by=by)
    record("document.released", document, by=by, within=document.case)
    return release


def store(upload: Upload) -> StoredFile:
    """Keep the bytes. The same bytes are kept once."""
    rules.check_file(len(upload.content))
    digest = hashlib.sha256(upload.content).hexdigest()
    stored, _ = StoredFile.objects.get_or_create(
        sha256=digest,
        defaults={
            "size": len(upload.content),
            "media_type": upload.media_type[:100],
            "content": upload.content,
        },
    )
    return stored


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update().get(pk=case.pk)

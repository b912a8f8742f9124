"""Recording signatures that were made outside the portal: in another service, or with ink on paper."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from django.db import transaction
from django.utils import timezone

from enamnd.dates import long_date
from enamnd.documents.issuing import issue_paper
from enamnd.documents.rules import check_file
from enamnd.documents.signing.verification import Verification, verify
from enamnd.formats import listed
from enamnd.journal.record import record
from enamnd.refusal import Refused
from meetings.adjusting import rules
from meetings.models import Adjustment, Signatory

from .adjusting import go_on, issue_revision, lock_adjustment

EVIDENCE = "signature_evidence"
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
PDF = "application/pdf"


@dataclass(frozen=True)
class SignedOn:
    """That somebody signed elsewhere, and when."""

    signatory: Signatory
    at: datetime


def record_signed_elsewhere(
    adjustment: Adjustment, content: bytes, signed: Sequence[SignedOn], *, is_vouched_for: bool = False, by
) -> Adjustment:
    """Keep a file that shows signatures made elsewhere, and who signed when (underskrivet på annat sätt).

    A PDF that begins with the very bytes of the adjustment's paper, whose signatures hold, becomes its next revision.
    Anything else, a scan or the file of a service that writes it anew, is kept as evidence when `by` vouches that it is
    the frozen protocol that was signed. The day of the last signature is the day of adjustment, as in the portal.
    Refused for an empty or too large file, one that is neither PDF nor picture, an encrypted PDF, a PDF whose
    signatures are broken, a paper just as the portal issued it, and days that have not been or are before the freeze.
    """
    rules.check_can_adjust(by)
    check_file(len(content), advice="Skanna in bara sidorna med underskrifter, eller med lägre upplösning.")
    media_type = kind_of_file(content)
    _check_days(adjustment, signed)
    checked = _checked(content) if media_type == PDF else None
    return _keep(adjustment, content, media_type, checked, signed, is_vouched_for, by)


@transaction.atomic
def _keep(adjustment, content, media_type, checked: Verification | None, signed, is_vouched_for, by) -> Adjustment:
    adjustment = lock_adjustment(adjustment)
    rules.check_stands(adjustment)
    rows = _unsigned(adjustment, signed)
    is_same_paper = checked is not None and _is_signed_further(checked, content, adjustment)
    if not is_same_paper and not is_vouched_for:
        raise Refused(
            "Filen är inte det låsta protokollet med underskrifter tillagda. Är det en inskannad eller omskriven fil, "
            "kryssa för att du intygar att det är det låsta protokollet som är underskrivet.",
            field="is_vouched_for",
        )
    revision = (
        issue_revision(adjustment, content, by=by) if is_same_paper else _evidence(adjustment, content, media_type, by)
    )
    method = Signatory.Method.UPLOADED if is_same_paper else Signatory.Method.INK
    for row, at in rows:
        row.method, row.signed_at, row.signed_by, row.revision = method, at, by, revision
        row.evidence = _told(checked, is_vouched_for)
        row.declined_at, row.declined_because = None, ""
        row.save()
    record(
        "adjustment.signed_elsewhere", adjustment, by=by, within=adjustment.meeting,
        names=listed([row.name for row, _ in rows]), sha256=revision.file_id, vouched=not is_same_paper,
    )  # fmt: skip
    go_on(adjustment, by=by)
    return adjustment


def _is_signed_further(checked: Verification, content: bytes, adjustment: Adjustment) -> bool:
    """Whether the file is the adjustment's paper with signatures added that it had not, and nothing after the last."""
    in_file = adjustment.signatories.filter(signed_at__isnull=False).exclude(method=Signatory.Method.INK).count()
    is_whole = checked.covers_whole_file and len(checked.signers) > in_file
    return is_whole and content.startswith(bytes(adjustment.paper.file.content))


def _evidence(adjustment: Adjustment, content: bytes, media_type: str, by):
    title = f"Underskrifter till {adjustment.frozen.title}"
    return issue_paper(content, kind=EVIDENCE, title=title, subject=adjustment.meeting, by=by, media_type=media_type)


def _told(checked: Verification | None, is_vouched_for: bool) -> dict:
    """What the file itself says, for those who ask later."""
    found = checked.signers if checked else ()
    return {
        "signatures": [
            {"name": each.name, "at": each.at.isoformat() if each.at else "", "intact": each.intact} for each in found
        ],
        "vouched": is_vouched_for,
    }


def _unsigned(adjustment: Adjustment, signed: Sequence[SignedOn]) -> list[tuple[Signatory, datetime]]:
    rows = {each.pk: each for each in adjustment.signatories.select_for_update().all()}
    if not signed:
        raise Refused("Skriv minst en dag: när den personen skrev under.")
    for each in signed:
        row = rows.get(each.signatory.pk)
        if row is None:
            raise Refused(f"{each.signatory.name} skriver inte under det här protokollet.")
        if row.signed_at:
            raise Refused(f"{row.name} har redan skrivit under. Ta bort dagen vid det namnet.")
    return [(rows[each.signatory.pk], each.at) for each in signed]


def _check_days(adjustment: Adjustment, signed: Sequence[SignedOn]):
    frozen_on = timezone.localdate(adjustment.frozen_at)
    for each in signed:
        day = timezone.localdate(each.at)
        if day > timezone.localdate():
            raise Refused(f"{each.signatory.name}: {long_date(day)} har inte varit än.")
        if day < frozen_on:
            raise Refused(
                f"{each.signatory.name} kan inte ha skrivit under {long_date(day)}: protokollet låstes "
                f"{long_date(frozen_on)}."
            )


def kind_of_file(content: bytes) -> str:
    """The media type of a file that may hold signatures. Refused for others."""
    if b"%PDF-" in content[:1024]:
        return PDF
    found = next((kind for start, kind in PICTURES.items() if content.startswith(start)), None)
    if found is None:
        raise Refused("Filen är varken PDF eller bild (PNG, JPEG). Välj en annan fil.", field="upload")
    return found


def _checked(content: bytes) -> Verification:
    _check_readable(content)
    found = verify(content)
    if found.paper and found.paper.kind != EVIDENCE:
        raise Refused(
            f"Filen är ”{found.paper.title}” så som portalen själv utfärdade papperet, utan några underskrifter "
            "som har gjorts någon annanstans. Välj filen som skrevs under.",
            field="upload",
        )
    if broken := [each.name or "okänd" for each in found.signers if not each.intact]:
        raise Refused(
            f"Underskriften av {listed(broken)} stämmer inte: filen har ändrats efter den. Hämta filen på nytt ur "
            "tjänsten där den skrevs under.",
            field="upload",
        )
    return found


def _check_readable(content: bytes):
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            is_encrypted = pdf.is_encrypted
    except pikepdf.PasswordError:
        is_encrypted = True
    except pikepdf.PdfError as error:
        raise Refused(
            "Filen går inte att läsa som PDF. Den kan vara skadad: hämta den på nytt.", field="upload"
        ) from error
    if is_encrypted:
        raise Refused("Filen är krypterad. Spara den utan lösenord och ladda upp den igen.", field="upload")

"""The signatures of the board's own papers: their bytes are known, so that nothing has to be computed to read them."""

import io
from datetime import datetime

import pikepdf
from asn1crypto import cms, tsp
from django.utils import timezone

from enamnd.documents.models import Paper

from .found import FoundSignature

SIGNATURE, SEAL = "signature", "timestamp"


def signatures_of(paper: Paper) -> list[FoundSignature]:
    """Who has signed an issued paper, and when, in order. Nobody, when it is no PDF."""
    content = bytes(paper.file.content)
    if not content.startswith(b"%PDF-"):
        return []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fields = pdf.Root.get("/AcroForm", {}).get("/Fields", ())
        signed = [each.V for each in fields if each.get("/FT") == "/Sig" and "/V" in each]
        return [_read(each) for each in sorted(signed, key=_end)]


def _end(signature: pikepdf.Object) -> int:
    return int(signature.ByteRange[2]) + int(signature.ByteRange[3])


def _read(signature: pikepdf.Object) -> FoundSignature:
    signed = cms.ContentInfo.load(bytes(signature.Contents))["content"]
    is_seal = signature.get("/Type") == "/DocTimeStamp"
    stamped_at = _stamped_at(signed) if is_seal else _stamp_within(signed)
    return FoundSignature(
        name="" if is_seal else str(signature.get("/Name", "")) or _holder(signed),
        at=stamped_at or _written(str(signature.get("/M", ""))),
        is_stamped=stamped_at is not None,
        intact=True,
        trusted=True,
        kind=SEAL if is_seal else SIGNATURE,
    )


def _stamped_at(token: cms.SignedData) -> datetime:
    """The instant of a time stamp (RFC 3161)."""
    return tsp.TSTInfo.load(token["encap_content_info"]["content"].contents)["gen_time"].native


def _stamp_within(signed: cms.SignedData) -> datetime | None:
    """The instant of the time stamp on a signature (RFC 3161, appendix A), if it has one."""
    for attribute in signed["signer_infos"][0]["unsigned_attrs"] or ():
        if attribute["type"].native == "signature_time_stamp_token":
            return _stamped_at(attribute["values"][0]["content"])
    return None


def _holder(signed: cms.SignedData) -> str:
    """Whose certificate it is, by the serial number that the signature names."""
    serial = signed["signer_infos"][0]["sid"].chosen["serial_number"].native
    for certificate in signed["certificates"]:
        if certificate.chosen.serial_number == serial:
            return str(certificate.chosen.subject.native.get("common_name", ""))
    return ""


def _written(text: str) -> datetime | None:
    """A PDF date, D:20260622144000+02'00' (ISO 32000-1, 7.9.4)."""
    digits = text.removeprefix("D:").replace("'", "")
    for form in ("%Y%m%d%H%M%S%z", "%Y%m%d%H%M%S"):
        try:
            found = datetime.strptime(digits, form)
        except ValueError:
            continue
        return found if found.tzinfo else timezone.make_aware(found)
    return None

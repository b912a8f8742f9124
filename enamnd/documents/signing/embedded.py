"""The signer inside the portal: PAdES baseline signatures (ETSI EN 319 142-1) with pyHanko, each an incremental update.

B-B without a time-stamp service, B-T with one, and B-LTA when `finish` has sealed the file. The first signature
certifies the paper: after it, nothing but filling in fields and signing is allowed (ISO 32000-1, 12.8.2.2, DocMDP).
"""

import asyncio
import io
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from asn1crypto.x509 import Certificate
from django.conf import settings
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import TimestampDSSContentSettings
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation import add_validation_info
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend

from enamnd.refusal import Refused

from .appearance import appearance
from .backend import SignRequest
from .certificates import ASK, NOTHING_SIGNED
from .credentials import Credential, credential_for
from .reading import field_size, writer_for
from .timestamping import SilentService, time_stamper, trusted_services

log = logging.getLogger(__name__)

DIGEST = "sha256"
# Else the seal would not cover the whole file.
EVIDENCE_FIRST = TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
AS_DRAWN = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MIN,
    y_align=AxisAlignment.ALIGN_MIN,
    margins=Margins(),
    inner_content_scaling=InnerScaling.NO_SCALING,
)


class EmbeddedBackend:
    """Signs in the portal's own process, with the credential that the settings give."""

    def sign(self, pdf: bytes, request: SignRequest) -> bytes:
        writer = writer_for(pdf)
        seen = appearance(request, *field_size(writer, request.field_name))
        credential = credential_for(request.signer_name)
        is_first = not writer.prev.embedded_signatures
        metadata = PdfSignatureMetadata(
            field_name=request.field_name,
            name=request.signer_name,
            reason=request.reason or None,
            md_algorithm=DIGEST,
            subfilter=SigSeedSubFilter.PADES,
            certify=is_first,
            docmdp_permissions=MDPPerm.FILL_FORMS,
        )
        with tempfile.NamedTemporaryFile(suffix=".pdf") as drawing, _refusing():
            drawing.write(seen)
            drawing.flush()
            style = _style(drawing.name)
            signer = TimedSigner(metadata, credential.signer, timestamper=time_stamper(), stamp_style=style)
            signer.at = request.signed_at
            return signer.sign_pdf(writer, existing_fields_only=True).getvalue()

    def finish(self, pdf: bytes) -> bytes:
        service = time_stamper()
        if service is None or not writer_for(pdf).prev.embedded_signatures:
            return pdf
        sealed = io.BytesIO(pdf)
        with _refusing():
            context = _context(credential_for(""), service)
            for number in range(len(PdfFileReader(sealed).embedded_regular_signatures)):
                signature = PdfFileReader(sealed).embedded_regular_signatures[number]
                add_validation_info(signature, context, in_place=True)
            writer = IncrementalPdfFileWriter(sealed)
            PdfTimeStamper(service).timestamp_pdf(writer, DIGEST, context, in_place=True, dss_settings=EVIDENCE_FIRST)
        return sealed.getvalue()


class TimedSigner(PdfSigner):
    """Writes in the signature when the person confirmed, not when the file was ready."""

    at = None

    def init_signing_session(self, *args, **kwargs):
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = timezone.localtime(self.at)
        return session


def _style(drawing: str) -> StaticStampStyle:
    return StaticStampStyle.from_pdf_file(drawing, border_width=0, background_layout=AS_DRAWN)


def _context(credential: Credential, service) -> ValidationContext:
    """What evidence is gathered with: lists of revoked certificates are fetched where they are published."""
    return ValidationContext(
        trust_roots=[*credential.roots, *(trusted_services() or _tops_of(service))],
        crls=list(credential.revocation_lists),
        allow_fetching=True,
        fetcher_backend=AIOHttpFetcherBackend(per_request_timeout=float(settings.SIGNING_TIMEOUT)),
        moment=timezone.now(),
    )


def _tops_of(service) -> Iterator[Certificate]:
    """Without roots given, whoever set the service up trusts the top of the chain that it sends along."""
    asyncio.run(service.async_dummy_response(DIGEST))
    sent = list(service.cert_registry)
    subjects = {each.subject.hashable for each in sent}
    return (each for each in sent if each.self_issued or each.issuer.hashable not in subjects)


@contextmanager
def _refusing():
    """What can go wrong while signing, in sentences."""
    try:
        yield
    except (SilentService, TimestampRequestError) as error:
        raise Refused(
            f"Tjänsten som tidsstämplar underskrifter svarar inte som den ska. {NOTHING_SIGNED} "
            "Försök igen om en stund. "
            f"{ASK} se över SIGNING_TIMESTAMP_URL om det fortsätter."
        ) from error
    except (SigningError, PathError, ValueError, OSError) as error:
        log.exception("A signature could not be made")
        raise Refused(
            f"Det gick inte att skriva under. {NOTHING_SIGNED} {ASK} se efter i loggen vad som är fel."
        ) from error

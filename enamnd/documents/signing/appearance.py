"""What is seen in a signed field: drawn by the print engine, so that every letter of a name has its font."""

from django.template.loader import render_to_string
from django.utils import timezone

from enamnd import dates
from enamnd.documents import pdf

from .backend import SignRequest

SHEET = "css/print-signature.css"


def appearance(request: SignRequest, width: float, height: float) -> bytes:
    """A PDF of one page that is as large as the field (points), with the lines of the request."""
    html = render_to_string("print/signature_appearance.html", {"lines": request.lines or usual_lines(request)})
    css = f"@page {{ size: {width:.3f}pt {height:.3f}pt }}"
    return pdf.plain(pdf.lay_out(html, sheets=[SHEET], css=css))


def usual_lines(request: SignRequest) -> tuple[str, ...]:
    """Name, date and time, and the checksum of the paper that was read."""
    at = timezone.localtime(request.signed_at)
    lines = (
        f"Elektroniskt undertecknat av {request.signer_name}",
        f"{dates.long_date(at.date())} klockan {at:%H.%M.%S}",
        request.reason,
        "Dokumentets kontrollsumma (SHA-256) före underskrifterna:",
        request.base_sha256,
    )
    return tuple(filter(None, lines))

"""Opening a PDF that is to be signed: what can be refused in a sentence is, before anything is done."""

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError

from enamnd.refusal import Refused

NO_PDF = "Filen är ingen PDF som går att läsa. Exportera den på nytt från programmet som gjorde den, och försök igen."
ENCRYPTED = "Filen är krypterad eller låst med lösenord. Spara den utan skydd och försök igen."
NO_FIELD = "Papperet har inget fält för den underskriften. Utfärda papperet på nytt med rätt undertecknare."
SIGNED = "Fältet är redan undertecknat. Läs in sidan igen och se vem som har skrivit under."
START = 1024  # within so many bytes a PDF says that it is one (ISO 32000-1, implementation note 13)


def writer_for(pdf: bytes) -> IncrementalPdfFileWriter:
    """A writer that adds to the file and leaves what is there. Refused for what is no PDF or is encrypted."""
    if b"%PDF-" not in pdf[:START]:
        raise Refused(NO_PDF)
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        encrypted = writer.prev.encrypted
    except (PdfError, ValueError, KeyError, IndexError, TypeError, OSError, RecursionError) as error:
        raise Refused(NO_PDF) from error
    if encrypted:
        raise Refused(ENCRYPTED)
    return writer


def field_size(writer: IncrementalPdfFileWriter, name: str) -> tuple[float, float]:
    """Width and height of the empty field, in points. Refused when there is none of that name, or it is signed."""
    for field in writer.prev.root.get("/AcroForm", {}).get("/Fields", ()):
        field = field.get_object()
        if str(field.get("/T", "")) != name or field.get("/FT") != "/Sig":
            continue
        if field.get("/V") is not None:
            raise Refused(SIGNED)
        left, low, right, high = map(float, field["/Rect"])
        return right - left, high - low
    raise Refused(NO_FIELD)

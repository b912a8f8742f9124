"""What of a meeting file the portal's fonts cannot draw, told when the file is read in."""

from collections.abc import Iterator

from enamnd.documents.pdf_letters import without_glyphs
from enamnd.formats import listed
from meetings.exchange.records import MeetingFile
from meetings.text.markup import plain_text

SHOWN = 6  # places in the sentence; of more it says how many


def letters_told(file: MeetingFile) -> str:
    """Which characters will be printed as boxes, and where they stand: a sentence, empty when there are none."""
    found = {place: rare for place, text in _texts(file) if (rare := without_glyphs(text))}
    if not found:
        return ""
    letters = "".join(dict.fromkeys("".join(found.values())))
    places = list(found)[:SHOWN]
    if len(found) > SHOWN:
        places[-1] = f"{len(found) - SHOWN + 1} ställen till"
    which = f"Tecknet {letters} finns" if len(letters) == 1 else f"Tecknen {' '.join(letters)} finns"
    return f"{which} inte i portalens teckensnitt och blir en ruta på papperet: {listed(places)}."


def _texts(file: MeetingFile) -> Iterator[tuple[str, str]]:
    """Everything that is printed, with its place as a person finds it."""
    chairs = " ".join(chair.name for chair in file.chairs)
    yield "framsidan", " ".join(filter(None, (file.body, file.place, file.secretary, file.adjustment.text)))
    yield "framsidan", " ".join(filter(None, (chairs, *file.adjusters, file.notice.storage, file.notice.signed_by)))
    for row in file.attendance:
        said = (row.name, row.political_party, row.municipality, row.organisation, row.role)
        yield f"närvaron ({row.name})", " ".join(filter(None, said))
    for position, paragraph in enumerate(file.paragraphs, 1):
        place = f"§ {paragraph.number}" if paragraph.number else f"paragraf {position}"
        yield f"{place}, rubriken", f"{paragraph.title} {paragraph.case_number or ''}"
        for at, section in enumerate(paragraph.sections, 1):
            text = " ".join(section.items) if section.items is not None else plain_text(section.html or "")
            yield f"{place}, avsnitt {at}", f"{section.heading} {text}"
    for signature in file.signatures:
        yield "underskrifterna", signature.name

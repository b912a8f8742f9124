"""Invented protocols of any length, always the same for the same length."""

import random
import re

from meetings.paper.protocol import (
    DECISION,
    DOCUMENTS,
    RECIPIENTS,
    TEXT,
    CoverRow,
    PaperGroup,
    PaperParagraph,
    PaperPerson,
    PaperSection,
    ProtocolPaper,
)

WORDS = re.findall(
    r"\w+",
    """nämnden beslutar godkänna förslaget verksamheten under året gemensam upphandling samverkan kommunerna beredning
    enligt gällande avtal kostnaden fördelas mellan parterna uppföljningen redovisas ordföranden föreslår ärendet
    återremitteras förvaltningsorganisationen kompetensutveckling systemförvaltning budgetuppföljning och för att
    samt med i en av till på den som har delårsrapporten verksamhetsplanen tjänsteplattformen räddningstjänsten
    informationen läggs handlingarna arbetsgruppen lämnar synpunkter rekommendationer remissbehandling""",
)
PLACES = re.findall(
    r"\w+",
    """Almvik Björknäs Dalsele Ekfors Furunäs Granträsk Hedfors Idbacka Järpliden Klippträsk Lillviken Myrheden Norrfors
    Orrnäs""",
)
FIRST = re.findall(r"\w+", "Anna Bertil Cecilia David Elin Fredrik Gunilla Henrik Ingrid Johan Karin Lars Maria Nils")
LAST = re.findall(r"\w+", "Alm Berg Dahlin Ek Forsell Granath Hedman Isaksson Jonsson Kvist Lund Moberg Nygren Oja")


def protocol(paragraphs: int, *, blocks: int = 3, is_draft: bool = False) -> ProtocolPaper:
    """A protocol of so many paragraphs of `blocks` pieces of text each (3 fill somewhat more than a page)."""
    chance = random.Random(paragraphs)
    return ProtocolPaper(
        board_name="Fjällbygdens gemensamma nämnd",
        body_name="Fjällbygdens gemensamma nämnd",
        title="Protokoll 2031-05-14",
        date="2031-05-14",
        cover=_cover(paragraphs),
        proof_heading="BEVIS/ANSLAG",
        proof_text="Nämndens protokoll är justerat. Justeringen har tillkännagivits genom anslag.",
        proof=(
            CoverRow("Sammanträdesdatum", ("2031-05-14",)),
            CoverRow("Datum när anslaget sätts upp", ("2031-05-28",)),
            CoverRow("Datum när anslaget tas ned", ("2031-06-19",)),
            CoverRow("Underskrift", ("Elin Ek",), signature=True),
        ),
        attendance=_attendance(),
        paragraphs=tuple(_paragraph(number, blocks, chance) for number in range(1, paragraphs + 1)),
        footer_fields=("Justerandes signatur", "Utdragsbestyrkande"),
        cover_footer_fields=("Utdragsbestyrkande",),
        created_at="2031-05-20T09:00:00+02:00",
        author="Fjällbygdens gemensamma nämnd",
        is_draft=is_draft,
    )


def sentence(chance: random.Random, words: int = 14) -> str:
    """So many words, beginning with a capital and ending with a full stop."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def text(chance: random.Random, sentences: int = 5) -> str:
    """Running text."""
    return " ".join(sentence(chance, chance.randint(9, 19)) for _ in range(sentences))


def _cover(paragraphs: int) -> tuple[CoverRow, ...]:
    return (
        CoverRow("Plats och tid", ("Kommunhuset i Almvik, kl. 13:00 - 15:10",)),
        CoverRow("Beslutande", ("Enligt närvarolista",)),
        CoverRow("Justerade paragrafer", (f"1-{paragraphs}",)),
        CoverRow("Sekreterare", ("Elin Ek",), signature=True),
        CoverRow("Ordförande", ("Anna Alm (X)",), signature=True),
        CoverRow("Justerare", ("Bertil Berg (Y)",), signature=True),
    )


def _attendance() -> tuple[PaperGroup, ...]:
    members = tuple(PaperPerson(f"{FIRST[i]} {LAST[i]} (X)", PLACES[i], "§ 2-4" if i == 3 else "") for i in range(14))
    substitutes = tuple(PaperPerson(f"{FIRST[i]} {LAST[-i - 1]} (Y)", PLACES[i]) for i in range(14))
    return (
        PaperGroup("Tjänstgörande ledamöter", members[:9]),
        PaperGroup("Frånvarande ledamöter", members[9:]),
        PaperGroup("Tjänstgörande ersättare", substitutes[:3]),
        PaperGroup("Frånvarande ersättare", substitutes[3:]),
    )


def _paragraph(number: int, blocks: int, chance: random.Random) -> PaperParagraph:
    body = "".join(
        f"<p>{text(chance)}</p>{_points(chance) if block % 3 == 1 else ''}{_table(chance) if block % 4 == 2 else ''}"
        for block in range(blocks)
    )
    return PaperParagraph(
        key=f"p{number}",
        label=f"§ {number}",
        title=sentence(chance, 6).rstrip("."),
        case_label=f"Ärendenr 2031/{number}-1.2.3",
        sections=(
            PaperSection("Nämndens beslut", DECISION, (sentence(chance), sentence(chance))[: 1 + number % 2]),
            PaperSection("Sammanfattning av ärendet", TEXT, html=body),
            PaperSection("Beslutsunderlag", DOCUMENTS, (sentence(chance, 4), sentence(chance, 5))),
            PaperSection("Beslutet skickas till", RECIPIENTS, (PLACES[number % 14] + " kommun",)),
        ),
    )


def _points(chance: random.Random) -> str:
    return "<ul>" + "".join(f"<li><p>{sentence(chance)}</p></li>" for _ in range(4)) + "</ul>"


def _table(chance: random.Random) -> str:
    rows = "".join(
        f"<tr><td><p>{place}</p></td><td><p>{chance.randint(10, 999)} 000</p></td>"
        f"<td><p>{chance.randint(10, 999)} 000</p></td></tr>"
        for place in PLACES[:7]
    )
    head = "<tr><th><p>Kommun</p></th><th><p>Budget</p></th><th><p>Utfall</p></th></tr>"
    return f"<table><tbody>{head}{rows}</tbody></table>"

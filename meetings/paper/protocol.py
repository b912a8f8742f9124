"""The protocol as a paper: what stands on it, as frozen values, before anybody has drawn it.

A `ProtocolPaper` is composed from the database once, printed by `meetings.printing`, and kept. All values are
texts, truths and tuples, so that a paper can be compared and hashed.
"""

from dataclasses import dataclass

DECISION = "decision"
TEXT = "text"
DOCUMENTS = "documents"
RECIPIENTS = "recipients"


@dataclass(frozen=True)
class PaperSection:
    """A part of a paragraph under its heading (avsnitt): either `items` or `html`.

    `kind` is one of DECISION, TEXT, DOCUMENTS, RECIPIENTS. `html` holds p, ul, ol, li, table, tbody, tr, th, td,
    blockquote, strong, em, s, h4, h5 and a; it has been checked when it was written.
    """

    heading: str
    kind: str
    items: tuple[str, ...] = ()
    html: str = ""


@dataclass(frozen=True)
class PaperParagraph:
    """A paragraph (§). `key` is unique in the paper ("p34"); `label` is "§ 8", or "§ –" before it has a number.

    `note` tells what holds for the whole paragraph: that it has been adjusted already.
    """

    key: str
    label: str
    title: str
    case_label: str
    sections: tuple[PaperSection, ...]
    note: str = ""


@dataclass(frozen=True)
class PaperPerson:
    """A row of the attendance list: "Isak Utsi (S)", "Arjeplog (vice ordförande)", "§ 15-16"."""

    name: str
    place: str
    note: str = ""


@dataclass(frozen=True)
class PaperGroup:
    """A category of the attendance list, such as Tjänstgörande ledamöter."""

    heading: str
    people: tuple[PaperPerson, ...]


@dataclass(frozen=True)
class CoverRow:
    """A label of the cover and what stands beside it; with `signature`, a line to sign on above each text."""

    label: str
    lines: tuple[str, ...]
    signature: bool = False


@dataclass(frozen=True)
class Signature:
    """Evidence that somebody has signed elsewhere: who, when (as printed), and the digest that was signed."""

    name: str
    at: str
    digest: str
    algorithm: str

    @property
    def digest_label(self) -> str:
        """As the signing services print it: with SHA-1, which they used until 2021, no algorithm is named."""
        if self.algorithm.upper().replace("-", "") in ("", "SHA1"):
            return "Signerad checksumma:"
        return f"Signerat kryptografiskt {self.algorithm} hashvärde:"


@dataclass(frozen=True)
class SignatureLine:
    """Somebody who is to sign: as what, for which paragraphs ("§ 8-14"; empty: all), in which field of the file."""

    role: str
    name: str
    paragraphs: str
    field: str


@dataclass(frozen=True)
class ProtocolPaper:
    """A whole protocol, ready to print.

    `date` is ISO 8601; `created_at` is an ISO 8601 instant with its offset and becomes the date of the file.
    `footer_fields` stand at the foot of every page with a line to sign on, `cover_footer_fields` at that of the cover.
    A draft (`is_draft`) carries UTKAST on every page. `to_sign` are those whose signatures it has room for. When there
    are signatures, `signed_digitally` stands above each name of the cover, and `copy_text` after the last of them.
    """

    board_name: str
    body_name: str
    title: str
    date: str
    cover: tuple[CoverRow, ...]
    attendance: tuple[PaperGroup, ...]
    paragraphs: tuple[PaperParagraph, ...]
    created_at: str
    author: str
    language: str = "sv"
    proof_heading: str = ""
    proof_text: str = ""
    proof: tuple[CoverRow, ...] = ()
    contents_heading: str = "Innehållsförteckning"
    contents_columns: tuple[str, str, str] = ("Paragrafer", "Ärenden", "Sida")
    attendance_heading: str = "Närvarolista"
    signatures_heading: str = "Signering"
    signatures_text: str = ""
    signed_digitally: str = ""
    copy_text: str = ""
    signatures: tuple[Signature, ...] = ()
    to_sign: tuple[SignatureLine, ...] = ()
    footer_fields: tuple[str, ...] = ()
    cover_footer_fields: tuple[str, ...] = ()
    is_draft: bool = False

    @property
    def signed_mark(self) -> str:
        """What stands instead of a signature by hand."""
        return self.signed_digitally if self.signatures or self.to_sign else ""

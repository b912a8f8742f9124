"""What a meeting file holds, as frozen records that mirror the interchange format."""

from dataclasses import dataclass
from datetime import date, time

FORMAT = "enamnd.meeting"
VERSION = 1


@dataclass(frozen=True)
class Chair:
    """Who held the chair, from § to § (None = from the start, to the end)."""

    name: str
    from_paragraph: int | None = None
    to_paragraph: int | None = None


@dataclass(frozen=True)
class Adjustment:
    """Time and place of the adjustment as printed, and the adjusted paragraphs."""

    text: str | None = None
    from_paragraph: int | None = None
    to_paragraph: int | None = None


@dataclass(frozen=True)
class Notice:
    """The proof of the notice (bevis/anslag); all empty before it was put up."""

    posted_on: date | None = None
    removed_on: date | None = None
    storage: str | None = None
    signed_by: str | None = None


@dataclass(frozen=True)
class AttendanceRow:
    """One period of one person. Several rows with the same person are several periods.

    Others (`seat` None) have an organisation instead of party and municipality.
    """

    name: str
    political_party: str | None
    municipality: str | None
    seat: str | None
    presence: str
    organisation: str | None = None
    role: str | None = None
    from_paragraph: int | None = None
    to_paragraph: int | None = None
    replaces: str | None = None

    @property
    def person(self) -> tuple:
        """What tells persons apart: rows that share it are periods of the same person."""
        return (self.name, self.political_party, self.municipality, self.organisation, self.seat)


@dataclass(frozen=True)
class SectionFile:
    """A section: `items` or, when they are None, `html`."""

    kind: str
    heading: str
    items: tuple[str, ...] | None = None
    html: str | None = None


@dataclass(frozen=True)
class ParagraphFile:
    """A paragraph. `number` is None for those that have no § yet."""

    number: int | None
    title: str
    case_number: str | None = None
    sections: tuple[SectionFile, ...] = ()


@dataclass(frozen=True)
class Signature:
    """Evidence of a signature made elsewhere: name and time as printed, digest in hexadecimal, "SHA-256"."""

    name: str
    at: str | None = None
    digest: str | None = None
    algorithm: str | None = None


@dataclass(frozen=True)
class MeetingFile:
    """A whole meeting. Dates and times are local. `ends_on` is given when it ended on another day than `date`.

    `unusual` names the empty places that the file wrote otherwise than `write` does by itself: "signatures" when the
    key was not there, "notice=null" when it was null. Kept with the meeting, exports are equal to such files too.
    """

    body: str
    date: date
    starts_at: time | None = None
    ends_at: time | None = None
    ends_on: date | None = None
    place: str | None = None
    remote: bool = False
    secretary: str | None = None
    chairs: tuple[Chair, ...] = ()
    adjusters: tuple[str, ...] = ()
    adjustment: Adjustment = Adjustment()
    notice: Notice = Notice()
    attendance: tuple[AttendanceRow, ...] = ()
    paragraphs: tuple[ParagraphFile, ...] = ()
    signatures: tuple[Signature, ...] = ()
    unusual: tuple[str, ...] = ()

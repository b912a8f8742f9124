"""Checks of the whole: numbers in a row, and in time."""

from collections.abc import Iterator

from enamnd.dates import long_date

from .protocol import Found, LoadedProtocol


def no_paragraphs(protocol: LoadedProtocol) -> Iterator[Found]:
    """A protocol says which matters were handled (KL 5 kap. 66 §)."""
    if not protocol.to_adjust:
        yield Found("Det finns ingen paragraf att justera. Lägg till paragraferna först.", place="meeting")


def numbers_missing(protocol: LoadedProtocol) -> Iterator[Found]:
    lacking = [each for each in protocol.to_adjust if each.number is None]
    if protocol.numbers_paragraphs and lacking:
        yield Found("Paragraferna har inga nummer. Ge dem nummer på sammanträdets sida.", place="meeting")


def number_gap(protocol: LoadedProtocol) -> Iterator[Found]:
    """Numbers run unbroken in a body's year, by custom: a gap is told and may be right."""
    before = protocol.number_before
    for matter in protocol.matters:
        if matter.number is None:
            continue
        if before is not None and matter.number != before + 1:
            yield Found(f"{matter.label} följer efter § {before}: numren löper inte utan uppehåll.", matter)
        before = matter.number


def day_untold(protocol: LoadedProtocol) -> Iterator[Found]:
    """The protocol says when it was (KL 5 kap. 66 §): with more than one day, which paragraphs on which."""
    for day in protocol.days_untold:
        yield Found(
            f"Sammanträdet hölls också {long_date(day)}, men det står inte vilka paragrafer som behandlades då. "
            "Välj den första.",
            place="days",
        )


def late(protocol: LoadedProtocol) -> Iterator[Found]:
    """At the latest fourteen days after the meeting (KL 5 kap. 69 §)."""
    if protocol.latest_on and protocol.today > protocol.latest_on:
        yield Found(
            f"Protokollet skulle ha justerats senast {long_date(protocol.latest_on)} (kommunallagen 5 kap. 69 §). "
            "Det kan justeras ändå, men senare.",
            place="meeting",
        )

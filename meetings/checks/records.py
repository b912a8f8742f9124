"""Checks of the text against what was recorded at the table (mötesläget)."""

from collections.abc import Iterator

from enamnd.formats import listed

from .protocol import Found, LoadedProtocol


def stale_text(protocol: LoadedProtocol) -> Iterator[Found]:
    """What the portal wrote of the records, when they say something else by now (KL 5 kap. 67 §)."""
    for matter in protocol.to_adjust:
        if matter.stale:
            yield Found(
                f"{matter.label}: det som är antecknat i mötesläget har ändrats sedan {_quoted(matter.stale)} skrevs. "
                "Skriv om avsnittet, eller rätta det som är antecknat.",
                matter,
                in_records=True,
            )


def unwritten_text(protocol: LoadedProtocol) -> Iterator[Found]:
    """What was recorded and stands nowhere in the protocol (KL 5 kap. 67 §)."""
    for matter in protocol.to_adjust:
        if matter.unwritten:
            yield Found(
                f"{matter.label}: {_quoted(matter.unwritten)} är antecknat i mötesläget men står inte i protokollet.",
                matter,
                in_records=True,
            )


def _quoted(headings: tuple[str, ...]) -> str:
    return listed(f"”{each}”" for each in headings)

"""Checks of the people: attendance, secretary, chairs, adjusters, quorum."""

from collections.abc import Callable, Iterator

from enamnd.dates import long_date
from enamnd.formats import count, listed
from meetings.attending import roll
from meetings.days import day_of

from .protocol import Found, LoadedProtocol, Matter, Named


def no_attendance(protocol: LoadedProtocol) -> Iterator[Found]:
    """A protocol says which members and substitutes served (KL 5 kap. 66 §)."""
    if not any(row.seat for row in protocol.rows):
        yield Found("Närvarolistan är tom. Hämta ledamöterna ur registret och markera närvaron.", place="attendance")


def unmarked(protocol: LoadedProtocol) -> Iterator[Found]:
    names = [row.label for row in protocol.rows if row.seat and not row.spans]
    if names and not protocol.is_immediate:
        yield Found(
            f"Närvaron är inte markerad för {count(len(names), 'person', 'personer')}: {_some(names)}.",
            place="attendance",
        )


def no_secretary(protocol: LoadedProtocol) -> Iterator[Found]:
    if protocol.secretary is None:
        yield Found("Ingen sekreterare är angiven. Skriv sekreterarens namn bland uppgifterna.")


def no_chair(protocol: LoadedProtocol) -> Iterator[Found]:
    """The protocol is kept on the chair's responsibility (KL 5 kap. 65 §): each paragraph has one."""
    for without in _runs(protocol, lambda matter: not _of(protocol.chairs, matter)):
        yield Found(f"Ingen ordförande är angiven för {without}.", place="chairs")


def no_adjuster(protocol: LoadedProtocol) -> Iterator[Found]:
    """As many adjusters for each paragraph as the board's rules ask for, beside the chair."""
    needed = max(1, protocol.adjusters_needed)
    for without in _runs(protocol, lambda matter: len(_of(protocol.adjusters, matter)) < needed):
        what = "Ingen justerare är vald" if needed == 1 else f"Det ska vara {needed} justerare, och så många finns inte"
        yield Found(f"{what} för {without}.", place="adjusters")


def remote_not_allowed(protocol: LoadedProtocol) -> Iterator[Found]:
    """Members take part at a distance when the council has decided so (KL 6 kap. 24 §)."""
    names = [row.label for row in protocol.rows if row.seat and row.is_remote]
    if names and not protocol.allows_remote:
        yield Found(
            f"Nämndens regler säger att ingen deltar på distans, men det gör {_some(names)}.", place="attendance"
        )


def adjuster_is_chair(protocol: LoadedProtocol) -> Iterator[Found]:
    """The chair does not count among those who adjust beside the chair.

    How a protocol is adjusted is for the councils to decide (KL 5 kap. 69 § and 6 kap. 35 §), and the board's rule says
    how many adjust beside the chair: with one person in both parts nobody but the chair has read it.
    """
    needed = max(1, protocol.adjusters_needed)
    for who, label in _both(protocol, lambda others: others < needed):
        yield Found(
            f"{who} är både ordförande och justerare för {label}. Protokollet justeras av ordföranden och "
            f"{count(needed, 'till', 'till')} (nämndens reglemente). Välj en annan justerare.",
            place="adjusters",
        )


def chair_adjusts_too(protocol: LoadedProtocol) -> Iterator[Found]:
    """Somebody in both parts while there are adjusters enough beside them: they sign twice."""
    needed = max(1, protocol.adjusters_needed)
    for who, label in _both(protocol, lambda others: others >= needed):
        yield Found(
            f"{who} är både ordförande och justerare för {label}, och skriver under två gånger.", place="adjusters"
        )


def _both(protocol: LoadedProtocol, is_meant: Callable[[int], bool]) -> Iterator[tuple[str, str]]:
    """Who both chairs and adjusts, and which paragraphs, where `is_meant` says yes to the number of other adjusters."""
    found: dict[str, list[str]] = {}
    for matter in protocol.to_adjust:
        chairing = {each.label for each in _of(protocol.chairs, matter)}
        adjusting = {each.label for each in _of(protocol.adjusters, matter)}
        if chairing & adjusting and is_meant(len(adjusting - chairing)):
            for who in sorted(chairing & adjusting):
                found.setdefault(who, []).append(matter.label)
    for who, labels in found.items():
        yield who, "alla paragraferna" if 1 < len(labels) == len(protocol.to_adjust) else listed(labels)


def adjuster_absent(protocol: LoadedProtocol) -> Iterator[Found]:
    """Whoever adjusts a paragraph should have served there."""
    for adjuster, matter in _adjusting(protocol):
        key = _key(protocol, adjuster)
        if key not in matter.recused and key not in protocol.serving(matter):
            yield Found(
                f"{adjuster.label} justerar {matter.label} men tjänstgjorde inte där. "
                "Välj en annan justerare för den paragrafen.",
                matter,
            )


def adjuster_recused(protocol: LoadedProtocol) -> Iterator[Found]:
    for adjuster, matter in _adjusting(protocol):
        if _key(protocol, adjuster) in matter.recused:
            yield Found(
                f"{adjuster.label} justerar {matter.label} men var jävig där. "
                "Välj en annan justerare för den paragrafen.",
                matter,
            )


def not_quorate(protocol: LoadedProtocol) -> Iterator[Found]:
    """More than half of the members (KL 6 kap. 27 §). What has happened is told, not undone."""
    if not any(row.seat and row.spans for row in protocol.rows):
        return
    for matter in protocol.to_adjust:
        quorum = roll.quorum_when(len(protocol.serving(matter)), protocol.seats)
        if matter.is_to_decide and not quorum.is_quorate:
            yield Found(f"{matter.label}: {quorum.sentence} (kommunallagen 6 kap. 27 §).", matter)


def outside_mandate(protocol: LoadedProtocol) -> Iterator[Found]:
    """Who served on a day of the meeting when the mandate did not hold (KL 9 kap. 24 §)."""
    for row in protocol.rows:
        first, last = protocol.terms.get(row.key, (None, None))
        outside = [
            matter.label
            for matter in protocol.to_adjust
            if row.key in protocol.serving(matter)
            and (day := day_of(protocol.begun, matter.position))
            and ((first and day < first) or (last and last < day))
        ]
        if outside:
            holds = f"från {long_date(first)}" if first and first > protocol.held_on else f"till {long_date(last)}"
            yield Found(
                f"{row.label} tjänstgör {listed(outside)}, men uppdraget gäller {holds}. Ändra närvaron.",
                place="attendance",
            )


def another_name(protocol: LoadedProtocol) -> Iterator[Found]:
    """A name on the paper that is another than the register's, of the same person."""
    told = [
        (each.name, each.registered, "facts")
        for each in (protocol.secretary, *protocol.chairs, *protocol.adjusters)
        if each
    ]
    told += [(row.name, protocol.registered.get(row.key, ""), "attendance") for row in protocol.rows]
    for name, registered, place in dict.fromkeys(told):
        if registered and name != registered:
            yield Found(f"{name} heter {registered} i registret.", place=place)


def _adjusting(protocol: LoadedProtocol) -> Iterator[tuple[Named, Matter]]:
    """Every adjuster with each paragraph to adjust. Nothing while nobody is marked: then that is what to mend."""
    if any(row.seat and row.spans for row in protocol.rows):
        for matter in protocol.to_adjust:
            for adjuster in _of(protocol.adjusters, matter):
                yield adjuster, matter


def _of(people: tuple[Named, ...], matter: Matter) -> list[Named]:
    return [each for each in people if each.covers(matter.position)]


def _key(protocol: LoadedProtocol, person: Named) -> str | None:
    return next((row.key for row in protocol.rows if row.seat and row.label == person.label), None)


def _runs(protocol: LoadedProtocol, is_lacking: Callable[[Matter], bool]) -> Iterator[str]:
    """The paragraphs that lack something, in one phrase."""
    lacking = [each.label for each in protocol.to_adjust if is_lacking(each)]
    if lacking:
        yield "sammanträdet" if len(lacking) == len(protocol.to_adjust) else listed(lacking)


def _some(names: list[str]) -> str:
    more = [f"{len(names) - 3} till"] if len(names) > 4 else []
    return listed([*(names[:3] if more else names), *more])

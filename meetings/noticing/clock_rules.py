"""The time limits of the law between a meeting and the day its decisions have gained legal force.

Plain dates in, plain dates and Swedish sentences out. The numbers stand in a table of what held from when. Weeks end on
the day with the same name, and what ends on a day off ends on the next working day (lag (1930:173) 1–2 §§). All names
of boards are those of the parties; `None` for a day means that it has not happened, or that nobody has told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from enamnd.dates import WEEKDAYS, long_date
from enamnd.formats import count, listed
from enamnd.working_days import day_off, next_working_day

SOON = 4  # days; a step is announced as near when this much or less is left


@dataclass(frozen=True)
class Limits:
    """What the municipal act says from a day on: days to adjust, days to post the notice, weeks to appeal."""

    valid_from: date
    days_to_adjust: int
    adjust_law: str
    days_to_post: int
    post_law: str
    weeks_to_appeal: int
    appeal_law: str
    keep_law: str


LIMITS = (
    Limits(
        date(2018, 1, 1),
        14,
        "kommunallagen 5 kap. 69 § och 6 kap. 35 §",
        2,
        "kommunallagen 8 kap. 12 § och 9 kap. 32 §",
        3,
        "kommunallagen 13 kap. 5 §",
        "kommunallagen 8 kap. 12 § och 13 kap. 5 §",
    ),
    Limits(
        date(1992, 1, 1),
        14,
        "kommunallagen (1991:900) 5 kap. 61 §",
        2,
        "kommunallagen (1991:900) 5 kap. 62 §",
        3,
        "kommunallagen (1991:900) 10 kap. 6 §",
        "kommunallagen (1991:900) 5 kap. 62 §",
    ),
)


def limits_on(day: date) -> Limits:
    """What held on `day`; for older days the oldest of the table."""
    return next((each for each in LIMITS if each.valid_from <= day), LIMITS[-1])


# Days -----------------------------------------------------------------------------------------------------------------


def adjust_by(held_on: date) -> date:
    """The last day to adjust the protocol of a meeting (justeras senast)."""
    return next_working_day(_day_to_adjust(held_on))


def post_by(adjusted_on: date) -> date:
    """The last day to put up the notice of a protocol (anslås senast)."""
    return next_working_day(_day_to_post(adjusted_on))


def appeal_until(posted_on: date) -> date:
    """The last day to appeal, when the last of the boards was posted on `posted_on` (sista överklagandedag)."""
    return next_working_day(_day_to_appeal(posted_on))


def take_down_from(posted_on: date) -> date:
    """The first day that the notice may come down, which is also the first of legal force (tas ned tidigast)."""
    return appeal_until(posted_on) + timedelta(days=1)


def _day_to_adjust(held_on: date) -> date:
    return held_on + timedelta(days=limits_on(held_on).days_to_adjust)


def _day_to_post(adjusted_on: date) -> date:
    return adjusted_on + timedelta(days=limits_on(adjusted_on).days_to_post)


def _day_to_appeal(posted_on: date) -> date:
    return posted_on + timedelta(weeks=limits_on(posted_on).weeks_to_appeal)


# Clocks ---------------------------------------------------------------------------------------------------------------


class State(StrEnum):
    """How a clock stands. What may not be said for sure is UNSURE; what waits for a court, HELD; what has
    gone wrong and must be mended, BROKEN.
    """

    NOT_STARTED = "not_started"
    RUNNING = "running"
    SOON = "soon"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done_late"
    UNSURE = "unsure"
    HELD = "held"
    BROKEN = "broken"


_TONES = {
    State.NOT_STARTED: "wait",
    State.RUNNING: "ok",
    State.SOON: "soon",
    State.LATE: "late",
    State.DONE: "ok",
    State.DONE_LATE: "soon",
    State.UNSURE: "soon",
    State.HELD: "soon",
    State.BROKEN: "late",
}


@dataclass(frozen=True)
class Clock:
    """One time limit (frist): its last or first day, when it was met, how it was counted, and by what law.

    `word` says the state in Swedish ("3 dagar kvar"); `due_on` is None while it cannot be counted. `about` names the
    paragraphs it concerns, where a meeting has several of the same.
    """

    key: str
    label: str
    due_on: date | None
    done_on: date | None
    reason: str
    law: str
    state: State
    word: str
    about: str = ""

    @property
    def tone(self) -> str:
        """wait, ok, soon or late: the shape and colour beside the word."""
        return _TONES[self.state]


def adjust_clock(held_on: date, adjusted_on: date | None, today: date) -> Clock:
    """Justeras senast: fourteen days after the meeting."""
    limits, raw = limits_on(held_on), _day_to_adjust(held_on)
    reason = f"{limits.days_to_adjust} dagar efter sammanträdet {long_date(held_on)}{_moved(raw)}."
    if adjusted_on:
        reason += f" Justerat {long_date(adjusted_on)}."
    return _step("adjust", "Justeras senast", next_working_day(raw), adjusted_on, reason, limits.adjust_law, today)


def post_clock(adjusted_on: date | None, posted: Mapping[str, date | None], today: date) -> Clock:
    """Anslås senast: the second day after the adjustment, on every board."""
    label = "Anslås senast"
    if adjusted_on is None:
        limits = limits_on(today)
        reason = f"Räknas från justeringen: senast andra dagen efter den, {_on_all(posted)}."
        return Clock("post", label, None, None, reason, limits.post_law, State.NOT_STARTED, "väntar på justeringen")
    limits, raw = limits_on(adjusted_on), _day_to_post(adjusted_on)
    missing = _missing(posted)
    due = next_working_day(raw)
    reason = f"Andra dagen efter justeringen {long_date(adjusted_on)}{_moved(raw)}."
    if missing:
        reason += f" {_missing_in_words(missing, posted)}."
    if late := [name for name, day in posted.items() if day and day > due]:
        reason += f" Sent uppsatt i {listed(late)}: beslutet gäller, men överklagandetiden börjar senare."
    done = None if missing or not posted else _last(posted)
    return _step("post", label, due, done, reason, limits.post_law, today)


def appeal_clock(posted: Mapping[str, date | None], taken_down: Mapping[str, date | None], today: date) -> Clock:
    """Överklagas senast: three weeks from the day when the notice was up on the last of the boards.

    No day can be told where a notice came down too early: the time then does not run out (KL 13:5 3 st.).
    """
    label = "Överklagas senast"
    if not posted or _missing(posted):
        reason = "Tiden räknas från den dag då anslaget sitter på samtliga anslagstavlor."
        if posted:
            reason += f" {_missing_in_words(_missing(posted), posted)}."
        law = limits_on(today).appeal_law
        return Clock("appeal", label, None, None, reason, law, State.NOT_STARTED, "har inte börjat löpa")
    last = _last(posted)
    limits, raw = limits_on(last), _day_to_appeal(last)
    if early := taken_down_early(posted, taken_down):
        reason = (
            f"Anslaget togs ned för tidigt i {listed(early)}. Tiden löper inte ut förrän det har suttit uppe under "
        )
        reason += "hela överklagandetiden på samtliga anslagstavlor."
        return Clock("appeal", label, None, None, reason, limits.appeal_law, State.BROKEN, "kan inte räknas")
    due = next_working_day(raw)
    reason = f"{limits.weeks_to_appeal} veckor från {long_date(last)}, då {_who_was_last(posted)}{_moved(raw)}."
    if today > due:
        return Clock("appeal", label, due, due, reason, limits.appeal_law, State.DONE, "har gått ut")
    state, word = _left(due, today)
    return Clock("appeal", label, due, None, reason, limits.appeal_law, state, word)


def take_down_clock(posted: Mapping[str, date | None], taken_down: Mapping[str, date | None], today: date) -> Clock:
    """Tas ned tidigast: the day after the last day to appeal, on every board."""
    label = "Tas ned tidigast"
    law = limits_on(today).keep_law
    early = taken_down_early(posted, taken_down)
    if early:
        reason = f"Anslaget togs ned för tidigt i {listed(early)}. Det måste sättas upp igen: {_MUST_STAND}."
        due = None if _missing(posted) else take_down_from(_last(posted))
        return Clock("take_down", label, due, None, reason, law, State.BROKEN, "nedtaget för tidigt")
    if not posted or _missing(posted):
        reason = "Räknas när anslaget sitter på samtliga anslagstavlor. Låt det sitta uppe tills dess."
        return Clock("take_down", label, None, None, reason, law, State.NOT_STARTED, "låt sitta uppe")
    due = take_down_from(_last(posted))
    reason = "Dagen efter den sista dagen att överklaga."
    left_up = _missing(taken_down)
    if not left_up:
        return Clock("take_down", label, due, _last(taken_down), reason, law, State.DONE, "nedtaget")
    if today < due:
        return Clock("take_down", label, due, None, reason, law, State.RUNNING, "låt sitta uppe")
    reason += f" Sitter kvar i {listed(left_up)}." if len(left_up) < len(posted) else ""
    return Clock("take_down", label, due, None, reason, law, State.RUNNING, "får tas ned")


def force_clock(posted: Mapping[str, date | None], taken_down: Mapping[str, date | None], today: date) -> Clock:
    """Laga kraft tidigast: never on the word of one board, nor while the notice was missing from one of them."""
    label = "Laga kraft tidigast"
    law = limits_on(today).appeal_law
    if early := taken_down_early(posted, taken_down):
        reason = f"Överklagandetiden har inte gått ut, eftersom anslaget togs ned för tidigt i {listed(early)}."
        return Clock("force", label, None, None, reason, law, State.BROKEN, "kan inte räknas")
    if not posted or _missing(posted):
        reason = "Överklagandetiden har inte börjat löpa."
        return Clock("force", label, None, None, reason, law, State.NOT_STARTED, "kan inte räknas ännu")
    due = take_down_from(_last(posted))
    reason = "Dagen efter den sista dagen att överklaga, om ingen har överklagat beslutet."
    if today >= due:
        return Clock("force", label, due, due, reason, law, State.DONE, "tiden har gått ut")
    return Clock("force", label, due, None, reason, law, *_left(due, today))


def call_clock(held_on: date, days: int, sent_on: date | None, today: date) -> Clock:
    """Kallelse senast: by the board's own rule, since the law has none for a board."""
    due = held_on - timedelta(days=days)
    reason = f"{count(days, 'dag', 'dagar')} före sammanträdet {long_date(held_on)}."
    if sent_on:
        reason += f" Skickad {long_date(sent_on)}."
    return _step("call", "Kallelse senast", due, sent_on, reason, "nämndens egen regel", today)


def cover_clocks(posted_on: date, removed_on: date | None, today: date) -> tuple[Clock, ...]:
    """What the cover of an older protocol tells: one date, of one board. Legal force cannot be told from that alone."""
    limits, raw = limits_on(posted_on), _day_to_appeal(posted_on)
    due, down = next_working_day(raw), take_down_from(posted_on)
    counted = f"{limits.weeks_to_appeal} veckor från {long_date(posted_on)}, dagen på framsidan{_moved(raw)}."
    is_early = removed_on is not None and removed_on < down
    state, word = State.DONE, "nedtaget"
    if is_early:
        state, word = State.BROKEN, "nedtaget för tidigt" if removed_on <= today else "tas ned för tidigt"
    elif removed_on is None or removed_on > today:
        state, word = State.RUNNING, "får tas ned" if today >= down else "låt sitta uppe"
    known = f"Framsidan säger till {long_date(removed_on)}." if removed_on else "Framsidan säger inte när."
    return (
        Clock("appeal", "Överklagas senast", due, None, f"{counted} {_ONE_BOARD}", limits.appeal_law, *_UNSURE),
        Clock("take_down", "Tas ned tidigast", down, removed_on, known, limits.keep_law, state, word),
        Clock("force", "Laga kraft tidigast", None, None, _ONE_BOARD, limits.appeal_law, *_UNSURE),
    )


def taken_down_early(posted: Mapping[str, date | None], taken_down: Mapping[str, date | None]) -> list[str]:
    """Boards where the notice came down before the common day: the time to appeal has then not run out (KL 13:5 3 st.).

    A notice that came down while another board still lacked it came down too early, whatever day it was.
    """
    down = {name: day for name, day in taken_down.items() if day}
    if not posted or _missing(posted):
        return sorted(down)
    earliest = take_down_from(_last(posted))
    return sorted(name for name, day in down.items() if day < earliest)


def common_end(posted: Mapping[str, date | None], taken_down: Mapping[str, date | None]) -> date | None:
    """The first day that all notices may come down; None while one is missing, or has come down too early."""
    if not posted or _missing(posted) or taken_down_early(posted, taken_down):
        return None
    return take_down_from(_last(posted))


def notice_state(
    posted_on: date | None, taken_down_on: date | None, due: date, end: date | None, *, is_early: bool, today: date
) -> tuple[str, str]:
    """How one board's notice stands, in a word and a tone. `due` is the last day to post, `end` the common end."""
    if posted_on is None:
        return ("väntar på besked", "wait") if today <= due else (f"saknas, {_days(today - due)} sent", "late")
    if taken_down_on:
        return ("nedtaget för tidigt, ska upp igen", "late") if is_early else ("nedtaget", "ok")
    if end and today >= end:
        return "får tas ned", "ok"
    return ("uppe", "ok") if posted_on <= due else (f"uppe, {_days(posted_on - due)} för sent", "soon")


# Sentences ------------------------------------------------------------------------------------------------------------

_UNSURE = (State.UNSURE, "ett anslag känt")
_ONE_BOARD = "När anslagen sattes upp i de andra kommunerna är inte antecknat; tiden räknas från det sista av dem."
_MUST_STAND = "det ska sitta på varje tavla hela överklagandetiden för att tiden ska löpa ut"


def _step(key: str, label: str, due: date, done: date | None, reason: str, law: str, today: date) -> Clock:
    """A thing that somebody must do by a day."""
    if done is None:
        return Clock(key, label, due, None, reason, law, *_left(due, today))
    if done > due:
        return Clock(key, label, due, done, reason, law, State.DONE_LATE, f"{_days(done - due)} för sent")
    return Clock(key, label, due, done, reason, law, State.DONE, "i tid")


def _left(due: date, today: date) -> tuple[State, str]:
    left = due - today
    if left < timedelta(0):
        return State.LATE, f"{_days(-left)} sent"
    if not left:
        return State.SOON, "senast i dag"
    return State.SOON if left.days <= SOON else State.RUNNING, f"{_days(left)} kvar"


def _days(span: timedelta) -> str:
    return count(span.days, "dag", "dagar")


def _moved(raw: date) -> str:
    """Why the day was moved: ". 3 april 2026 är långfredagen, så sista dagen är nästa vardag, 7 april 2026"."""
    if not (name := day_off(raw)):
        return ""
    what = f"en {name}" if name in WEEKDAYS else name
    return f". {long_date(raw)} är {what}, så sista dagen är nästa vardag, {long_date(next_working_day(raw))}"


def _missing(days: Mapping[str, date | None]) -> list[str]:
    return [name for name, day in days.items() if day is None]


def _last(days: Mapping[str, date | None]) -> date:
    return max(day for day in days.values() if day)


def _on_all(posted: Mapping[str, date | None]) -> str:
    return f"på alla {len(posted)} anslagstavlorna" if len(posted) > 1 else "på anslagstavlan"


def _missing_in_words(missing: list[str], posted: Mapping[str, date | None]) -> str:
    if len(missing) == len(posted):
        return "Ingen har ännu meddelat att anslaget är uppsatt"
    if len(missing) > 4:
        return f"Anslaget saknas i {len(missing)} av {len(posted)} kommuner"
    return f"Anslaget saknas i {listed(missing)}"


def _who_was_last(posted: Mapping[str, date | None]) -> str:
    last = _last(posted)
    names = [name for name, day in posted.items() if day == last]
    if len(posted) == 1:
        return "anslaget sattes upp"
    if len(names) == len(posted):
        return f"anslaget satt uppe på alla {len(posted)} anslagstavlorna"
    if len(names) > 3:
        return "de sista anslagen sattes upp"
    return f"anslaget sattes upp sist i {listed(names)}"

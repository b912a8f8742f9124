"""What a measurement is and how it is printed.

Beside each time stands that of a small loop of plain Python, run between the rounds. It always does the same, so where
it takes longer the machine has other work to do: times of different runs are compared by how many loops they took.
"""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

RESULTS = "MATNING_RESULTAT"  # environment: a file that takes a line for each target, for the last words of a whole run
LOOPS_A_ROW = 12
TURNS = 10  # a loop is long enough to be interrupted as often as what is measured
BUSY = 1.3  # the clock may go so many times longer than the processor before a row says so
WORDS = [f"{number * 7919 % 10007:05}" for number in range(4000)]


@dataclass(frozen=True)
class Timing:
    """Milliseconds: on the clock and of this process's own processor time, for the work and the loops between."""

    clock: list[float]
    processor: list[float]
    loops: list["Loop"]

    @property
    def median(self) -> float:
        return statistics.median(self.clock)

    @property
    def p95(self) -> float | None:
        """None where there are too few rounds to tell."""
        return statistics.quantiles(self.clock, n=20)[-1] if len(self.clock) >= 20 else None

    @property
    def in_loops(self) -> float:
        return statistics.fmean(self.clock) / statistics.fmean(each.clock for each in self.loops)

    @property
    def waiting(self) -> float:
        """How many times longer the clock went than the processor: 1 on a machine with nothing else to do."""
        return sum(each.clock for each in self.loops) / sum(each.processor for each in self.loops)


@dataclass(frozen=True)
class Loop:
    """Milliseconds of the work that is always the same."""

    clock: float
    processor: float


def timed(work: Callable[[], object], *, rounds: int, warm_up: int = 0) -> Timing:
    """Do it over and over."""
    for _ in range(warm_up):
        work()
    clock, processor, loops = [], [], [loop()]
    for number in range(rounds):
        began, spent = time.perf_counter(), time.process_time()
        work()
        clock.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - spent) * 1000)
        if number % max(1, rounds // LOOPS_A_ROW) == 0:
            loops.append(loop())
    return Timing(clock, processor, loops)


def loop() -> Loop:
    """Do the work that is always the same."""
    began, spent = time.perf_counter(), time.process_time()
    for _ in range(TURNS):
        found: dict[str, int] = {}
        for word in sorted(WORDS):
            found[word[:3]] = found.get(word[:3], 0) + int(word)
        "".join(f"{key}={value};" for key, value in found.items())
    return Loop((time.perf_counter() - began) * 1000, (time.process_time() - spent) * 1000)


def heading(subject: str, *explanations: str) -> None:
    """The title of a subject and the names of its columns."""
    print(f"\n{subject}")
    for line in explanations:
        print(line)
    print(f"\n{'':42}{'median':>10}{'p95':>10}{'mål':>9}{'processor':>11}{'slingor':>9}")


def report(name: str, timing: Timing, *, target: float = 0, processor: float | None = None, note: str = "") -> None:
    """One row. The target (ms) is for the 95th percentile, or for the median where the rounds are few."""
    processor = statistics.median(timing.processor) if processor is None else processor
    p95 = timing.p95
    judged = timing.median if p95 is None else p95
    columns = (
        f"{shown(timing.median):>10}{shown(p95) if p95 else '':>10}{shown(target) if target else '':>9}"
        f"{shown(processor) if processor else '':>11}{decimal(timing.in_loops, 1):>9}"
    )
    remark = f"   över målet{_busy(timing.waiting)}" if target and judged >= target else ""
    print(f"{name:42}{columns}   {note}{remark}".rstrip(), flush=True)
    if target:
        _keep(name.strip(), judged, target, timing.waiting)


def shown(milliseconds: float) -> str:
    if milliseconds >= 1000:
        return f"{decimal(milliseconds / 1000, 2)} s"
    return f"{decimal(milliseconds, 1 if milliseconds < 100 else 0)} ms"


def decimal(number: float, places: int) -> str:
    return f"{number:.{places}f}".replace(".", ",")


def machine() -> str:
    """What the figures are taken on, and how busy it is."""
    timing = timed(loop, rounds=LOOPS_A_ROW)
    return (
        f"{os.cpu_count()} kärnor, last {decimal(os.getloadavg()[0], 1)}, Python {platform.python_version()}; slingan "
        f"tar {shown(statistics.median(timing.processor))} av processorn och {shown(timing.median)} på klockan"
    )


def _busy(waiting: float) -> str:
    return f" (maskinen upptagen: allt tog {decimal(waiting, 1)} gånger sin tid)" if waiting > BUSY else ""


def _keep(name: str, judged: float, target: float, waiting: float) -> None:
    if RESULTS in os.environ:
        line = json.dumps({"name": name, "judged": judged, "target": target, "waiting": waiting})
        with Path(os.environ[RESULTS]).open("a", encoding="utf-8") as file:
            print(line, file=file)


def last_words(results: Path) -> str:
    """How many targets were met, and which were not."""
    rows = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
    over = [
        f"  {row['name']}: {shown(row['judged'])}, mål {shown(row['target'])}{_busy(row['waiting'])}"
        for row in rows
        if row["judged"] >= row["target"]
    ]
    return "\n".join([f"{len(rows) - len(over)} av {len(rows)} mål hölls.", *over])

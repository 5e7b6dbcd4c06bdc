"""What the measured rows say: medians, what one more student costs, ratios, and the figures that are aimed at.

A row is ``{"who", "count", "workers", "wall": [...], "processor": [...], "memory": [...]}``, one number a turn.
"""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

What = Literal["wall", "processor", "memory"]
COUNTS = (1, 20, 200)
TITLES = {
    "engine": "`autograder grade`",
    "dask": "`autograder grade` with Dask",
    "mixed": "`autograder grade`, answers not all right",
    "nbgrader": "`nbgrader autograde`",
    "otter": "`otter run`",
    "asserts": "asserts, a process each",
    "floor": "the calls alone, one warm process",
}


@dataclass(frozen=True)
class Figures:
    """Of one run of the comparison; ``data`` is what is kept of it as JSON."""

    data: Mapping[str, Any]

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        rows: Sequence[Mapping[str, Any]] = self.data["rows"]
        return rows

    def counts(self, who: str, workers: int) -> list[int]:
        return sorted(row["count"] for row in self.rows if (row["who"], row["workers"]) == (who, workers))

    def measured(self, who: str, count: int, workers: int, what: What) -> float | None:
        """The median of the turns; None where that was not measured."""
        for row in self.rows:
            if (row["who"], row["count"], row["workers"]) == (who, count, workers):
                return statistics.median(row[what])
        return None

    def one_more(self, who: str, workers: int, what: What) -> float:
        """Seconds that one more student costs: the slope between the two largest classes. Where several workers graded only one
        class, that of one worker, shared; where there is only one class at all, it by its size."""
        if workers > 1 and len(self.counts(who, workers)) == 1 < len(self.counts(who, 1)):
            return self.one_more(who, 1, what) / (workers if what == "wall" else 1)
        counts = [0, *self.counts(who, workers)][-2:]
        low, high = (self.measured(who, count, workers, what) or 0.0 for count in counts)
        return (high - low) / (counts[1] - counts[0])

    def said(self, who: str, count: int, workers: int, what: What) -> tuple[float, bool]:
        """The median, or what the slope leads to from the nearest class that was measured; second, whether it was measured."""
        found = self.measured(who, count, workers, what)
        if found is not None:
            return found, True
        largest = self.counts(who, workers)[-1]
        base = self.measured(who, largest, workers, what) or 0.0
        if what == "memory":  # does not grow
            return base, False
        return base + (count - largest) * self.one_more(who, workers, what), False

    def times(self, who: str, what: What, count: int = 200) -> float:
        """How many times as much as this engine it takes for a class, one worker each."""
        return self.said(who, count, 1, what)[0] / self.said("engine", count, 1, what)[0]


@dataclass(frozen=True)
class Target:
    """A figure that is aimed at. ``found`` by processor's time where that can say it; ``wall`` by the clock on the wall."""

    name: str
    found: float
    wall: float | None
    bound: float
    most: bool = False  # whether the bound is an upper one

    @property
    def is_met(self) -> bool:
        return self.found <= self.bound if self.most else self.found >= self.bound

    @property
    def missed_by(self) -> float:
        """The factor that is missing; 1 or less where nothing is."""
        return self.found / self.bound if self.most else self.bound / self.found


def targets(figures: Figures) -> list[Target]:
    """Those whose rows were measured."""
    return [*_others(figures), *_floor(figures), *_two(figures), *_help(figures)]


def _others(figures: Figures) -> Iterator[Target]:
    for who in ("nbgrader", "otter"):
        if figures.counts(who, 1):
            times = (figures.times(who, what) for what in ("processor", "wall"))
            yield Target(f"{TITLES[who]} ÷ `autograder grade`, 200 submissions", *times, 40.0)


def _floor(figures: Figures) -> Iterator[Target]:
    if figures.counts("floor", 1):
        whats: tuple[What, ...] = ("processor", "wall")
        times = (figures.one_more("engine", 1, what) / figures.one_more("floor", 1, what) for what in whats)
        yield Target("one more right submission ÷ the calls alone", *times, 1.5, most=True)


def _two(figures: Figures) -> Iterator[Target]:
    """Two workers beside one, and Dask's beside local ones, for the largest class that both graded."""
    pairs = (
        ("two workers ÷ one", ("engine", 2), ("engine", 1), 2, 1.8),
        ("two workers of Dask ÷ two local ones", ("dask", 2), ("engine", 2), 1, 0.9),
    )
    for name, new, old, factor, bound in pairs:
        if size := max({*figures.counts(*new)} & {*figures.counts(*old)}, default=0):
            spent = [
                [figures.measured(who, size, n, what) or 0.0 for who, n in (old, new)] for what in ("processor", "wall")
            ]
            (processor_old, processor), (wall_old, wall) = spent
            yield Target(f"{name}, {size} submissions", factor * processor_old / processor, wall_old / wall, bound)


def _help(figures: Figures) -> Iterator[Target]:
    if spent := figures.data.get("help"):
        found = (statistics.median(spent[what]) for what in ("processor", "wall"))
        yield Target("`autograder --help`, seconds", *found, 0.15, most=True)

"""What the measured rows say: medians, what one more student costs, ratios, and the figures that are aimed at.

A row is ``{"who", "count", "workers", "wall": [...], "processor": [...], "memory": [...]}``, one number a turn.
"""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

What = Literal["wall", "processor", "memory"]
COUNTS = (1, 20, 200)
TITLES = {
    "engine": "`autograder grade`",
    "dask": "`autograder grade --engine dask`",
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
        """Seconds that one more student costs: the slope between the two largest classes, or of the only one."""
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
    found = [
        Target(f"{TITLES[who]} ÷ `autograder grade`", figures.times(who, "processor"), figures.times(who, "wall"), 40.0)
        for who in ("nbgrader", "otter")
        if figures.counts(who, 1)
    ]
    floor = [figures.one_more("engine", 1, what) / figures.one_more("floor", 1, what) for what in ("processor", "wall")]
    found.append(Target("one more right submission ÷ the calls alone", floor[0], floor[1], 1.5, most=True))
    if size := max({*figures.counts("engine", 1)} & {*figures.counts("engine", 2)}, default=0):
        one, two = ({what: figures.said("engine", size, n, what)[0] for what in ("processor", "wall")} for n in (1, 2))
        possible = 2 * one["processor"] / two["processor"]
        found.append(Target(f"two workers ÷ one, {size} submissions", possible, one["wall"] / two["wall"], 1.8))
    if size := max({*figures.counts("dask", 2)} & {*figures.counts("engine", 2)}, default=0):
        local, dask = ([figures.one_more(who, 2, what) for what in ("processor", "wall")] for who in ("engine", "dask"))
        found.append(Target("Dask's two workers ÷ two local ones", local[0] / dask[0], local[1] / dask[1], 0.9))
    if "help" in figures.data:
        spent = figures.data["help"]
        found.append(
            Target(
                "`autograder --help`, seconds",
                statistics.median(spent["processor"]),
                statistics.median(spent["wall"]),
                0.15,
                True,
            )
        )
    return found


def grown(figures: Figures) -> float:
    """Processor's time of a right submission's class with two workers beside one."""
    return figures.said("engine", 200, 2, "processor")[0] / figures.said("engine", 200, 1, "processor")[0]

"""What is measured, in turns: each turn runs every row once, so that whatever else the machine does falls on all alike."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.versus.measured import Cost

Row = tuple[str, int, int]  # who, submissions, workers
Turns = dict[Row, int]

QUICK: Turns = {
    ("engine", 1, 1): 2,
    ("engine", 20, 1): 2,
    ("engine", 20, 2): 2,
    ("nbgrader", 1, 1): 1,
    ("nbgrader", 3, 1): 1,
    ("otter", 1, 1): 1,
    ("asserts", 2, 1): 1,
    ("floor", 20, 1): 2,
}
FULL: Turns = {
    ("engine", 1, 1): 5,
    ("engine", 20, 1): 5,
    ("engine", 20, 2): 5,
    ("nbgrader", 1, 1): 5,
    ("nbgrader", 3, 1): 5,
    ("otter", 1, 1): 5,
    ("asserts", 4, 1): 5,
    ("floor", 100, 1): 5,
    ("engine", 200, 1): 3,
    ("engine", 200, 2): 3,
    ("dask", 20, 2): 3,
    ("dask", 200, 2): 3,
    ("otter", 2, 2): 3,
    ("asserts", 4, 2): 3,
    ("nbgrader", 2, 2): 3,
    ("mixed", 100, 1): 1,
}


@dataclass
class Run:
    """Measures ``turns`` until ``seconds`` are used up: then only what was begun is brought to its end, and a row without a turn
    is left out.

    Attributes:
        cost_of: measures a row once.
        say: gets a sentence after each row.
    """

    turns: Turns
    seconds: float
    cost_of: Callable[[Row], Cost]
    say: Callable[[str], None]
    now: Callable[[], float] = time.monotonic
    found: dict[Row, list[Cost]] = field(default_factory=dict)
    took: dict[Row, float] = field(default_factory=dict)  # seconds, with what was made ready for it

    def measure(self) -> list[dict[str, Any]]:
        start = self.now()
        rest = list(self._order())
        while rest:
            row = rest.pop(0)
            used = self.now() - start
            if used >= self.seconds or used + self.took.get(row, 0.0) > self.seconds:
                continue  # what is left of the time may hold a shorter one
            begun = self.now()
            self.found.setdefault(row, []).append(self.cost_of(row))
            self.took[row] = self.now() - begun
            self.say(self._sentence(row, rest, start))
        return [_kept(row, costs) for row, costs in self.found.items()]

    def _order(self) -> Iterator[Row]:
        for turn in range(max(self.turns.values())):
            yield from (row for row, turns in self.turns.items() if turn < turns)

    def _sentence(self, row: Row, rest: list[Row], start: float) -> str:
        cost = self.found[row][-1]
        who, count, workers = row
        said = f"{who}, {count} submissions, {workers} workers: {cost.wall:.2f} s, {cost.processor:.2f} s of processor"
        if set(self.turns) - set(self.found):
            return said
        left = sum(self.took[one] for one in rest)
        return f"{said}; about {min(left, self.seconds - (self.now() - start)):.0f} s left"


def _kept(row: Row, costs: list[Cost]) -> dict[str, Any]:
    who, count, workers = row
    numbers = {what: [round(getattr(cost, what), 4) for cost in costs] for what in ("wall", "processor", "memory")}
    return {"who": who, "count": count, "workers": workers, **numbers}

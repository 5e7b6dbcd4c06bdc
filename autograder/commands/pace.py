"""How long the rest of a run will take, by what was done until now."""

import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_LEAST, _MOST = 60, 250  # pieces of a kind that are looked back on; half of all in between: a machine's load changes
_FIRST = 500  # pieces among which workers may still be learning
_SLOW = 1.5  # times the usual: what the first pieces may take, while workers learn what all submissions need


@dataclass
class Pace:
    """What is done, what is left, and how long one piece of each kind takes.

    Kinds differ in cost and need not come mixed: trainings come last. Each piece is known by its kind and by the seconds that a
    worker was busy with it, so that neither the start of the workers nor how many there are is mistaken for work.

    Args:
        expected: kind -> how many there are.
        workers: how many work at a time, for as long as too little is done to say.
        now: a clock, in seconds.
    """

    expected: Mapping[str, int]
    workers: int = 1
    now: Callable[[], float] = time.monotonic
    done: dict[str, list[float]] = field(default_factory=dict)  # kind -> seconds of each
    brought: Counter[tuple[str, str]] = field(default_factory=Counter)  # of which kinds, and of which they brought more
    _log: list[tuple[float, float]] = field(default_factory=list)  # when, and seconds of all until then

    def __post_init__(self) -> None:
        self._log.append((self.now(), 0.0))

    def tick(self, kind: str = "", *, seconds: float | None = None, brings: str = "") -> None:
        """One piece of ``kind`` is done. ``seconds`` is what it took a worker; without, the time since the last one.
        ``brings``: the kind of another piece that it leaves to be done."""
        when, (last, total) = self.now(), self._log[-1]
        took = when - last if seconds is None else seconds
        self.done.setdefault(kind, []).append(took)
        self._log.append((when, total + took))
        self.brought[kind, brings] += 1

    def count(self, kind: str) -> int:
        """How many of a kind are done."""
        return len(self.done.get(kind, ()))

    def of(self, kind: str) -> float:
        """How many of a kind there will be in all: those expected, and what others bring at the rate they did."""
        more = 0.0
        for (other, brought), times in self.brought.items():
            if brought == kind:
                more += times * max(1.0, self.expected.get(other, 0) / self.count(other))
        return self.expected.get(kind, 0) + more

    @property
    def kinds(self) -> list[str]:
        """Of which there are some, in the order in which they were told."""
        brought = [kind for _, kind in self.brought if kind]
        return [kind for kind in dict.fromkeys([*self.expected, *self.done, *brought]) if self.of(kind)]

    @property
    def all(self) -> int:
        """How many pieces there will be."""
        return round(sum(map(self.of, self.kinds)))

    def left(self) -> float:
        """Seconds; 0 before anything is done."""
        if len(self._log) == 1:
            return 0.0
        each = {kind: _usual(seconds) for kind, seconds in self.done.items()}
        unseen = statistics.fmean(each.values())
        work = sum((self.of(kind) - self.count(kind)) * each.get(kind, unseen) for kind in self.kinds)
        return work / self._at_once()

    def _at_once(self) -> float:
        """How many workers were busy at a time, of late; as many as there are for as long as some may still be starting."""
        done = len(self._log) - 1
        if done < 30 * self.workers:
            return self.workers
        (since, before), (now, total) = self._log[max(done // 3, done - 4 * _MOST)], self._log[-1]
        return (total - before) / (now - since) if now > since and total > before else self.workers


def _usual(seconds: list[float]) -> float:
    """The mean of late. What stands at the beginning and is slow in at least every second case does not count: there workers
    learn what all submissions need."""
    count = len(seconds)
    limit = _SLOW * statistics.median(seconds[-min(max(1, count // 3), _MOST) :])
    slow, start = 0, 0
    for i, took in enumerate(seconds[: min(2 * count // 3, _FIRST)], 1):
        slow += took > limit
        start = i if 2 * slow >= i else start
    return statistics.fmean(seconds[start:][-min(max(_LEAST, count // 2), _MOST) :])

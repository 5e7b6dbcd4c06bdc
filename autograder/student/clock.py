"""How much of its time a process has used: what counts is the processor's time, so that other work on the machine costs nobody.

A process that sleeps or waits for others uses no processor and must end all the same: such time counts for a part. Time in
which it was ready to run and had no processor counts nothing, up to a bound that no patience goes beyond.
"""

from collections.abc import Callable
from dataclasses import dataclass

IDLE_PART = (
    1 / 3
)  # of the time that a process neither computes nor waits for a processor, or of which this is not known
MOST_WAITING, LEAST_BOUND = 20, 30.0  # the bound: so many times the limit, and so many seconds at least
BUSY = 0.15  # share of its time without a processor from which on the machine is to blame


@dataclass(frozen=True)
class Reading:
    """Seconds: on the wall's clock, of the processor, and waited for a processor. ``cpu`` is None where it is not counted."""

    wall: float
    cpu: float | None = 0.0
    waited: float = 0.0

    def since(self, start: "Reading") -> float:
        """Seconds used from ``start`` to here."""
        wall = self.wall - start.wall
        if self.cpu is None or start.cpu is None:
            return IDLE_PART * wall
        cpu = self.cpu - start.cpu
        idle = wall - cpu - (self.waited - start.waited)
        return cpu + IDLE_PART * max(0.0, idle)

    def was_busy(self, start: "Reading") -> bool:
        """Whether the process had to share the processors since ``start``."""
        return self.waited - start.waited > BUSY * max(self.wall - start.wall, 1e-9)


class Clock:
    """Watches one process against a limit; ``read`` says where it is now."""

    def __init__(self, read: Callable[[], Reading]) -> None:
        self._read = read
        self.start = self.item = self.last = read()
        self.limit = self.total = self._bound = 0.0

    def begin(self, wall: float, limit: float, total: float) -> None:
        """The next request, of which every item may take ``limit`` seconds, and all together ``total``. Since the last reading
        the process has only waited to be asked."""
        self.start = self.last = Reading(wall, self.last.cpu, self.last.waited)
        self.total = total
        self._limit(limit)

    def next_item(self) -> None:
        """An item came: the next one has the whole limit again."""
        self.last = self._read()
        self._limit(self.limit)

    def _limit(self, limit: float) -> None:
        self.limit, self.item = limit, self.last
        self._bound = self.last.wall + max(MOST_WAITING * limit, LEAST_BOUND)

    def left(self) -> float:
        """Seconds that the item may still use, by a fresh reading; at most 0 when it must end."""
        self.last = self._read()
        left = min(self.limit - self.last.since(self.item), self.left_in_total)
        return min(left, self._bound - self.last.wall)

    @property
    def left_in_total(self) -> float:
        """Seconds that the request may still use, by the last reading."""
        return self.total - self.last.since(self.start)

    def used(self) -> float:
        """Seconds that the request has used, by a fresh reading."""
        self.last = self._read()
        return self.last.since(self.start)

    @property
    def busy(self) -> bool:
        return self.last.was_busy(self.start)

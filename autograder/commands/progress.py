"""Progress of a long run: a bar with time left on a terminal, plain lines in a log."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

EVERY = 10.0  # seconds between two lines in a log


class Tick(Protocol):
    def __call__(self, name: str) -> None:
        """One more is done, called ``name``."""


@dataclass
class Pace:
    """How long the rest will take, by the later half of what is done: the first ones wait for workers to start and for what is
    worked out once for all."""

    total: int
    now: Callable[[], float] = time.monotonic
    done: list[float] = field(default_factory=list)  # when

    def __post_init__(self) -> None:
        self.start = self.now()

    def tick(self) -> None:
        self.done.append(self.now())

    def left(self) -> float:
        """Seconds; 0 before anything is done."""
        count = len(self.done)
        if not count:
            return 0.0
        half = count // 2
        since = self.done[half - 1] if half else self.start
        return (self.done[-1] - since) / (count - half) * (self.total - count)


@contextmanager
def progress(total: int, console: Console, done: str = "graded") -> Iterator[Tick]:
    """Shows how many of ``total`` are ``done``; call what it yields after each."""
    if console.is_terminal:
        with _bar(total, console) as tick:
            yield tick
    else:
        yield _lines(total, console, done)


@contextmanager
def _bar(total: int, console: Console) -> Iterator[Tick]:
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}", markup=False),
        TextColumn("{task.fields[last]}", markup=False),
    )
    pace = Pace(total)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total, last="", left="")

        def tick(name: str) -> None:
            pace.tick()
            minutes, seconds = divmod(round(pace.left()), 60)
            bar.update(task, advance=1, last=name, left=f"{minutes}:{seconds:02}")

        yield tick


def _lines(total: int, console: Console, word: str) -> Tick:
    pace = Pace(total)
    last = pace.start

    def tick(name: str) -> None:
        nonlocal last
        pace.tick()
        now, done = pace.done[-1], len(pace.done)
        if now - last >= EVERY and done < total:
            last = now
            console.print(f"{word} {done} of {total}, about {pace.left():.0f} s left", markup=False, highlight=False)

    return tick

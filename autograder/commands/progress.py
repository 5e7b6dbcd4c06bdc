"""Progress of a long run: a bar with time left on a terminal, plain lines in a log."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from autograder.commands.pace import Pace

EVERY = 10.0  # seconds between two lines in a log


class Tick(Protocol):
    def __call__(self, name: str, kind: str = "", *, seconds: float | None = None, brings: str = "") -> None:
        """One more is done, called ``name``; the rest as in ``Pace.tick``."""


@contextmanager
def progress(
    expected: int | Mapping[str, int], console: Console, done: str = "graded", *, workers: int = 1
) -> Iterator[Tick]:
    """Shows how many are ``done``, of each kind where several are expected, whose names are what is said of them; call what it
    yields after each."""
    pace = Pace({done: expected} if isinstance(expected, int) else expected, workers)
    if console.is_terminal:
        with _bar(pace, console, done) as tick:
            yield tick
    else:
        yield _lines(pace, console, done)


@contextmanager
def _bar(pace: Pace, console: Console, word: str) -> Iterator[Tick]:
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[left]}", markup=False),
        TextColumn("{task.fields[last]}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=pace.all, last="", left="")

        def tick(name: str, kind: str = "", *, seconds: float | None = None, brings: str = "") -> None:
            pace.tick(kind or word, seconds=seconds, brings=brings)
            minutes, rest = divmod(round(pace.left()), 60)
            bar.update(task, advance=1, total=pace.all, last=name, left=f"{minutes}:{rest:02}")

        yield tick


def _lines(pace: Pace, console: Console, word: str) -> Tick:
    last = pace.now()

    def tick(name: str, kind: str = "", *, seconds: float | None = None, brings: str = "") -> None:
        nonlocal last
        pace.tick(kind or word, seconds=seconds, brings=brings)
        now = pace.now()
        if now - last >= EVERY and sum(map(pace.count, pace.kinds)) < pace.all:
            last = now
            done = [f"{kind} {pace.count(kind)} of {round(pace.of(kind))}" for kind in pace.kinds]
            console.print(f"{', '.join(done)}, about {pace.left():.0f} s left", markup=False, highlight=False)

    return tick

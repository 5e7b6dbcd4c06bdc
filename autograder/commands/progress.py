"""Progress of a long run: a bar with time left on a terminal, plain lines in a log."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

EVERY = 10.0  # seconds between two lines in a log


class Tick(Protocol):
    def __call__(self, name: str) -> None:
        """One more is done, called ``name``."""


@contextmanager
def progress(total: int, console: Console) -> Iterator[Tick]:
    """Shows how many of ``total`` are done; call what it yields after each."""
    if console.is_terminal:
        with _bar(total, console) as tick:
            yield tick
    else:
        yield _lines(total, console)


@contextmanager
def _bar(total: int, console: Console) -> Iterator[Tick]:
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[last]}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total, last="")

        def tick(name: str) -> None:
            bar.update(task, advance=1, last=name)

        yield tick


def _lines(total: int, console: Console) -> Tick:
    start = last = time.monotonic()
    done = 0

    def tick(name: str) -> None:
        nonlocal last, done
        done += 1
        now = time.monotonic()
        if now - last >= EVERY and done < total:
            last = now
            left = (now - start) / done * (total - done)
            console.print(f"graded {done} of {total}, about {left:.0f} s left", markup=False, highlight=False)

    return tick

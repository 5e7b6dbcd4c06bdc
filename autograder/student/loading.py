"""Loading a submission into a process: which cells run in full, which only in their quick part, and what that gave.

First everything runs as it is, within the budget for loading. A cell at which the budget is used up, or that ends the process,
is lowered (full, quick, skip) and a fresh process starts again; after a used-up budget all later cells run their quick part only.
The plan that worked is kept: every later process of the submission follows it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder import model
from autograder.student import faults, wire
from autograder.student.endings import CPU_PART
from autograder.student.process import Ended, Process

PLANS = ("full", "quick", "skip")
MOST_FAILURES = 4
MOST_NOTES = 30
UNTRIED = -1
QUICK_PART = 4  # a load of quick parts gets this part of the budget
SYMBOLIC = "torch.fx.experimental.symbolic_shapes"
LATE_IMPORTS = {
    r"^[ \t]*(?:import|from)[ \t]+matplotlib\b": "matplotlib.pyplot",
    r"^[ \t]*(?:import|from)[ \t]+torchvision\b": "torchvision",
    # torch imports it, with sympy, in the first gradient that is given weights
    r"\bgrad_outputs\b|\bgrad[ \t]*\([^=\n]{1,80},[^=\n]{1,80},|(?<!def )\bbackward[ \t]*\([^)]": SYMBOLIC,
}
PLACES = ("google.colab", "IPython")  # a stand-in for one of these may make code believe that it runs there
USED = {
    "gpu": "Your cells were run on the CPU: what asked for a GPU (`.cuda()`, `.to('cuda')`) ran there, which changes no result."
}


class GivenUp(Exception):
    """No plan let the submission be loaded. Its argument is the Fault of the last attempt."""


@dataclass
class Loading:
    """How one submission is loaded; ``plans`` has one entry per cell."""

    submission: model.Submission
    settings: model.Settings
    plans: list[str] = field(default_factory=list)
    lowered: dict[int, model.Fault] = field(default_factory=dict)  # index of a cell -> why it does not run in full
    disturbed: model.Fault | None = None  # some cell disturbed the connection
    failures: int = 0
    without: tuple[str, ...] = ()  # stand-ins that the submission is to do without
    tried: dict[tuple[str, ...], int] = field(default_factory=dict)  # without these -> how many cells failed
    is_settled: bool = False
    hurried: bool = False  # a load ended at its limit while the machine was busy

    def __post_init__(self) -> None:
        self.plans = ["full"] * len(self.submission.cells)

    @property
    def imports(self) -> list[str]:
        """What the process should find imported already, because the cells import it, or torch will for them."""
        sources = [cell.source for cell in self.submission.cells] + list(self.submission.modules.values())
        text = "\n".join(sources)
        return [module for sign, module in LATE_IMPORTS.items() if re.search(sign, text, re.M)]

    def attempt(self, process: Process, seconds: float) -> "Loaded | None":
        """Loads into ``process``. None: lower plans are made, a fresh process is wanted. Raises GivenUp."""
        if "full" not in self.plans:
            seconds /= QUICK_PART
        items: list[Any] = []

        def take(item: Any) -> None:
            items.append(item)
            if len(items) > len(self.plans) + 1:
                raise wire.WireError("more items than cells")

        try:
            process.ask(self._request(), take, seconds=seconds, each=False)
            loaded = Loaded.read(self, items, process)
            if self._is_best(loaded):
                return loaded
            process.end()
        except Ended as ended:
            self.hurried |= ended.reason == "timeout" and ended.busy
            self._lower(min(max(ended.begun, len(items)), len(self.plans) - 1), ended, seconds)
        return None

    def _is_best(self, loaded: "Loaded") -> bool:
        """Whether this is how to load; if not, ``without`` says what to try next. Where cells failed and a stand-in was
        imported, they are run without it too, and what fails in fewer cells counts."""
        if not self.is_settled:
            self.tried[self.without] = len(loaded.failed)
            places = (
                [(place,) for place in PLACES if place in loaded.used] if loaded.failed and not self.without else []
            )
            self.tried |= {place: UNTRIED for place in places if place not in self.tried}
            best = min(self.tried, key=lambda without: self.tried[without])
            self.is_settled, self.without = best == self.without, best
        return self.is_settled

    def _request(self) -> dict[str, Any]:
        name = "submission" if self.submission.path.endswith(".py") else "__main__"
        cells = [
            {"text": cell.source, "number": cell.number, "plan": plan, "file": cell.file}
            for cell, plan in zip(self.submission.cells, self.plans, strict=True)
        ]
        beside = {"modules": dict(self.submission.modules), "chosen": dict(self.submission.chosen)}
        return {"op": "load", "name": name, "cells": cells, "without": list(self.without), **beside}

    def _lower(self, cell: int, ended: Ended, seconds: float) -> None:
        """Makes lower plans after a load that failed at ``cell``. Raises GivenUp."""
        fault = self._fault(cell, ended, seconds)
        self.failures += 1
        if cell < 0 or self.failures == MOST_FAILURES or (fault.kind == "protocol" and self.disturbed):
            raise GivenUp(fault)
        if fault.kind == "protocol":  # which cell it was cannot be told
            self.disturbed, first = fault, 0
        else:
            self.lowered[cell] = fault
            self.plans[cell] = PLANS[min(PLANS.index(self.plans[cell]) + 1, 2)]
            first = len(self.plans) if fault.kind != "timeout" else 0 if self.failures > 1 else cell
        self.plans[first:] = ["quick" if plan == "full" else plan for plan in self.plans[first:]]

    def _fault(self, cell: int, ended: Ended, seconds: float) -> model.Fault:
        what = f"cell {self.submission.cells[cell].number}" if cell >= 0 else "loading"
        if ended.reason == "timeout":
            return model.Fault("timeout", f"The cells were not done after {seconds:.4g} s; it was at {what} then.")
        if ended.reason == "protocol":
            return faults.protocol("loading")
        bound = CPU_PART * self.settings.total_seconds
        return faults.ended(what, ended.code, ended.cpu, bound, self.settings.memory_mb)


@dataclass(frozen=True)
class Loaded:
    """What loading gave: the names that exist, a fault for each cell that failed, and sentences about it."""

    names: tuple[str, ...]
    failed: dict[int, model.Fault]  # number of a cell -> its fault
    notes: tuple[str, ...]
    printed: str
    submission: model.Submission
    used: tuple[str, ...] = ()  # stand-ins that the cells asked for

    @classmethod
    def read(cls, loading: Loading, items: Sequence[Any], process: Process) -> "Loaded":
        """Checks the items of a finished load. Raises Ended if they are not what a load gives."""
        cells, last = loading.submission.cells, items[-1] if items else None
        names = last.get("names") if isinstance(last, dict) else None
        if len(items) != len(cells) + 1 or type(names) is not list or not all(type(name) is str for name in names):
            process.end()
            raise Ended("protocol", len(cells) - 1)
        failed = {
            cell.number: _failed(loading, cell, item["error"])
            for cell, item in zip(cells, items, strict=False)
            if isinstance(item, dict) and isinstance(item.get("error"), dict)
        }
        for index, fault in loading.lowered.items():
            failed.setdefault(cells[index].number, fault)
        said = last.get("used") if isinstance(last, dict) else None
        used = tuple(name for name in (*PLACES, *USED) if type(said) is list and name in said)
        notes = (*_notes(loading, failed), *(USED[name] for name in USED if name in used))
        if process.dropped:
            notes += (f"The cells printed more than {len(process.output)} bytes; the rest is not kept.",)
        printed = faults.printed(process.output, process.dropped)
        return cls(tuple(names), failed, notes, printed, loading.submission, used)

    def missing(self, names: Sequence[str]) -> model.Fault | None:
        """The fault for those of ``names`` that do not exist; None if all do."""
        absent = [name for name in names if name not in self.names]
        elsewhere = {name: where for name, where in self.submission.elsewhere.items() if name in absent}
        return faults.missing(absent, list(self.names), self._causes(absent), elsewhere) if absent else None

    def _causes(self, names: Sequence[str]) -> dict[str, model.Fault]:
        """Why the cell that should define a name failed. By its text alone: no stranger's source is parsed on our side."""
        return {
            name: self.failed[cell.number]
            for name in names
            for cell in self.submission.cells
            if cell.number in self.failed
            and re.search(rf"^[ \t]*(?:(?:def|class)[ \t]+{name}\b|{name}[ \t]*[:=])", cell.source, re.M)
        }


def _failed(loading: Loading, cell: model.Cell, error: dict[str, Any]) -> model.Fault:
    if "source" in error and error.get("cell") == cell.number:
        return faults.unparsed(place_of(loading.submission, cell), error)
    return faults.raised(f"Cell {cell.number}", error, loading.settings.memory_mb)


def place_of(submission: model.Submission, cell: model.Cell) -> str:
    """Where a student finds a cell: Jupyter shows no numbers that stay."""
    file = cell.file or submission.path
    if file.endswith(".py"):
        return f"the file {faults.clean(file)}" if cell.file else "your file"
    other = faults.clean(cell.file)
    if cell.exercise:
        return f"the cell of {cell.exercise}" + (f" in {other}" if cell.file else "")
    first = next((line.strip() for line in cell.source.splitlines() if line.strip()), "")
    return f"the cell{f' of {other}' if cell.file else ''} that begins with `{faults.clean(first, 60)}`"


def spot(submission: model.Submission, cell: model.Cell, line: int = 0) -> str:
    """Where a student finds a line of a cell, with the line itself; the cell alone where there is no such line."""
    place, lines = place_of(submission, cell), cell.source.split("\n")
    source = faults.clean(lines[line - 1].strip(), 120) if 0 < line <= len(lines) else ""
    return place + (f", line {line}" if line else "") + (f": `{source}`" if source else "")


def _notes(loading: Loading, failed: dict[int, model.Fault]) -> list[str]:
    """One sentence for each cell that failed or did not run in full, in order."""
    notes = []
    for i, (cell, plan) in enumerate(zip(loading.submission.cells, loading.plans, strict=True)):
        if i in loading.lowered:
            how = "It was left out" if plan == "skip" else "Only its imports, functions and classes were run"
            notes.append(f"{loading.lowered[i].message} {how}.")
        elif fault := failed.get(cell.number):
            notes.append(fault.message)
    reduced = [
        cell.number
        for i, cell in enumerate(loading.submission.cells)
        if loading.plans[i] == "quick" and i not in loading.lowered
    ]
    if len(notes) > MOST_NOTES:
        notes[MOST_NOTES:] = [f"{len(notes) - MOST_NOTES} more cells failed."]
    if loading.disturbed:
        notes.append(loading.disturbed.message)
    if reduced:
        which = f"cell{'s' * (len(reduced) > 1)} {', '.join(str(number) for number in reduced)}"
        notes.append(f"Of {which} only the imports, functions and classes were run, because of what happened before.")
    return notes

"""``autograder doctor``: what will and will not work here."""

import os
import platform
import shutil
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograder.course import find_course, load_sheet, sheets
from autograder.grading import start_host, versions
from autograder.model import AutograderError, Options, Settings
from autograder.student import LEVEL, chosen


def examine(course: Path | None, mnist: Path | None, require: str | None) -> int:
    """Prints the machine, the isolation that was proved, the data and the course; 3 if something will not work."""
    console = Console(soft_wrap=True)
    problems: list[str] = []
    _machine(console)
    _isolation(console, problems, require)
    _data(console, problems, mnist)
    has_course = _course(console, problems, course)
    for problem in problems:
        console.print(f"Problem: {problem}", markup=False, highlight=False)
    if not problems:
        console.print(
            "Everything works here." if has_course else "All else works here; with a course, sheets can be graded."
        )
    return 3 if problems else 0


def _machine(console: Console) -> None:
    said = ", ".join(f"{name} {version}" for name, version in versions().items())
    console.print(f"Machine: {platform.system()} {platform.machine()}, {os.cpu_count()} cores", highlight=False)
    console.print(f"Versions: {said}", highlight=False)


def _isolation(console: Console, problems: list[str], require: str | None) -> None:
    try:
        with start_host(Settings(), Options(), require=require) as host:
            console.print(f"Isolation: {host.isolation}", markup=False, highlight=False)
            for why in host.refused if host.level == LEVEL else ():
                console.print(f"  No walls: {why}", markup=False, highlight=False)
            table = Table("what is promised of a submission", "when it was tried here", box=None)
            for promise in host.promises:
                table.add_row(promise.text, "kept" if promise.kept else f"NOT KEPT: {promise.detail}")
            console.print(table)
            why = f" (not on {chosen('auto')}: {host.device_refused})" if host.device_refused else ""
            console.print(f"Trainings run on: {host.device}{why}", markup=False, highlight=False)
    except AutograderError as error:
        problems.append(str(error))


def _data(console: Console, problems: list[str], directory: Path | None) -> None:
    from autograder.training import mnist

    try:
        found = mnist(directory)
        console.print(f"Digits: {found}", markup=False, highlight=False)
    except AutograderError as error:
        problems.append(str(error))


def _course(console: Console, problems: list[str], course: Path | None) -> bool:
    """Whether there is one."""
    try:
        chosen = find_course(course, packs=True)
    except AutograderError as error:
        console.print(f"Course: none. {error}", markup=False, highlight=False)
        return False
    found = chosen.path
    for name in sheets(found):
        try:
            sheet = load_sheet(name, found)
        except AutograderError as error:
            problems.append(str(error))
            continue
        labelled = sum(len(e.wrong) for e in sheet.exercises)
        console.print(
            f"Sheet {name}: {len(sheet.exercises)} exercises, {sheet.points:g} points, {labelled} labelled mistakes",
            highlight=False,
        )
    free = shutil.disk_usage(found).free >> 30
    console.print(f"Course: {chosen}, {free} GiB free", markup=False, highlight=False)
    return True

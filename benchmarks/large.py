"""A large class from generated files to every export: ``python -m benchmarks.large 10000``.

Each submission takes for each of the function exercises the solution, an unusual right answer, a labelled wrong one or what was
handed out, and is a file of its own bytes. The command grades them in a process of its own; logged are the memory of
that process and of its workers, and the time left that it says against the time that it took from there. Then each export, in a
process of its own, and the same command again after three files have changed. ``--to FOLDER`` keeps everything there; the same
command again goes on where it was. ``--log FILE`` keeps what is said.
"""

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course import load_sheet
from autograder.formats import names
from autograder.model import Exercise
from benchmarks.grading import COURSE, FUNCTIONS
from benchmarks.machine import machine
from benchmarks.versus.measured import below

SHEET = "generative_models"
SAID = re.compile(r"graded (\d+) of (\d+), about (\d+) s left")
MOODLE = "Identifier,Full name,Email address,Grade,Maximum grade,Grade can be changed,Last modified (grade),Feedback comments"


@dataclass
class Log:
    """Of one run; seconds since it was started, megabytes."""

    memory: list[tuple[float, float, float]] = field(default_factory=list)  # when, the command, its workers together
    said: list[tuple[float, int, int]] = field(default_factory=list)  # when, done, time left
    seconds: float = 0.0  # until the last report


def course(folder: Path, ids: Sequence[str] = FUNCTIONS) -> Path:
    """The functions alone."""
    made = folder / "course"
    if not made.is_dir():
        shutil.copytree(COURSE / "reference", made / "reference")
        shutil.copytree(COURSE / "exercises" / SHEET, made / "exercises" / SHEET)
        rows = "".join(f'[[exercise]]\nid = "{id}"\npoints = 1\n' for id in ids)
        (made / "exercises" / SHEET / "sheet.toml").write_text(rows)
    return made


def hand_in(folder: Path, count: int, ids: Sequence[str] = FUNCTIONS, right: float = 0.6) -> None:
    """``right`` of the answers are right; the rest are spread over all that is labelled."""
    folder.mkdir(exist_ok=True)
    sheet, chance = load_sheet(SHEET, COURSE), random.Random(0)
    for i in range(count):
        answers = [_answer(sheet.exercise(id), chance, right) for id in ids]
        (folder / f"s{i:05}.py").write_text("\n\n".join([f"# handed in by number {i}", *answers]), encoding="utf-8")


def _answer(exercise: Exercise, chance: random.Random, right: float) -> str:
    others = [*exercise.right.values(), *(wrong.source for wrong in exercise.wrong), exercise.starter]
    return exercise.solution if chance.random() < right else chance.choice(others)


def command(folder: Path, jobs: int) -> list[str]:
    words = ["-u", "-m", "autograder", "grade", SHEET, str(folder / "in"), "--out", str(folder / "out")]
    return [sys.executable, *words, "--course", str(folder / "course"), "--no-training", "--jobs", str(jobs)]


def grade(folder: Path, jobs: int, say: Callable[[str], None]) -> Log:
    """Runs the command and notes what it says and takes."""
    out, log = folder / "out", Log()
    start = time.monotonic()
    with (folder / "grade.log").open("w+") as said, (folder / "grade.log").open() as heard:
        process = subprocess.Popen(command(folder, jobs), stdout=said, stderr=subprocess.STDOUT)
        while process.poll() is None:
            time.sleep(1)
            now = time.monotonic() - start
            for found in map(SAID.search, heard):
                if found:
                    log.said.append((now, int(found[1]), int(found[3])))
                    say(f"{now:7.0f} s  {found[0]}; {_shown(log)}")
            if newest := _newest(out / "reports"):
                log.memory.append((now, _megabytes(process.pid), sum(map(_megabytes, below(process.pid)))))
                log.seconds = max(log.seconds, newest - time.time() + time.monotonic() - start)
    if process.returncode:
        raise SystemExit((folder / "grade.log").read_text())
    return log


def _newest(reports: Path) -> float:
    """When the folder got its newest file; 0 before there is one."""
    return reports.stat().st_mtime if reports.is_dir() else 0.0


def _megabytes(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return 0.0


def _shown(log: Log) -> str:
    return f"{log.memory[-1][1]:.0f} MB, workers {log.memory[-1][2]:.0f} MB" if log.memory else "no report yet"


def conclusions(log: Log, count: int) -> Iterator[str]:
    yield f"{count} submissions in {log.seconds:.0f} s, {60 * count / log.seconds:.0f} a minute"
    own = [one for _, one, _ in log.memory if one]
    tenths = [max(own[i * len(own) // 10 : (i + 1) * len(own) // 10] or [0.0]) for i in range(10)]
    yield f"memory of the grading process: {own[0]:.0f} MB with the first report, at most {max(own) - own[0]:.0f} MB more (300)"
    yield f"the most in each tenth of the time: {', '.join(f'{most:.0f}' for most in tenths)} MB"
    errors = [left / (log.seconds - when) - 1 for when, done, left in log.said if _counts(log, when, done, count)]
    if errors:
        within = sum(abs(error) <= 0.2 for error in errors)
        yield (
            f"time left, after the first 5 %: right within 20 % in {within} of {len(errors)} lines; the first {errors[0]:+.0%}, "
            f"median {statistics.median(errors):+.0%}, worst {max(errors, key=abs):+.0%}"
        )


def _counts(log: Log, when: float, done: int, count: int) -> bool:
    """The last seconds are within a second or two of any answer."""
    return done >= 0.05 * count and log.seconds - when > 10


def exports(folder: Path, most: int) -> Iterator[str]:
    worksheet = folder / "moodle.csv"
    people = (f"Participant {i},{path.stem},{path.stem}@uni.example,,{most},Yes,-,\n" for i, path in _students(folder))
    worksheet.write_text(f"{MOODLE}\n{''.join(people)}")
    for name in names():
        file = folder / f"export.{name}"
        cost = _export(folder, [name], file, *(["--template", str(worksheet)] if name == "moodle" else []))
        yield f"export as {name}: {cost}, {file.stat().st_size / 2**20:.1f} MB"
    several = [name for name in names() if name != "moodle"]  # which fills in a worksheet
    yield f"export as these, moodle left out, by one command: {_export(folder, several, folder / 'exports')}"


def _export(folder: Path, formats: Sequence[str], to: Path, *more: str) -> str:
    """What the command takes."""
    words = [sys.executable, "-m", "autograder", "export", str(folder / "out"), "--to", str(to), *more]
    start = time.monotonic()
    process = subprocess.Popen([*words, *(word for name in formats for word in ("--format", name))])
    _, code, used = os.wait4(process.pid, 0)
    process.returncode = code
    if code:
        raise SystemExit(f"The export as {', '.join(formats)} ended with {code}.")
    seconds, own = time.monotonic() - start, used.ru_utime + used.ru_stime
    return f"{seconds:.1f} s, {own:.1f} s of processor, {used.ru_maxrss / 1024:.0f} MB of memory"


def again(folder: Path, jobs: int, first: float) -> str:
    """The same command after three files have changed, beside the first run's seconds."""
    paths = sorted((folder / "in").glob("*.py"))
    for path in (paths[0], paths[len(paths) // 2], paths[-1]):
        path.write_text(f"# handed in again\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    start = time.monotonic()
    done = subprocess.run(command(folder, jobs), capture_output=True, text=True, check=True)
    seconds = time.monotonic() - start
    planned = next((line for line in done.stdout.splitlines() if line.startswith("Grading")), "")
    return f"again with 3 changed files: {seconds:.1f} s, {seconds / first:.1%} of the first run; {planned}"


def _students(folder: Path) -> Iterator[tuple[int, Path]]:
    return enumerate(sorted((folder / "in").glob("*.py")), 1)


def large() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--exercises", type=int, default=len(FUNCTIONS), help="how many of the seven are asked")
    parser.add_argument("--right", type=float, default=0.6, help="share of answers that are the solution")
    parser.add_argument("--to", type=Path, help="a folder that is kept")
    parser.add_argument("--log", type=Path, default=Path(os.devnull), help="a file for what is said")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, chosen.log.open("w", encoding="utf-8") as kept:

        def say(line: str) -> None:
            for file in (sys.stdout, kept):
                print(line, file=file, flush=True)

        folder = chosen.to or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        ids = FUNCTIONS[: chosen.exercises]
        say(
            f"measured on {machine()}; {chosen.jobs} workers, {len(ids)} functions, {chosen.right:.0%} of the answers right"
        )
        course(folder, ids)
        hand_in(folder / "in", chosen.count, ids, chosen.right)
        log = grade(folder, chosen.jobs, say)
        for line in [*conclusions(log, chosen.count), *exports(folder, len(ids))]:
            say(line)
        say(again(folder, chosen.jobs, log.seconds))


if __name__ == "__main__":
    large()

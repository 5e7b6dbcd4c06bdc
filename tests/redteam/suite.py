"""Runs attacks at one level of isolation and says what came of each."""

import contextlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from autograder.course.catalog import load_sheet
from autograder.grading.grader import Grader
from autograder.model import Cell, Sheet, Submission
from autograder.student import Answer, Host, Student, ahead
from tests.redteam.attack import Attack
from tests.redteam.bait import SECRET, Bait

COURSE = Path(__file__).parent / "course"
NAIVE = Path(__file__).with_name("naive.py")
RIGHT = "def mean_square(x):\n    return (x**2).mean()\n"
WRONG = """

def mean_square(x):
    try:
        attack()
    except BaseException:
        pass
    return 2 * (x**2).mean()
"""
DRIVER = """
def run(namespace):
    try:
        claim = namespace["attack"]()
    except BaseException as error:
        return {"claim": "", "refused": type(error).__name__}
    return {"claim": repr(claim)[:200] if claim else "", "refused": ""}
"""
NAIVE_SECONDS = 6
MOMENT = 2.0


@dataclass(frozen=True)
class Row:
    """What came of one attack. ``breaches`` must be empty where walls are up; ``score`` is the grade it got."""

    attack: str
    level: str
    breaches: tuple[str, ...]
    score: float | None
    expected: bool


class Suite:
    """A host at one level, a grader, and bait; a context manager."""

    def __init__(self, level: str | None = None) -> None:
        self._stack = contextlib.ExitStack()
        self._stack.enter_context(ahead())  # as a class's: its zygote is a fork of what has imported torch
        self.sheet: Sheet = load_sheet("target", COURSE)
        self.bait = self._stack.enter_context(Bait())
        secrets = () if level == "rlimits" else (COURSE, self.bait.folder)
        host = Host(self.sheet.settings, level=level, secret=secrets, preload=("torch",))
        self.host = self._stack.enter_context(host)
        self.grader = self._stack.enter_context(Grader(self.sheet, self.host))
        self.level = self.host.level

    def __enter__(self) -> "Suite":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def run(self, attack: Attack) -> Row:
        """Runs one attack and judges what came of it."""
        self.bait.lay()
        mark = (self.host._enclosure.scratch, f'"level": null, "parent": {os.getpid()},')
        before = processes(mark)
        claims = self._claims(attack) if attack.stopped_by in ("isolation", "limits") else ()
        graded = attack.safe or self.level != "rlimits"
        score = self.grader.grade(self.submission(attack)).score if graded else None
        left = wait_for_end(mark, before)
        breaches = (*claims, *self.bait.touched(), *(f"process {pid} was left" for pid in left))
        after = self.grader.grade(self.submission(Attack("next", RIGHT, ""))).score
        if after != 1:
            breaches = (*breaches, f"the next submission earned {after}")
        return Row(attack.name, self.level, breaches, score, self._as_expected(attack, breaches, score))

    def _as_expected(self, attack: Attack, breaches: tuple[str, ...], score: float | None) -> bool:
        if attack.verdict == "right":
            return score == 1 and not breaches
        if score is None or score >= 1:
            return False
        return not breaches or (self.level == "rlimits" and attack.stopped_by == "isolation")

    @property
    def facts(self) -> str:
        """What the attacker need not guess, as a cell."""
        return f"T = {self.bait.facts!r}\nN = {self.bait.numbers!r}\n"

    def submission(self, attack: Attack) -> Submission:
        source = (
            attack.source
            if "mean_square(" in attack.source or "mean_square =" in attack.source
            else attack.source + WRONG
        )
        return Submission("mallory", "mallory.py", "", (Cell(self.facts, 1), Cell(source, 2)))

    def _claims(self, attack: Attack) -> tuple[str, ...]:
        with Student(self.host, self.submission(attack)) as student:
            outcome = Answer(student, self.sheet.exercises[0]).probe(DRIVER, "run", seconds=8)
        claim = outcome.value["claim"] if isinstance(outcome.value, dict) else ""
        shown = claim.replace(SECRET, "the secret")
        return (f"claims {shown}",) if claim else ()

    def without_checks(self, attack: Attack) -> float | None:
        """What the attack earns when the checks that stop it are off."""
        exercise = self.sheet.exercises[0]
        left = tuple(
            replace(check, needs=tuple(n for n in check.needs if n not in attack.checks_off))
            for check in exercise.checks
            if check.name not in attack.checks_off
        )
        sheet = replace(self.sheet, exercises=(replace(exercise, checks=left),))
        with Grader(sheet, self.host) as grader:
            return grader.grade(self.submission(attack)).score


def suited(attacks: Sequence[Attack], level: str) -> Iterator[Attack]:
    """The attacks that make sense on this machine at this level: below the best one only those that walls stop."""
    for attack in attacks:
        if attack.only in ("", platform.machine()) and (attack.safe or level != "rlimits"):
            yield attack


def naive(attack: Attack, facts: str = "") -> str:
    """How a grader in the student's own process fares: full marks, no marks, dies, hangs, noise. ``facts`` is put in front."""
    with tempfile.TemporaryDirectory() as folder:
        program, results = Path(folder, "program.py"), Path(folder, "results.json")
        program.write_text(facts + attack.source, encoding="utf-8")
        command = [sys.executable, str(NAIVE), str(program), str(results), attack.compare]
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        with subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as running:
            began = time.monotonic()
            while (
                not results.with_suffix(".ready").exists() and running.poll() is None and time.monotonic() < began + 120
            ):
                time.sleep(0.05)
            try:
                said, _ = running.communicate(
                    timeout=NAIVE_SECONDS * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
                )
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, 9)
                running.communicate()
                return "hangs"
        if len(said) > 1 << 20 or b"\x1b" in said:
            return "noise"
        if not results.exists() or not results.read_text().startswith("{"):
            return "dies"
        return "full marks" if json.loads(results.read_text())["score"] == 1 else "no marks"


def processes(mark: Sequence[str]) -> set[int]:
    """Processes whose command line holds one of ``mark``: a fork keeps the command line of what it was forked from."""
    found = set()
    for path in Path("/proc").glob("[0-9]*") if Path("/proc/self").exists() else ():
        with contextlib.suppress(OSError):
            command = (path / "cmdline").read_bytes()
            zombie = (path / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
            if not zombie and any(one.encode() in command for one in mark):
                found.add(int(path.name))
    return found


def wait_for_end(mark: Sequence[str], before: set[int]) -> set[int]:
    """Processes that are there and were not; those on their way out get a moment, which is shorter than attacks stay."""
    deadline = time.monotonic() + MOMENT
    missing = 0
    while missing < 3 and time.monotonic() < deadline:
        left = processes(mark) - before
        # One may end between being listed and being read, with a child that is not listed yet: nothing must be seen repeatedly.
        missing = 0 if left else missing + 1
        time.sleep(0.05)
    return left


def as_json(rows: Sequence[Row]) -> str:
    return json.dumps([asdict(row) for row in rows])

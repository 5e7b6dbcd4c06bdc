"""What one more right submission is spent on, in processor seconds: a short and a long run of a grader in this process."""

import resource
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from autograder.grading import Grader, Marks, Results, start_host
from autograder.model import Sheet
from autograder.student import Answer, AnyHost, Student
from benchmarks.grading import COURSE, FUNCTIONS, right

TURNS = 20


def parts(sheet: Sheet) -> dict[str, float]:
    """By part:

    load     both processes of a student forked, walled off, and the file loaded in each
    students these and the calls, with reading what is asked and writing what comes back
    judging  the grader's own process: asking, reading what comes back, comparing
    writing  a report and a page
    """

    def graded(host: AnyHost, turns: int) -> None:
        with Grader(sheet, host) as grader:
            for _ in range(turns):
                grader.grade(right(sheet), FUNCTIONS)

    def loaded(host: AnyHost, turns: int) -> None:
        for _ in range(2 * turns):
            with Student(host, right(sheet)) as student:
                assert Answer(student, sheet.exercise(FUNCTIONS[0])).fault is None

    (judging, students), (_, load) = (_one_more(sheet, work) for work in (graded, loaded))
    return {"load": load, "students": students, "judging": judging, "writing": _written(sheet)}


def _one_more(sheet: Sheet, work: Callable[[AnyHost, int], None]) -> tuple[float, float]:
    """What one more turn costs this process, and those below it: they can be read once they have ended. The first run draws and
    answers what is drawn and answered once."""
    spent = []
    for turns in (1, 1, 1 + TURNS):
        before = _used()
        with start_host(sheet.settings, secret=(COURSE / "exercises",)) as host:
            work(host, turns)
        spent.append([after - at for after, at in zip(_used(), before, strict=True)])
    own, below = ((long - short) / TURNS for short, long in zip(*spent[1:], strict=True))
    return own, below


def _written(sheet: Sheet) -> float:
    with start_host(sheet.settings, secret=(COURSE / "exercises",)) as host, Grader(sheet, host) as grader:
        report = grader.grade(right(sheet), FUNCTIONS)
    with tempfile.TemporaryDirectory() as name:
        results = Results(Path(name))
        results.save(report, sheet, Marks())
        before = _used()[0]
        for i in range(TURNS):
            results.save(replace(report, student=f"s{i}"), sheet, Marks())
        results.close()
        return (_used()[0] - before) / TURNS


def _used() -> tuple[float, float]:
    own, below = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime, below.ru_utime + below.ru_stime

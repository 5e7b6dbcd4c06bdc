"""What a busy machine ended is graded once more, at the end."""

import contextlib
import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from autograder.grading import Job, Marks, again, batch, grade_all
from autograder.grading import worker as working
from autograder.grading.marks import Mark
from autograder.grading.turns import Turns
from autograder.model import Finding, Options, Origin, Report, Result, Status, Submission, UsageError


def report(submission: Submission, points: float, *, hurried: bool = False) -> Report:
    return Report("small", submission.student, "", "", (), points, hurried=hurried)


def test_what_ended_while_the_machine_was_busy_is_graded_again_at_the_end(monkeypatch):
    anna, ben, cem = (Submission(name, f"{name}.py", "0" * 64) for name in ("anna", "ben", "cem"))

    def first(job, turns, stop, before):
        while turns:
            turn = turns.take()
            yield turn, report(turn.submission, 1.0, hurried=turn.submission is anna)

    monkeypatch.setattr(batch, "_grade_here", first)
    monkeypatch.setattr(batch, "_grade_alone", lambda job, submission: report(submission, 2.0))
    found = [(r.student, r.possible) for r in grade_all(Job(Path(), "small"), [anna, ben, cem])]
    assert found == [("ben", 1.0), ("cem", 1.0), ("anna", 2.0)]


def test_closing_a_run_ends_its_workers_though_something_still_knows_of_them(monkeypatch):
    known, ended = [], []

    def workers(job, turns, *rest):
        try:
            yield turns.take(), report(Submission("anna", "anna.py", ""), 1.0)
        finally:
            ended.append(True)

    def kept(*given):
        known.append(workers(*given))
        return known[0]

    monkeypatch.setattr(batch, "_grade_here", kept)
    run = grade_all(Job(Path(), "small"), [Submission("anna", "anna.py", "")])
    next(run)
    run.close()
    assert ended


def stub(points=1.0, *, hurried=()):
    """Reports without a grader, for the names in ``hurried`` ended by a busy machine."""

    def graded(job, turns, *rest):
        while turns:
            turn = turns.take()
            yield turn, report(turn.submission, points, hurried=turn.submission.student in hurried)

    return graded


def nothing(turn):
    """No report of an earlier run."""


def class_of(*names):
    return [Submission(name, f"{name}.py", "0" * 64) for name in names]


def test_nothing_is_started_for_nobody(monkeypatch):
    def never(*_):
        raise AssertionError

    monkeypatch.setattr(batch, "_grade_here", never)
    monkeypatch.setattr(batch, "_grade_in_workers", never)
    assert list(grade_all(Job(Path(), "small"), [])) == []


@pytest.mark.parametrize(
    ("jobs", "names", "here", "workers"),
    [(1, "ab", True, 0), (0, "ab", True, 0), (4, "a", True, 0), (2, "abc", False, 2), (4, "ab", False, 2)],
)
def test_workers_are_started_where_several_have_work(monkeypatch, jobs, names, here, workers):
    used = []

    def in_workers(job, turns, size, stop, before, first):
        used.append(size)
        return stub()(job, turns)

    def in_this_process(job, turns, stop, before):
        used.append("here")
        return stub()(job, turns)

    monkeypatch.setattr(batch, "_grade_in_workers", in_workers)
    monkeypatch.setattr(batch, "_grade_here", in_this_process)
    found = [r.student for r in grade_all(Job(Path(), "small"), class_of(*names), jobs=jobs)]
    assert found == list(names)
    assert used == (["here"] if here else [workers])


def test_after_stop_nothing_is_graded_again(monkeypatch):
    stopped = []
    monkeypatch.setattr(batch, "_grade_here", stub(hurried="ac"))
    monkeypatch.setattr(batch, "_grade_alone", lambda job, s: stopped.append(1) or report(s, 2.0))
    found = [r.student for r in grade_all(Job(Path(), "small"), class_of(*"abc"), stop=lambda: bool(stopped))]
    assert found == ["b", "a"]


def test_in_this_process_nothing_new_is_begun_after_stop(monkeypatch):
    graded = []

    class Worker:
        def __init__(self, job):
            self.job = job

        def __enter__(self):
            return self

        def __exit__(self, *_):
            graded.append("ended")

        def grade(self, submission, known, *, training):
            graded.append(submission.student)
            return report(submission, 1.0)

    monkeypatch.setattr(batch, "Worker", Worker)
    found = list(grade_all(Job(Path(), "small"), class_of(*"abc"), stop=lambda: "b" in graded))
    assert [r.student for r in found] == ["a", "b"] and graded == ["a", "b", "ended"]


@pytest.mark.parametrize(
    ("device", "several", "takes"),
    [("auto", False, "auto"), ("auto", True, "cpu"), ("cuda", True, "cuda"), ("cpu", False, "cpu")],
)
def test_several_workers_do_not_wait_for_one_gpu(monkeypatch, sheet, device, several, takes):
    asked = []

    class Started(contextlib.nullcontext):
        level = "rlimits"

    def start_host(settings, options, **_):
        asked.append(options.device)
        return Started()

    monkeypatch.setattr(working, "load_stamped", lambda *_: sheet)
    monkeypatch.setattr(working, "start_host", start_host)
    with working.Worker(Job(Path(), "small", options=Options(device=device), several=several)) as worker:
        assert (asked, worker.grader.options.device) == ([takes], takes)


# ------------------------------------------------------------------ what is graded again


def test_a_stamp_names_all_that_a_report_depends_on(sheet):
    (anna,) = class_of("anna")
    job = Job(Path(), "small")
    stamp = job.stamp(sheet, anna)
    assert stamp["sheet"] == sheet.sha256[:16] and stamp["options"] == str(Options())
    assert {"engine", "python", "torch"} <= set(stamp)
    assert Job(Path(), "small", options=Options(training=False)).stamp(sheet, anna)["options"] != stamp["options"]
    folder = Job(Path(), "small", options=Options(mnist="/home/prof/mnist")).stamp(sheet, anna)["options"]
    assert stamp["options"] == "trainings, device auto"
    assert folder.startswith("trainings, device auto, MNIST ") and "prof" not in folder  # students read it
    named = dataclasses.replace(sheet, packages={"einops": "1.0"})
    assert job.stamp(named, anna)["einops"] == "1.0"


def earlier(job, sheet, submission, status):
    """A report of an earlier run over all exercises of the sheet."""
    finding = (Finding("c", status, 0.0, 1.0),)
    results = tuple(Result(e.id, e.item, 1.0, finding, stamp=e.sha256[:16]) for e in sheet.exercises)
    return Report(
        "small", submission.student, "", submission.sha256, results, 2.0, versions=job.stamp(sheet, submission)
    )


def test_a_report_is_current_while_nothing_that_it_depends_on_has_changed(sheet):
    (anna,) = class_of("anna")
    job = Job(Path(), "small")
    old = earlier(job, sheet, anna, Status.PASSED)
    assert again.current(old, job, sheet, anna)
    assert not again.current(old, job, sheet, dataclasses.replace(anna, sha256="1" * 64))
    assert not again.current(old, job, dataclasses.replace(sheet, sha256="f" * 64), anna)
    assert not again.current(old, dataclasses.replace(job, options=Options(training=False)), sheet, anna)
    marked = dataclasses.replace(job, marks=Marks({("anna", "essay", "idea"): Mark(1.0)}))
    assert again.current(old, marked, sheet, anna)  # marks lie over a report: they ask for no new one
    first, *rest = sheet.exercises
    changed = dataclasses.replace(sheet, exercises=(dataclasses.replace(first, sha256="f" * 64), *rest))
    assert again.usable(old, job, changed, anna) and again.outdated(old, changed) == [first.id]
    assert not again.usable(old, job, dataclasses.replace(sheet, exercises=tuple(rest)), anna)


def test_a_broken_report_is_graded_again_and_one_that_waits_is_not(sheet):
    (anna,) = class_of("anna")
    job = Job(Path(), "small")
    for status, regraded in ((Status.BROKEN, True), (Status.PENDING, False), (Status.FAILED, False)):
        old = earlier(job, sheet, anna, status)
        assert again.current(old, job, sheet, anna) is not regraded


def test_whoever_kills_two_workers_has_a_report_without_a_score(course, sheet):
    job = Job(course, "small")
    anna = Submission("anna", "in/anna.py", "5" * 64, origin=Origin("moodle", "17"))
    found = batch.broken(job, anna)
    assert (found.status, found.score, found.possible) == ("broken", None, sheet.points)
    assert [(r.id, r.item, r.possible) for r in found.results] == [(e.id, e.item, e.points) for e in sheet.exercises]
    assert all("died here, twice" in f.message and f.possible == r.possible for r in found.results for f in r.findings)
    assert (found.path, found.sha256, found.origin) == ("in/anna.py", "5" * 64, Origin("moodle", "17"))
    assert found.versions["engine"] and not again.current(found, job, sheet, anna)


def test_a_worker_that_was_refused_says_so_when_a_submission_is_handed_in(monkeypatch):
    monkeypatch.setattr(working, "_refused", UsageError("no"))
    with pytest.raises(UsageError, match="no"):
        batch._grade(class_of("anna")[0])


# ------------------------------------------------------------------ several workers


class Workers:
    """Threads in place of worker processes; ``most`` submissions were handed out at once."""

    def __init__(self, monkeypatch, kills=()):
        self.begun, self.handed_out, self.out, self.most, self.alone = [], [], 0, 0, []
        self.kills = kills
        monkeypatch.setattr(batch, "workers", self.pool)
        monkeypatch.setattr(batch, "_grade", self.grade)
        monkeypatch.setattr(batch, "_grade_alone", lambda job, s: self.alone.append(s.student) or report(s, 2.0))

    def pool(self, job, size):
        workers = self

        class Pool(ThreadPoolExecutor):
            def submit(self, function, submission, known, training):
                workers.handed_out.append(submission.student)
                workers.out += 1
                workers.most = max(workers.most, workers.out)
                return super().submit(function, submission, known, training)

        return Pool(size)

    def grade(self, submission, known, training):
        self.begun.append(submission.student)
        if submission.student in self.kills:
            raise BrokenProcessPool
        return report(submission, 1.0)

    def run(self, names, size=2, stop=lambda: False):
        found = []
        turns = Turns(class_of(*names))
        for turn, made in batch._grade_in_workers(Job(Path(), "small"), turns, size, stop, nothing):
            assert made.student == turn.submission.student
            self.out -= 1
            found.append(made.student)
        return found


def test_workers_grade_everyone_once_in_the_order_given(monkeypatch):
    workers = Workers(monkeypatch)
    found = workers.run("abcdefgh")
    assert sorted(found) == list("abcdefgh") and workers.alone == []
    assert workers.handed_out == list("abcdefgh")
    assert workers.most == 3  # one more than there are workers waits, so that none is idle


def test_who_is_still_being_graded_when_all_are_handed_out_is_waited_for(monkeypatch):
    workers, others = Workers(monkeypatch), threading.Event()

    def grade(submission, known, training):
        if submission.student == "c":
            others.wait(10)
        return report(submission, 1.0)

    monkeypatch.setattr(batch, "_grade", grade)
    found = []
    for turn, _ in batch._grade_in_workers(Job(Path(), "small"), Turns(class_of(*"abc")), 2, lambda: False, nothing):
        workers.out -= 1
        found.append(turn.submission.student)
        others.set()
    assert sorted(found) == list("abc")


def test_after_stop_workers_finish_what_they_began(monkeypatch):
    workers = Workers(monkeypatch)
    found = workers.run("abcdefgh", stop=lambda: "a" in workers.begun)
    assert "a" in found and set(found) == set(workers.begun) and len(found) < 8


def test_who_was_with_a_worker_that_died_is_graded_alone_and_the_rest_go_on(monkeypatch):
    workers = Workers(monkeypatch, kills="b")
    found = workers.run("abcdefgh")
    assert sorted(found) == list("abcdefgh")
    assert "b" in workers.alone and len(workers.alone) <= 3


def test_whoever_kills_a_worker_alone_too_is_broken(monkeypatch):
    def dies(*_):
        raise BrokenProcessPool

    monkeypatch.setattr(batch, "workers", lambda job, size: ThreadPoolExecutor(size))
    monkeypatch.setattr(batch, "broken", lambda job, s: report(s, 7.0))
    monkeypatch.setattr(batch, "_grade", dies)
    (anna,) = class_of("anna")
    assert batch._grade_alone(Job(Path(), "small"), anna).possible == 7.0
    monkeypatch.setattr(batch, "_grade", lambda s: report(s, 1.0))
    assert batch._grade_alone(Job(Path(), "small"), anna).possible == 1.0


def test_a_worker_has_what_the_job_says_and_ends_its_host(monkeypatch, sheet):
    said, ended = {}, []

    class Stands:
        level = "rlimits"

        def __init__(self, name):
            self.name = name

        def __enter__(self):
            return self

        def __exit__(self, *_):
            ended.append(self.name)

    monkeypatch.setattr(working, "load_stamped", lambda *given: sheet)
    monkeypatch.setattr(working, "start_host", lambda *given, **named: said.update(named) or Stands("host"))
    monkeypatch.setattr(working, "Grader", lambda *given, **named: said.update(named) or Stands("grader"))
    marks = Marks({("anna", "essay", "idea"): Mark(1.0)})
    job = Job(Path("c"), "small", marks, Options(training=False), (Path("in"),), "landlock", True)
    with working.Worker(job):
        assert ended == []
    assert ended == ["grader", "host"]
    assert said == {
        "data": (),
        "secret": (Path("c"), Path("in")),
        "require": "landlock",
        "trust": True,
        "marks": marks,
        "options": Options(training=False),
        "kept": None,
        "many": False,
    }

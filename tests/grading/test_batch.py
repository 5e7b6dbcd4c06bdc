"""What a busy machine ended is graded once more, at the end."""

from pathlib import Path

from autograder.grading import Job, batch, grade_all
from autograder.model import Report, Submission


def report(submission: Submission, points: float, *, hurried: bool = False) -> Report:
    return Report("small", submission.student, "", "", (), points, hurried=hurried)


def test_what_ended_while_the_machine_was_busy_is_graded_again_at_the_end(monkeypatch):
    anna, ben, cem = (Submission(name, f"{name}.py", "0" * 64) for name in ("anna", "ben", "cem"))

    def first(job, submissions, stop, known):
        for submission in submissions:
            yield submission, report(submission, 1.0, hurried=submission is anna)

    monkeypatch.setattr(batch, "_grade_here", first)
    monkeypatch.setattr(batch, "_grade_alone", lambda job, submission: report(submission, 2.0))
    found = [(r.student, r.possible) for r in grade_all(Job(Path(), "small"), [anna, ben, cem])]
    assert found == [("ben", 1.0), ("cem", 1.0), ("anna", 2.0)]

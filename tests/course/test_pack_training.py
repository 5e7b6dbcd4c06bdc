"""A training in a student's pack: what forward gives is judged, a short training is shown, and what decides stays behind."""

import struct
from contextlib import ExitStack

import pytest

from autograder.checks import Examples, classifier
from autograder.commands.release import release
from autograder.grading import Grader
from autograder.model import Exercise, Options, Picture, Result, Settings, Sheet, Status
from autograder.nbgrader.worker import Desk
from autograder.student import Host
from tests.conftest import hand_in, make_course
from tests.course.packs import packed

ACCURACY, LOSS, SOON, STEPS = 0.87651, 0.54321, (123, 0.61234), 234
TAKES, LAYERS, LEARNS, BEGINS = (
    "takes digits and gives ten logits",
    "every layer learns",
    "learns to tell digits apart",
    "begins to tell digits apart",
)
RIGHT = """
import torch
from torch import nn


class C(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(784, 64), nn.Linear(64, 10)

    def forward(self, x):
        return self.b(self.a(x.flatten(1)).relu())
"""
FROZEN = RIGHT.replace("self.a(x.flatten(1))", "self.a(x.flatten(1)).detach()")
ALIKE = RIGHT.replace("nn.Linear(64, 10)\n", "nn.Linear(64, 10)\n        nn.init.zeros_(self.a.weight)\n").replace(
    "784, 64)", "784, 64, bias=False)"
)


def sheet(**options) -> Sheet:
    given = {
        "data": "mnist",
        "things": ("digit", "digits"),
        "accuracy": ACCURACY,
        "loss": LOSS,
        "soon": SOON,
        "steps": STEPS,
    }
    checks = tuple(classifier("C", **{**given, "in_pack": True, **options}))
    return Sheet("sheet", "Sheet", (Exercise("digits", "1", 4, "code", ("C",), checks),), Settings())


@pytest.fixture(scope="module")
def host(trainer: Host) -> Host:
    return trainer


def checked(host: Host, known: Sheet, source: str, **options) -> Result:
    with Grader(known, host, checks="public", options=Options(device="cpu", **options)) as grader:
        return grader.grade(hand_in(source)).results[0]


def test_a_right_model_is_shown_learning_and_points_add_up(host, tmp_path):
    result = checked(host, packed(sheet(), tmp_path)[0], RIGHT)
    found = {finding.check: finding for finding in result.findings}
    assert all(finding.status is Status.PASSED for finding in found.values()), result
    assert found[TAKES].points == found[TAKES].possible > 0
    assert (
        sum(isinstance(part, Picture) for part in found[BEGINS].detail) == 2
    )  # the losses, and what is not recognised
    assert dict(result.later)[LEARNS] > 0
    assert sum(f.possible for f in result.findings) + sum(points for _, points in result.later) == pytest.approx(4)


def test_the_pack_says_of_a_wrong_model_what_the_course_says(host, tmp_path):
    known, _ = packed(sheet(), tmp_path)
    for source in (FROZEN, RIGHT.replace(".flatten(1)", ""), RIGHT + "C = 3\n"):
        here, there = (
            {f.check: (f.status, f.message, f.mistake) for f in checked(host, of, source, training=False).findings}
            for of in (known, sheet())
        )
        del here[BEGINS], there[LEARNS]
        assert here == there
        assert any(status is Status.FAILED for status, *_ in here.values())


def test_a_model_that_does_not_begin_to_learn_is_told_why(host, tmp_path):
    found = {f.check: f for f in checked(host, packed(sheet(), tmp_path)[0], ALIKE).findings}
    assert found[BEGINS].status is Status.FAILED
    assert "always saying the same gives" in found[BEGINS].message
    assert any(isinstance(part, Picture) for part in found[BEGINS].detail)


def test_what_decides_stays_behind(tmp_path):
    _, raw = packed(sheet(), tmp_path)
    for secret in (ACCURACY, LOSS, SOON[1]):
        assert struct.pack(">d", secret) not in raw
    assert not any(name in raw.partition(b"exercises")[2] for name in (b"accuracy", b"steps", b"seed"))


@pytest.mark.parametrize("options", [{"in_pack": False}, {"data": lambda: Examples(*[None] * 4)}])
def test_only_what_its_author_gives_away_is_in_a_pack(tmp_path, options):
    known, _ = packed(sheet(**options), tmp_path)
    assert {check.name for check in known.exercises[0].checks if not check.stands_in} == {
        "is checked when it is graded"
    }
    assert sum(check.points for check in known.exercises[0].checks) == pytest.approx(
        sum(c.points for c in sheet().exercises[0].checks)
    )


def test_the_notebooks_cell_shows_the_picture(tmp_path, monkeypatch):
    course = make_course(tmp_path / "course")
    exercise = course / "exercises" / "small" / "digits"
    exercise.mkdir()
    (exercise / "exercise.py").write_text(
        'from autograder.checks import classifier\n\nkind = "code"\nnames = ("C",)\nsignature = "class C(torch.nn.Module)"\n'
        'checks = classifier("C", data="mnist", things=("digit", "digits"), accuracy=0.5, in_pack=True)\n'
    )
    (exercise / "README.md").write_text("## Digits\n")
    (exercise / "starter.py").write_text("class C:\n    pass\n")
    (exercise / "solution.py").write_text(RIGHT)
    with (exercise.parent / "sheet.toml").open("a") as plan:
        plan.write('\n[[exercise]]\nid = "digits"\nitem = "3"\npoints = 4\n')
    release("small", tmp_path / "pack", course=course)
    monkeypatch.setenv("AUTOGRADER_COURSE", str(tmp_path / "pack" / "small.checks"))
    (tmp_path / "anna.py").write_text(RIGHT)
    asked = {"exercise": "digits", "sheet": "small", "folder": str(tmp_path), "checks": "public", "cells": None}
    with ExitStack() as stack:
        shown = Desk(stack).answer(asked | {"file": str(tmp_path / "anna.py")})
    assert BEGINS in shown["html"]
    assert shown["html"].count("<img") + shown["html"].count("<svg") >= 2

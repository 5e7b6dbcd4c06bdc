"""A training of a course's own in a student's pack: what is said as data is judged there as in the grade; the rest is shown."""

import re
import struct
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import torch

from autograder.checks import (
    Ask,
    Attempt,
    Bound,
    Given,
    LinePlot,
    Measure,
    Mistake,
    Recipe,
    Sentence,
    trains,
)
from autograder.commands.check import NOT_TRIED, PICTURES, check_file
from autograder.grading import Grader
from autograder.grading.selfcheck import row
from autograder.model import Check, CourseError, Exercise, Options, Picture, Result, Settings, Sheet, Status
from autograder.student import Host, PlainHost
from autograder.training import mnist
from tests.conftest import hand_in
from tests.course.packs import packed
from tests.sheets import bundled

SECRET = 0.0123456
LEARNS, BEGINS = "fits the line", "begins to fit"
DRIVER = """
import torch


def fit(namespace, x, y, seed, steps, rate):
    torch.manual_seed(seed)
    model = namespace["Line"]()
    if not isinstance(model, torch.nn.Module):
        return {"amiss": "Line() is no torch.nn.Module."}
    losses = []
    for _ in range(steps):
        loss = (model(x) - y).square().mean()
        slopes = torch.autograd.grad(loss, list(model.parameters()))
        with torch.no_grad():
            for p, slope in zip(model.parameters(), slopes):
                p -= rate * slope
        losses.append(loss.detach())
    return {"losses": torch.stack(losses), "y": model(x).detach()}
"""
RIGHT = """
import torch


class Line(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.line = torch.nn.Linear(1, 1)

    def forward(self, x):
        return self.line(x)
"""
WRONG = {
    "no bias": RIGHT.replace("Linear(1, 1)", "Linear(1, 1, bias=False)"),
    "no module": "def Line():\n    return 3\n",
    "it raises": RIGHT.replace("self.line(x)", "self.line(x, x)"),
    "not finite": RIGHT.replace("self.line(x)", "self.line(x) * 1e30"),
    "too small": RIGHT.replace("self.line(x)", "self.line(x) * 1e-3"),
}
X = torch.linspace(-1, 1, 16)[:, None]
ENDS = Measure("last tenth", ("fit.losses",))
RECIPE = Recipe(
    inputs={"x": X, "y": 2 * X + 1},
    asks=(Ask("fit", ("x", "y", "seed", "steps", "rate"), doing="training your Line"),),
    shows=(
        Sentence("The loss was {} and is {}.", (Measure("first tenth", ("fit.losses",)), ENDS)),
        LinePlot({"loss": "fit.losses"}, x="step", y="loss", caption="The loss of each step."),
        LinePlot({"yours": ("x", "fit.y"), "wanted": ("x", "y")}, x="x", y="y", caption="Both lines."),
    ),
    bounds=(
        Bound(ENDS, at_most=Measure("first tenth", ("fit.losses",), times=0.5), says="It was {wanted}, it is {found}."),
        Bound(
            Measure("squared distance", ("fit.y", "y")), at_most=0.3, says="It is {found} off.", name="off", credit=0.25
        ),
    ),
)
WHOLE = {"points": 2, "driver": DRIVER, "judge": RECIPE, "attempts": [Attempt(0, 60, 0.1), Attempt(1, 90, 0.1)]}


def secret_judge(session, attempt):
    if session.ask("fit", X, X, attempt.seed, attempt.steps, attempt.rate).tensor("losses").mean() > SECRET:
        raise Mistake("more than is said")
    return ()


def sheet(*checks: Check, **more) -> Sheet:
    return Sheet("sheet", "Sheet", (Exercise("line", "1", 3, "code", ("Line",), checks, **more),), Settings())


def sheet_of(check: Check, name: str) -> Sheet:
    return Sheet("sheet", "Sheet", (Exercise("own", "1", 3, "code", (name,), (check,)),), Settings())


@pytest.fixture(scope="module")
def host(trainer: Host) -> Host:
    return trainer


def checked(host, known: Sheet, source: str, checks: str = "public") -> Result:
    with Grader(known, host, checks=checks, options=Options(device="cpu")) as grader:
        return grader.grade(hand_in(source)).results[0]


def said(result: Result) -> list[tuple]:
    return [(f.check, f.status, f.message, f.mistake, f.hint, f.detail, round(f.points, 2)) for f in result.findings]


@pytest.fixture(scope="module")
def both(host, tmp_path_factory):
    """(label) -> the results of the grade and of the pack."""
    known = sheet(trains(LEARNS, **WHOLE))
    here = packed(known, tmp_path_factory.mktemp("pack"))[0]

    @cache
    def found(label: str) -> tuple[Result, Result]:
        source = WRONG.get(label, RIGHT)
        return checked(host, known, source, "all"), checked(host, here, source)

    return found


SAID = {
    "right": "",
    "no bias": r"It is [\d.]+ off\.",
    "no module": r"Line\(\) is no torch\.nn\.Module\.",
    "it raises": r"When training your Line, your code raised TypeError.*",
    "not finite": r"loss is (nan|inf) from step \d+ on\.",
    "too small": r"It was [\d.]+, it is [\d.]+\.",
}


@pytest.mark.parametrize("label", SAID)
def test_a_recipe_says_in_the_pack_what_it_says_of_the_grade(both, label):
    graded, here = both(label)
    assert said(here) == said(graded)
    (found,) = here.findings
    assert found.status is (Status.PASSED if label == "right" else Status.FAILED)
    assert re.fullmatch(SAID[label], found.message)
    assert (found.possible, here.later) == (3, ())
    pictures = [one for one in found.detail if isinstance(one, Picture)]
    assert len(pictures) == (0 if label in ("no module", "it raises") else 2)


def test_a_training_in_the_pack_ends_at_the_time_of_the_grade(host, tmp_path):
    endless = RIGHT.replace("return self.line(x)", "while True:\n            pass")
    known = packed(sheet(trains(LEARNS, **WHOLE, seconds=1.0)), tmp_path)[0]
    (found,) = checked(host, known, endless).findings
    assert "when training your Line: it took more than the 1 s there are" in found.message


def test_a_file_checked_in_a_terminal_has_its_pictures_on_a_page(tmp_path, capsys):
    packed(sheet(trains(LEARNS, **WHOLE)), tmp_path)
    (tmp_path / "anna.py").write_text(RIGHT)
    asked = {"course": tmp_path / "sheet.checks"}
    assert check_file("sheet", tmp_path / "anna.py", **asked)
    assert capsys.readouterr().out.rstrip().endswith(PICTURES)
    assert check_file("sheet", tmp_path / "anna.py", html=tmp_path / "page.html", **asked)
    assert PICTURES not in capsys.readouterr().out
    page = (tmp_path / "page.html").read_text()
    assert page.count("<img") + page.count("<svg") == 2 and "The loss of each step." in page and "<script" not in page


def test_a_rehearsal_keeps_nobody_waiting(tmp_path, capsys):
    rehearsal = trains(BEGINS, **(WHOLE | {"points": 0}))
    packed(sheet(trains(LEARNS, **(WHOLE | {"judge": secret_judge}), rehearsal=rehearsal)), tmp_path)
    (tmp_path / "anna.py").write_text(WRONG["no bias"])
    tried, pictured = {"only": ["line"]}, {"html": tmp_path / "page.html"}
    for asked, told in (({}, NOT_TRIED.format("line")), (tried, "It is "), (pictured, "It is ")):
        assert check_file("sheet", tmp_path / "anna.py", course=tmp_path / "sheet.checks", **asked) is (not asked)
        said = " ".join(capsys.readouterr().out.split())
        assert told in said and (NOT_TRIED.format("line") in said) is (not asked)


def test_a_judge_in_python_stays_behind_and_a_rehearsal_is_shown_for_no_points(host, tmp_path):
    rehearsal = trains(BEGINS, **(WHOLE | {"points": 0}))
    check = trains(
        LEARNS, points=2, driver=DRIVER, judge=secret_judge, attempts=[Attempt(777, 555)], rehearsal=rehearsal
    )
    known, raw = packed(sheet(check), tmp_path)
    result = checked(host, known, RIGHT)
    (found,) = result.findings
    assert (found.check, found.status, found.possible) == (BEGINS, Status.PASSED, 0)
    assert sum(isinstance(one, Picture) for one in found.detail) == 2
    assert result.later == ((LEARNS, 3),)
    wrong = checked(host, known, WRONG["no bias"])
    assert wrong.findings[0].status is Status.FAILED and wrong.later == ((LEARNS, 3),)
    assert sum(isinstance(one, Picture) for one in wrong.findings[0].detail) == 2
    for secret in (struct.pack(">d", SECRET), b"\xcd" + struct.pack(">H", 777), b"\xcd" + struct.pack(">H", 555)):
        assert secret not in raw


def test_a_hidden_recipe_and_a_judge_without_a_rehearsal_stay_behind(tmp_path):
    hidden = trains(LEARNS, **WHOLE, visibility="hidden")
    python = trains("learns", points=1, driver=DRIVER, judge=secret_judge, attempts=[Attempt(0, 1)])
    known, raw = packed(sheet(hidden, python), tmp_path)
    assert b"namespace" not in raw and LEARNS.encode() not in raw
    assert all(check.stands_in or not check.points for check in known.exercises[0].checks)


def test_without_walls_the_same_is_said(host, tmp_path):
    known = packed(sheet(trains(LEARNS, **WHOLE)), tmp_path)[0]
    with PlainHost(Settings(), data={"mnist": mnist().root}) as plain:
        assert said(checked(plain, known, RIGHT)) == said(checked(host, known, RIGHT))


def test_the_courses_test_says_where_a_right_answer_fails_the_rehearsal(host):
    never = replace(RECIPE, bounds=(Bound(ENDS, at_least=1e9, says="It is too small."),))
    rehearsal = trains(BEGINS, **(WHOLE | {"points": 0, "judge": never}))
    python = trains(LEARNS, points=1, driver=DRIVER, judge=lambda *_: (), attempts=[Attempt(0, 1)], rehearsal=rehearsal)
    known = sheet(python, solution=RIGHT)
    with Grader(known, host, options=Options(device="cpu")) as grader:
        found = row(grader, known.exercises[0], "solution")
    assert found.miss == "fails in the student's pack: begins to fit: It is too small."


# ------------------------------------------------------------------ what a recipe may not be


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: Measure("median", ("a",)), "There is no measure 'median'"),
        (lambda: Measure("accuracy", ("a",)), "is of 2 values, not of 1"),
        (lambda: Bound(ENDS, "x"), "at_least or at_most"),
        (lambda: Bound(ENDS, "x", at_least=1, at_most=2), "at_least or at_most"),
        (lambda: Given("cifar", "train", 3), "'cifar' is none of"),
        (lambda: Recipe((Ask("f"), Ask("f"))), "give them labels"),
        (lambda: Recipe((), inputs={"seed": X}), "which the training itself has"),
        (
            lambda: trains("t", points=1, driver="", judge=RECIPE, attempts=[], rehearsal=trains(LEARNS, **WHOLE)),
            "0 points",
        ),
    ],
)
def test_a_wrong_recipe_is_refused_in_a_sentence(made, words):
    with pytest.raises(CourseError, match=words):
        made()


def test_a_name_that_nothing_has_is_the_courses_fault(host):
    known = sheet(
        trains(LEARNS, **(WHOLE | {"judge": replace(RECIPE, shows=(Sentence("{}", (Measure("mean", ("z",)),)),))}))
    )
    (found,) = checked(host, known, RIGHT, "all").findings
    assert found.status is Status.BROKEN and "The recipe has no value 'z': there are x, y and fit.…" in found.message


PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "training.md"
CLASSIFIER = """
import torch


class Classifier(torch.nn.Sequential):
    def __init__(self):
        super().__init__(torch.nn.Linear(784, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10))
"""


@pytest.mark.slow
def test_the_recipe_of_the_docs_shows_a_classifier_learning(host, tmp_path):
    names = {"__file__": str(tmp_path / "exercise.py")}
    code = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    (driver,) = (text for text in code if "STATE =" in text)
    (tmp_path / "driver.py").write_text(driver)
    for text in code[code.index(driver) + 1 :]:
        exec(compile(text, str(PAGE), "exec"), names)
    for check in (*names["checks"], names["rehearsal"]):
        (found,) = checked(host, sheet_of(check, "Classifier"), CLASSIFIER, "all").findings
        assert found.status is Status.PASSED, found.message
    assert any(isinstance(one, Picture) for one in found.detail)
    (found,) = checked(
        host, packed(sheet_of(replace(names["rehearsal"], points=1), "Classifier"), tmp_path)[0], CLASSIFIER
    ).findings
    assert found.status is Status.PASSED


# ------------------------------------------------------------------ the bundled sheet


@pytest.fixture(scope="module")
def generative(tmp_path_factory) -> tuple[Sheet, bytes]:
    """The trainings of the bundled sheet as a pack holds them."""
    known = bundled("generative_models")
    training = tuple(e for e in known.exercises if any(check.instead for check in e.checks))
    return packed(replace(known, exercises=training), tmp_path_factory.mktemp("generative"))


@pytest.fixture(scope="module")
def hosts(host) -> Iterator[dict[str, Host | PlainHost]]:
    with PlainHost(bundled("generative_models").settings, data={"mnist": mnist().root}) as plain:
        yield {"walls": host, "plain": plain}


@pytest.mark.parametrize(
    ("nth", "where"),
    [(0, "walls"), *(pytest.param(*one, marks=pytest.mark.slow) for one in ((1, "walls"), (0, "plain"), (1, "plain")))],
)
def test_the_bundled_trainings_show_their_pictures(hosts, generative, nth, where):
    known, _ = generative
    host = hosts[where]
    exercise, whole = known.exercises[nth], bundled("generative_models").exercise(known.exercises[nth].id)
    with Grader(known, host, checks="public", options=Options(device="cpu")) as grader:
        result = grader.grade(hand_in(whole.solution), [exercise.id]).results[0]
    (found,) = (finding for finding in result.findings if finding.status is not Status.PENDING)
    assert found.status is Status.PASSED, found.message
    assert sum(isinstance(one, Picture) for one in found.detail) >= 3
    assert sum(f.possible for f in result.findings) + sum(points for _, points in result.later) == pytest.approx(
        whole.points
    )


def test_no_oracle_no_judge_and_no_hidden_threshold_is_in_the_pack(generative):
    known, raw = generative
    assert len(known.exercises) == 2
    for path in Path(__file__).parents[2].glob("exercises/generative_models/*_training/*.py"):
        if not path.name.startswith(("driver", "starter")):
            lines = {line.strip().encode() for line in path.read_text().splitlines() if len(line.strip()) > 30}
            assert not [line for line in lines if line.startswith((b"def ", b"return ", b"raise ")) and line in raw]
    for threshold in (0.035, 0.45, 0.01):
        assert struct.pack(">d", threshold) not in raw
    assert b"import reference" not in raw and b"from reference" not in raw

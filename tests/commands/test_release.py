"""The student's pack: it checks with the engine alone, recognises mistakes, and holds nothing secret."""

import hashlib
import json
import os
import re
import subprocess
import sys
import zlib
from importlib.metadata import version
from pathlib import Path

import pytest
import torch

from autograder.checks import agrees, gradient, replayed
from autograder.checks.kept import Recorded, battery_data, line
from autograder.commands.release import release
from autograder.course import exercises, load_sheet, settings
from autograder.course.choice import find_course, sheets
from autograder.grading.grader import Grader
from autograder.inputs import Battery, arguments
from autograder.inputs.domains import real
from autograder.model import Mistake, Sheet, Status, UsageError
from tests.conftest import REPOSITORY, RIGHT, SUM, TWICE, finding, hand_in


@pytest.fixture(scope="module")
def pack(tmp_path_factory, course) -> Path:
    folder = tmp_path_factory.mktemp("pack") / "student"
    release("small", folder, course=course, engine="autograder @ https://example.org/autograder.whl")
    return folder


@pytest.fixture(scope="module")
def packed(pack) -> Sheet:
    return load_sheet("small", pack)


def test_the_catalog_takes_a_pack_for_a_course(pack, packed, sheet):
    near = [pack / ".github" / "small.py"]
    assert find_course(sheet="small", handed_in=near, packs=True).path == pack / "small.checks"
    assert sheets(pack) == ["small"]
    assert exercises("small", pack) == [e.id for e in sheet.exercises]
    assert settings("small", pack) == sheet.settings
    assert (packed.title, packed.points) == (sheet.title, sheet.points)


def test_the_pack_says_what_the_course_says(packed, sheet, host):
    """Public checks with the oracle and from the record find the same; laws stay behind and are counted as open."""
    for source in (
        RIGHT,
        SUM,
        TWICE,
        "def mean_square(x):\n    return 1 / 0\n",
        "def mean_square(x):\n    x += 1\n    return x",
    ):
        with Grader(sheet, host, checks="public") as course, Grader(packed, host, checks="public") as student:
            there = {f.check: f for f in course.grade(hand_in(source), ["mean_square"]).results[0].findings}
            here = {f.check: f for f in student.grade(hand_in(source), ["mean_square"]).results[0].findings}
        assert set(here) < set(there) and len(here) >= 4
        for name, found in here.items():
            same = (found.status, found.message, found.mistake, found.counterexample)
            assert same == (there[name].status, there[name].message, there[name].mistake, there[name].counterexample)
            assert found.possible == pytest.approx(there[name].possible, abs=1e-5)


def test_a_mistake_is_recognised_without_its_wrong_answer(packed, host):
    assert all(wrong.source == "" for e in packed.exercises for wrong in e.wrong)
    with Grader(packed, host, checks="public") as grader:
        found = finding(grader.grade(hand_in(SUM), ["mean_square"]), "agrees with the reference")
    assert (found.mistake, found.message) == ("sum_for_mean", "You return the sum of the squares; the mean is asked.")


def test_a_written_answer_is_open_and_its_model_answer_stays_behind(packed, host):
    with Grader(packed, host, checks="public") as grader:
        found = grader.grade(hand_in(essay="Since it is so."), ["essay"]).results[0].findings[0]
    assert found.status is Status.PENDING
    assert [(c.name, c.full) for c in found.detail] == [("idea", ""), ("example", "")]


def test_the_same_course_gives_the_same_pack(pack, tmp_path, course):
    release("small", tmp_path / "again", course=course)
    for name in ("small.checks", "small.ipynb"):
        assert (tmp_path / "again" / name).read_bytes() == (pack / name).read_bytes()


def test_without_an_engine_there_is_no_workflow(tmp_path, course):
    names = {path.name for path in release("small", tmp_path / "pack", course=course)}
    assert names == {"README.md", "small.checks", "small.ipynb"}


def test_a_wheel_comes_along(tmp_path, course):
    wheel = tmp_path / "deep_autograder-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"PK")
    digest = hashlib.sha256(b"PK").hexdigest()
    release("small", tmp_path / "pack", course=course, engine=str(wheel))
    lines = (tmp_path / "pack" / "requirements.txt").read_text().splitlines()
    assert f"file:{wheel.name}#sha256={digest}" in lines
    assert (tmp_path / "pack" / wheel.name).is_file()


def test_a_wheel_that_is_not_there_is_said_before_anything_is_recorded(tmp_path, course, monkeypatch):
    monkeypatch.setattr("autograder.commands.release.start_host", None)
    with pytest.raises(UsageError, match=r"No file .*other.whl"):
        release("small", tmp_path / "pack", course=course, engine=str(tmp_path / "other.whl"))
    assert not (tmp_path / "pack").exists()


def test_a_folder_with_other_things_is_not_written_over(tmp_path, course):
    (tmp_path / "thesis.tex").write_text("")
    with pytest.raises(UsageError, match="holds something else"):
        release("small", tmp_path, course=course)


@pytest.mark.parametrize(
    "damage",
    [
        b"autograder checks 1\n" + zlib.compress(b"x"),
        b"",
        b"other\n",
        b"autograder checks 1\n",
        b"autograder checks 1\n" + zlib.compress(b"x" * 99),
    ],
)
def test_a_damaged_pack_is_said_so(tmp_path, damage):
    (tmp_path / "small.checks").write_bytes(damage)
    for read in (load_sheet, settings):
        with pytest.raises(UsageError, match="get the pack again"):
            read("small", tmp_path)


def test_the_settings_of_a_pack_are_there_before_its_checks(pack):
    assert settings("small", pack) == load_sheet("small", pack).settings


def test_the_workflow_runs_the_check_that_the_student_runs(pack):
    workflow = (pack / ".github" / "workflows" / "check.yml").read_text()
    assert 'autograder check small small.ipynb --markdown "$GITHUB_STEP_SUMMARY"' in workflow
    lines = (pack / "requirements.txt").read_text().splitlines()
    assert "autograder @ https://example.org/autograder.whl" in lines
    assert "--extra-index-url https://download.pytorch.org/whl/cpu" in lines
    for name in ("torch", "torchvision", "numpy", "pytest", "jupyterlab"):
        assert f"{name}=={version(name).partition('+')[0]}" in lines
    assert not any(line.startswith(("nbgrader", "ruff")) for line in lines)


# ------------------------------------------------------------------ what is recorded


def battery(function="f", **options) -> Battery:
    return Battery(
        function,
        lambda x: x.sum(),
        lambda x: (x.sum(),),
        arguments(real(), shapes=[[(2,)], [(3,)]]),
        ("x",),
        gradients=(0,),
        **options,
    )


def test_a_recorded_battery_asks_the_same_and_knows_the_answers():
    original = battery(other_forms={"It takes lists.": lambda x: (x.reshape(1, -1),)})
    copy = Recorded.of(battery_data(original))
    for name in ("calls", "ladder"):
        assert [(c.seed, c.gradients, [a.tolist() for a in c.args]) for c in getattr(copy, name)] == [
            (c.seed, c.gradients, [a.tolist() for a in c.args]) for c in getattr(original, name)
        ]
    for here, there in zip(copy.forms, original.forms, strict=True):
        assert here.note == there.note
        assert [tuple(c.args[0].shape) for c in here.calls] == [tuple(c.args[0].shape) for c in there.calls]
        assert [e.value for e in here.expected] == [e.value for e in there.expected]
        assert all(
            torch.equal(a.gradients[0], b.gradients[0]) for a, b in zip(here.expected, there.expected, strict=True)
        )
    assert copy.shrink(lambda call: True) is None


def test_what_several_checks_record_is_asked_once(monkeypatch):
    asked = []
    expect = Battery.expect
    monkeypatch.setattr(Battery, "expect", lambda self, call: asked.append(call) or expect(self, call))
    one = battery()
    first, second = agrees(one).record(), gradient(one).record()
    assert len(asked) == len(first["asked"]["answers"])
    assert second["asked"] is first["asked"]


def test_a_check_of_a_later_version_is_said_so():
    with pytest.raises(UsageError, match="update it"):
        replayed({"kind": "divines", "asked": battery_data(battery()), "options": {}})


def test_a_replayed_check_still_fails_what_is_wrong():
    check = replayed(agrees(battery()).record())

    class Wrong:
        def calls(self, calls, **_):
            from autograder.model import Outcome

            return [Outcome(value=call.args[0].sum() + 1, gradients=(torch.ones_like(call.args[0]),)) for call in calls]

    with pytest.raises(Mistake, match="is expected"):
        check.run(Wrong())


def test_what_is_not_linear_in_the_draw_is_not_recorded():
    z = (torch.zeros(2, 3),)
    ((a, b),) = line(lambda x: (2 * x + 1,), z)
    assert (a == 1).all() and (b == 2).all()
    with pytest.raises(ValueError, match="linear"):
        line(lambda x: (x**2,), z)


# ------------------------------------------------------------------ the real sheet


@pytest.mark.slow
def test_the_real_pack_holds_nothing_secret_and_works_alone(tmp_path):
    """Released from the repository; used by a Python that sees the engine, as installed, and no course."""
    folder = tmp_path / "pack"
    name = "generative_models"
    release(name, folder, course=REPOSITORY)
    course = load_sheet(name, REPOSITORY)
    raw = (folder / f"{name}.checks").read_bytes()
    everything = zlib.decompress(raw.partition(b"\n")[2]) + b"".join(
        path.read_bytes() for path in folder.rglob("*") if path.suffix != ".checks" and path.is_file()
    )
    for secret in secrets(course):
        assert secret.encode() not in everything, secret
    assert (folder / f"{name}.ipynb").read_text().count("NotImplementedError") >= 5

    notebook = json.loads((folder / f"{name}.ipynb").read_text())
    for exercise in course.exercises:
        for cell in notebook["cells"]:
            if cell["id"] == exercise.id and exercise.kind == "code":
                cell["source"] = exercise.solution
    (folder / "mine.ipynb").write_text(json.dumps(notebook))
    engine = installed(tmp_path / "engine")
    done = run(folder, engine, "-m", "autograder", "check", name, "mine.ipynb", "--markdown", "summary.md")
    assert done.returncode in (0, 1), done.stderr
    assert "kl_normal" in (folder / "summary.md").read_text()
    only = [arg for e in course.exercises if e.kind == "code" for arg in ("-k", e.id)][:2]
    tested = run(folder, engine, "-m", "pytest", "mine.ipynb", *only)
    assert tested.returncode == 0, tested.stdout + tested.stderr


def secrets(sheet: Sheet) -> list[str]:
    """Lines of oracles, solutions, wrong answers and names of hidden checks, long enough to be nobody else's."""
    sources = [path.read_text() for path in (REPOSITORY / "reference").glob("*.py")]
    sources += [e.solution for e in sheet.exercises] + [w.source for e in sheet.exercises for w in e.wrong]
    sources += [source for e in sheet.exercises for source in e.right.values()]
    given = "".join(_squeezed(e.starter + e.task) for e in sheet.exercises)
    lines = {line.strip() for source in sources for line in source.splitlines()}
    told = "".join(w.tell + w.name for e in sheet.exercises for w in e.wrong)
    told_by_header = re.compile(r"(fails|name|credit|tell|mistake):|\"\"\"")
    found = [
        line
        for line in lines
        if len(line) >= 30 and ("=" in line or "return" in line) and _squeezed(line) not in given
        and not told_by_header.match(line) and line not in told
    ]  # fmt: skip
    found += [check.name for e in sheet.exercises for check in e.checks if check.visibility == "hidden"]
    found += [criterion.full for e in sheet.exercises for criterion in e.rubric]
    found += [text for e in sheet.exercises if e.guide for text in (e.guide.good, e.guide.weak)]
    found += [m.comment for e in sheet.exercises if e.guide for m in e.guide.misunderstandings]
    assert len(found) > 50
    return [json.dumps(text, ensure_ascii=False)[1:-1] for text in found if text not in _public_names(sheet)]


def _public_names(sheet: Sheet) -> set[str]:
    return {check.name for e in sheet.exercises for check in e.checks if check.visibility == "public"}


def _squeezed(text: str) -> str:
    return "".join(text.split())


def installed(folder: Path) -> Path:
    """The engine alone, where a wheel would put it."""
    import shutil

    shutil.copytree(REPOSITORY / "autograder", folder / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def run(folder: Path, engine: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(engine), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=900
    )

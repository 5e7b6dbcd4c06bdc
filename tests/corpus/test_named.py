"""Every wrong function of the corpus is graded: how many mistakes are named, named wrongly, or not at all."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.grading import Grader, labelled
from autograder.model import Result, Status
from autograder.student import Host
from tests.sheets import bundled

CORPUS = Path(__file__).parent
COURSE = CORPUS.parent.parent
NAMES = tomllib.loads((CORPUS / "named" / "names.toml").read_text(encoding="utf-8"))
NAMED = sorted((CORPUS / "named").rglob("*.py"))
RIGHT = sorted((CORPUS / "right").rglob("*.py"))
KINKED = {"kinked"}  # its gradient is 0 at D = 1/2 exactly, an isolated point


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    sheet = bundled("generative_models")
    with Host(sheet.settings, secret=(COURSE,)) as host, Grader(sheet, host) as made:
        yield made


def result(grader: Grader, path: Path) -> Result:
    exercise = grader.sheet.exercise(path.parent.name)
    source = path.read_text(encoding="utf-8")
    return grader.grade(labelled(source, path.name, exercise), [exercise.id]).results[0]


def test_every_label_has_names() -> None:
    assert {(p.parent.name, p.stem) for p in NAMED} == {(folder, stem) for folder, row in NAMES.items() for stem in row}


@pytest.mark.parametrize(
    "paths", [pytest.param(NAMED[::4], id="every fourth"), pytest.param(NAMED, id="all", marks=pytest.mark.slow)]
)
def test_mistakes_are_named_and_none_wrongly(
    grader: Grader, capsys: pytest.CaptureFixture[str], paths: list[Path]
) -> None:
    wrongly, unnamed, broken = {}, [], []
    for path in paths:
        found = result(grader, path).findings
        names = {f.mistake for f in found if f.mistake}
        label = f"{path.parent.name}/{path.stem}"
        broken += [label] * any(f.status is Status.BROKEN for f in found)
        unnamed += [label] * (not names)
        if names - set(NAMES[path.parent.name][path.stem]):
            wrongly[label] = names
    with capsys.disabled():
        print(
            f"\n{len(paths)} wrong: {len(paths) - len(unnamed)} named, {len(wrongly)} of them wrongly, {len(unnamed)} not"
        )
    assert broken == []
    assert wrongly == {}
    assert len(unnamed) <= 0.05 * len(paths), unnamed


def test_right_answers_earn_everything(grader: Grader) -> None:
    graded = {path.stem: result(grader, path) for path in RIGHT if path.stem not in KINKED}
    failed = {
        stem: [f.message for f in r.findings if f.status is not Status.PASSED]
        for stem, r in graded.items()
        if r.score != r.possible
    }
    assert failed == {}

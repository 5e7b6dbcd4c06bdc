"""Notebooks of the corpus are loaded as Jupyter would load them, and judged as a fair tutor would."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.grading import Grader, start_host
from autograder.model import Cell, Options, Report, Result, Submission
from tests.sheets import bundled

CORPUS = Path(__file__).parent
COURSE = CORPUS.parent.parent
LOADED = sorted((CORPUS / "loaded").glob("*.py"))
SHARES = {"full": 1.0, "zero": 0.0, "1/4": 0.25, "1/2": 0.5, "3/4": 0.75}


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    sheet, options = bundled("generative_models"), Options(device="cpu")
    with start_host(sheet.settings, options) as host, Grader(sheet, host, options=options) as grader:
        yield grader


def expectations(path: Path, *, trainings: bool) -> dict[str, str]:
    """What the file claims, exercise by exercise; trainings, which take their time, or everything else."""
    found: list[tuple[str, str]] = re.findall(r"^# expect: (\w+) = (.+)$", path.read_text(encoding="utf-8"), re.M)
    return {exercise: said for exercise, said in found if exercise.endswith("_training") is trainings}


def submission(path: Path) -> Submission:
    _, *cells = re.split(r"^# %%\n", path.read_text(encoding="utf-8"), flags=re.M)
    return Submission(
        path.stem, f"{path.stem}.ipynb", "0" * 64, tuple(Cell(text.strip("\n"), i) for i, text in enumerate(cells, 1))
    )


def unlike(report: Report, expected: dict[str, str]) -> dict[str, str]:
    """Exercise -> what was said of it, where the report is not what the file expects."""
    results = {result.id: result for result in report.results}
    return {
        exercise: f"{said!r} is expected; found {shown(results[exercise], report)}"
        for exercise, said in expected.items()
        if not any(meets(option, results[exercise], report) for option in said.split(" or "))
    }


def meets(option: str, result: Result, report: Report) -> bool:
    share, _, words = option.partition("named: ")
    if share.strip() and abs((result.score or 0.0) - SHARES[share.strip()] * result.possible) > 1e-6:
        return False
    return words.lower() in shown(result, report).lower()


def shown(result: Result, report: Report) -> str:
    said = [f"{f.message} {f.mistake or ''} {f.hint}" for f in result.findings if f.status != "passed"]
    return f"{result.score or 0.0:g} of {result.possible:g}: {' | '.join(said)}"


@pytest.mark.parametrize("path", LOADED, ids=lambda path: path.stem)
def test_a_notebook_is_loaded_as_jupyter_would(path: Path, grader: Grader) -> None:
    expected = expectations(path, trainings=False)
    assert unlike(grader.grade(submission(path), only=tuple(expected)), expected) == {}


@pytest.mark.slow
@pytest.mark.parametrize("path", [p for p in LOADED if expectations(p, trainings=True)], ids=lambda path: path.stem)
def test_a_notebook_trains_as_in_jupyter(path: Path, grader: Grader) -> None:
    expected = expectations(path, trainings=True)
    assert unlike(grader.grade(submission(path), only=tuple(expected)), expected) == {}

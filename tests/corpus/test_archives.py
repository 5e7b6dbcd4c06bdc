"""Downloads of four platforms, and zips at their bounds: everybody is named, with the files and the version that count."""

import tomllib
from contextlib import ExitStack
from pathlib import Path

import pytest

from autograder.intake import submissions
from autograder.intake.submissions import claims
from autograder.model import Sheet, Submission
from tests.sheets import bundled

ARCHIVES = sorted(Path(__file__).with_name("archives").glob("*.zip"))


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return bundled("generative_models")


def fair(names: list[str], who: list[str]) -> bool:
    return any(name in who for name in names)


def files(path: Path, sheet: Sheet, who: list[str]) -> list[str]:
    """The files of one student, below the student's folder."""
    with ExitStack() as stack:
        for claim in claims([path], sheet, stack, []):
            if fair([claim.student, claim.origin.user], who):
                return sorted("/".join(file.below) for file in claim.files if file.suffix != ".zip")
    return []


def text(submission: Submission) -> str:
    return "\n".join([*(cell.source for cell in submission.cells), *submission.modules.values()])


@pytest.mark.parametrize("path", ARCHIVES, ids=lambda path: path.stem)
def test_a_download_is_read_as_a_fair_tutor_reads_it(path: Path, sheet: Sheet) -> None:
    expect = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))["students"]
    taken = submissions([path], sheet).submissions
    assert len(taken) == len(expect), [s.student for s in taken]
    for student in expect:
        (mine,) = [s for s in taken if fair([s.student, s.origin.user], student["who"])]
        assert mine.student in student["who"]
        assert files(path, sheet, student["who"]) == sorted(student["files"])
        for mark in student["marks"]:
            assert mark in text(mine)
        said = " ".join([mine.problem, *mine.notes])
        assert student["named"].lower() in said.lower()
        assert bool(mine.problem) == (not student["files"])

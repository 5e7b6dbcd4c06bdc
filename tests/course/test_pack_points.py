"""A student's pack says what counts later and for how many points; what it shows adds up to the sheet's."""

import pytest

from autograder.course import own_sheet, pack, read_pack
from autograder.formats import text
from autograder.grading import Grader
from autograder.grading.later import HIDDEN, hundredths
from autograder.intake import one
from autograder.model import Sheet
from autograder.student import Host
from tests.sheets import NAMES, bundled

SHEETS = NAMES


@pytest.fixture(scope="module")
def packs(tmp_path_factory) -> dict[str, tuple[Sheet, Sheet]]:
    """Each sheet, and what comes out of its pack."""
    found = {}
    for name in SHEETS:
        sheet = bundled(name)
        path = tmp_path_factory.mktemp("pack") / f"{name}.checks"
        path.write_bytes(pack(sheet, lambda *_: None))
        found[name] = (sheet, read_pack(path))
    return found


@pytest.fixture(scope="module")
def reports(packs, tmp_path_factory):
    """The own check of the solutions, by the pack and by the course."""
    found = {}
    for name, (sheet, packed) in packs.items():
        path = tmp_path_factory.mktemp("handed") / "anna.py"
        path.write_text("\n\n".join(exercise.solution for exercise in sheet.exercises if exercise.kind == "text"))
        with Host(sheet.settings) as host:
            for where, known in {"pack": packed, "course": own_sheet(sheet)}.items():
                with Grader(known, host, checks="public") as grader:
                    found[name, where] = grader.grade(one(path, "anna", known))
    return found


@pytest.mark.parametrize("name", SHEETS)
def test_the_points_of_a_pack_are_those_of_its_sheet(packs, name):
    sheet, packed = packs[name]
    for mine, theirs in zip(packed.exercises, sheet.exercises, strict=True):
        assert mine.points == theirs.points
        assert sum(c.points for c in mine.checks) == pytest.approx(sum(c.points for c in theirs.checks)), mine.id
        assert sum(hundredths(mine).values()) == pytest.approx(mine.points), mine.id


@pytest.mark.parametrize("where", ["pack", "course"])
@pytest.mark.parametrize("name", SHEETS)
def test_what_is_shown_adds_up(reports, name, where):
    report = reports[name, where]
    for result in report.results:
        shown = [finding.possible for finding in result.findings] + [points for _, points in result.later]
        assert sum(shown) == pytest.approx(result.possible, abs=1e-9), result.id
        assert all(round(points, 2) == points for points in shown), result.id
    lines = text.render(report).decode().splitlines()
    for result in report.results:
        said = [line for line in lines if line.strip().startswith("Counts when your work is graded: ")]
        assert len(said) == sum(bool(result.later) for result in report.results)


@pytest.mark.parametrize("name", SHEETS)
def test_every_check_that_a_pack_cannot_make_is_named_with_its_points(packs, reports, name):
    sheet, packed = packs[name]
    for exercise, result in zip(sheet.exercises, reports[name, "pack"].results, strict=True):
        made = {check.name for check in packed.exercise(exercise.id).checks if not check.stands_in}
        later = dict(result.later)
        for check in exercise.checks:
            if check.visibility == "hidden":
                assert check.name not in later
            elif check.own is None and check.name not in made:
                assert check.name in later, exercise.id


def test_a_training_and_a_derivation_and_a_hidden_check_are_said_in_one_line(reports):
    lines = text.render(reports["deep_learning_basics", "pack"]).decode().splitlines()
    said = [line.strip() for line in lines if "Counts when your work is graded" in line]
    assert "Counts when your work is graded: learns to tell digits apart (1.39 points)." in said
    assert "Counts when your work is graded: whether it is what is asked (3 points)." in said
    assert any(HIDDEN in line for line in said)


def test_hundredths_lose_nothing():
    for name in SHEETS:
        for exercise in bundled(name).exercises:
            unit = exercise.points / sum(check.points for check in exercise.checks)
            for check in exercise.checks:
                assert abs(hundredths(exercise)[check.name] - unit * check.points) < 0.01

"""A second run does what has to be done again and nothing else."""

import json
import re
import shutil
from pathlib import Path

import pytest

from autograder.commands.grade import grade_class
from tests.conftest import RIGHT, SUM

ESSAY = '\nessay = """Because the square is convex."""\n'


@pytest.fixture
def graded(course, tmp_path):
    copy = tmp_path / "course"
    shutil.copytree(course, copy)
    (tmp_path / "in").mkdir()
    for student in ("anna", "ben"):
        (tmp_path / "in" / f"{student}.py").write_text(RIGHT + ESSAY)

    def run() -> Path:
        grade_class("small", [tmp_path / "in"], out=tmp_path / "out", course=copy, jobs=1, no_training=True)
        return tmp_path / "out" / "reports" / "anna.json"

    run()
    return run, copy / "exercises" / "small", tmp_path


def hints(path: Path) -> dict[str, list[str]]:
    return {e["id"]: [f["hint"] for f in e["findings"]] for e in json.loads(path.read_text())["exercises"]}


def marked(path: Path) -> None:
    """Puts a word of ours into every finding, which stays where an exercise is not graded again."""
    tree = json.loads(path.read_text())
    for exercise in tree["exercises"]:
        for finding in exercise["findings"]:
            finding["hint"] = "kept"
    path.write_text(json.dumps(tree))


@pytest.mark.parametrize(("changed", "other"), [("mean_square", "essay"), ("essay", "mean_square")])
def test_a_change_in_one_exercise_grades_that_exercise_alone(graded, changed, other, capsys):
    run, sheet, folder = graded
    before = json.loads((folder / "out/reports/anna.json").read_text())
    marked(folder / "out/reports/anna.json")
    with (sheet / changed / "exercise.py").open("a") as file:
        file.write("\n# another word\n")
    capsys.readouterr()
    path = run()
    assert "Grading 2 submissions." in capsys.readouterr().out
    assert set(hints(path)[other]) == {"kept"}
    assert "kept" not in hints(path)[changed]
    after = json.loads(path.read_text())
    assert [e["score"] for e in after["exercises"]] == [e["score"] for e in before["exercises"]]
    run()
    assert "2 unchanged since the last run" in capsys.readouterr().out


@pytest.mark.parametrize("changed", ["formulas.py", "exercises/small/sheet.toml"])
def test_a_change_in_what_is_everyones_grades_everything(graded, changed):
    run, sheet, folder = graded
    marked(folder / "out/reports/anna.json")
    with (sheet.parent.parent / changed).open("a") as file:
        file.write("\n# another word\n")
    assert not any("kept" in said for said in hints(run()).values())


def test_how_labelled_answers_fail_is_not_found_out_twice(graded, monkeypatch):
    run, _sheet, folder = graded
    (folder / "in/anna.py").write_text(SUM + ESSAY)
    before = json.loads(run().read_text())
    assert before["exercises"][0]["findings"][0]["mistake"]
    shutil.rmtree(folder / "out")
    monkeypatch.setattr("autograder.grading.recognise._run", None)
    again = json.loads(run().read_text())
    assert again["exercises"] == before["exercises"]


def test_a_changed_submission_is_graded_whole_and_alone(graded, capsys):
    run, _sheet, folder = graded
    marked(folder / "out/reports/anna.json")
    (folder / "in/anna.py").write_text(RIGHT + ESSAY + "# again\n")
    capsys.readouterr()
    assert not any("kept" in said for said in hints(run()).values())
    assert "Grading 1 submission; 1 unchanged" in capsys.readouterr().out


def test_the_class_page_says_what_a_run_changed_and_a_run_that_changes_nothing_leaves_it(graded):
    run, _sheet, folder = graded
    page = folder / "out/index.html"
    assert "What changed" not in page.read_text()
    (folder / "in/anna.py").write_text(RIGHT.replace("return", "return 2 *") + ESSAY)
    (folder / "in/cleo.py").write_text(RIGHT + ESSAY)
    run()
    said = " ".join(re.sub("<[^>]*>", " ", page.read_text()).split())
    assert "New: 1 student cleo" in said
    assert re.search(r"Fewer points: 1 student anna 1, 3 open → 0?[.\d]*(, 3 )?open mean_square 1 → 0", said)
    before = page.read_bytes()
    run()
    assert page.read_bytes() == before

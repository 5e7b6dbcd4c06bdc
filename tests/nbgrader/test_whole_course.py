"""One class from the source notebook to the learning platform, with nbgrader's own commands; then graded again and compared."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from autograder.commands.grade import grade_class
from tests.nbgrader.conftest import NbCourse, cell, make_nb_course
from tests.nbgrader.whole_course import SHEET, attacks, controls, course_without_training, solved, text_of

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # nbgrader's own warnings, at import


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return course_without_training(tmp_path_factory.mktemp("whole") / "course")


@pytest.fixture(scope="module")
def nb(course: Path, tmp_path_factory: pytest.TempPathFactory) -> NbCourse:
    """Released, handed in by 21 students (two of them by way of a Moodle archive), autograded."""
    made = make_nb_course(tmp_path_factory.mktemp("class") / "nb", SHEET, course)
    ids = [exercise.id for exercise in made.sheet.exercises]
    _moodle(made, {"Alice Doe_11": solved(made, ids), "Bob Ray_12": solved(made, ids[: len(ids) // 2])})
    made.hand_in("anna", solved(made, ids))
    made.hand_in("half", solved(made, ids[::2]))
    made.hand_in("nothing")
    made.hand_in("broken", raw=b"<html>login</html>")
    made.hand_in("late", solved(made, ids), timestamp="2026-02-01 00:00:00 UTC")
    for name, edit in (attacks(made) | controls(made)).items():
        made.hand_in(name, edit)
    code, log = made.run("autograde", SHEET)
    assert code == 0, log
    return made


def _moodle(nb: NbCourse, edits) -> None:
    archive = nb.root / "downloaded" / SHEET / "archive" / "moodle.zip"
    archive.parent.mkdir(parents=True)
    with zipfile.ZipFile(archive, "w") as file:
        for sender, edit in edits.items():
            notebook = json.loads(nb.path("release").read_text())
            edit(notebook)
            file.writestr(f"{sender}_assignsubmission_file_/answers.ipynb", json.dumps(notebook))
    code, log = nb.run(
        "zip_collect",
        SHEET,
        "--ZipCollectApp.collector_plugin=autograder.nbgrader.MoodleCollector",
        "--ZipCollectApp.extractor_plugin=autograder.nbgrader.SafeExtractor",
    )
    assert code == 0, log


def automatic(nb: NbCourse) -> list[str]:
    """grade_ids of the cells that no person has to read."""
    return [e.id + ("-check" if e.kind == "code" else "") for e in nb.sheet.exercises if not e.rubric]


def test_a_right_answer_earns_everything_but_what_a_person_reads(nb):
    for student in ("anna", "Alice-Doe_11", "late"):
        grades = nb.grades(student)
        points = {e.id + ("-check" if e.kind == "code" else ""): e.points for e in nb.sheet.exercises}
        assert {id: grades[id] for id in automatic(nb)} == {id: (points[id], None, False) for id in automatic(nb)}
        assert all(grades[e.id] == (None, None, True) for e in nb.sheet.exercises if e.rubric)


def test_partly_right_answers_earn_their_part(nb):
    half = nb.grades("half")
    solved_ids = {e.id for e in nb.sheet.exercises[::2]}
    for exercise in nb.sheet.exercises:
        if not exercise.rubric:
            auto = half[exercise.id + ("-check" if exercise.kind == "code" else "")][0]
            assert (auto == exercise.points) == (exercise.id in solved_ids), exercise.id
    assert nb.scores()["nothing"] == nb.scores()["broken"] == 0


def test_no_attack_earns_anything_or_touches_the_gradebook(nb):
    names = attacks(nb)
    assert len(names) >= 12
    scores = nb.scores()
    for name in names:
        control = scores["equals_nothing" if name == "equals_everything" else "zero"]
        assert scores[name] <= control < 0.15 * nb.sheet.points, name
    for student in nb.scores():
        assert all(manual is None for _, manual, _ in nb.grades(student).values())


def test_no_attack_sees_a_test_or_an_oracle(nb):
    secrets = [
        line for e in nb.sheet.exercises for line in e.solution.splitlines() if "torch." in line and len(line) > 40
    ]
    for name in attacks(nb):
        text = nb.path("autograded", name).read_text() + json.dumps(nb.comments(name))
        assert not [s for s in secrets if json.dumps(s.strip())[1:-1] in text], name


def test_feedback_reaches_every_student_and_shows_no_test(nb):
    code, log = nb.run("generate_feedback", SHEET)
    assert code == 0, log
    pages = {path.parts[-3]: path.read_text() for path in (nb.root / "feedback").glob(f"*/{SHEET}/*.html")}
    assert set(pages) == set(nb.scores())
    for page in pages.values():
        assert "from reference" not in page and "battery" not in page
    exercise = next(e for e in nb.sheet.exercises if e.kind == "code")
    assert "check(" in pages["nothing"] and exercise.id in pages["nothing"]


def test_grades_reach_the_learning_platform(nb, tmp_path):
    for student in nb.scores():
        for exercise in nb.sheet.exercises:
            if nb.grades(student).get(exercise.id, (0, 0, False))[2]:
                nb.mark(student, exercise.id, exercise.points)
    columns = "Identifier,Full name,Grade,Maximum grade,Grade can be changed,Last modified (grade),Feedback comments"
    rows = [
        f"Participant {n},{name},,{nb.sheet.points:g}.00,Yes,-," for n, name in ((11, "Alice Doe"), (12, "Bob Ray"))
    ]
    worksheet = tmp_path / "worksheet.csv"
    worksheet.write_text("\n".join([columns, *rows, ""]))
    target = tmp_path / "out.csv"
    code, log = nb.run(
        "export",
        "--exporter=autograder.nbgrader.MoodleExporter",
        f"--MoodleExporter.template={worksheet}",
        "--to",
        str(target),
    )
    assert code == 0, log
    grades = {row["Full name"]: row["Grade"] for row in csv.DictReader(io.StringIO(target.read_text()))}
    assert float(grades["Alice Doe"]) == nb.sheet.points == nb.scores()["Alice-Doe_11"]
    assert float(grades["Bob Ray"]) == nb.scores()["Bob-Ray_12"]


def test_graded_again_by_our_command_every_grade_is_the_same(nb):
    before = {student: nb.grades(student) for student in nb.scores()}
    out = nb.root / "results"
    assert grade_class(SHEET, [nb.root], out=out, course=nb.course, no_training=True) == 0
    after = {student: nb.grades(student) for student in nb.scores()}
    assert after == before
    assert len(list(Path(out / "reports").glob("*.json"))) == len(before)
    assert grade_class(SHEET, [nb.root], out=out, course=nb.course, no_training=True) == 0
    assert {student: nb.grades(student) for student in nb.scores()} == before


def test_the_source_notebook_runs_and_is_right(course, tmp_path):
    """The instructor's notebook graded as if it had been handed in."""
    nb = make_nb_course(tmp_path / "nb", SHEET, course)
    source = json.loads(nb.path("source").read_text())
    for exercise in nb.sheet.exercises:
        if exercise.kind == "text":
            cell(source, exercise.id)["source"] = text_of(exercise.solution, exercise.id)
    nb.hand_in("instructor", raw=json.dumps(source).encode())
    code, log = nb.run("autograde", SHEET, "--student", "instructor")
    assert code == 0, log
    grades = nb.grades("instructor")
    assert all(grades[id][0] == grades[id][0] and grades[id][0] > 0 for id in automatic(nb))
    assert sum(grades[id][0] for id in automatic(nb)) == sum(e.points for e in nb.sheet.exercises if not e.rubric)

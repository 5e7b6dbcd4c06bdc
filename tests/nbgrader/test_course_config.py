"""The safe way is the default way: ``autograder notebook`` in an empty folder, then nbgrader's own commands."""

import json

import pytest
from click.testing import CliRunner

from autograder.commands.cli import cli
from autograder.course.catalog import load_sheet
from tests.conftest import RIGHT
from tests.nbgrader.conftest import NbCourse, cell

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, at import


def written(root, course) -> str:
    to = root / "source" / "small" / "small.ipynb"
    made = CliRunner().invoke(cli, ["notebook", "small", "--course", str(course), "--to", str(to)])
    assert made.exit_code == 0, made.output
    return made.stderr


@pytest.fixture(scope="module")
def graded(tmp_path_factory, course) -> tuple[NbCourse, int, str]:
    """An empty folder, two commands of nbgrader's, and hand-ins over which its own kernel stumbles."""
    root = tmp_path_factory.mktemp("empty") / "nb"
    assert "nbgrader_config.py" in written(root, course)
    nb = NbCourse(root, load_sheet("small", course), course)
    code, log = nb.run("generate_assignment", "small")
    assert code == 0, log
    nb.hand_in("anna", lambda made: cell(made, "mean_square").update(source=RIGHT))
    nb.hand_in("twice", lambda made: made["cells"].extend(json.loads(json.dumps(made["cells"]))))
    return nb, *nb.run("autograde", "small")


def test_nbgraders_commands_grade_with_the_engine_from_an_empty_folder(graded):
    nb, code, log = graded
    assert code == 0, log
    assert nb.grades("anna")["mean_square-check"] == (1, None, False)
    assert nb.grades("twice")["mean_square-check"] == (0, None, False)
    assert "Student twice: there more than once, so that the last one counts: essay, " in log


def test_an_instructors_config_keeps_its_lines_and_gets_ours_once(tmp_path, course):
    config = tmp_path / "nbgrader_config.py"
    config.write_text("c = get_config()\nc.Execute.timeout = 77\n# configure(c) was here\n")
    assert "lines were added" in written(tmp_path, course)
    once = config.read_text()
    assert once.startswith("c = get_config()\nc.Execute.timeout = 77\n") and str(course) in once
    assert written(tmp_path, course) == "" and config.read_text() == once


def test_nbgraders_own_limits_are_raised_but_not_over_the_instructors(tmp_path, course):
    from autograder.nbgrader.course_folder import Course

    written(tmp_path, course)
    assert Course.at(tmp_path).config.Execute.timeout == 1800
    (tmp_path / "nbgrader_config.py").write_text("get_config().Execute.timeout = 77\n")
    written(tmp_path, course)
    assert Course.at(tmp_path).config.Execute.timeout == 77


def test_a_notebook_outside_of_a_course_brings_no_config(tmp_path, course):
    made = CliRunner().invoke(
        cli, ["notebook", "small", "--course", str(course), "--to", str(tmp_path / "a" / "x.ipynb")]
    )
    assert made.exit_code == 0 and [path.name for path in tmp_path.rglob("*.*")] == ["x.ipynb"]

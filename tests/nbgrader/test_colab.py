"""A notebook as Colab runs it: it lies in no file, and one account does everything. Colab's own service is a stand-in here."""

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.commands.release import release
from tests.commands.test_own_check import ANSWER, CHAIN, SOLVED
from tests.conftest import SUM, make_course

COLAB = """
import json, sys, types
colab, message = types.ModuleType("google.colab"), types.ModuleType("google.colab._message")
message.blocking_request = lambda name, timeout_sec: {"ipynb": json.load(open("screen.json"))} if name == "get_ipynb" else None
sys.modules.update({"google": types.ModuleType("google"), "google.colab": colab, "google.colab._message": message})
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory) -> Path:
    course = make_course(tmp_path_factory.mktemp("formulas"))
    exercise = course / "exercises" / "small" / "chain"
    exercise.mkdir()
    (exercise / "exercise.py").write_text(CHAIN)
    (exercise / "README.md").write_text("## Take it apart\n")
    (exercise / "starter.py").write_text('chain = """Your lines."""\n')
    (exercise / "solution.py").write_text(f'chain = r"""\n{SOLVED}\n"""\n')
    with (exercise.parent / "sheet.toml").open("a") as plan:
        plan.write('\n[[exercise]]\nid = "chain"\nitem = "3"\npoints = 4\n')
    folder = tmp_path_factory.mktemp("content") / "content"
    release("small", folder, course=course)
    (folder / "small.ipynb").unlink()
    return folder


def shown(pack: Path, *cells: str) -> dict[str, str]:
    """What the last of these cells shows, in a kernel that runs in the pack's folder and was given no file."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    NotebookClient(notebook, kernel_name="python3", timeout=300, resources={"metadata": {"path": str(pack)}}).execute()
    return notebook.cells[-1].outputs[-1]["data"]


@pytest.mark.filterwarnings("ignore")  # Jupyter's own
def test_what_was_executed_is_checked_where_there_is_no_file(pack):
    said = shown(pack, "from autograder.nbgrader import check", SUM, 'check("mean_square")')
    assert "You return the sum of the squares; the mean is asked." in said["text/html"]
    assert float(said["text/plain"]) < 1


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_formulas_are_those_that_colab_shows_and_are_typeset(pack):
    lines = ANSWER.partition('"""')[2].rpartition('"""')[0]
    formula = nbformat.v4.new_markdown_cell(lines, metadata={"autograder": {"exercise": "chain"}})
    (pack / "screen.json").write_text(json.dumps(nbformat.v4.new_notebook(cells=[formula])))
    said = shown(pack, COLAB, "from autograder.nbgrader import check", 'check("chain")')["text/html"]
    assert "<math" in said
    assert "Line 4 does not follow from line 2." in said

"""What says what there is, starts without what grading needs."""

import subprocess

import pytest

from autograder.commands.release import release
from autograder.import_path import environment, interpreter
from tests.conftest import RIGHT

HEAVY = {
    "torch",
    "numpy",
    "hypothesis",
    "sympy",
    "jinja2",
    "msgpack",
    "msgspec",
    "rich",
    "sqlite3",
    "markdown_it",
    "latex2mathml",
}
HELP = """
import sys
from autograder.__main__ import main
sys.argv = ["autograder", {argument!r}]
try:
    main()
except SystemExit:
    pass
"""


@pytest.mark.parametrize("source", ["import autograder", HELP.format(argument="--help"), HELP.format(argument="-h")])
def test_nothing_heavy_is_imported(source):
    asked = f"{source}\nimport sys\nsys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run(interpreter("-c", asked), env=environment(), capture_output=True, text=True, check=True)
    assert not HEAVY & {name.partition(".")[0] for name in done.stderr.split()}


LATER = {"hypothesis", "sympy", "torchvision", "matplotlib", "nbformat", "latex2mathml"}
CHECK = """
import sys
from autograder.__main__ import main
sys.argv = ["autograder", "check", "small", "anna.py", "--only", "mean_square"]
try:
    main()
except SystemExit:
    pass
sys.stderr.write(" ".join(sys.modules))
"""


def test_the_first_answer_to_code_waits_for_nothing_that_only_others_need(course, tmp_path):
    release("small", tmp_path / "pack", course=course)
    (tmp_path / "pack" / "anna.py").write_text(RIGHT)
    done = subprocess.run(
        interpreter("-c", CHECK), env=environment(), cwd=tmp_path / "pack", capture_output=True, text=True, check=True
    )
    assert "mean_square" in done.stdout
    imported = set(done.stderr.split())
    assert not LATER & {name.partition(".")[0] for name in imported}
    assert "autograder.maths" not in imported

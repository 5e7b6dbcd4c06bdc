"""What says what there is, starts without what grading needs."""

import subprocess

import pytest

from autograder.import_path import environment, interpreter

HEAVY = {"torch", "numpy", "hypothesis", "sympy", "jinja2", "msgpack", "rich", "sqlite3", "markdown_it", "latex2mathml"}
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

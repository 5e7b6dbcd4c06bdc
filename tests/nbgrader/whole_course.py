"""A whole class on the real sheet, without its trainings: right, partly right, broken, cheating."""

import ast
import json
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import REPOSITORY
from tests.nbgrader.conftest import NbCourse, cell

SHEET = "generative_models"
Edit = Callable[[dict[str, Any]], object]


def course_without_training(folder: Path) -> Path:
    """The repository's sheet in a course folder of its own; exercises that train models are left out."""
    return _course(folder, lambda exercise: "trains(" not in exercise)


def course_of_functions(folder: Path) -> Path:
    """The same with functions alone."""
    return _course(folder, lambda exercise: "trains(" not in exercise and "signature = " in exercise)


def _course(folder: Path, wanted: Callable[[str], bool]) -> Path:
    source, target = REPOSITORY / "exercises" / SHEET, folder / "exercises" / SHEET
    target.mkdir(parents=True)
    shutil.copytree(REPOSITORY / "reference", folder / "reference")
    plan = tomllib.loads((source / "sheet.toml").read_text())
    kept = [row for row in plan["exercise"] if wanted((source / row["id"] / "exercise.py").read_text())]
    lines = [f'title = "{plan["title"]}"', "[settings]", "call_seconds = 2", "total_seconds = 40"]
    for shared in source.glob("*.py"):
        shutil.copy(shared, target)
    for row in kept:
        shutil.copytree(source / row["id"], target / row["id"])
        lines += ["", "[[exercise]]", f'id = "{row["id"]}"', f'item = "{row["item"]}"', f"points = {row['points']}"]
    (target / "sheet.toml").write_text("\n".join(lines) + "\n")
    return folder


def text_of(source: str, name: str) -> str:
    """The string, or list of lines, that a course's own file assigns to ``name``."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            value = ast.literal_eval(node.value)
            return value if isinstance(value, str) else "\n".join(value)
    raise AssertionError(f"no {name} in {source!r}")


def solved(nb: NbCourse, ids: list[str]) -> Edit:
    """The course's own solutions of these exercises."""

    def edit(notebook: dict[str, Any]) -> None:
        for id in ids:
            solution = nb.sheet.exercise(id).solution
            cell(notebook, id)["source"] = solution if nb.sheet.exercise(id).kind == "code" else text_of(solution, id)

    return edit


def everywhere(nb: NbCourse, source: Callable[[str], str], first: str = "") -> Edit:
    """``source(name)`` as the answer to every function, and ``first`` in a cell of its own before all others."""

    def edit(notebook: dict[str, Any]) -> None:
        for exercise in nb.sheet.exercises:
            if exercise.kind == "code":
                cell(notebook, exercise.id)["source"] = "\n\n".join(source(name) for name in exercise.names)
        if first:
            made = {"cell_type": "code", "metadata": {}, "source": first, "outputs": [], "execution_count": None}
            notebook["cells"].insert(0, made)

    return edit


def zero(name: str) -> str:
    return f"import torch\n\n\ndef {name}(*args):\n    return 0 * args[0]\n"


def body(lines: str) -> Callable[[str], str]:
    """A function of this body."""
    inside = "\n".join("    " + line for line in lines.splitlines())
    return lambda name: f"def {name}(*args):\n{inside}\n"


LIAR = """
import torch
class Liar(torch.Tensor):
    def __eq__(self, other): return torch.tensor(True)
    def __sub__(self, other): return torch.zeros(())
    __rsub__ = __sub__
    def __float__(self): return 0.0
"""


def attacks(nb: NbCourse) -> dict[str, Edit]:
    """What takes full marks, other people's scores or the tests from plain nbgrader."""
    gradebook = nb.root / "gradebook.db"
    return {
        "reads_the_file": everywhere(nb, zero, f"print(open({str(nb.path('autograded', 'anna'))!r}).read())"),
        "reads_the_course": everywhere(
            nb, zero, f"import glob\nfor p in glob.glob({str(nb.course)!r} + '/**/*.py', recursive=True): print(open(p).read())"
        ),
        "reads_the_history": everywhere(nb, body("print(get_ipython().user_ns['In'][-1])\nreturn 0 * args[0]")),
        "drops_assertions": everywhere(
            nb,
            zero,
            "import ast\nclass Drop(ast.NodeTransformer):\n    def visit_Assert(self, node): return None\n"
            "get_ipython().ast_transformers.append(Drop())",
        ),
        "equals_everything": everywhere(nb, body("return torch.zeros(()).as_subclass(Liar)"), LIAR),
        "hides_errors": everywhere(
            nb, body("raise ValueError"), "from IPython.core.interactiveshell import InteractiveShell\n"
            "InteractiveShell.showtraceback = lambda *a, **k: None",
        ),
        "writes_the_gradebook": everywhere(
            nb,
            zero,
            f"import sqlite3\nc = sqlite3.connect({str(gradebook)!r})\nc.execute('update grade set manual_score=99')\nc.commit()",
        ),
        "exits": everywhere(nb, body("import os\nos._exit(0)")),
        "swallows_everything": everywhere(
            nb, body("while True:\n    try:\n        pass\n    except BaseException:\n        pass")
        ),
        "takes_check_over": everywhere(nb, zero, "import autograder.nbgrader\nautograder.nbgrader.check = lambda *a: 2.0"),
        "writes_its_own_score": _own_outputs(nb),
        "patches_torch": everywhere(
            nb, zero, "import torch\ntorch.allclose = torch.equal = lambda *a, **k: True\n"
            "torch.Tensor.__eq__ = lambda *a: torch.ones((), dtype=torch.bool)",
        ),
    }  # fmt: skip


def controls(nb: NbCourse) -> dict[str, Edit]:
    """The wrong answers of the attacks without the attacks; what they earn is what holds for a wrong answer."""
    return {
        "zero": everywhere(nb, zero),
        "equals_nothing": everywhere(nb, body("return torch.zeros(())"), "import torch"),
    }


def _own_outputs(nb: NbCourse) -> Edit:
    """Test cells that have their score already, and ask for no other."""

    def edit(notebook: dict[str, Any]) -> None:
        everywhere(nb, zero)(notebook)
        for c in notebook["cells"]:
            meta = c["metadata"]["nbgrader"]
            if meta["grade"] and not meta["solution"]:
                data = {"text/plain": str(float(meta["points"]))}
                c["outputs"] = [{"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}]
                c["source"] = str(float(meta["points"]))
                meta["solution"] = True

    return edit


def dumps(notebook: dict[str, Any]) -> bytes:
    return json.dumps(notebook).encode()

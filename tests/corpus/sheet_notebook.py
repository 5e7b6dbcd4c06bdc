"""Builds notebooks out of the sheet's own tasks, starters and solutions, for the cases of `make_found.py`.

A notebook is a list of cells. A cell's exercise stands in its metadata as the sheet's contract says; `without_metadata`
takes it away as an upload to Colab does. Cell ids are numbered, so that the same script writes the same bytes.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

SHEET = Path(__file__).parents[2] / "exercises" / "generative_models"
EXERCISES = [e["id"] for e in tomllib.loads((SHEET / "sheet.toml").read_text(encoding="utf-8"))["exercise"]]
WRITTEN = {"reconstruction_term", "gan_roles", "loss_terms", "slow_learning"}
TEXTS = WRITTEN | {"kl_derivation", "kl_simplified", "elbo_derivation", "minimax_game"}
MAKERS = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}


@dataclass(frozen=True)
class Cell:
    text: str
    kind: str = "code"
    exercise: str | None = None


def markdown(text: str, exercise: str | None = None) -> Cell:
    return Cell(text, "markdown", exercise)


def code(text: str, exercise: str | None = None) -> Cell:
    return Cell(text, "code", exercise)


def task(exercise: str) -> str:
    return (SHEET / exercise / "README.md").read_text(encoding="utf-8").strip()


def starter(exercise: str) -> str:
    return (SHEET / exercise / "starter.py").read_text(encoding="utf-8").strip()


def solution(exercise: str) -> str:
    return (SHEET / exercise / "solution.py").read_text(encoding="utf-8").strip()


def inner(source: str) -> str:
    """What stands between the quotes of a module-level string: a student types it into a Markdown cell."""
    return source.split('"""')[1].strip()


def answer(exercise: str) -> Cell:
    """The solution as a student hands it in: text in a Markdown cell, code in a code cell."""
    if exercise == "gan_training":
        return code(starter(exercise), exercise)
    if exercise in TEXTS:
        return markdown(inner(solution(exercise)), exercise)
    return code(solution(exercise), exercise)


def untouched(exercise: str) -> Cell:
    if exercise in TEXTS:
        return markdown(inner(starter(exercise)), exercise)
    return code(starter(exercise), exercise)


def sheet(
    changed: dict[str, list[Cell]] | None = None,
    *,
    tasks: bool = True,
    only: Iterable[str] = EXERCISES,
    blank: Iterable[str] = (),
) -> list[Cell]:
    """Task and answer of each exercise in order; `changed` puts other cells in an answer's place, `blank` the starter."""
    cells = []
    for exercise in EXERCISES:
        if exercise not in set(only):
            continue
        if tasks:
            cells.append(markdown(task(exercise)))
        plain = [untouched(exercise) if exercise in set(blank) else answer(exercise)]
        cells += (changed or {}).get(exercise, plain)
    return cells


def without_metadata(cells: list[Cell]) -> list[Cell]:
    return [replace(c, exercise=None) for c in cells]


def write(path: Path, cells: list[Cell], *, colab: bool = False) -> None:
    notebook = new_notebook()
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    if colab:
        notebook.metadata["colab"] = {"provenance": []}
    for i, cell in enumerate(cells):
        made = MAKERS[cell.kind](cell.text, id=f"cell-{i}")
        if cell.exercise:
            made.metadata["autograder"] = {"exercise": cell.exercise}
        elif colab:
            made.metadata["id"] = f"Xy{i:02d}aBcDeFgH"
        notebook.cells.append(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook), encoding="utf-8")

"""Notebooks whose cells lost their metadata, or carry them twice: nothing that stands in the sheet is anybody's answer."""

import json
import re
from pathlib import Path
from random import Random

import pytest

from autograder.intake import read
from autograder.model import Sheet, Submission
from tests.corpus import sheet_notebook as sheets
from tests.sheets import bundled


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return bundled("generative_models")


def words(line: str) -> str:
    return " ".join(re.findall(r"\w+", line))


@pytest.fixture(scope="module")
def said(sheet: Sheet) -> set[str]:
    """Lines of tasks and starters that are sentences."""
    lines = {words(line) for e in sheet.exercises for text in (e.task, e.starter) for line in text.split("\n")}
    return {line for line in lines if len(re.findall(r"[a-z]{3,}", line)) >= 5}


def cell(kind: str, source: str, exercise: str | None, random: Random) -> dict[str, object]:
    metadata: object = {"autograder": {"exercise": exercise}} if exercise else {}
    if random.random() < 0.1:
        metadata = {"nbgrader": {"grade_id": exercise or random.choice(sheets.EXERCISES)}}
    return {"cell_type": kind, "metadata": metadata, "source": source, "outputs": []}


def mutated(random: Random) -> tuple[dict[str, object], set[str]]:
    """A notebook, and the text exercises that have no answer in it."""
    blank = {e for e in sheets.EXERCISES if random.random() < 0.4}
    lost = random.choice((0.0, 0.3, 1.0))
    cells = []
    for made in sheets.sheet(blank=blank):
        text, exercise = made.text, None if random.random() < lost else made.exercise
        change = random.random()
        if made.kind == "markdown" and not made.exercise and change < 0.35:
            text = random.choice((quoted, cut, wrapped, titled))(text, random)
        copies = 2 if random.random() < 0.1 else 1
        if made.kind == "markdown" and not made.exercise and random.random() < 0.05:
            exercise = random.choice(sheets.EXERCISES)  # an answer's tag on a task
        cells += [cell(made.kind, text, exercise, random) for _ in range(copies)]
        if random.random() < 0.05 and len(cells) > 1:
            last, before = cells.pop(), cells.pop()  # two cells merged
            kind = "markdown" if "markdown" in (last["cell_type"], before["cell_type"]) else "code"
            cells.append(last | {"cell_type": kind, "source": f"{before['source']}\n\n{last['source']}"})
    if random.random() < 0.2:
        at = random.randrange(len(cells))
        cells[at:] = random.sample(cells[at:], len(cells) - at)
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, blank & sheets.TEXTS


def quoted(text: str, random: Random) -> str:
    return "\n".join("> " + line for line in text.split("\n"))


def cut(text: str, random: Random) -> str:
    lines = text.split("\n")
    return "\n".join(lines[random.randrange(len(lines)) :])


def wrapped(text: str, random: Random) -> str:
    width = random.choice((40, 70, 300))
    return (
        re.sub(r"(?<=[a-z,.]) *\n(?=[A-Za-z])", " ", text)
        if width == 300
        else re.sub(rf"(.{{{width}}}\S*) ", r"\1\n", text)
    )


def titled(text: str, random: Random) -> str:
    return f"**{random.choice(('9-1 (a)', '9-2 (b)', 'Aufgabe 9-1 (c)', '9-2'))}** · 2 points\n\n{text}"


def holds(found: Submission, said: set[str], blank: set[str]) -> None:
    assert not found.problem
    for exercise, text in found.texts.items():
        untouched = words(text) == words(sheets.inner(sheets.starter(exercise)))
        from_the_sheet = [line for line in text.split("\n") if words(line) in said]
        assert untouched or not from_the_sheet, (exercise, from_the_sheet)


def survive(count: int, sheet: Sheet, said: set[str], path: Path) -> None:
    for number in range(count):
        content, blank = mutated(Random(number))
        path.write_text(json.dumps(content), encoding="utf-8")
        holds(read(path, "ada", sheet.exercises), said, blank)


def test_a_sample_of_mutated_notebooks(sheet: Sheet, said: set[str], tmp_path: Path) -> None:
    survive(150, sheet, said, tmp_path / "ada.ipynb")


@pytest.mark.slow
def test_two_thousand_mutated_notebooks(sheet: Sheet, said: set[str], tmp_path: Path) -> None:
    survive(2000, sheet, said, tmp_path / "ada.ipynb")

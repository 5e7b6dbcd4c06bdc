"""The bundled class through the command line: every submission gets what ``demo/expected.json`` says."""

import difflib
import json
import runpy
import sys
import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.commands.cli import cli

COURSE = Path(__file__).parent.parent
CLASS = COURSE / "demo" / "class"
EXPECTED = json.loads((COURSE / "demo" / "expected.json").read_text(encoding="utf-8"))
WRITTEN = tomllib.loads((COURSE / "demo" / "written.toml").read_text(encoding="utf-8"))
ITEMS = sorted({item for answers in WRITTEN.values() for item in answers})
SAMPLE = ("bruno", "dmitri", "hugo", "oskar", "wim", "gil", "kemal", "ulla", "xaver", "yara")
"""One of each kind: right, unusual, without metadata, mistaken, unfinished, crashing, unreadable."""


def grade(paths, out, *options):
    arguments = ["grade", "generative_models", *map(str, paths), "--out", str(out), "--course", str(COURSE)]
    result = CliRunner().invoke(cli, [*arguments, "--i-trust-these-students", *options])
    assert result.exit_code == 0, result.output
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (out / "reports").glob("*.json")}


def file_of(student):
    return next(path for path in CLASS.iterdir() if path.stem == student)


def compare(student, report):
    """What differs from the expectation, one line each."""
    found = {exercise["id"]: exercise for exercise in report["exercises"]}
    for id, expected in EXPECTED[student].items():
        statuses = {finding["status"] for finding in found[id]["findings"]}
        mistakes = {finding["mistake"] for finding in found[id]["findings"]} - {None}
        if id.endswith("_training") and "pending" in statuses:
            continue  # nothing was trained this time
        if "pending" in expected:
            if "pending" not in statuses:
                yield f"{student}/{id} is {statuses}, not left to a person"
            continue
        if found[id]["score"] != pytest.approx(expected["score"], abs=1e-3):
            yield f"{student}/{id} scores {found[id]['score']}, not {expected['score']}"
        if expected.get("mistake", "") and expected["mistake"] not in mistakes:
            yield f"{student}/{id} is {mistakes or 'not recognised'}, not {expected['mistake']}"
        lost = found[id]["score"] is not None and found[id]["score"] < found[id]["possible"] - 1e-6
        if lost and not any(f["message"] for f in found[id]["findings"] if f["status"] == "failed"):
            yield f"{student}/{id} loses points without a reason"


def test_a_sample_of_the_class_gets_what_is_expected(tmp_path):
    reports = grade([file_of(student) for student in SAMPLE], tmp_path / "out", "--jobs", "1", "--no-training")
    assert sorted(reports) == sorted(SAMPLE)
    assert [line for student in SAMPLE for line in compare(student, reports[student])] == []


@pytest.mark.slow
def test_the_whole_class_gets_what_is_expected(tmp_path):
    reports = grade([CLASS], tmp_path / "out")  # with the trainings
    assert sorted(reports) == sorted(EXPECTED)
    assert [line for student, report in reports.items() for line in compare(student, report)] == []


def test_the_class_is_large_and_of_many_kinds():
    files = list(CLASS.iterdir())
    assert len(files) == len(EXPECTED) >= 40
    assert {path.suffix for path in files} == {".ipynb", ".py"}
    assert sum(path.stat().st_size for path in files) < 2_000_000


def test_the_class_is_what_its_script_writes(tmp_path, monkeypatch):
    """The committed files are in step with the exercise folders."""
    script = (COURSE / "demo" / "make_class.py").read_text(encoding="utf-8")
    (tmp_path / "demo").mkdir()
    copy = tmp_path / "demo" / "make_class.py"
    copy.write_text(script.replace("COURSE = DEMO.parent", f"COURSE = Path({str(COURSE)!r})"), encoding="utf-8")
    monkeypatch.setattr(sys, "path", [*sys.path])
    runpy.run_path(str(copy), run_name="__main__")
    made = {path.name: path.read_bytes() for path in (tmp_path / "demo" / "class").iterdir()}
    assert made == {path.name: path.read_bytes() for path in CLASS.iterdir()}
    assert json.loads((tmp_path / "demo" / "expected.json").read_text(encoding="utf-8")) == EXPECTED


def answers_to(item):
    return {student: answers[item] for student, answers in WRITTEN.items() if item in answers}


def squeezed(text):
    """Without what copying changes most easily: case, white space, punctuation (signs of a formula are none)."""
    return "".join(text.casefold().translate(str.maketrans("", "", ".,;:!?")).split())


def alike(one, other):
    return difflib.SequenceMatcher(None, squeezed(one["text"]), squeezed(other["text"]), autojunk=False).ratio()


def test_the_written_answers_are_those_of_the_course():
    assert [
        i for i, row in sorted(EXPECTED["ada"].items()) if "pending" in row and not i.endswith("_training")
    ] == ITEMS


@pytest.mark.parametrize("item", ITEMS)
def test_each_item_has_many_answers_of_every_kind(item):
    answers = answers_to(item)
    assert len(answers) >= 40
    assert all(EXPECTED[student][item] == {"pending": True} for student in answers)
    kinds = Counter(answer["kind"] for answer in answers.values())
    assert set(kinds) == {"good", "partial", "wrong", "copied"} and min(kinds.values()) >= 8
    forms = {answer.get("form") for answer in answers.values()}
    assert forms >= {"short", "essay", "formula", "latex", "html", "emoji", "rtl", "de", "fr", "tr"}


@pytest.mark.parametrize("item", ITEMS)
def test_a_copy_is_one_and_no_other_answer_is(item):
    answers = answers_to(item)
    copies = {student: answer for student, answer in answers.items() if answer["kind"] == "copied"}
    assert {copy["how"] for copy in copies.values()} == {"layout", "words", "meaning"}
    for copy in copies.values():
        source = answers[copy["from"]]
        assert source["text"] != copy["text"]
        low, high = {"layout": (1, 1), "words": (0.7, 0.999), "meaning": (0, 0.7)}[copy["how"]]
        assert low <= alike(source, copy) <= high
    own = [answer for student, answer in answers.items() if student not in copies]
    assert max(alike(one, other) for one, other in combinations(own, 2)) < 0.7


@pytest.mark.parametrize("item", ITEMS)
def test_each_answer_is_in_its_students_file(item):
    for student, answer in answers_to(item).items():
        path = file_of(student)
        text = path.read_text(encoding="utf-8")
        held = (
            text
            if path.suffix == ".py"
            else "\n".join(
                "".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"
            )
        )
        assert answer["text"].strip() in held

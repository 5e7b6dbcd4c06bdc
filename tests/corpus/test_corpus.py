"""The corpus is well formed: every label can be read, every claim about a function holds against the reference."""

import ast
import filecmp
import re
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pytest

from tests.corpus import make_archives, make_found
from tests.corpus.against_reference import REFERENCES, complaints
from tests.corpus.sheet_notebook import EXERCISES

CORPUS = Path(__file__).parent
EXPECTATION = re.compile(r"(full|zero|person|(1/4|1/2|3/4)?( ?named: .+)?)")
KINDS = {"formula", "two", "reduction", "border", "random", "statistic", "gradient", "input", "edge"}
NAMED = sorted((CORPUS / "named").rglob("*.py"))
RIGHT = sorted((CORPUS / "right").rglob("*.py"))
LOADED = sorted((CORPUS / "loaded").glob("*.py"))


def header(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {
        m[1]: m[2] for line in lines if (m := re.fullmatch(r"# (cause|credit|kind|right|label|item|why): (.+)", line))
    }


def readable(expectation: str) -> bool:
    return all(part and EXPECTATION.fullmatch(part) for part in expectation.split(" or "))


@pytest.mark.parametrize("exercise", sorted(REFERENCES))
def test_right_functions_are_right(exercise: str) -> None:
    wrong = {path.stem: complaints(path, exercise) for path in RIGHT if path.parent.name == exercise}
    assert wrong == {name: set() for name in wrong}
    assert all(header(path)["right"] for path in RIGHT)


@pytest.mark.parametrize("exercise", sorted(REFERENCES))
def test_wrong_functions_are_wrong_in_the_way_their_label_says(exercise: str) -> None:
    unlike = {}
    for path in NAMED:
        if path.parent.name == exercise:
            label, found = header(path), complaints(path, exercise)
            assert label["cause"] and label["credit"] in {"0", "1/4", "1/2", "3/4"} and label["kind"] in KINDS, path
            if not _agree(label, found):
                unlike[path.stem] = found
    assert unlike == {}


def _agree(label: dict[str, str], found: set[str]) -> bool:
    whats = {c.split(":")[0] for c in found}
    if label["kind"] == "edge":
        return whats == {"NaN"}
    if label["kind"] == "gradient":
        return bool(found) and not whats & {"value", "shape"}
    if "batch of one" in label["cause"]:
        return bool(found) and all(c.startswith("fails") and c.endswith(" of one") for c in found)
    return bool(found)


def test_every_function_exercise_has_wrong_and_right_answers() -> None:
    assert {p.parent.name for p in NAMED} == {p.parent.name for p in RIGHT} == set(REFERENCES)
    assert len(NAMED) >= 80 and len(RIGHT) >= 30


def test_cells_of_loaded_notebooks_have_expectations_for_exercises_of_the_sheet() -> None:
    for path in LOADED:
        text = path.read_text(encoding="utf-8")
        expected = dict(re.findall(r"^# expect: (\w+) = (.+)$", text, re.MULTILINE))
        assert expected and set(expected) <= set(EXERCISES), path
        assert all(readable(e) for e in expected.values()), path
        assert "\n# %%\n" in text and header(path)["why"], path


def test_trainings_define_the_model_and_its_loss() -> None:
    paths = sorted((CORPUS / "trainings").glob("*.py"))
    labels = [header(path) for path in paths]
    assert all(
        label["cause"] and path.stem.startswith(label["label"]) for path, label in zip(paths, labels, strict=True)
    )
    for path in paths:
        names = {
            n.name
            for n in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(n, ast.ClassDef | ast.FunctionDef)
        }
        assert {"VAE", "vae_loss"} <= names, path


def test_found_cases_are_what_the_script_writes(tmp_path: Path) -> None:
    make_found.main(tmp_path / "found")
    assert _differences(tmp_path / "found", CORPUS / "found") == []


def test_archives_are_what_the_script_writes(tmp_path: Path) -> None:
    make_archives.main(tmp_path / "archives")
    assert _differences(tmp_path / "archives", CORPUS / "archives") == []


def _differences(made: Path, kept: Path) -> list[str]:
    names = {p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file()}
    there = {p.relative_to(kept).as_posix() for p in kept.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    return sorted(names ^ there) + filecmp.cmpfiles(made, kept, sorted(names & there), shallow=False)[1]


def test_found_cases_can_be_read() -> None:
    cases = sorted(p for p in (CORPUS / "found").iterdir() if p.is_dir())
    assert len(cases) >= 25
    for case in cases:
        expect = tomllib.loads((case / "expect.toml").read_text(encoding="utf-8"))
        assert expect["why"]
        for student, exercises in expect["students"].items():
            assert any((case / student).iterdir()), case
            assert set(exercises) <= set(EXERCISES) and all(readable(e) for e in exercises.values()), case
        for path in case.rglob("*.ipynb"):
            nbformat.validate(nbformat.read(path, as_version=4))


def test_archives_name_students_and_files_that_they_hold() -> None:
    archives = sorted((CORPUS / "archives").glob("*.zip"))
    assert len(archives) >= 12
    for path in archives:
        expect = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
        assert expect["source"] and expect["why"] and expect["students"]
        with zipfile.ZipFile(path) as archive:
            everything = b"".join([name.encode() + archive.read(name) for name in archive.namelist()]).decode(
                "utf-8", "replace"
            )
        for student in expect["students"]:
            assert student["who"]
            assert all(Path(name).name in everything for name in student["files"]), path
            assert all(
                mark in everything or mark.encode("unicode_escape").decode() in everything for mark in student["marks"]
            ), path

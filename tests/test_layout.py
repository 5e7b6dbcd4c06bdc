"""The shape of the package: who imports whom, how long a module is, and that the engine names no exercise."""

import ast
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

ENGINE = REPOSITORY / "autograder"
MODULES = sorted(p for p in ENGINE.rglob("*.py"))
LONGEST = 260  # lines; a file that outgrows this holds two concepts


def imported(path: Path) -> set[str]:
    """Names of all modules that a file imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return found


def own(path: Path) -> set[str]:
    """The engine's modules that a file imports, by their first name below the package."""
    return {name.split(".")[1] for name in imported(path) if name.startswith("autograder.")}


def identifier(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_the_engine_imports_no_course(path):
    assert not {name.split(".")[0] for name in imported(path)} & {"exercises", "reference"}


@pytest.mark.parametrize("path", sorted((REPOSITORY / "reference").glob("*.py")), ids=identifier)
def test_the_oracles_import_torch_alone(path):
    assert {name.split(".")[0] for name in imported(path)} <= {"torch", "reference", "math"}


def test_the_nouns_depend_on_the_faults_alone():
    assert all(own(path) <= {"errors", "model"} for path in (ENGINE / "model").glob("*.py"))
    assert own(ENGINE / "errors.py") == set()


@pytest.mark.parametrize("path", sorted((ENGINE / "formats").glob("*.py")), ids=identifier)
def test_formats_depend_on_the_nouns_alone(path):
    assert own(path) <= {"model", "errors", "formats"}


def users(library: str) -> set[str]:
    return {identifier(p) for p in MODULES if library in {name.split(".")[0] for name in imported(p)}}


def test_hypothesis_is_known_to_one_file():
    assert users("hypothesis") == {"autograder/search.py"}


@pytest.mark.parametrize("library", ["nbgrader", "nbformat", "nbconvert", "traitlets"])
def test_nbgrader_and_what_it_brings_are_known_to_one_folder(library):
    assert all("/nbgrader/" in name for name in users(library))


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_a_module_holds_one_concept(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_engine_names_no_exercise():
    ids = [p.parent.name for p in REPOSITORY.glob("exercises/*/*/exercise.py")]
    assert ids
    named = {
        (identifier(path), id)
        for path in MODULES
        for id in ids
        if len(id) > 8 and id in path.read_text(encoding="utf-8")
    }
    assert not named

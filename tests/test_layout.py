"""The shape of the package: who imports whom, how long a module is, and that the engine names no exercise."""

import ast
import functools
import importlib
import inspect
import re
from pathlib import Path

import pytest

from tests.conftest import HEAVY, REPOSITORY

ENGINE = REPOSITORY / "autograder"
MODULES = sorted(p for p in ENGINE.rglob("*.py"))
LONGEST = 260  # lines; a file that outgrows this holds two concepts
ARROWS: dict[str, set[str]] = {  # from the bottom up: a room, and what it may import from
    "model": set(),
    "inputs": {"model"},
    "maths": {"model"},
    "training": {"model"},
    "student": {"model"},
    "formats": {"model"},
    "intake": {"model"},
    "checks": {"model", "inputs", "maths", "training", "student"},
    "course": {"model", "inputs", "student", "intake", "checks"},
    "grading": {"model", "inputs", "training", "student", "formats", "intake", "course"},
    "nbgrader": {"model", "formats", "intake", "course", "grading"},
    "commands": {"model", "training", "student", "formats", "intake", "course", "grading", "nbgrader"},
}
OPTIONAL = {"nbgrader"}  # its modules need an extra, and are asked for one by one


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def imports(path: Path) -> frozenset[tuple[str, str]]:
    """(module, name) of all that a file imports, also inside functions; the name is "" for a module as a whole."""
    found: set[tuple[str, str]] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {("." * node.level + (node.module or ""), alias.name) for alias in node.names}
    return frozenset(found)


def imported(path: Path) -> set[str]:
    """Names of all modules that a file imports, and of what it takes from them."""
    return {name for base, name in imports(path) for name in (base, f"{base}.{name}") if not name.endswith(".")}


def identifier(path: Path) -> str:
    return str(path.relative_to(REPOSITORY))


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_the_engine_imports_no_course(path):
    assert not {name.split(".")[0] for name in imported(path)} & {"exercises", "reference"}


@pytest.mark.parametrize("path", sorted((REPOSITORY / "reference").glob("*.py")), ids=identifier)
def test_the_oracles_import_torch_alone(path):
    assert {name.split(".")[0] for name in imported(path)} <= {"torch", "reference", "math"}


def rooms_of(path: Path) -> set[str]:
    """The rooms that a file imports from, its own left out."""
    named = {name.split(".")[1] for name in imported(path) if name.startswith("autograder.")}
    return (named & set(ARROWS)) - {room_of(path)}


def room_of(path: Path) -> str:
    """The folder below ``autograder/``; "" for what stands beside the rooms."""
    parts = path.relative_to(ENGINE).parts
    return parts[0] if len(parts) > 1 else ""


POSIX = {"fcntl", "resource", "pwd", "grp", "termios"}  # modules that Windows does not have
POSIX_AT_WORK = {"student/isolation/limits.py"}  # imported where there are walls alone
POSIX_ASKED_FOR = {  # within a function, where it is there
    "student/device.py",
    "student/isolation/attempts.py",
    "maths/certifying/certifier.py",
}


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_what_only_posix_has_is_imported_in_named_modules(path):
    name = path.relative_to(ENGINE).as_posix()
    everywhere = {alias for alias, _ in imports(path)} & POSIX
    at_once = {
        name
        for node in parsed(path).body
        for name in (
            [a.name for a in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    } & POSIX
    assert not everywhere or name in POSIX_AT_WORK | POSIX_ASKED_FOR
    assert not at_once or name in POSIX_AT_WORK


def test_the_listing_of_the_engine_is_its_rooms():
    folders = {path.name for path in ENGINE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(ARROWS)
    assert {path.name for path in ENGINE.iterdir() if path.is_file()} == {
        "__init__.py",
        "__main__.py",
        "import_path.py",
        "py.typed",
    }


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_arrows_between_rooms_only_go_down(path):
    room = room_of(path)
    allowed = ARROWS[room] if room else {"commands"}
    assert rooms_of(path) <= allowed, f"{room} may import from {', '.join(sorted(allowed))}"


def test_no_arrow_closes_a_circle():
    below: set[str] = set()
    for room, allowed in ARROWS.items():  # from the bottom up
        assert allowed <= below, room
        below.add(room)


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_a_room_is_entered_by_its_door(path):
    deep = {
        f"{base}.{name}" if name else base
        for base, name in imports(path)
        if base.startswith("autograder.") and base.count(".") > 1 and base.split(".")[1] != room_of(path)
    }
    if "inside" in path.parts:  # in a student's process no door is run
        deep -= {"autograder.model.steps.perform"}
    unguarded = {name for name in deep if name.split(".")[1] not in OPTIONAL}
    if path.name == "__main__.py":
        unguarded -= {"autograder.commands.cli.main"}
    if (
        path.parent.name == "inside"
    ):  # in a student's process no door is there: the package's own __init__ files are not run
        unguarded -= {"autograder.model.steps.perform"}
    assert not unguarded


@pytest.mark.parametrize("path", sorted((REPOSITORY / "exercises").rglob("exercise.py")), ids=identifier)
def test_an_exercise_imports_from_one_room(path):
    assert {base for base, _ in imports(path) if base.startswith("autograder")} <= {"autograder.checks"}


@pytest.mark.parametrize("room", ARROWS)
def test_what_a_door_offers_is_there_and_no_module_hides_it(room):
    door = importlib.import_module(f"autograder.{room}")
    for name in getattr(door, "__all__", ()):
        there = getattr(door, name)
        assert not (inspect.ismodule(there) and not there.__name__.startswith(door.__name__)), name
        if inspect.ismodule(there):
            assert not hasattr(there, name), f"{room}.{name} is the module where its function is meant"


@pytest.mark.parametrize(
    "room",
    [
        *ARROWS,
        "maths/reading",
        "maths/worlds",
        "maths/judging",
        "maths/certifying",
        "commands/review",
        "commands/similar",
        "grading/engines",
    ],
)
def test_a_rooms_contents_name_each_of_its_files(room):
    folder = ENGINE / room
    contents = ast.get_docstring(parsed(folder / "__init__.py")) or ""
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    inner = {path.parent.name for path in folder.glob("*/__init__.py")}
    missing = {name for name in files | inner if not name.startswith("_") and not re.search(rf"\b{name}\b", contents)}
    assert not missing


MAP = (REPOSITORY / "docs" / "map.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("room", ARROWS)
def test_the_map_says_of_a_room_what_the_room_says_of_itself(room):
    contents = ast.get_docstring(parsed(ENGINE / room / "__init__.py")) or ""
    row = re.search(rf"^\| `{room}` \| (.*) \| (.*) \|$", MAP, re.M)
    assert row, f"{room} is not on the map"
    assert " ".join(contents.split()).startswith(row[1].rstrip("."))
    assert row[2] == (", ".join(sorted(ARROWS[room])) or "nothing")


@pytest.mark.parametrize(
    "name", sorted({name for name in re.findall(r"`([a-z_.]+\.[A-Za-z_.]+)`", MAP) if "/" not in name})
)
def test_what_the_map_names_is_there(name):
    if name.split(".")[0] in ARROWS:
        found = importlib.import_module(f"autograder.{name.split('.')[0]}")
        for part in name.split(".")[1:]:
            if not hasattr(found, part):
                importlib.import_module(f"{found.__name__}.{part}")
            found = getattr(found, part)


def users(library: str) -> set[str]:
    return {identifier(p) for p in MODULES if library in {name.split(".")[0] for name in imported(p)}}


def test_hypothesis_is_known_to_one_file():
    assert users("hypothesis") == {"autograder/inputs/search.py"}


@pytest.mark.parametrize("library", ["nbgrader", "nbformat", "nbconvert", "traitlets"])
def test_nbgrader_and_what_it_brings_are_known_to_one_folder(library):
    assert all("/nbgrader/" in name for name in users(library))


@pytest.mark.parametrize("path", MODULES, ids=identifier)
def test_a_module_holds_one_concept(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_engine_names_no_exercise():
    ids = [p.parent.name for p in REPOSITORY.glob("exercises/*/*/exercise.py")]
    assert ids
    texts = {identifier(path): path.read_text(encoding="utf-8") for path in MODULES}
    named = {(name, id) for name, text in texts.items() for id in ids if len(id) > 8 and id in text}
    assert not named


def test_the_files_that_are_run_first_are_there():
    assert [name for name in HEAVY if not (REPOSITORY / "tests" / name).is_file()] == []


CHANGING = {  # what is filled while something goes on, and exceptions, whose traceback Python writes to
    "grading/attempt.py": {"Attempt"},
    "grading/recognise.py": {"Recogniser"},
    "commands/pace.py": {"Pace"},
    "commands/review/actions.py": {"Deciding"},
    "commands/review/application.py": {"Application"},
    "commands/review/desk.py": {"Desk"},
    "intake/sections.py": {"Piece", "Sections", "_Walk"},
    "intake/sharing.py": {"_Member", "_Sharing"},
    "maths/judging/answers.py": {"Answered"},
    "maths/judging/chains.py": {"Said", "Statement"},
    "maths/judging/steps.py": {"Findings"},
    "model/errors.py": {"Mistake", "NeedsPerson"},
    "checks/session.py": {"Stopped"},
    "nbgrader/worker.py": {"Desk"},
    "student/isolation/levels.py": {"Enclosure"},
    "student/loading.py": {"Loading"},
    "student/process.py": {"Ended"},
}


def test_a_dataclass_is_frozen_unless_it_is_named_and_has_its_decorator():
    """A lost decorator leaves annotations that nothing reads."""
    changing: dict[str, set[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                said = [text for text in map(ast.unparse, node.decorator_list) if "dataclass" in text]
                if said and "frozen=True" not in said[0]:
                    changing.setdefault(path.relative_to(ENGINE).as_posix(), set()).add(node.name)
                made = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
                fields = any(isinstance(part, ast.AnnAssign) for part in node.body)
                assert said or node.bases or not fields or "__init__" in made, f"{identifier(path)}: {node.name}"
    assert changing == CHANGING

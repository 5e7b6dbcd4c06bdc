"""Files beside the notebook: importable inside the walls, and in nobody's way."""

import sys
import types
from dataclasses import replace

import pytest

from autograder.model import Call, Cell, Submission
from autograder.student import Host, Student
from autograder.student.inside.files import Files


def value(host: Host, *cells: str, modules: dict[str, str] | None = None, files: tuple[str, ...] = ()) -> object:
    """What ``answer()`` returns after the cells ran, or the fault's message."""
    made = tuple(Cell(source, n, file=files[n - 1] if files else "") for n, source in enumerate(cells, 1))
    submission = Submission("ada", "ada.ipynb", "", made, modules=modules or {})
    with Student(host, submission) as student:
        (outcome,) = student.calls([Call("answer", ())], 2)
    return outcome.fault.message if outcome.fault else outcome.value


def test_a_module_and_a_package(host: Host) -> None:
    modules = {"helpers.py": "from kit.deep import seven\n", "kit/__init__.py": "", "kit/deep.py": "seven = 7\n"}
    assert value(host, "import helpers\ndef answer():\n    return helpers.seven", modules=modules) == 7


def test_what_a_module_defines_is_found_by_its_name(host: Host) -> None:
    assert value(host, "import helpers", modules={"helpers.py": "def answer():\n    return 7\n"}) == 7


def test_a_cell_writes_a_file_and_adds_to_it(host: Host) -> None:
    cells = (
        "%%writefile a.py\nx = 3\n",
        "%%writefile -a a.py\ny = 4\n",
        "import a\ndef answer():\n    return a.x + a.y",
    )
    assert value(host, *cells) == 7


@pytest.mark.parametrize("name", ["torch", "numpy", "statistics", "random"])
def test_no_file_of_a_student_hides_a_library(host: Host, name: str) -> None:
    source = f"import {name}\ndef answer():\n    return hasattr({name}, 'mine')"
    assert value(host, source, modules={f"{name}.py": "mine = 1\n"}) is False
    assert not hasattr(sys.modules.get(name), "mine")


def test_no_path_leads_out_of_the_folder(host: Host) -> None:
    cell = "import os, evil\ndef answer():\n    return os.path.dirname(evil.__file__) == os.getcwd()"
    assert value(host, cell, modules={"../../evil.py": "x = 1\n"}) is True


def test_names_of_two_files_are_not_mixed_up(host: Host) -> None:
    cells = ("k = 1\ndef answer():\n    return k + other()", "k = 10\ndef other():\n    return k")
    assert value(host, *cells, files=("", "b.ipynb")) == 11


def test_what_is_chosen_from_another_file_counts(host: Host) -> None:
    cells = (
        Cell("def answer():\n    raise NotImplementedError", 1),
        Cell("def answer():\n    return 7", 2, file="b.py"),
    )
    submission = Submission("ada", "ada.ipynb", "", cells, chosen={"answer": "b.py"})
    with Student(host, submission) as student, Student(host, replace(submission, chosen={})) as plain:
        assert student.calls([Call("answer", ())], 2)[0].value == 7
        assert plain.calls([Call("answer", ())], 2)[0].fault is not None


@pytest.mark.parametrize("lost", [False, True])
def test_only_modules_imported_since_are_looked_at(monkeypatch, tmp_path, lost: bool) -> None:
    """Each module that is looked at costs a process just forked a copy of memory."""
    looked_at = []

    class Module(types.ModuleType):
        def __getattribute__(self, name: str) -> object:
            looked_at.append(types.ModuleType.__getattribute__(self, "__name__"))
            return super().__getattribute__(name)

    monkeypatch.chdir(tmp_path)
    for name in ("early", "last"):
        monkeypatch.setitem(sys.modules, name, Module(name))
    main: dict[str, object] = {}
    beside = Files(main, {})
    new = types.ModuleType("new")
    new.__file__, new.answer = str(tmp_path / "new.py"), lambda: 7  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "new", new)
    if lost:  # by the submission
        del sys.modules["last"]
    beside.offer({})
    assert main == {"answer": new.answer} and ("early" in looked_at) == lost

"""What a report was made with: every change of the engine's code is another engine, and what tools leave there is none."""

import pytest

from autograder.grading.stamp import digest_of, engine, versions


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "checks" / "__pycache__").mkdir(parents=True)
    (tmp_path / "a.py").write_text("x = 1")
    (tmp_path / "checks" / "b.py").write_text("y = 1")
    return tmp_path


@pytest.mark.parametrize("name", ["a.py", "checks/b.py", "checks/c.py", "data.txt"])
def test_a_change_of_any_file_is_another_engine(folder, name):
    before = digest_of(folder)
    (folder / name).write_text("z = 2")
    assert digest_of(folder) != before


def test_a_file_of_another_name_is_another_engine(folder):
    before = digest_of(folder)
    (folder / "a.py").rename(folder / "aa.py")
    assert digest_of(folder) != before


@pytest.mark.parametrize("name", ["checks/__pycache__/b.pyc", ".mypy_cache", "checks/.b.py.swp"])
def test_what_a_tool_leaves_is_not_the_engine(folder, name):
    before = digest_of(folder)
    (folder / name).write_text("z = 2")
    assert digest_of(folder) == before


def test_versions_name_the_engine_and_what_computes():
    assert versions()["engine"] == engine()
    assert set(versions()) == {"engine", "python", "torch", "torchvision", "numpy", "hypothesis", "sympy"}

"""A course's data as students' code may read it: whole or not there, and for reading alone."""

import hashlib
import stat

import pytest

from autograder.model import Data, InternalError
from autograder.training.kept import _put, kept


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "autograder"


def data(path):
    return Data("numbers", path.name, path, hashlib.sha256(str(path).encode()).hexdigest(), "CC0")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_copied_once_and_can_only_be_read(tmp_path, cache):
    source = tmp_path / "numbers.csv"
    source.write_text("1,2")
    source.chmod(0o600)
    target = kept(data(source))
    assert target.parent == cache
    assert (target.read_text(), mode(target)) == ("1,2", 0o444)
    source.unlink()  # the copy is enough from now on
    assert kept(data(source)) == target
    assert [path.name for path in cache.iterdir()] == [target.name]


def test_of_a_folder_everybody_may_look_into_every_part(tmp_path):
    (tmp_path / "numbers" / "deep").mkdir(parents=True, mode=0o700)
    (tmp_path / "numbers" / "deep" / "a.csv").write_text("1")
    target = kept(data(tmp_path / "numbers"))
    assert (target / "deep" / "a.csv").read_text() == "1"
    assert [mode(path) for path in (target, target / "deep", target / "deep" / "a.csv")] == [0o755, 0o555, 0o444]


def test_what_is_not_there_is_our_fault_and_leaves_nothing(tmp_path, cache):
    with pytest.raises(InternalError, match=r"numbers\.csv cannot be copied to .*set XDG_CACHE_HOME"):
        kept(data(tmp_path / "numbers.csv"))
    assert list(cache.iterdir()) == []


def test_the_first_whole_copy_stays(tmp_path, cache):
    cache.mkdir(parents=True)
    first, second = cache / "first", cache / "second"
    for path in (first, second):
        path.mkdir()
        (path / "a").write_text(path.name)
    _put(second, first)  # another grader was quicker
    assert (first / "a").read_text() == "first"
    with pytest.raises(FileNotFoundError):
        _put(cache / "nothing", cache / "nowhere")

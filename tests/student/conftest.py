"""Hosts that really run, each started once for all tests: one at every level this machine has."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from autograder.model.errors import InternalError
from autograder.student import Host
from autograder.student.isolation import levels
from tests import warm
from tests.student.helpers import SETTINGS

Hosts = Callable[[str], Host]


@pytest.fixture(scope="session")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that every Host may read, in a folder open to all."""
    path = tmp_path_factory.mktemp("data") / "numbers.txt"
    path.write_text("42")
    for folder in path.parents[:3]:
        folder.chmod(folder.stat().st_mode | 0o055)
    return path


@pytest.fixture(scope="session")
def hosts(numbers: Path) -> Iterator[Hosts]:
    """The Host at a level; a level that this machine refuses skips the test, with the reason."""
    started: dict[str, Host | str] = {}
    os.environ["SECRET_TOKEN"] = "s3cret"  # bait: no student's process may see it

    def at(level: str) -> Host:
        if level not in started:
            warm.put(False)  # these are what tests of walls look at
            try:
                host = Host(SETTINGS, level=level, readable=[numbers.parent], preload=("torch",))
                started[level] = stack.enter_context(host)
            except InternalError as error:
                started[level] = str(error).splitlines()[1]
                assert "No module named 'autograder" not in started[level], started[level]  # ours, not the machine's
        found = started[level]
        return pytest.skip(found) if isinstance(found, str) else found

    with ExitStack() as stack:
        yield at
    del os.environ["SECRET_TOKEN"]


@pytest.fixture(scope="session")
def host(hosts: Hosts) -> Host:
    """A Host at the level that is used here by default."""
    return hosts(levels.candidates()[0])


@pytest.fixture(scope="session", params=["rlimits", "landlock", "bubblewrap", "namespaces", "root"])
def leveled(request: pytest.FixtureRequest, hosts: Hosts) -> Host:
    """The Host at each level in turn."""
    if sys.platform != "linux" and request.param != "rlimits":
        pytest.skip("a level of Linux")
    return hosts(request.param)

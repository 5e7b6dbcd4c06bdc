"""Hosts of tests fork their zygotes from one process that has imported torch (``student.nursery``), begun by the first of them.

Tests whose promise is how a zygote starts, or what lies in its process, start one for itself (``COLD``); so does whatever is
started from another process than the tests' own.
"""

from pathlib import Path
from typing import Any

from autograder.student import nursery, zygote

COLD = (
    "redteam",
    "test_host.py",
    "test_isolation.py",
    "test_isolation_layers.py",
)  # folders and files with such a promise


class _Later:
    """The process, which is not begun before a zygote is wanted."""

    def __init__(self) -> None:
        self._begun: nursery.Nursery | None = None

    def born(self, *given: Any) -> nursery.Born | None:
        if self._begun is None:
            self._begun = nursery.Nursery(zygote._program(), zygote._environment("/nonexistent", {}))
        return self._begun.born(*given)


_later = _Later()


def put(is_warm: bool) -> None:
    """Whether hosts that are started from here on fork their zygotes."""
    nursery.begun = _later if is_warm and nursery.can_begin() else None  # type: ignore[assignment]  # what is asked of it


def is_for(path: Path) -> bool:
    """Whether hosts of the tests in ``path`` may be warm."""
    return not {*COLD} & {*path.relative_to(Path(__file__).parent).parts}

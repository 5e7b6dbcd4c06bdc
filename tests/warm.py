"""What imports torch once for all tests of a process: one that zygotes are forked from (``student.nursery``), and one that the
processes of plain hosts are forked from (``begun``), each begun by the first that wants it.

Tests whose promise is how such a process starts, or what lies in it, start one for themselves (``COLD``, or ``put(False)``); so
does whatever is started from another process than the tests' own.
"""

import atexit
import contextlib
import json
import os
import select
import socket
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from autograder.student import nursery, plain, zygote
from autograder.student.isolation import gpu
from autograder.student.isolation.readable import python_path

COLD = (
    "redteam",
    "test_host.py",
    "test_isolation.py",
    "test_isolation_layers.py",
)  # folders and files with such a promise
DRIVEN = gpu.devices() != ("cpu",)  # if not, there are no libraries of a driver that read anything when they are loaded


def _at_the_end(close: Callable[[], object]) -> None:
    """Calls it when this process ends, and not one that was forked from it."""
    owner = os.getpid()
    atexit.register(lambda: close() if os.getpid() == owner else None)


class _Later:
    """The process, which is not begun before a zygote is wanted."""

    def __init__(self) -> None:
        self._begun: nursery.Nursery | None = None

    def born(self, spec: Mapping[str, Any], *given: Any) -> nursery.Born | None:
        if self._begun is None:
            self._begun = nursery.Nursery(zygote._program(), zygote._environment("/nonexistent", {}))
            _at_the_end(self._begun.close)
        if not DRIVEN:
            spec = {**spec, "gpu": {**spec["gpu"], "early": {}}}
        return self._begun.born(spec, *given)


class _Begun:
    """The process that those of plain hosts are forked from."""

    def __init__(self, command: list[str]) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._script = Path(__file__).with_name("begun.py")
        with theirs:
            self._process = subprocess.Popen(
                [*command[:-1], str(self._script), str(theirs.fileno()), command[-1], json.dumps(python_path())],
                pass_fds=[theirs.fileno()],
                env=plain._environment("/nonexistent"),
                stdin=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,
            )
        _at_the_end(self._close)

    def _close(self) -> None:
        self.control.close()
        try:
            self._process.wait(nursery.END_SECONDS)
        except subprocess.TimeoutExpired:  # somebody who was forked from here holds the other end
            self._process.kill()
            self._process.wait()


class _Forked:
    """What ``student.plain`` asks of a ``subprocess.Popen``."""

    _from: _Begun | None = None

    def __init__(self, command: list[str], *, stdout: IO[bytes], cwd: str, env: Mapping[str, str], **_: Any) -> None:
        if _Forked._from is None:
            _Forked._from = _Begun(command)
        self.returncode: int | None = None
        (theirs, ours), (born, number), (self._ended, status) = os.pipe(), os.pipe(), os.pipe()
        told = json.dumps({"environment": dict(env), "folder": cwd}).encode()
        given = [theirs, stdout.fileno(), stdout.fileno(), number, status]
        socket.send_fds(_Forked._from.control, [told], given)
        for fd in (theirs, number, status):
            os.close(fd)
        self.stdin = os.fdopen(ours, "wb", buffering=0)
        self.pid = int(os.read(born, 64))
        os.close(born)

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._ended], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("a student's process", timeout or 0)
            self.returncode = os.waitstatus_to_exitcode(int(os.read(self._ended, 64)))
            os.close(self._ended)
        return self.returncode

    def poll(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, 9)


class _Subprocess:
    """The module, with another ``Popen``."""

    Popen = _Forked

    def __getattr__(self, name: str) -> Any:
        return getattr(subprocess, name)


_later, _forking = _Later(), _Subprocess()


def put(is_warm: bool) -> None:
    """Whether hosts that are started from here on, and processes of plain ones, are forked."""
    can = is_warm and nursery.can_begin()
    nursery.begun = _later if can else None  # type: ignore[assignment]  # what is asked of it
    plain.subprocess = _forking if can else subprocess  # type: ignore[attr-defined, assignment]  # what it is used for


def is_for(path: Path) -> bool:
    """Whether hosts of the tests in ``path`` may be warm."""
    return not {*COLD} & {*path.relative_to(Path(__file__).parent).parts}

"""Hosts of tests fork their zygote from a process that has imported torch, in place of an import that takes 2 s of a processor.

From there on it is ``inside/start.py`` as always: walls, self-test, seal. Tests whose promise is how a zygote starts, or what
lies in its process, start one as a user does (``COLD``); so does whatever is started from another process than the tests' own.

    python -I -S -B warm.py FD     is that process: it forks whenever it is told a zygote's arguments and descriptors
"""

import atexit
import contextlib
import gc
import json
import os
import runpy
import select
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

COLD = (
    "redteam",
    "test_host.py",
    "test_isolation.py",
    "test_isolation_layers.py",
)  # folders and files with such a promise
START = Path(__file__).parents[1] / "autograder" / "student" / "inside" / "start.py"


class Ended:
    """What is asked of a ``subprocess.Popen``, for a process that is no child of this one."""

    def __init__(self, pid: int) -> None:
        self.pid, self.returncode = pid, None
        try:
            self._end: int | None = os.pidfd_open(pid)
        except ProcessLookupError:
            self._end = None

    def wait(self, timeout: float | None = None) -> int:
        if self._end is not None:
            poll = select.poll()
            poll.register(self._end, select.POLLIN)
            if not poll.poll(None if timeout is None else timeout * 1000):
                raise subprocess.TimeoutExpired("zygote", timeout or 0)
            os.close(self._end)
            self._end = None
        return 0


class Kiln:
    """Stands for the module ``subprocess`` where zygotes are started."""

    DEVNULL, TimeoutExpired = subprocess.DEVNULL, subprocess.TimeoutExpired

    def __init__(self) -> None:
        self.lit = True  # False: start as a user does
        self._control: socket.socket | None = None

    def Popen(self, command: list[str], **options: Any) -> Any:
        """A forked zygote, unless it has to be as a user's (``lit``), or begins otherwise: in bwrap, once for each process."""
        spec = json.loads(command[-1])
        plain = command[-3] == str(START) and command[0] == os.path.realpath(sys.executable)
        driver = spec["gpu"].get("early", {}).get("LD_LIBRARY_PATH")  # read before torch is imported
        if not self.lit or not plain or driver or spec["single_use"]:
            return subprocess.Popen(command, **options)
        control = self._burning(options["env"], spec["python_path"])
        told = {"spec": spec, "env": options["env"], "cwd": options["cwd"]}
        socket.send_fds(control, [json.dumps(told).encode()], [options["pass_fds"][0], options["stdout"].fileno()])
        return Ended(int(control.recv(64)))

    def _burning(self, environment: dict[str, str], python_path: list[str]) -> socket.socket:
        if self._control is None:
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            program = [os.path.realpath(sys.executable), "-I", "-S", "-B", "-W", "ignore", __file__]
            self._process = subprocess.Popen(
                [*program, str(theirs.fileno()), json.dumps(python_path)],
                pass_fds=[theirs.fileno()],
                env=environment | dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME"), "/nonexistent"),
                stdin=subprocess.DEVNULL,
                cwd="/",
            )
            theirs.close()
            atexit.register(self._out)
        return self._control

    def _out(self) -> None:
        if self._control is not None:
            self._control.close()
            self._process.wait()


kiln = Kiln()


def light() -> None:
    """From here on hosts of this process fork their zygotes, where that can be had."""
    from autograder.student import zygote

    if sys.platform == "linux":
        zygote.subprocess = kiln


def is_for(path: Path) -> bool:
    """Whether hosts of the tests in ``path`` may be warm."""
    return not {*COLD} & {*path.relative_to(Path(__file__).parent).parts}


# ------------------------------------------------------------------ the process that zygotes are forked from


def burn(control: socket.socket, python_path: list[str]) -> None:
    """Forks until nobody is there who could ask."""
    sys.path += python_path
    runpy.run_path(str(START), run_name="start")["find_our_modules"]()
    from autograder.student.inside import pages, ready, serving, zygote  # noqa: F401  # what a zygote imports

    ready.preload("torch")
    gc.collect()
    gc.freeze()
    pages.gather()  # once, for all that comes of it
    while True:
        told, fds, _, _ = socket.recv_fds(control, 1 << 20, 2)
        if not told:
            os._exit(0)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if (pid := os.fork()) == 0:
            control.close()
            _become(json.loads(told), *fds)
        control.send(str(pid).encode())
        for fd in fds:
            os.close(fd)


def _become(told: dict[str, Any], request: int, log: int) -> None:
    """A zygote, as its own start makes one. Never returns."""
    os.setsid()
    for fd in (1, 2):
        os.dup2(log, fd)
    os.environ.clear()
    os.environ |= told["env"]
    os.chdir(told["cwd"])
    spec = told["spec"] | {"parent": os.getppid(), "python_path": []}
    sys.argv = [str(START), str(request), json.dumps(spec)]
    runpy.run_path(str(START), run_name="__main__")


if __name__ == "__main__":
    burn(socket.socket(fileno=int(sys.argv[1])), json.loads(sys.argv[2]))

"""A process that has imported torch and becomes a zygote as often as it is asked to: it forks, and each fork puts its own walls
up (``zygote``). As fresh an interpreter as a zygote's own: nothing of a course is in its memory, and it never computes.
"""

import contextlib
import gc
import json
import os
import signal
import socket
import tempfile
from typing import Any

from autograder.student.inside import pages, ready
from autograder.student.isolation import syscalls

MOST = 1 << 20  # bytes of a request


def serve(control: socket.socket, spec: dict[str, Any]) -> tuple[socket.socket, dict[str, Any]]:
    """Forks as it is asked to. Returns in each fork, with its own control socket and what it is told; else never."""
    if syscalls.NUMBERS:
        syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != spec["parent"]:
        os._exit(0)  # who started it was gone before this process could be told to follow
    ready.get_ready(spec["preload"])
    from autograder.student.inside import serving  # noqa: F401  # what every zygote imports, with torch

    gc.collect()
    gc.freeze()
    pages.gather()
    syscalls.hide_memory()
    while True:
        told, fds, _, _ = socket.recv_fds(control, MOST, 3)
        _reap(0 if not told else os.WNOHANG)
        if not told:
            os._exit(0)
        pid = os.fork()
        if pid == 0:
            control.close()
            return _become(json.loads(told), *fds)
        with contextlib.suppress(OSError), socket.socket(fileno=fds.pop()) as reply:
            reply.send(str(pid).encode())
        for fd in fds:
            os.close(fd)


def _reap(how: int) -> None:
    """Waits for the zygotes that have ended, or for all: what they took of the processor counts as ours."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, how)[0]:
            pass


def _become(told: dict[str, Any], control: int, log: int, reply: int) -> tuple[socket.socket, dict[str, Any]]:
    """As a process that was started for it alone finds itself."""
    os.close(reply)
    os.setsid()
    for fd in (1, 2):
        os.dup2(log, fd)
    os.close(log)
    os.environ.clear()
    os.environ |= told["environment"]
    tempfile.tempdir = None  # where something that torch imports (dill, if it is installed) has looked it up by then
    os.chdir(told["spec"]["scratch"])
    if syscalls.NUMBERS:
        syscalls.prctl(
            syscalls.PR_SET_DUMPABLE, 1
        )  # or /proc would not be its own where walls are put up; they hide it again
    return socket.socket(fileno=control), {**told["spec"], "parent": os.getppid()}

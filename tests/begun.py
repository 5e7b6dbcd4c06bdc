"""``python -I -S -B -X utf8 -W ignore begun.py FD START PATH``: an interpreter as ``student.plain`` starts one, that has imported
what every submission imports, and forks as often as it is asked to; each fork goes on as ``python START`` begins.

A request is an environment and a working directory as JSON, and five descriptors: input, output, errors, where the number of the
process is told, and where the status that it ended with.
"""

import contextlib
import gc
import json
import os
import runpy
import select
import signal
import socket
import sys
import traceback

FIRST = ("torch",)


def _ended(told: dict[int, int]) -> None:
    """Tells of each that has ended with which status."""
    with contextlib.suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            fd = told.pop(found[0])
            with contextlib.suppress(OSError):
                os.write(fd, str(found[1]).encode())
            os.close(fd)


def _become(request: bytes, fds: list[int], others: list[int], start: str) -> None:
    """Never returns."""
    code = 1
    try:
        os.setsid()
        for theirs, ours in enumerate(fds[:3]):
            os.dup2(ours, theirs)
        for fd in (*fds, *others):
            os.close(fd)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        told = json.loads(request)
        os.environ.clear()
        os.environ |= told["environment"]
        os.chdir(told["folder"])
        sys.argv = [start]
        runpy.run_path(start, run_name="__main__")
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def serve(control: socket.socket, start: str) -> None:
    """Forks until nobody holds the other side."""
    awake, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    told: dict[int, int] = {}
    while True:
        ready, _, _ = select.select([control, awake], [], [])
        if awake in ready:
            os.read(awake, 4096)
            _ended(told)
        if control in ready:
            request, fds, _, _ = socket.recv_fds(control, 1 << 20, 5)
            if not request:
                os._exit(0)
            if (pid := os.fork()) == 0:
                control.close()
                os.close(awake)
                os.close(wake)
                _become(request, fds, [*told.values()], start)
            os.write(fds[3], str(pid).encode())
            told[pid] = fds[4]
            for fd in fds[:4]:
                os.close(fd)


if __name__ == "__main__":
    bare = sys.path.copy()
    sys.path += json.loads(sys.argv[3])
    runpy.run_path(sys.argv[2], run_name="begun")["find_our_modules"]()
    from autograder.student.inside import (
        pages,
        plain,  # noqa: F401  # as in a process that is started for itself: before what notes the functions that are there
        ready,
    )

    ready.get_ready(FIRST)
    from autograder.student.inside import server, serving  # noqa: F401  # they import torch

    gc.collect()
    gc.freeze()
    pages.gather()
    del sys.modules[pages.__name__]  # there is none in a process that is started for itself
    sys.path[:] = bare  # as the start finds it
    serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])

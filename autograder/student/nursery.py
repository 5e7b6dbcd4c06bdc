"""The grader's handle on a process that zygotes are forked from, which is begun before anything else: it imports torch while the
grader does, and one import serves every worker's zygote and what replaces it.

It is forked from no more once nobody holds its socket: who began it, and the workers that were forked from that process.
"""

import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.student.isolation import readable


class Born:
    """What is asked of a ``subprocess.Popen``, for a process that is another one's child."""

    returncode = None  # its parent knows

    def __init__(self, pid: int) -> None:
        self.pid = pid
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


class Nursery:
    """Begins the process, by ``program`` and in the ``environment`` of a zygote that is started for itself."""

    def __init__(self, program: Sequence[str], environment: Mapping[str, str]) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        spec = {"level": None, "parent": os.getpid(), "preload": ["torch"], "python_path": readable.python_path()}
        with theirs:
            self._process = subprocess.Popen(
                [*program, str(theirs.fileno()), json.dumps(spec)],
                pass_fds=[theirs.fileno()],
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for the grader, which then ends all
            )

    def born(self, spec: Mapping[str, Any], environment: Mapping[str, str], control: int, log: int) -> Born | None:
        """A zygote on these descriptors; None where it is to be started for itself: because it must begin otherwise, or there is
        no process to fork from any more."""
        if spec["level"] == "bubblewrap" or spec["single_use"] or spec["gpu"].get("early"):
            return None
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        told = json.dumps({"spec": dict(spec), "environment": dict(environment)}).encode()
        with ours:
            with theirs:
                try:
                    socket.send_fds(self._control, [told], [control, log, theirs.fileno()])
                except OSError:
                    return None
            pid = ours.recv(64)  # b"" where it ended: nobody else holds the other side
        return Born(int(pid)) if pid else None

    def close(self) -> None:
        self._control.close()
        self._process.kill()
        self._process.wait()


begun: Nursery | None = None  # what this process began, or the one that it was forked from


def can_begin() -> bool:
    """Whether a process that has imported torch may fork here, and be waited for by who is not its parent."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")

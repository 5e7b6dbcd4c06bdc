"""The line to a process that a zygote forked: a socket pair for requests, and pipes for what it prints and begins."""

import os
import select
import socket
from collections.abc import Sequence
from typing import Any

from autograder.student.zygote import Lost, Zygote


class Forked:
    """See ``process.Line``."""

    hello_seconds = 120.0

    def __init__(self, zygote: Zygote, imports: Sequence[str] = (), *, gpu: bool = False) -> None:
        """Has ``zygote`` fork a process, with a door to the GPU if ``gpu``. Raises Lost."""
        self.source = zygote
        self.sock, theirs = socket.socketpair()
        self._out, out = os.pipe()
        self._progress, progress = os.pipe()
        self._is_open = True  # whether more can be printed
        try:
            self.pid = zygote.fork((theirs.fileno(), out, progress), imports, gpu=gpu)
        except Lost:
            self.sock.close()
            self._close()
            raise
        finally:
            theirs.close()
            os.close(out)
            os.close(progress)
        for fd in (self._out, self._progress):
            os.set_blocking(fd, False)

    def wait(self, writing: bool, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self.sock, select.POLLOUT if writing else select.POLLIN)
        if self._is_open:
            poll.register(self._out, select.POLLIN)
        return self.sock.fileno() in {fd for fd, _ in poll.poll(seconds * 1000 + 1)}

    def printed(self) -> bytes | None:
        try:
            part = os.read(self._out, 65536)
        except BlockingIOError:
            return b""
        self._is_open = bool(part)
        return part or None

    def begun(self) -> int:
        try:
            return len(os.read(self._progress, 1 << 20))
        except BlockingIOError:
            return 0

    def used(self) -> tuple[float | None, float]:
        return self.source.used(self.pid)

    def end(self, grace: float) -> dict[str, Any]:
        try:
            return self.source.end(self.pid, grace)
        finally:
            self._close()

    def _close(self) -> None:
        for fd in (self._out, self._progress):
            os.close(fd)

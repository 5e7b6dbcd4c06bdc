"""The grader's handles on the zygote and on one student's process. No threads: while it waits, the grader drains the output."""

import contextlib
import json
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import InternalError
from autograder.student import wire

START = Path(__file__).with_name("inside") / "start.py"
START_SECONDS, FORK_SECONDS, HELLO_SECONDS = 180.0, 60.0, 30.0
OUTPUT_KEPT = 64 << 10
GRACE_SECONDS = 1.0  # how long a process that hung up may take to be gone by itself
SLACK_SECONDS = 0.2  # what an answer may take on its way, beyond the limit


class Lost(Exception):
    """The zygote is gone or fails: our side, to be tried once more with a new one."""


@dataclass
class Ended(Exception):
    """A student's process gave no further answer. ``begun`` is the index of the item it was at.

    reason: "timeout", "protocol" or "gone". For "gone", ``status`` is its wait status and ``cpu`` the seconds it used.
    """

    reason: str
    begun: int
    status: int = 0
    cpu: float = 0.0


class Zygote:
    """The process that students' processes are forked from. Raises Lost when it cannot be started or is gone."""

    def __init__(self, spec: dict[str, Any], command: Sequence[str] = ()) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            self.control = ours
            self.process = subprocess.Popen(
                [*command, sys.executable, "-I", "-S", "-B", "-W", "ignore", str(START), str(theirs.fileno()), json.dumps(spec)],
                pass_fds=[theirs.fileno()],
                env=_environment(spec),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=spec["scratch"],
                start_new_session=True,
            )
        try:
            self._receive(START_SECONDS)
        except Lost:
            self.close()
            raise

    def ask(self, op: str, fds: Sequence[int] = (), **fields: Any) -> dict[str, Any]:
        """One request with its reply. Raises Lost."""
        line = json.dumps({"op": op, **fields}).encode() + b"\n"
        try:
            socket.send_fds(self.control, [line], list(fds))
        except OSError as error:
            raise Lost(f"the process that students' processes come from is gone ({error})") from None
        return self._receive(FORK_SECONDS)

    def _receive(self, seconds: float) -> dict[str, Any]:
        line, deadline = b"", time.monotonic() + seconds
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([self.control], [], [], max(0.0, deadline - time.monotonic()))
            try:
                part = self.control.recv(65536) if ready else b""
            except OSError:
                part = b""
            if not part:
                raise Lost("the process that students' processes come from does not answer")
            line += part
        reply: dict[str, Any] = json.loads(line)
        if "error" in reply:
            raise Lost(f"{reply['error']}\n{reply.get('trace', '')}".strip())
        return reply

    def close(self) -> None:
        """Ends it with all that came from it."""
        self.control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _environment(spec: dict[str, Any]) -> dict[str, str]:
    """All the zygote knows of ours: one thread, no GPU unless one is asked for, and a folder to write into."""
    threads = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "MKL", "OPENBLAS", "NUMEXPR", "VECLIB_MAXIMUM")}
    folders = {name: spec["scratch"] for name in ("HOME", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME")}
    visible = {} if spec["gpu"] else {"CUDA_VISIBLE_DEVICES": ""}
    return threads | folders | visible | {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MPLBACKEND": "Agg"}


class Process:
    """One student's process: requests go in, items come out, and it can be ended at any moment."""

    def __init__(self, zygote: Zygote, imports: Sequence[str] = ()) -> None:
        self.zygote, self.output, self.dropped, self.deadline = zygote, b"", 0, 0.0
        ours, theirs = socket.socketpair()
        self.out, out = os.pipe()
        self.progress, progress = os.pipe()
        try:
            self.pid: int | None = zygote.ask("fork", (theirs.fileno(), out, progress), **{"import": list(imports)})["pid"]
        except Lost:
            ours.close()
            self._close_pipes()
            raise
        finally:
            theirs.close()
            os.close(out)
            os.close(progress)
        for fd in (self.out, self.progress):
            os.set_blocking(fd, False)
        self.channel = wire.Channel(ours, self._wait, wire.REPLY)
        self._hello()

    def _hello(self) -> None:
        self.deadline = time.monotonic() + HELLO_SECONDS
        try:
            hello = self.channel.receive()
        except (wire.Closed, wire.WireError, TimeoutError) as error:
            self._drain()
            self.end()
            said = self.output.decode("utf-8", "replace").strip()
            raise Lost(f"a student's process could not be set up: {said or type(error).__name__}") from None
        if not isinstance(hello, dict) or set(hello) != {"hello"}:
            raise InternalError("A student's process did not say hello before its code could run.")
        self.output = b""

    # -------------------------------------------------------------- asking

    def ask(self, request: dict[str, Any], take: Callable[[Any], None], *, seconds: float, each: bool, frames: int = 10_000) -> None:
        """Sends ``request`` and hands every item of the reply to ``take``, in order.

        ``seconds`` bound each item if ``each``, else all together; at most that long again is spent on sending.
        Raises Ended, after which the process is no more. What ``take`` raises as WireError ends it too.
        """
        identity = secrets.randbits(63)
        self._count_begun()
        self.deadline = time.monotonic() + max(seconds, 1.0) + SLACK_SECONDS
        begun = 0
        try:
            if not self.channel.quiet():
                raise wire.WireError("something came that was not asked for")
            self.channel.send(wire.dumps(request | {"id": identity}, wire.REQUEST))
            self.deadline = time.monotonic() + seconds + SLACK_SECONDS
            for _ in range(frames):
                reply = self.channel.receive()
                for item in _items(reply, identity):
                    take(item)
                if reply["last"]:
                    self._drain()
                    return
                if each:
                    self.deadline = time.monotonic() + seconds + SLACK_SECONDS
            raise wire.WireError("the reply has no end")
        except TimeoutError:
            reason = "timeout"
        except wire.Closed:
            reason = "gone"
        except wire.WireError:
            reason = "protocol"
        begun = max(0, self._count_begun() - 1)
        self._drain()
        ended = self.end(GRACE_SECONDS if reason == "gone" else 0.0)
        if reason == "gone" and ended["killed"]:
            reason = "protocol"  # it hung up and lived on
        raise Ended(reason, begun, ended["status"], ended["cpu"])

    def _wait(self, writing: bool) -> None:
        """Until the socket is ready, draining what the process prints. Raises TimeoutError at the deadline."""
        poll = select.poll()
        poll.register(self.channel.sock, select.POLLOUT if writing else select.POLLIN)
        poll.register(self.out, select.POLLIN)
        while True:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            ready = {fd for fd, _ in poll.poll(left * 1000 + 1)}
            if self.out in ready and not self._drain(chunks=16):
                poll.unregister(self.out)
            if self.channel.sock.fileno() in ready:
                return

    def _drain(self, chunks: int = 64) -> bool:
        """Reads what was printed: the first part is kept, the rest counted. False once nothing can come any more."""
        for _ in range(chunks):
            try:
                part = os.read(self.out, 65536)
            except BlockingIOError:
                return True
            kept = part[: OUTPUT_KEPT - len(self.output)]
            self.output += kept
            self.dropped += len(part) - len(kept)
            if not part:
                return False
        return True

    def _count_begun(self) -> int:
        try:
            return len(os.read(self.progress, 1 << 20))
        except BlockingIOError:
            return 0

    # -------------------------------------------------------------- ending

    def end(self, grace: float = 0.0) -> dict[str, Any]:
        """Ends the process and all it started. Returns ``{"status", "killed", "peak_kb", "cpu"}``; raises Lost."""
        if self.pid is None:
            return {"status": 0, "killed": False, "peak_kb": 0, "cpu": 0.0}
        pid, self.pid = self.pid, None
        self.channel.sock.close()
        try:
            return self.zygote.ask("end", pid=pid, grace=grace)
        finally:
            self._close_pipes()

    def _close_pipes(self) -> None:
        for fd in (self.out, self.progress):
            os.close(fd)


def _items(reply: Any, identity: int) -> list[Any]:
    if not isinstance(reply, dict) or reply.get("id") != identity or type(reply.get("last")) is not bool:
        raise wire.WireError("a reply to something else")
    items = reply.get("items")
    if type(items) is not list:
        raise wire.WireError("a reply without items")
    return items

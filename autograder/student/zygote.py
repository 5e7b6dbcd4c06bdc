"""The grader's handle on the zygote: the process that students' processes are forked from (``inside.zygote`` is that process).

Where a process that has imported torch must not fork (macOS), it is a worker for a single use: it becomes the student's process
itself, and the next one is started ahead.
"""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.student import nursery
from autograder.student.inside.pages import ALLOCATED_LARGE

START = Path(__file__).with_name("inside") / "start.py"
START_SECONDS, REPLY_SECONDS, END_SECONDS = 600.0, 300.0, 10.0


class Lost(Exception):
    """The zygote is gone or fails: our side, to be tried once more with a new one."""


class Zygote:
    """Launches the process and, once it is ready, asks it. Every method raises Lost when it cannot be started or is gone."""

    def __init__(self, spec: dict[str, Any], command: Sequence[str] = ()) -> None:
        self.scratch, self.single_use, self._is_ready = spec["scratch"], spec["single_use"], False
        self.log = Path(self.scratch, "zygote.log")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs, self.log.open("wb") as log:
            self.control = ours
            environment, descriptors = _environment(self.scratch, spec["gpu"]), (theirs.fileno(), log.fileno())
            forked = nursery.begun.born(spec, environment, *descriptors) if nursery.begun else None
            self.process: subprocess.Popen[bytes] | nursery.Born = forked or subprocess.Popen(
                [*command, *_program(), str(theirs.fileno()), json.dumps(spec)],
                pass_fds=[theirs.fileno()],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.scratch,
                start_new_session=True,
            )

    def ready(self) -> None:
        """Waits until it has imported what submissions import."""
        try:
            if not self._is_ready:
                self._receive(START_SECONDS)
            self._is_ready = True
        except Lost:
            self.close()
            raise

    def fork(self, fds: Sequence[int], imports: Sequence[str], *, gpu: bool) -> int:
        """A student's process on ``fds`` (request socket, output, progress), with a door to the GPU if ``gpu``; its number."""
        self.ready()
        pid: int = self._ask("fork", fds, **{"import": list(imports), "gpu": gpu})["pid"]
        return pid

    def used(self, pid: int) -> tuple[float | None, float]:
        """Seconds that a student's process had a processor (None where that is not counted), and that it waited for one."""
        if self.single_use:
            return None, 0.0
        reply = self._ask("used", pid=pid)
        return reply["cpu"], reply["waited"]

    def end(self, pid: int, grace: float) -> dict[str, Any]:
        """Ends a student's process, at once or after ``grace`` seconds: ``{"code", "killed", "peak_kb", "cpu"}``."""
        if not self.single_use:
            return self._ask("end", pid=pid, grace=grace)
        killed = False
        try:
            self.process.wait(grace)
        except subprocess.TimeoutExpired:
            killed = True
        self.close()
        return {"code": self.process.returncode, "killed": killed, "peak_kb": 0, "cpu": 0.0}

    def _ask(self, op: str, fds: Sequence[int] = (), **fields: Any) -> dict[str, Any]:
        line = json.dumps({"op": op, **fields}).encode() + b"\n"
        try:
            socket.send_fds(self.control, [line], list(fds))
        except OSError as error:
            raise Lost(f"the process that students' processes come from is gone ({error})") from None
        return self._receive(REPLY_SECONDS)

    def _receive(self, seconds: float) -> dict[str, Any]:
        line, deadline = b"", time.monotonic() + seconds
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([self.control], [], [], max(0.0, deadline - time.monotonic()))
            try:
                part = self.control.recv(65536) if ready else b""
            except OSError:
                part = b""
            if not part:
                said = self.log.read_text("utf-8", "replace").strip()[-1000:] if self.log.exists() else ""
                raise Lost(f"the process that students' processes come from does not answer {said}".strip())
            line += part
        reply: dict[str, Any] = json.loads(line)
        if "error" in reply:
            raise Lost(f"{reply['error']}\n{reply.get('trace', '')}".strip())
        return reply

    def close(self) -> None:
        """Ends it with all that came from it."""
        self.control.close()
        try:
            self.process.wait(0 if self.single_use else END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self.single_use:
            shutil.rmtree(self.scratch, ignore_errors=True)


@contextmanager
def ahead() -> Iterator[None]:
    """Within it there is a process that zygotes are forked from, which imports torch while this one does. Where there can be
    none, each zygote is started for itself."""
    if nursery.begun is not None or not nursery.can_begin():
        yield
        return
    nursery.begun = own = nursery.Nursery(_program(), _environment("/nonexistent", {}))
    try:
        yield
    finally:
        own.close()
        if nursery.begun is own:
            nursery.begun = None


def _program() -> list[str]:
    return [os.path.realpath(sys.executable), "-I", "-S", "-B", "-W", "ignore", str(START)]


def _environment(scratch: str, door: Mapping[str, Any]) -> dict[str, str]:
    """All the zygote knows of ours: one thread, no GPU (a training's process may see one, the zygote never), and a folder to
    write into."""
    threads = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "MKL", "OPENBLAS", "NUMEXPR", "VECLIB_MAXIMUM")}
    folders = dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME"), scratch)
    rest = {"CUDA_VISIBLE_DEVICES": "", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MPLBACKEND": "Agg"}
    rest["GLIBC_TUNABLES"] = ALLOCATED_LARGE
    early: Mapping[str, str] = door.get("early", {})
    return {**threads, **folders, **rest, **early}

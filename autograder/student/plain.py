"""The plain host: a submission runs in an ordinary child process, without walls and limited by time alone.

It is for a student's own code on the student's own computer, wherever walls cannot be had (Windows has no fork). The child is a
fresh interpreter that connects back over the loopback and shows a token that only its input told it; from there on all is as
behind walls: the same wire, the same server, the same words. Nothing here needs POSIX.
"""

import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from autograder import model
from autograder.model import InternalError
from autograder.student.isolation.readable import python_path
from autograder.student.loopback import Door
from autograder.student.zygote import Lost

if TYPE_CHECKING:  # imports torch; the child does so first
    from autograder.student.process import Process

LEVEL = "plain"
START = Path(__file__).with_name("inside") / "start.py"
START_SECONDS = 600.0  # a cold disk and a virus scanner make an import of torch take minutes
PIECE = 65536


class PlainHost:
    """See ``AnyHost``. A context manager. A process is started ahead, so that it has imported torch when it is wanted."""

    level = LEVEL
    isolation = "plain (no walls: your own code on your own computer, limited by time)"
    device = "cpu"
    device_refused = ""
    promises = ()

    def __init__(
        self,
        settings: model.Settings,
        *,
        data: Mapping[str, Path] | None = None,
        preload: Sequence[str] = ("torch",),
        refused: Sequence[str] = (),
        ahead: bool = False,
    ) -> None:
        """Starts the first process. ``data`` names data sets: ``{"mnist": root}``.

        Args:
            refused: why there are no walls here, a sentence each.
            ahead: whether to start the next process as soon as one is taken; else when it is wanted.

        Raises:
            InternalError: no process can be started.
        """
        self.settings, self.refused, self.ahead = settings, tuple(refused), ahead
        self._data = {name: os.path.realpath(path) for name, path in (data or {}).items()}
        self._preload = list(preload)
        self._scratch = os.path.realpath(tempfile.mkdtemp(prefix=f"autograder-{os.getpid()}-"))
        self._spare: Spawned | None = None
        try:
            self._spare = self._spawned()
        except BaseException:
            self.close()
            raise

    def _spawned(self) -> "Spawned":
        try:
            return Spawned(self._scratch, self._preload, self._data)
        except OSError as error:
            raise InternalError(f"No process for your code can be started here: {error}") from None

    def process(self, imports: Sequence[str] = (), device: str = "cpu") -> "Process":
        """A fresh process, which has imported ``imports``; one that was lost is replaced once. Raises InternalError."""
        from autograder.student.process import Process

        reason = ""
        for _ in range(2):
            line, self._spare = self._spare or self._spawned(), None
            if self.ahead:
                self._spare = self._spawned()
            try:
                line.connect(imports)
                return Process(line)
            except Lost as lost:
                reason = str(lost)
                line.end(0.0)
        raise InternalError(f"No process for the submission could be started, twice: {reason}")

    def get_ready(self) -> None:
        """Starts the next process now, so that it has imported torch when it is wanted."""
        self._spare = self._spare or self._spawned()

    def give_up_device(self, reason: str) -> None:
        """Trainings run on the CPU anyway."""

    def forget(self, source: Any = None) -> None:
        """No process comes from another: there is nothing to forget."""

    def close(self) -> None:
        """Ends the process that was started ahead, and removes what starting left on the disk."""
        if self._spare is not None:
            self._spare.end(0.0)
            self._spare = None
        shutil.rmtree(self._scratch, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class Spawned:
    """The line to a child process of ours; see ``process.Line``. What it prints and begins it writes into files."""

    hello_seconds = START_SECONDS
    source = None

    def __init__(self, scratch: str, preload: Sequence[str], data: Mapping[str, str]) -> None:
        """Starts the child, which imports ``preload`` and waits. Raises OSError."""
        self._folder = tempfile.mkdtemp(prefix="work-", dir=scratch)
        self._logs = tempfile.mkdtemp(prefix="logs-", dir=scratch)
        begun, printed = Path(self._logs, "begun"), Path(self._logs, "printed")
        begun.touch()
        self._door = Door()
        with printed.open("ab", buffering=0) as out:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", "-X", "utf8", "-W", "ignore", str(START)],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=out,
                cwd=self._folder,
                env=_environment(self._folder),
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
                | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        self._printed, self._begun = printed.open("rb", buffering=0), begun.open("rb", buffering=0)
        told = {"preload": list(preload), "data": dict(data), "python_path": python_path(), "begun": str(begun)}
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it is gone already; connecting will say so
            self._process.stdin.write(json.dumps(told | self._door.told).encode() + b"\n")
            self._process.stdin.close()

    def connect(self, imports: Sequence[str]) -> None:
        """Waits for the child to call back, and tells it what else to import. Raises Lost."""
        try:
            self.sock, self._life = self._door.open(START_SECONDS, lambda: self._process.poll() is None)
            self._life.sendall(json.dumps(list(imports)).encode() + b"\n")
        except OSError as error:
            said = (self.printed() or b"").decode("utf-8", "replace").strip()
            raise Lost(f"a process for your code could not be started: {said or error}") from None

    def wait(self, writing: bool, seconds: float) -> bool:
        socks = [self.sock]
        readable, writable, _ = select.select([] if writing else socks, socks if writing else [], [], max(seconds, 0))
        return bool(readable or writable)

    def printed(self) -> bytes | None:
        return self._printed.read(PIECE)

    def begun(self) -> int:
        return len(self._begun.read(1 << 20) or b"")

    def used(self) -> tuple[float | None, float]:
        try:
            from autograder.student.isolation.limits import processor_time, waited_for_processor
        except ImportError:  # Windows counts in another way: there the wall's clock counts for a part
            return None, 0.0
        return processor_time(self._process.pid), waited_for_processor(self._process.pid)

    def end(self, grace: float) -> dict[str, Any]:
        killed = False
        try:
            self._process.wait(grace)
        except subprocess.TimeoutExpired:
            killed = True
            self._kill()
        for file in (self._printed, self._begun, self._door, getattr(self, "_life", None), getattr(self, "sock", None)):
            if file is not None:
                file.close()
        for folder in (self._folder, self._logs):
            shutil.rmtree(folder, ignore_errors=True)
        return {"code": self._process.returncode, "killed": killed, "peak_kb": 0, "cpu": 0.0}

    def _kill(self) -> None:
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, 9)  # and what it started; it leads a group of its own
        self._process.kill()
        self._process.wait()


def _environment(folder: str) -> dict[str, str]:
    """This account's, with one thread and no GPU, as behind walls, and a folder to write into."""
    threads = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "MKL", "OPENBLAS", "NUMEXPR", "VECLIB_MAXIMUM")}
    names = ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR", "XDG_CACHE_HOME")
    rest = {"CUDA_VISIBLE_DEVICES": "", "MPLBACKEND": "Agg", "USER": "student", "PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, **threads, **dict.fromkeys(names, folder), **rest}

"""The process every submission is forked from: imports torch once, stays single-threaded and never computes.

A fresh interpreter, never a fork of the grader, so that nothing of a course is in its memory. A forked torch works only if
the process it comes from had one thread: thread counts are in the environment, nothing is computed here, and the threads are
counted before each fork. The grader asks over a control socket, one request at a time, one JSON line each way.
"""

import builtins
import gc
import importlib
import io
import json
import os
import select
import signal
import socket
import sys
import time
import traceback
from typing import Any

from autograder.student.inside import intact
from autograder.student.isolation import limits, walls

LATER = (
    "matplotlib.pyplot",
    "torchvision",
)  # imported when the first submission wants it: seconds that all others save


def start(control: socket.socket, spec: dict[str, Any]) -> "Zygote":
    """Shuts itself in, imports what submissions import, and tells the grader so (or why not)."""
    zygote = Zygote(control, spec)
    try:
        zygote.walls.enter(control)
        for name in spec["preload"]:
            _preload(name)
        import_quietly("torch.fx.experimental.symbolic_shapes")  # a third of a second in torch's first gradient
        from autograder.student.inside import server

        zygote.server = server.Server
        vars(builtins).update(exit=sys.exit, quit=sys.exit)  # what ``site`` would have put there
        zygote.walls.seal()
        gc.collect()
        gc.freeze()
    except BaseException as error:
        zygote.send({"error": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()[-3000:]})
        os._exit(limits.OWN_FAILURE)
    zygote.send({"ready": os.getpid()})
    return zygote


def _preload(name: str) -> None:
    import torch

    from autograder.student.inside import vision

    torch.set_num_threads(1)
    torch.cpu._is_avx2_supported()  # reads /proc/cpuinfo, which students' processes do not have
    vision.make_importable()
    if name == "torchvision":
        for part in ("datasets", "transforms", "utils"):
            import_quietly(f"torchvision.{part}")
    import_quietly(name)


def import_quietly(name: str) -> None:
    """Imports ``name`` if it is installed here; if not, the student's own import will say so."""
    try:
        importlib.import_module(name)
    except ImportError:
        return
    for _ in range(1000):  # a library's timer that was cancelled needs a moment to go
        if limits.count_threads() == 1:
            return
        time.sleep(0.001)


class Zygote:
    """Forks, kills and reaps the students' processes, as the grader asks."""

    server: Any  # the class Server, imported when torch is

    def __init__(self, control: socket.socket, spec: dict[str, Any]) -> None:
        self.control, self.spec, self.walls = control, spec, walls.Walls(spec)
        self.students: dict[int, str] = {}  # process id -> its folder

    def serve(self) -> None:
        """Answers until the grader hangs up, then ends every student's process."""
        while (received := self._receive()) is not None:
            request, fds = received
            if request["op"] == "fork":
                self.send(self._fork(fds, request["import"], on_gpu=request["gpu"]))
            elif request["op"] == "used":
                pid = request["pid"]
                self.send({"cpu": limits.processor_time(pid), "waited": limits.waited_for_processor(pid)})
            else:
                self.send(self._end(request["pid"], request["grace"]))
            for fd in fds:
                os.close(fd)
        for pid in list(self.students):
            self._end(pid, 0)
        os._exit(0)

    def send(self, reply: dict[str, Any]) -> None:
        self.control.sendall(json.dumps(reply).encode() + b"\n")

    def _receive(self) -> tuple[dict[str, Any], list[int]] | None:
        try:
            line, fds, _, _ = socket.recv_fds(self.control, 65536, 3)
        except OSError:
            return None
        return (json.loads(line), fds) if line else None

    def _fork(self, fds: list[int], imports: list[str], *, on_gpu: bool) -> dict[str, Any]:
        """Forks one student's process onto ``fds``: its request socket, its output pipe, its progress pipe."""
        for name in imports:
            if name in LATER and name not in sys.modules:
                _preload(name)
                gc.freeze()
        if (threads := limits.count_threads()) != 1:
            return {"error": f"the process that others are forked from has {threads} threads, not 1"}
        folder = self.walls.new_folder()
        if self.spec["single_use"]:
            self.send({"pid": os.getpid()})
        pid = 0 if self.spec["single_use"] else self.walls.fork()
        if pid == 0:
            self._become_student(fds, folder, on_gpu=on_gpu)
        self.students[pid] = folder
        return {"pid": pid}

    def _become_student(self, fds: list[int], folder: str, *, on_gpu: bool) -> None:
        """Never returns. The grader takes what comes before the hello, or an end before it, as our own failure."""
        status, disturbed = limits.OWN_FAILURE, (OSError, *self.server.DISTURBED)
        ours: intact.Parts = {}
        changed = intact.changed  # before the submission can put another in its place
        try:
            request, progress = limits.own_descriptors(fds)
            self.walls.enter_child(folder, on_gpu=on_gpu)
            sys.stdout, sys.stderr = (
                io.TextIOWrapper(io.FileIO(fd, "w", closefd=False), "utf-8", "backslashreplace", line_buffering=True)
                for fd in (1, 2)
            )
            server = self.server(socket.socket(fileno=request), progress, self.spec["data"])
            ours = intact.parts()
            if on_gpu:
                server.repeat_exactly()
            server.serve()
        except BaseException as error:
            theirs = isinstance(error, disturbed) or changed(ours)
            status = limits.OWN_FAILURE if theirs else limits.OUR_FAULT
            os.write(2, f"{type(error).__name__}: {error}\n{traceback.format_exc()[-1500:]}".encode("utf-8", "replace"))
            if isinstance(error, MemoryError):  # the submission's own: it left us none
                os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(status)

    def _end(self, pid: int, grace: float) -> dict[str, Any]:
        """Kills a student's process, if it is not gone within ``grace`` seconds, and all it left behind."""
        deadline = time.monotonic() + grace
        done, status, usage = os.wait4(pid, os.WNOHANG)
        while not done and time.monotonic() < deadline:
            select.select([], [], [], 0.002)
            done, status, usage = os.wait4(pid, os.WNOHANG)
        if not done:
            os.kill(pid, signal.SIGKILL)
            _, status, usage = os.wait4(pid, 0)
        folder = self.students.pop(pid)
        limits.kill_descendants(keep=set(self.students))
        self.walls.remove_folder(folder)
        return {
            "status": status,
            "killed": not done,
            "peak_kb": usage.ru_maxrss,
            "cpu": usage.ru_utime + usage.ru_stime,
        }

"""The process every submission is forked from: imports torch once, stays single-threaded and never computes.

A fresh interpreter, never a fork of the grader, so that nothing of a course is in its memory. A forked torch works only if
the process it comes from had one thread: thread counts are in the environment, nothing is computed here, and the threads are
counted before each fork. The grader asks over a control socket, one request at a time, one JSON line each way.
"""

import gc
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

from autograder.student import endings
from autograder.student.inside import pages, ready
from autograder.student.isolation import limits, walls


def start(control: socket.socket, spec: dict[str, Any]) -> "Zygote":
    """Shuts itself in, imports what submissions import, and tells the grader so (or why not)."""
    zygote = Zygote(control, spec)
    try:
        zygote.walls.enter(control)
        ready.get_ready(spec["preload"])
        from autograder.student.inside import serving  # imports torch

        zygote.serving = serving
        zygote.walls.seal()
        gc.collect()
        gc.freeze()
    except BaseException as error:
        zygote.send({"error": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()[-3000:]})
        os._exit(endings.OWN_FAILURE)
    zygote.send({"ready": os.getpid()})
    return zygote


GATHERED = 16  # forks after which large pages, which take time to make, are worth it


class Zygote:
    """Forks, kills and reaps the students' processes, as the grader asks."""

    serving: Any  # the module, imported when torch is

    def __init__(self, control: socket.socket, spec: dict[str, Any]) -> None:
        self.control, self.spec, self.walls = control, spec, walls.Walls(spec)
        self.students: dict[int, str] = {}  # process id -> its folder
        self.forks = 0  # since the last import

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
            if name in ready.LATER and name not in sys.modules:
                ready.preload(name)
                gc.freeze()
                self.forks = 0
        if (threads := ready.count_threads()) != 1:
            return {"error": f"the process that others are forked from has {threads} threads, not 1"}
        self.forks += 1
        if self.forks == GATHERED:
            pages.gather()
        folder = self.walls.new_folder()
        if self.spec["single_use"]:
            self.send({"pid": os.getpid()})
        pid = 0 if self.spec["single_use"] else self.walls.fork()
        if pid == 0:
            self._become_student(fds, folder, on_gpu=on_gpu)
        self.students[pid] = folder
        return {"pid": pid}

    def _become_student(self, fds: list[int], folder: str, *, on_gpu: bool) -> None:
        """Never returns."""

        def made() -> Any:
            request, progress = limits.own_descriptors(fds)
            self.walls.enter_child(folder, on_gpu=on_gpu)
            server = self.serving.Server(socket.socket(fileno=request), progress, self.spec["data"])
            if on_gpu:
                server.repeat_exactly()
            return server

        self.serving.serve(made, lambda fd: io.FileIO(fd, "w", closefd=False))

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
            "code": os.waitstatus_to_exitcode(status),
            "killed": not done,
            "peak_kb": usage.ru_maxrss,
            "cpu": usage.ru_utime + usage.ru_stime,
        }

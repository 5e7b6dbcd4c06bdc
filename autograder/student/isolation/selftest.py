"""Proves a level: a student's process really tries what it must not do, and what it achieved decides. Runs in the grader."""

import contextlib
import math
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.student.device import alone
from autograder.student.forked import Forked
from autograder.student.process import Ended, Process
from autograder.student.zygote import Lost, Zygote

SECONDS = 20.0
DEVICE_SECONDS = 60.0  # a driver that sleeps takes its time to wake up
NEAR = 1e-3  # relative; two devices add up in different orders
ATTEMPTS = Path(__file__).with_name("attempts.py")
# name: (short, what it says in full); the order is that of the table
PROMISES = {
    "read": ("no reading elsewhere", "Cannot read the course, other submissions, results or your files."),
    "write": ("no writing elsewhere", "Cannot change a file outside its own folder, nor its mode or times."),
    "network": ("no network", "Reaches no network and no other program's socket."),
    "processes": ("no processes", "Starts no processes and no programs, so nothing of it is left behind."),
    "grader": ("grader untouched", "Cannot signal, trace, read or limit the grader."),
    "memory": ("memory limited", "Gets no more memory than the sheet allows."),
    "uncounted": ("no uncounted memory", "Gets no memory that the limit does not count."),
    "work": ("ordinary work runs", "Ordinary work (imports, files of its own, numbers) goes on as usual."),
}
NOT_ON_A_GPU = ("memory", "uncounted")  # CUDA does not start under the usual bounds


@dataclass(frozen=True)
class Promise:
    """One row of the table of promises: whether it was kept when it was tried, and what happened if not."""

    name: str
    short: str
    text: str
    kept: bool
    detail: str = ""


def prove(zygote: Zygote, scratch: str, memory_mb: int, secrets: Sequence[Path]) -> tuple[Promise, ...]:
    """What a student's process of ``zygote`` achieved against a canary, listeners and this process. Raises Lost."""
    with _bait(scratch) as bait, _process(zygote) as process:
        achieved = _attempted(process, bait, secrets, memory_mb)
    return tuple(Promise(name, *words, not achieved[name], achieved[name]) for name, words in PROMISES.items())


def prove_device(
    zygote: Zygote, scratch: str, secrets: Sequence[Path], device: str, promises: Sequence[Promise]
) -> None:
    """Raises Lost, with the reason, unless a process that sees ``device`` trains on it as the CPU does, and all ``promises``
    kept without it are still kept, but those about memory."""
    with alone(device), _bait(scratch) as bait, _process(zygote, gpu=True) as process:
        achieved = _attempted(process, bait, secrets, memory_mb=0)
        kept = [promise for promise in promises if promise.kept and promise.name not in NOT_ON_A_GPU]
        if broken := [f"{promise.short} ({achieved[promise.name]})" for promise in kept if achieved[promise.name]]:
            raise Lost(f"with a door to {device} these are not kept: {', '.join(broken)}")
        losses = _ask(process, "compute", {"device": device}, DEVICE_SECONDS)
    if failure := losses.get("failure"):
        raise Lost(f"a submission's process cannot compute on {device}: {failure}")
    ours, theirs = losses.get("cpu", math.nan), losses.get("device", math.nan)
    if not math.isclose(ours, theirs, rel_tol=NEAR):
        raise Lost(f"a step of training on {device} gave a loss of {theirs:.4g}, on the CPU {ours:.4g}")


@contextlib.contextmanager
def _process(zygote: Zygote, *, gpu: bool = False) -> Iterator[Process]:
    """A student's process that has loaded an empty submission. Raises Lost."""
    process = Process(Forked(zygote, gpu=gpu))
    try:
        _reply(process, {"op": "load", "name": "__main__", "cells": []}, SECONDS)
        yield process
    finally:
        process.end()


def _attempted(process: Process, bait: "_Bait", secrets: Sequence[Path], memory_mb: int) -> dict[str, Any]:
    """What was achieved, by the name of the promise it breaks; "" where nothing was. Raises Lost."""
    facts = bait.facts | {
        "secrets": [bait.facts["canary"], *map(os.path.realpath, secrets)],
        "memory_mb": memory_mb,
    }
    achieved = _ask(process, "attempt", facts, SECONDS)
    if set(achieved) != set(PROMISES):
        raise Lost("the self-test did not try everything")
    if touched := bait.touched():
        achieved["write"] = achieved["write"] or touched
    if bait.heard():
        achieved["network"] = achieved["network"] or "a datagram arrived"
    return achieved


def _ask(process: Process, function: str, facts: dict[str, Any], seconds: float) -> dict[str, Any]:
    """What ``function`` of the attempts returns in ``process``. Raises Lost."""
    request = {"op": "probe", "source": ATTEMPTS.read_text("utf-8"), "function": function, "args": [facts]}
    outcome = _reply(process, request, seconds)
    if not isinstance(outcome.get("value"), dict):
        raise Lost(f"the self-test gave no result: {outcome.get('error')}")
    return dict(outcome["value"])


def _reply(process: Process, request: dict[str, Any], seconds: float) -> dict[str, Any]:
    """The last item of the reply to ``request``. Raises Lost."""
    items: list[Any] = []
    try:
        process.ask(request, items.append, seconds=seconds, each=False)
    except Ended as ended:
        raise Lost(
            f"the self-test ended early ({ended.reason}, exit code {ended.code}): {process.output.decode()[-500:]}"
        ) from None
    return dict(items[-1])


class _Bait:
    """A canary file as open as a course's files usually are, and listeners that note who comes."""

    def __init__(self, folder: str) -> None:
        os.chmod(folder, 0o755)
        self.canary = Path(folder, "canary.txt")
        self.canary.write_text("what students must not see\n")
        os.chmod(self.canary, 0o644)
        self.before = self._state()
        self.tcp, self.udp = socket.socket(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.unix, self.datagrams = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.sockets = (self.tcp, self.udp, self.unix, self.datagrams)
        for sock in (self.tcp, self.udp):
            sock.bind(("127.0.0.1", 0))
        for sock, name in ((self.unix, "stream"), (self.datagrams, "datagrams")):
            sock.bind(f"{folder}/{name}")
            os.chmod(f"{folder}/{name}", 0o777)
        self.tcp.listen()
        self.unix.listen()
        self.facts: dict[str, Any] = {
            "canary": str(self.canary), "pid": os.getpid(), "tcp": self.tcp.getsockname()[1], "udp": self.udp.getsockname()[1],
            "unix": f"{folder}/stream", "datagrams": f"{folder}/datagrams",
        }  # fmt: skip

    def _state(self) -> tuple[Any, ...]:
        status = self.canary.stat()
        return self.canary.read_bytes(), status.st_mode, status.st_mtime_ns, sorted(os.listdir(self.canary.parent))[:1]

    def touched(self) -> str:
        return "" if self._state() == self.before else "changed the canary"

    def heard(self) -> bool:
        for sock in (self.udp, self.datagrams):
            sock.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                return bool(sock.recv(1))
        return False


@contextlib.contextmanager
def _bait(scratch: str) -> Iterator[_Bait]:
    folder = tempfile.mkdtemp(prefix="bait-", dir=scratch)
    bait = _Bait(folder)
    try:
        yield bait
    finally:
        for sock in bait.sockets:
            sock.close()
        shutil.rmtree(folder, ignore_errors=True)

"""The grader's handle on one student's process. No threads: while it waits, the grader drains what the process prints."""

import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from autograder.model import InternalError
from autograder.student import wire
from autograder.student.channel import Channel, Closed
from autograder.student.clock import Clock, Reading
from autograder.student.zygote import Lost

OUTPUT_KEPT = 64 << 10
GRACE_SECONDS = 1.0  # how long a process that hung up may take to be gone by itself
SHORTEST = 0.02  # seconds between two looks at how much time is left
SLACK_SECONDS = 0.2  # what an answer may take on its way, beyond the limit


@dataclass
class Ended(Exception):
    """A student's process gave no further answer. ``begun`` is the index of the item it was at.

    reason: "timeout", "protocol" or "gone". For "gone", ``code`` is its exit code and ``cpu`` the seconds it used. ``busy``:
    whether it had to share the processors with other work, which may be why it ended at a limit.
    """

    reason: str
    begun: int
    code: int = 0
    cpu: float = 0.0
    busy: bool = False


Take = Callable[[Any], None]  # gets one item of a reply; raises WireError for one that cannot be


class Line(Protocol):
    """The way to one student's process that runs already: ``forked`` behind walls, or ``plain``."""

    source: Any  # what the process comes from, as the host knows it
    sock: socket.socket  # carries requests and replies
    hello_seconds: float  # of the wall's clock, until it says hello: what is done before is ours

    def wait(self, writing: bool, seconds: float) -> bool:
        """True once the socket can be written, or read; False after ``seconds``, or as soon as something was printed."""

    def printed(self) -> bytes | None:
        """What was printed since the last look, at most a piece; b"" where nothing was, None where no more can come."""

    def begun(self) -> int:
        """How many items were begun since the last look."""

    def used(self) -> tuple[float | None, float]:
        """Seconds that it had a processor (None where that is not counted), and that it waited for one."""

    def end(self, grace: float) -> dict[str, Any]:
        """Ends the process, at once or after ``grace`` seconds, and all it started: ``{"code", "killed", "peak_kb", "cpu"}``."""


class Process:
    """One student's process: requests go in, items come out, and it can be ended at any moment."""

    def __init__(self, line: Line) -> None:
        """Waits for the process to be ready. Raises Lost."""
        self.line, self.output, self.dropped = line, b"", 0
        self.spent = 0.0  # seconds that the last request has used
        self.check = 0.0  # when to look how much time is left
        self.is_ended = False
        self.clock = Clock(lambda: Reading(time.monotonic()))
        self.channel = Channel(line.sock, self._wait, wire.REPLY)
        self._hello()
        self.clock = Clock(self._reading)

    @property
    def source(self) -> Any:
        """What the process comes from, as the host knows it."""
        return self.line.source

    def _reading(self) -> Reading:
        cpu, waited = self.line.used()
        return Reading(time.monotonic(), cpu, waited)

    def _hello(self) -> None:
        self._begin(self.line.hello_seconds, self.line.hello_seconds)
        try:
            hello = self.channel.receive()
        except (Closed, wire.WireError, TimeoutError) as error:
            self._drain()
            self.end()
            said = self.output.decode("utf-8", "replace").strip()
            raise Lost(f"a student's process could not be set up: {said or type(error).__name__}") from None
        if not isinstance(hello, dict) or set(hello) != {"hello"}:
            self.end()
            raise Lost("a student's process said something else than hello before its code could run")
        self.output, self.dropped = b"", 0

    # -------------------------------------------------------------- asking

    def _begin(self, seconds: float, within: float) -> None:
        now = time.monotonic()
        self.clock.begin(now, seconds, within)
        self.check = now + min(seconds, within)

    def ask(
        self, request: dict[str, Any], take: Take, *, seconds: float, each: bool, within: float | None = None
    ) -> None:
        """Sends ``request`` and hands every item of the reply to ``take``, in order.

        ``seconds``, as ``clock`` counts them, bound each item if ``each``, else all together, and ``within`` bounds them in any
        case; ``spent`` says afterwards how many were used. Raises Ended, after which the process is no more; what ``take``
        raises as WireError ends it too.
        """
        identity, self.channel.left = secrets.randbits(63), wire.REPLY.total
        self.line.begun()
        most = max(seconds if within is None else within, seconds) + SLACK_SECONDS
        self._begin(max(seconds, 1.0) + SLACK_SECONDS, max(most, 1.0))
        try:
            if not self.channel.quiet():
                raise wire.WireError("something came that was not asked for")
            self.channel.send(_frame(request | {"id": identity}))
            self._begin(seconds + SLACK_SECONDS, most)
            while True:
                items, last = _read(self.channel.receive(), identity)
                for item in items:
                    take(item)
                if last:
                    self._drain()
                    self.spent = self.clock.used()
                    return
                if each:
                    self.clock.next_item()
                    self.check = time.monotonic() + max(min(seconds, self.clock.left_in_total), 0.0)
        except TimeoutError:
            reason = "timeout"
        except Closed:
            reason = "gone"
        except wire.WireError:
            reason = "protocol"
        begun = max(0, self.line.begun() - 1)
        self._drain()
        ended = self.end(GRACE_SECONDS if reason == "gone" else 0.0)
        if reason == "gone" and ended["killed"]:
            reason = "protocol"  # it hung up and lived on
        gone = Reading(time.monotonic(), ended["cpu"] or self.clock.last.cpu, self.clock.last.waited)
        self.spent = (gone if reason == "gone" else self.clock.last).since(self.clock.start)
        raise Ended(reason, begun, ended["code"], ended["cpu"], self.clock.busy)

    def _wait(self, writing: bool) -> None:
        """Until the socket is ready, draining what the process prints. Raises TimeoutError when its time is used up."""
        ready = False
        while not ready:
            left = self.check - time.monotonic()
            if left <= 0:
                if (left := self.clock.left()) <= 0:
                    raise TimeoutError
                self.check = time.monotonic() + max(left, SHORTEST)
            ready = self.line.wait(writing, left)
            self._drain(pieces=16)

    def _drain(self, pieces: int = 64) -> None:
        """Reads what was printed: the first part is kept, the rest counted."""
        for _ in range(pieces):
            if not (part := self.line.printed()):
                return
            kept = part[: OUTPUT_KEPT - len(self.output)]
            self.output += kept
            self.dropped += len(part) - len(kept)

    # -------------------------------------------------------------- ending

    def end(self, grace: float = 0.0) -> dict[str, Any]:
        """Ends the process and all it started. Returns ``{"code", "killed", "peak_kb", "cpu"}``; raises Lost."""
        if self.is_ended:
            return {"code": 0, "killed": False, "peak_kb": 0, "cpu": 0.0}
        self.is_ended = True
        self.line.sock.close()
        return self.line.end(grace)


def _frame(request: dict[str, Any]) -> bytes:
    try:
        return wire.dumps(request, wire.REQUEST)
    except wire.TooLarge as error:
        raise InternalError(f"A request to a student's process {error}.") from None


def _read(reply: Any, identity: int) -> tuple[list[Any], bool]:
    """The items of a frame, and whether it is the last. A frame must bring something: else it would only put off the end."""
    items, last = (reply.get("items"), reply.get("last")) if isinstance(reply, dict) else (None, None)
    if type(items) is not list or type(last) is not bool or reply.get("id") != identity or not (items or last):
        raise wire.WireError("this is no reply to what was asked")
    return items, last

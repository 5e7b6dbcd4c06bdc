"""Frames of ``wire`` on a socket. Runs on both sides of the fence."""

import socket
from collections.abc import Callable
from typing import Any

from autograder.student import wire

Wait = Callable[[bool], None]  # blocks until the socket can be written (True) or read (False), or raises


class Closed(Exception):
    """The other side is gone."""


class Channel:
    """Frames on a non-blocking stream socket. ``wait`` decides how long; it is asked before each step that would block."""

    def __init__(self, sock: socket.socket, wait: Wait, limits: wire.Limits) -> None:
        sock.setblocking(False)
        self.sock, self.wait, self.limits = sock, wait, limits
        self.left = limits.total  # bytes that may still come

    def send(self, frame: bytes) -> None:
        """Sends a whole frame. Raises Closed."""
        rest = memoryview(frame)
        while rest:
            try:
                rest = rest[self.sock.send(rest) :]
            except BlockingIOError:
                self.wait(True)
            except OSError:
                raise Closed from None

    def receive(self) -> Any:
        """The next frame's value. Raises Closed, wire.WireError."""
        structure, data = wire.HEADER.unpack(self._read(wire.HEADER.size))
        self.left -= structure + data
        if structure > self.limits.structure or data > self.limits.data or self.left < 0:
            raise wire.WireError(f"a frame announces {structure} + {data} bytes")
        return wire.loads(self._read(structure), self._read(data), self.limits)

    def quiet(self) -> bool:
        """Whether nothing unread lies in the socket."""
        try:
            return not self.sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            raise Closed from None

    def _read(self, size: int) -> bytearray:
        buffer = bytearray(size)
        view, done = memoryview(buffer), 0
        while done < size:
            try:
                count = self.sock.recv_into(view[done:])
            except BlockingIOError:
                self.wait(False)
                continue
            except OSError:
                raise Closed from None
            if count == 0:
                raise Closed
            done += count
        return buffer

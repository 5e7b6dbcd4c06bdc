"""A door on the loopback for one child process: only who shows the token comes in."""

import hmac
import secrets
import select
import socket
import time
from collections.abc import Callable
from typing import Any

ROLES = ("requests", "life")  # what the child's two connections are for: frames, and to notice that either side is gone
TOKEN_SECONDS = 5.0  # for a connection to say who it is
LOOK_SECONDS = 0.5  # between two looks at whether the child is still there


class Door:
    """Listens on 127.0.0.1; ``told`` is what the child must know."""

    def __init__(self) -> None:
        self._token = secrets.token_hex(16)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.told: dict[str, Any] = {"port": self._listener.getsockname()[1], "token": self._token}

    def open(self, seconds: float, is_there: Callable[[], bool]) -> tuple[socket.socket, socket.socket]:
        """The child's connections, by the order of ROLES; then the door is shut. Raises OSError if it is gone or late."""
        came: dict[str, socket.socket] = {}
        deadline = time.monotonic() + seconds
        while set(came) != set(ROLES):
            if not select.select([self._listener], [], [], LOOK_SECONDS)[0]:
                if not is_there() or time.monotonic() > deadline:
                    raise OSError("it did not call back")
                continue
            sock = self._listener.accept()[0]
            if role := self._role(sock):
                came[role] = sock
            else:
                sock.close()
        self.close()
        return came[ROLES[0]], came[ROLES[1]]

    def _role(self, sock: socket.socket) -> str:
        """What a connection is for; "" for a stranger's."""
        sock.settimeout(TOKEN_SECONDS)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            line = sock.makefile("rb", buffering=0).readline(200).decode("ascii", "replace").split()
        except OSError:
            return ""
        sock.settimeout(None)
        is_ours = len(line) == 2 and hmac.compare_digest(line[0], self._token)
        return line[1] if is_ours and line[1] in ROLES else ""

    def close(self) -> None:
        self._listener.close()


def call(port: int, token: str, role: str) -> socket.socket:
    """The child's side: a connection for ``role``."""
    sock = socket.create_connection(("127.0.0.1", port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.sendall(f"{token} {role}\n".encode("ascii"))
    return sock

"""What attacks are drawn to: hidden files, results, another submission, listeners, a process like the grader."""

import contextlib
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

SECRET = "the oracle's secret 42"
DECOY = """
import ctypes, sys
memory = ctypes.create_string_buffer(b"secret!!")
print(ctypes.addressof(memory), flush=True)
sys.stdin.read()
"""
X86 = {
    "ptrace": 101, "process_vm_readv": 310, "vfork": 58, "clone": 56, "unshare": 272, "bpf": 321, "add_key": 248,
    "userfaultfd": 323, "perf_event_open": 298, "memfd_create": 319, "shmget": 29, "msgget": 68, "semget": 64, "mq_open": 240,
    "personality": 135, "name_to_handle_at": 303, "chroot": 161, "reboot": 169, "init_module": 175, "settimeofday": 164,
    "sethostname": 170, "syslog": 103, "swapon": 167, "acct": 163, "iopl": 172,
}  # fmt: skip
ARM = {
    "ptrace": 117, "process_vm_readv": 270, "clone": 220, "unshare": 97, "bpf": 280, "add_key": 217, "userfaultfd": 282,
    "perf_event_open": 241, "memfd_create": 279, "shmget": 194, "msgget": 186, "semget": 190, "mq_open": 180, "personality": 92,
    "name_to_handle_at": 264, "chroot": 51, "reboot": 142, "init_module": 105, "settimeofday": 170, "sethostname": 161,
    "syslog": 116, "swapon": 224, "acct": 89,
}  # fmt: skip


class Bait:
    """Laid out in a folder of its own; a context manager. ``facts`` is what an attacker is told, so that it need not guess."""

    def __enter__(self) -> "Bait":
        self.folder = Path(tempfile.mkdtemp(prefix="redteam-"))
        self.folder.chmod(0o755)
        self.mark = f"redteam-{os.getpid()}-{self.folder.name}"
        self._hit: list[str] = []
        self._listen()
        self._decoy()
        self.lay()
        return self

    def __exit__(self, *_: object) -> None:
        for sock in self._sockets:
            sock.close()
        self.decoy.kill()
        self.decoy.communicate()
        shutil.rmtree(self.folder, ignore_errors=True)

    def lay(self) -> None:
        """Puts everything back as it was."""
        for name, content in (("course/canary.txt", SECRET), ("out/results.json", "{}"), ("in/other.py", SECRET)):
            path = self.folder / name
            shutil.rmtree(path.parent, ignore_errors=True)
            path.parent.mkdir()
            path.write_text(content)
            path.chmod(0o666)
            path.parent.chmod(0o777)
        for place in self._places():
            with contextlib.suppress(OSError):
                place.unlink()
        self._before = self._state()
        self._datagrams()
        self._hit.clear()

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "canary": str(self.folder / "course/canary.txt"),
            "results": str(self.folder / "out/results.json"),
            "other": str(self.folder / "in/other.py"),
            "home": str(Path.home()),
            "engine": str(Path(__file__).parents[2] / "autograder"),
            "mark": self.mark,
            "nap": 5,
            "pid": self.decoy.pid,
            "address": self.address,
            **self._ports,
        }

    @property
    def numbers(self) -> dict[str, int]:
        """System call numbers of this machine."""
        return X86 if platform.machine() == "x86_64" else ARM

    def touched(self) -> list[str]:
        """What was changed, reached or left, as sentences; nothing, if the walls held."""
        now = self._state()
        old = self._before
        changed = [
            f"{key}: {old.get(key)} -> {now.get(key)}" for key in sorted({*old, *now}) if now.get(key) != old.get(key)
        ]
        left = [f"{place} was left" for place in self._places() if place.exists()]
        return [*changed, *left, *self._hit, *self._datagrams()]

    def _state(self) -> dict[str, Any]:
        state: dict[str, Any] = {"decoy runs": self.decoy.poll() is None}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                status = path.lstat()
                attributes = os.listxattr(path) if hasattr(os, "listxattr") else []
                state[path.name] = (path.read_bytes(), status.st_mode, status.st_mtime_ns, status.st_nlink, attributes)
        state["files"] = sorted(str(path) for path in self.folder.rglob("*"))
        if self.decoy.poll() is None and sys.platform == "linux":
            pid = self.decoy.pid
            import resource

            state["decoy limits"] = resource.prlimit(pid, resource.RLIMIT_NOFILE)
            state["decoy nice"] = os.getpriority(os.PRIO_PROCESS, pid)
            state["decoy cores"] = sorted(os.sched_getaffinity(pid))
            state["decoy oom"] = Path(f"/proc/{pid}/oom_score_adj").read_text()
        return state

    def _places(self) -> list[Path]:
        return [Path("/dev/shm") / self.mark, Path("/tmp") / self.mark, Path.home() / f".{self.mark}"]

    def _decoy(self) -> None:
        """A process of the same account, which attacks take for the grader."""
        self.decoy = subprocess.Popen(
            [sys.executable, "-c", DECOY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"SECRET": SECRET}
        )
        assert self.decoy.stdout is not None
        self.address = int(self.decoy.stdout.readline())

    def _listen(self) -> None:
        kinds = {"tcp": (socket.AF_INET, ("127.0.0.1", 0)), "tcp6": (socket.AF_INET6, ("::1", 0))}
        self._sockets, self._ports = [], {"abstract": self.mark, "unix": f"{self.folder}/stream"}
        self._ports["unix_datagram"] = f"{self.folder}/datagram"
        for name, (family, address) in kinds.items():
            sock = socket.socket(family)
            try:
                sock.bind(address)
            except OSError:  # a machine without IPv6
                self._ports[name] = 1
                continue
            self._ports[name] = sock.getsockname()[1]
            self._accept(name, sock)
        for name, path in (("unix", self._ports["unix"]), ("abstract", "\0" + self.mark)):
            if name == "unix" or sys.platform == "linux":
                sock = socket.socket(socket.AF_UNIX)
                sock.bind(path)
                self._accept(name, sock)
        os.chmod(self._ports["unix"], 0o777)
        families = (socket.AF_INET, socket.AF_UNIX)
        self._datagram_sockets = [socket.socket(family, socket.SOCK_DGRAM) for family in families]
        self._datagram_sockets[0].bind(("127.0.0.1", 0))
        self._datagram_sockets[1].bind(self._ports["unix_datagram"])
        os.chmod(self._ports["unix_datagram"], 0o777)
        self._ports["udp"] = self._datagram_sockets[0].getsockname()[1]
        self._sockets += self._datagram_sockets

    def _accept(self, name: str, sock: socket.socket) -> None:
        sock.listen()
        self._sockets.append(sock)

        def wait() -> None:
            while True:
                try:
                    connection, _ = sock.accept()
                except OSError:
                    return
                self._hit.append(f"{name} was connected to")
                connection.close()

        threading.Thread(target=wait, daemon=True).start()

    def _datagrams(self) -> list[str]:
        """What arrived since the last time."""
        heard = []
        for sock in self._datagram_sockets:
            sock.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                while True:
                    heard.append(f"a datagram arrived: {sock.recv(100)!r}")
        return heard

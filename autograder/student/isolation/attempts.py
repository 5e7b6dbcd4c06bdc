"""What the self-test really tries inside a student's process; its source is sent there, like any driver of a check.

Each attempt returns what it achieved, or "" when it was stopped. A layer that only looks configured is found out here.
"""

import ctypes
import errno
import mmap
import os
import signal
import socket
import tempfile
from collections.abc import Callable
from typing import Any

STOPPED = (OSError, MemoryError, ValueError, RuntimeError, AttributeError)


def attempt(namespace: dict[str, Any], facts: dict[str, Any]) -> dict[str, str]:
    """Tries everything; returns what was achieved, by the name of the promise it breaks."""
    attempts: dict[str, Callable[[dict[str, Any]], str]] = {
        "read": read, "write": write, "network": network, "processes": processes,
        "grader": grader, "memory": memory, "uncounted": uncounted, "work": work,
    }  # fmt: skip
    return {name: function(facts) for name, function in attempts.items()}


def first(*steps: Callable[[], str]) -> str:
    """The first achievement among ``steps``."""
    for step in steps:
        try:
            if achieved := step():
                return achieved
        except STOPPED:
            continue
    return ""


def read(facts: dict[str, Any]) -> str:
    return first(*(lambda path=path: _read(path) for path in facts["secrets"]))


def _read(path: str) -> str:
    if os.path.isdir(path):
        os.listdir(path)
    else:
        with open(path, "rb") as file:
            file.read(1)
    return f"read {path}"


def write(facts: dict[str, Any]) -> str:
    canary = facts["canary"]

    def append() -> str:
        with open(canary, "ab") as file:
            file.write(b"!")
        return f"wrote to {canary}"

    def beside() -> str:
        with open(canary + "-2", "wb") as file:
            file.write(b"!")
        return f"made a file beside {canary}"

    def metadata() -> str:
        os.chmod(canary, 0o600)
        os.utime(canary, (0, 0))
        return f"changed the mode of {canary}" if os.stat(canary).st_mtime == 0 else ""

    return first(append, beside, metadata)


def network(facts: dict[str, Any]) -> str:
    def connect(family: int, address: Any) -> str:
        with socket.socket(family, socket.SOCK_STREAM) as sock:
            sock.settimeout(1)
            sock.connect(address)
        return f"connected to {address}"

    def datagram() -> str:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.sendto(b"!", ("127.0.0.1", facts["udp"]))
        return "sent a datagram"

    def pair() -> str:
        left, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        left.sendto(b"!", facts["datagrams"])
        return "sent a datagram to a socket with a path"

    return first(
        lambda: connect(socket.AF_INET, ("127.0.0.1", facts["tcp"])),
        lambda: connect(socket.AF_UNIX, facts["unix"]),
        datagram,
        pair,
    )


def processes(facts: dict[str, Any]) -> str:
    def fork() -> str:
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        return "started a process"

    def spawn() -> str:
        pid = os.posix_spawn("/bin/sh", ["sh", "-c", ":"], {})
        return "ran a program" if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0 else ""

    return first(fork, spawn)


def grader(facts: dict[str, Any]) -> str:
    pid = facts["pid"]

    def stop() -> str:
        os.kill(pid, 0)
        return "could send the grader a signal"

    def memory() -> str:
        with open(f"/proc/{pid}/mem", "rb"), open(f"/proc/{pid}/environ", "rb"):
            return "opened the grader's memory"

    def trace() -> str:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.ptrace(16, pid, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "ptrace")
        libc.ptrace(17, pid, 0, 0)
        return "traced the grader"

    def limit() -> str:
        import resource

        resource.prlimit(pid, resource.RLIMIT_CORE)
        return "could set the grader's limits"

    # a process number that is its own here says nothing of the grader's
    return first(stop, memory, trace, limit) if pid != os.getpid() else ""


def memory(facts: dict[str, Any]) -> str:
    size = (facts["memory_mb"] + 64) << 20

    def shared() -> str:
        mmap.mmap(-1, size).close()
        return f"mapped {size >> 20} MB"

    def private() -> str:
        return f"allocated {len(bytearray(size)) >> 20} MB"

    return first(shared, private) if facts["memory_mb"] else "no limit is set"


def uncounted(facts: dict[str, Any]) -> str:
    def memfd() -> str:
        os.close(os.memfd_create("hidden"))
        return "made memory that no limit counts (memfd)"

    def shared() -> str:
        libc = ctypes.CDLL(None, use_errno=True)
        number = libc.shmget(0, 4096, 0o1600)
        if number < 0:
            raise OSError(ctypes.get_errno(), "shmget")
        libc.shmctl(number, 0, None)
        return "made shared memory of System V"

    return first(memfd, shared)


def compute(namespace: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    """The loss after one step of training, on the CPU and on the device; ``failure`` says why there is none."""
    import torch

    def step(device: str) -> float:
        torch.manual_seed(0)
        x, target = torch.rand(8, 1, 12, 12), torch.rand(8, 10)
        model = torch.nn.Sequential(
            torch.nn.Conv2d(1, 4, 3), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(400, 10)
        )
        model, x, target = model.to(device), x.to(device), target.to(device)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
        torch.nn.functional.mse_loss(model(x), target).backward()  # type: ignore[no-untyped-call]  # torch says no types here
        optimizer.step()
        return torch.nn.functional.mse_loss(model(x), target).item()

    try:
        return {"cpu": step("cpu"), "device": step(facts["device"])}
    except Exception as error:
        return {"failure": f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error) else ''}"}


def work(facts: dict[str, Any]) -> str:
    """The control: ordinary work must succeed, or the level is of no use. Returns what did not."""
    try:
        import wave  # not imported by anything: it must still be readable

        import torch

        with tempfile.NamedTemporaryFile() as file:
            torch.save(torch.ones(3) @ torch.ones(3), file.name)
            if torch.load(file.name).item() != 3 or not wave.__file__:
                return "wrong numbers"
        signal.getsignal(signal.SIGTERM)
    except Exception as error:
        return f"{type(error).__name__}: {error} ({errno.errorcode.get(getattr(error, 'errno', 0) or 0, '')})"
    return ""

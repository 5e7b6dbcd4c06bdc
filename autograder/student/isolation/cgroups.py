"""Control groups: limits on memory and processes for everything a Host's students start together. For root only.

Both versions are served: one tree (v2), or one tree per controller (v1). What cannot be had is left out; the other limits hold.
"""

import contextlib
import os

V2_ROOT = "/sys/fs/cgroup"
V1_FILES = {"memory": "memory.limit_in_bytes", "pids": "pids.max"}
V2_FILES = {"memory": "memory.max", "pids": "pids.max"}
MOST_PROCESSES = 64
SLACK_MB = 1024  # copies of pages the zygote shares, what the kernel needs: a process meets its own limit first


class Groups:
    """The control groups of one Host, for ``memory_mb`` of everything. Made before the new root hides them; joined through
    descriptors kept open."""

    def __init__(self, name: str, memory_mb: int) -> None:
        self.folders: list[str] = []
        self.doors: list[int] = []
        for controller, amount in (("memory", (memory_mb + SLACK_MB) << 20), ("pids", MOST_PROCESSES)):
            with contextlib.suppress(OSError):
                self._make(controller, name, str(amount))

    def _make(self, controller: str, name: str, amount: str) -> None:
        unified = os.path.exists(f"{V2_ROOT}/cgroup.controllers")
        folder = f"{V2_ROOT}/{name}" if unified else f"{V2_ROOT}/{controller}/{name}"
        if not os.path.isdir(os.path.dirname(folder)):
            return
        os.makedirs(folder, exist_ok=True)
        self.folders.append(folder)
        with open(f"{folder}/{(V2_FILES if unified else V1_FILES)[controller]}", "w", encoding="ascii") as file:
            file.write(amount)
        self.doors.append(os.open(f"{folder}/cgroup.procs", os.O_WRONLY | os.O_CLOEXEC))

    def join(self) -> None:
        """Puts this process into the groups."""
        for door in self.doors:
            os.write(door, b"0")


def bounds_memory(name: str) -> bool:
    """Whether the groups called ``name`` bound the memory of all processes in them."""
    return any(
        os.path.exists(path)
        for path in (f"{V2_ROOT}/{name}/{V2_FILES['memory']}", f"{V2_ROOT}/memory/{name}/{V1_FILES['memory']}")
    )


def remove(name: str) -> None:
    """Removes the groups called ``name``, wherever they are; every process in them must be gone."""
    for folder in (f"{V2_ROOT}/{name}", *(f"{V2_ROOT}/{controller}/{name}" for controller in V1_FILES)):
        with contextlib.suppress(OSError):
            os.rmdir(folder)

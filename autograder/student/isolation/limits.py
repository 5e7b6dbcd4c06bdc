"""What every level has: limits on memory, time and files, descriptors of its own, and an end for all that a process started."""

import contextlib
import os
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.student.isolation import gpu

REQUEST, PROGRESS = 3, 4  # the descriptors of a student's process beside 0, 1 and 2
MOST_FILES = 256
MOST_ROUNDS = 200


def in_use() -> tuple[int, int]:
    """Bytes of addresses in use by this process, all and data alone; 0 where that cannot be seen. Torch built for CUDA maps
    3 GB by its mere import."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            pages = [int(word) for word in file.read().split()]
    except OSError:
        return 0, 0
    return pages[0] * resource.getpagesize(), pages[5] * resource.getpagesize()


def own_descriptors(fds: Sequence[int]) -> tuple[int, int]:
    """Makes ``fds`` (request socket, output, progress) this process's only ones; input is empty. Returns (request, progress)."""
    with contextlib.suppress(PermissionError):  # a worker for a single use leads a session already
        os.setsid()
    high = [os.dup2(fd, 100 + i) for i, fd in enumerate(fds)]
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (high[1], 1), (high[1], 2), (high[0], REQUEST), (high[2], PROGRESS)):
        os.dup2(source, target, inheritable=target <= 2)
    os.closerange(5, 4096)
    os.set_blocking(PROGRESS, False)
    return REQUEST, PROGRESS


def own_surroundings(folder: str, more: Mapping[str, str]) -> None:
    """The working directory, and an environment that names nothing but it, and ``more``."""
    os.chdir(folder)
    os.environ.clear()
    os.environ |= {
        "HOME": folder, "TMPDIR": folder, "MPLCONFIGDIR": folder, "MPLBACKEND": "Agg", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
        "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": "", "PYTHONDONTWRITEBYTECODE": "1", "USER": "student",
    }  # fmt: skip
    os.environ |= more
    tempfile.tempdir = folder


def apply(spec: dict[str, Any], used: tuple[int, int], threads: int | None, *, on_gpu: bool) -> None:
    """Resource limits of this process, for good.

    The memory the sheet allows comes on top of what was in ``used`` before a submission had a say. CUDA reserves more
    addresses than there is memory, so that on a GPU only data counts, with something for the driver. ``threads`` only where
    no other process has the same user id.
    """
    megabyte = 1 << 20
    amounts = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: spec["disk_mb"] * megabyte,
        resource.RLIMIT_NOFILE: MOST_FILES,
        resource.RLIMIT_CPU: spec["cpu_seconds"],
    }
    if on_gpu:
        amounts[resource.RLIMIT_DATA] = used[1] + (spec["memory_mb"] + gpu.DRIVER_MB) * megabyte
    else:
        amounts |= {resource.RLIMIT_MEMLOCK: 0, resource.RLIMIT_AS: used[0] + spec["memory_mb"] * megabyte}
    if threads is not None:
        amounts[resource.RLIMIT_NPROC] = threads
    for kind, amount in amounts.items():
        hard = resource.getrlimit(kind)[1]
        amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (amount, amount))


def processor_time(pid: int) -> float | None:
    """Seconds that process ``pid`` has had a processor, all its threads together; None where that is not counted."""
    clock = (~pid << 3) | 2  # the kernel's number for another process's clock, as clock_getcpuclockid gives it
    try:
        return time.clock_gettime(clock)
    except OSError:
        return None


def waited_for_processor(pid: int) -> float:
    """Seconds that process ``pid`` was ready to run and had no processor; 0 where that is not counted."""
    try:
        with open(f"/proc/{pid}/schedstat", encoding="ascii") as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


# ------------------------------------------------------------------ after the end


def kill_descendants(keep: set[int]) -> None:
    """Kills and reaps every child of this process but ``keep``: what a student's process started and left behind comes
    here, because this process is its subreaper."""
    for _ in range(MOST_ROUNDS):
        children = _children() - keep
        if not children:
            return
        for pid in children:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        for pid in children:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children() -> set[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as file:
            return {int(pid) for pid in file.read().split()}
    except (FileNotFoundError, PermissionError):
        return set()


def new_folder(scratch: str) -> str:
    """An empty folder of its own below ``scratch``."""
    return tempfile.mkdtemp(prefix="work-", dir=scratch)


def remove_folder(folder: str) -> None:
    """Removes a student's folder without following links; what resists (a folder a thousand deep) goes with ``scratch``."""
    with contextlib.suppress(OSError, RecursionError):
        shutil.rmtree(folder)

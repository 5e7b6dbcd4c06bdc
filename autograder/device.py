"""Where a training runs: the CPU, or the GPU of this machine, one training at a time."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch

from autograder.errors import UsageError

DEVICES = ("cuda", "mps", "cpu")  # from the fastest to the one that is always there


def devices() -> tuple[str, ...]:
    """Those of DEVICES that this machine has.

    Asks the driver (NVML) for CUDA and initialises nothing, so that a process may still be forked from this one.
    """
    os.environ.setdefault("PYTORCH_NVML_BASED_CUDA_CHECK", "1")
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    return tuple(name for name in DEVICES if there[name])


def chosen(asked: str) -> str:
    """The device asked for by name, or with "auto" the best that is there.

    Raises:
        UsageError: the device asked for is not there.
    """
    there = devices()
    if asked == "auto":
        return there[0]
    if asked not in there:
        raise UsageError(f"--device {asked}: this machine has {', '.join(there)}. Choose one of them, or auto.")
    return asked


@contextmanager
def alone(device: str) -> Iterator[None]:
    """One training at a time on a GPU, whichever grader of this machine started it; on the CPU as many as there are."""
    if device == "cpu":
        yield
        return
    file = _lock_file(Path(tempfile.gettempdir()) / f"autograder-{device}.lock")
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def _lock_file(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except PermissionError:  # another user's; to lock it, it need not be written
        return os.open(path, os.O_RDONLY)

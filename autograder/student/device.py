"""Where a training runs: the CPU, or the GPU of this machine, one training at a time."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.model import UsageError
from autograder.student.isolation import gpu

DEVICES = ("cuda", "mps", "cpu")  # from the fastest to the one that is always there


def chosen(asked: str) -> str:
    """The device asked for by name, or with "auto" the best that seems to be there; whether a submission can really
    compute on it shows when it is tried (``Host.device``).

    Raises:
        UsageError: the device asked for is not there.
    """
    there = gpu.devices()
    if asked == "auto":
        return there[0]
    if asked not in there:
        raise UsageError(f"--device {asked}: this machine has {', '.join(there)}. Choose one of them, or auto.")
    return asked


@contextmanager
def alone(device: str, patience: float = 600.0) -> Iterator[None]:
    """One training at a time on a GPU, whichever grader of this machine started it; on the CPU as many as there are.

    Raises:
        OSError: the lock cannot be had, within ``patience`` seconds.
    """
    if device == "cpu":
        yield
        return
    file = _lock_file(Path(tempfile.gettempdir()) / f"autograder-{device}.lock")
    try:
        _lock(file, time.monotonic() + patience)
        yield
    finally:
        os.close(file)


def _lock(file: int, deadline: float) -> None:
    import fcntl

    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise TimeoutError("others have used the GPU all the time") from None
            time.sleep(0.05)


def _lock_file(path: Path) -> int:
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except PermissionError:  # another user's; to lock it, it need not be written
        return os.open(path, os.O_RDONLY)
    if os.fstat(file).st_uid == os.geteuid():
        os.fchmod(file, 0o644)  # whatever the umask left
    return file

"""Worker processes of this machine, each with a sheet, a host and a grader of its own; they end with their parent."""

import ctypes
import multiprocessing
import os
import platform
import signal
import threading
from concurrent.futures import ProcessPoolExecutor

from autograder.grading.batch import Job, begin


def executor(job: Job, size: int, address: str = "") -> ProcessPoolExecutor:
    return ProcessPoolExecutor(size, multiprocessing.get_context("spawn"), start, (job, os.getpid()))


def start(job: Job, parent: int) -> None:
    """Begins a worker process: it ends with its parent, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with(parent)
    begin(job)


def _die_with(parent: int) -> None:
    """Ends this process when its parent ends, even if that was a moment ago."""
    if platform.system() == "Linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
        return

    def watch() -> None:
        if starter := multiprocessing.parent_process():
            starter.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()

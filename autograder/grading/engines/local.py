"""Worker processes of this machine, each with a sheet, a host and a grader of its own; they end with their parent.

Where this process is one that may be forked, they are forks of it: torch is imported and the sheet is loaded.
"""

import ctypes
import multiprocessing
import os
import platform
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor

from autograder.grading.job import Job
from autograder.grading.worker import begin, prepare


def executor(job: Job, size: int, address: str = "") -> ProcessPoolExecutor:
    forks = _may_fork()
    context = multiprocessing.get_context("fork" if forks else "spawn")
    pool = ProcessPoolExecutor(size, context, start, (job, os.getpid()))
    if forks:
        prepare(job)
        pool.submit(os.getpid)  # with it all are forked, as long as there is nobody else in this process
    return pool


def _may_fork() -> bool:
    """Whether this process has something to pass on, and no other thread, which a fork would leave behind in the middle of its
    work. On macOS a fork of torch crashes."""
    loaded = "torch" in sys.modules and not sys.modules["torch"].cuda.is_initialized()
    return sys.platform == "linux" and loaded and len(os.listdir("/proc/self/task")) == 1


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

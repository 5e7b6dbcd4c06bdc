"""What a process does before it can become a student's: imports what submissions import, and stays single-threaded."""

import builtins
import gc
import importlib
import os
import sys
import time
from collections.abc import Sequence

LATER = (
    "matplotlib.pyplot",
    "torchvision",
    "torch.fx.experimental.symbolic_shapes",
)  # imported when the first submission wants it: seconds that all others save


def get_ready(names: Sequence[str]) -> None:
    """Imports ``names``, and puts back what ``site`` would have put there. What they make stays: no garbage is looked for."""
    gc.disable()
    for name in names:
        preload(name)
    gc.enable()
    vars(builtins).update(exit=sys.exit, quit=sys.exit)


def preload(name: str) -> None:
    """Imports ``name``, if it is installed, and torch, which stays at one thread."""
    import torch

    from autograder.student.inside import vision

    torch.set_num_threads(1)
    torch.cpu._is_avx2_supported()  # reads /proc/cpuinfo, which students' processes do not have
    vision.make_importable()
    if name == "torchvision":
        for part in ("datasets", "transforms", "utils"):
            import_quietly(f"torchvision.{part}")
    import_quietly(name)


def import_quietly(name: str) -> None:
    """Imports ``name`` if it is installed here; if not, the student's own import will say so."""
    try:
        importlib.import_module(name)
    except ImportError:
        return
    for _ in range(1000):  # a library's timer that was cancelled needs a moment to go
        if count_threads() == 1:
            return
        time.sleep(0.001)


def count_threads() -> int:
    """Threads of this process (1 where that cannot be seen)."""
    return len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else 1

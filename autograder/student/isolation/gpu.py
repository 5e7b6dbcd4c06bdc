"""A GPU inside the walls: what the process of a training gets so that it can compute on one. All others see none.

What CUDA opens and calls when it starts is written down nowhere; these lists are what people found who put it behind Landlock
and a filter of system calls: the devices, a name for each of its threads written to /proc (cuInit says 304 without), a
nameless file, and a socket with an abstract name that it binds and listens on for nobody. The self-test decides whether that
is enough here.
"""

import contextlib
import glob
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

FILES = (
    "/dev/nvidiactl",
    "/dev/nvidia[0-9]*",
    "/dev/nvidia-uvm",
    "/dev/nvidia-uvm-tools",
    "/dev/nvidia-caps/*",
    "/dev/dxg",
)
SYSTEM = ("/sys/devices/system/cpu", "/sys/devices/system/memory", "/sys/devices/system/node", "/sys/bus/pci/devices")
OF_A_CARD = ("class", "config", "device", "local_cpulist", "numa_node", "vendor")
PROC = (
    *("/proc/driver/nvidia", "/proc/devices", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/modules"),
    *("/proc/filesystems", "/proc/sys/vm/overcommit_memory", "/proc/sys/vm/mmap_min_addr"),
    *(f"/proc/self/{name}" for name in ("cmdline", "comm", "maps", "stat", "statm", "status")),
)
THREAD_NAMES = "/proc/self/task"
LIBRARIES = ("/usr/local/nvidia/lib64", "/usr/local/nvidia/lib", "/usr/lib/wsl/lib", "/run/opengl-driver/lib")
DRIVER_MB = 8192  # main memory that the driver may map for itself, beside what the sheet allows
MAKER_SECONDS = 20.0


def devices() -> tuple[str, ...]:
    """The devices of torch that this machine seems to have, the fastest first and "cpu" last. Initialises nothing."""
    hidden = os.environ.get("CUDA_VISIBLE_DEVICES") in ("", "-1")
    cuda = sys.platform == "linux" and not hidden and any(path.endswith(("nvidiactl", "dxg")) for path in _files())
    mps = sys.platform == "darwin" and os.uname().machine == "arm64"
    return tuple(name for name, there in (("cuda", cuda), ("mps", mps), ("cpu", True)) if there)


def door(device: str, readable: Sequence[str] = ()) -> dict[str, Any]:
    """What lets a training through to ``device``, as plain data for the zygote; empty for the CPU.

    files: device files to be opened. show: what must be there to be read, beside ``readable`` and outside /proc. read: all that
    may be read. early: environment of the zygote, for what libraries read when they are loaded. environment: of the training.
    """
    if device == "cpu":
        return {}
    if device != "cuda":
        early = {"PYTORCH_ENABLE_MPS_FALLBACK": "1"}
        return {"files": [], "show": [], "read": [], "early": early, "environment": {}}
    _make_files()
    libraries = [folder for folder in _library_folders() if glob.glob(f"{folder}/libcuda.so*")]
    cards = [os.path.realpath(f"/sys/bus/pci/devices/{name}") for name in _listed("/proc/driver/nvidia/gpus")]
    show = [*SYSTEM, *(f"{card}/{name}" for card in cards for name in OF_A_CARD), *map(os.path.realpath, libraries)]
    show = [path for path in show if os.path.exists(path) and not any(covers(other, path) for other in readable)]
    kept = {name: os.environ[name] for name in ("CUDA_DEVICE_ORDER",) if name in os.environ}
    return {
        "files": _files(),
        "show": show,
        "read": [*show, *PROC],
        "early": {
            "LD_LIBRARY_PATH": ":".join(libraries),
            "NVIDIA_TF32_OVERRIDE": "0",  # 10 bits of mantissa would not give the CPU's verdicts
            "CUBLAS_WORKSPACE_CONFIG": ":4096:8",  # sums in the same order every time
        },
        "environment": kept | {"CUDA_VISIBLE_DEVICES": _first_visible(os.environ)},
    }


def _files() -> list[str]:
    """The device files of the GPUs of this machine that speak CUDA (NVIDIA's own, or the one of a Linux inside Windows), but
    for those that are root's alone."""
    there = (path for pattern in FILES for path in glob.glob(pattern))
    return sorted(path for path in there if os.stat(path).st_mode & (stat.S_IRGRP | stat.S_IROTH))


def _make_files() -> None:
    """Lets the driver's own helper make the file that is missing until CUDA runs for the first time since the start."""
    maker = shutil.which("nvidia-modprobe")
    if maker and os.path.exists("/dev/nvidiactl") and not os.path.exists("/dev/nvidia-uvm"):
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run([maker, "-u", "-c=0"], timeout=MAKER_SECONDS, check=False, capture_output=True)


def _library_folders() -> list[str]:
    return [*filter(os.path.isabs, os.environ.get("LD_LIBRARY_PATH", "").split(":")), *LIBRARIES]


def _first_visible(environment: Mapping[str, str]) -> str:
    """One GPU is enough: the first of those that this account is told to use."""
    return environment.get("CUDA_VISIBLE_DEVICES", "0").split(",")[0].strip()


def _listed(folder: str) -> list[str]:
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else []


def covers(path: str, other: str) -> bool:
    """Whether ``other`` is ``path`` or lies in it."""
    return other == path or other.startswith(path.rstrip("/") + "/")

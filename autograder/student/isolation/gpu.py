"""A GPU inside the walls: what the process of a training gets so that it can compute on one. All others see none.

What CUDA opens and calls when it starts is written down nowhere; these lists are what people found who put it behind Landlock
and a filter of system calls: the devices, a name for each of its threads written to /proc (cuInit says 304 without), a
nameless file, and a socket with an abstract name that it binds and listens on for nobody. The self-test decides whether that
is enough here.
"""

import glob
import os
import sys
from collections.abc import Mapping
from typing import Any

FILES = (
    "/dev/nvidiactl",
    "/dev/nvidia[0-9]*",
    "/dev/nvidia-uvm",
    "/dev/nvidia-uvm-tools",
    "/dev/nvidia-caps/*",
    "/dev/dxg",
)
READ = ("/sys/devices/system/cpu", "/sys/devices/system/memory", "/sys/devices/system/node", "/sys/bus/pci/devices")
PROC = (
    *(
        "/proc/driver/nvidia",
        "/proc/self",
        "/proc/devices",
        "/proc/cpuinfo",
        "/proc/meminfo",
        "/proc/stat",
        "/proc/modules",
    ),
    *("/proc/filesystems", "/proc/sys/vm/overcommit_memory", "/proc/sys/vm/mmap_min_addr"),
)
THREAD_NAMES = "/proc/self/task"
LIBRARIES = ("/usr/local/nvidia/lib64", "/usr/local/nvidia/lib", "/usr/lib/wsl/lib", "/run/opengl-driver/lib")
DRIVER_MB = 8192  # main memory that the driver may map for itself, beside what the sheet allows


def files() -> list[str]:
    """The device files of the GPUs of this machine that speak CUDA (NVIDIA's own, or the one of a Linux inside Windows)."""
    return sorted(path for pattern in FILES for path in glob.glob(pattern))


def devices() -> tuple[str, ...]:
    """The devices of torch that this machine seems to have, the fastest first and "cpu" last. Initialises nothing."""
    hidden = os.environ.get("CUDA_VISIBLE_DEVICES") in ("", "-1")
    cuda = sys.platform == "linux" and not hidden and any(path.endswith(("nvidiactl", "dxg")) for path in files())
    mps = sys.platform == "darwin" and os.uname().machine == "arm64"
    return tuple(name for name, there in (("cuda", cuda), ("mps", mps), ("cpu", True)) if there)


def door(device: str) -> dict[str, Any]:
    """What lets a training through to ``device``, as plain data for the zygote; empty for the CPU."""
    if device == "cpu":
        return {}
    if device != "cuda":
        return {"files": [], "read": [], "libraries": "", "environment": {"PYTORCH_ENABLE_MPS_FALLBACK": "1"}}
    libraries = [folder for folder in _library_folders() if glob.glob(f"{folder}/libcuda.so*")]
    pci = [os.path.realpath(f"/sys/bus/pci/devices/{name}") for name in _listed("/proc/driver/nvidia/gpus")]
    return {
        "files": files(),
        "read": [*READ, *pci, *libraries],
        "libraries": ":".join(libraries),
        "environment": {
            "CUDA_VISIBLE_DEVICES": _first_visible(os.environ),
            "CUBLAS_WORKSPACE_CONFIG": ":4096:8",  # sums in the same order every time
            "NVIDIA_TF32_OVERRIDE": "0",  # 10 bits of mantissa would not give the CPU's verdicts
        },
    }


def _library_folders() -> list[str]:
    return [*filter(os.path.isabs, os.environ.get("LD_LIBRARY_PATH", "").split(":")), *LIBRARIES]


def _first_visible(environment: Mapping[str, str]) -> str:
    """One GPU is enough: the first of those that this account is told to use."""
    return environment.get("CUDA_VISIBLE_DEVICES", "0").split(",")[0].strip()


def _listed(folder: str) -> list[str]:
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else []

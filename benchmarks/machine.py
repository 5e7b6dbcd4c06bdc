"""The machine that something was measured on, in words."""

import os
import platform
from pathlib import Path


def machine() -> str:
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {model}, load {load} at the start"


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []

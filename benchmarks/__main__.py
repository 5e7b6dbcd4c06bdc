"""Runs every benchmark of this folder that is found, or those named: ``python -m benchmarks grading maths``."""

import importlib
import os
import pkgutil
import platform
import sys
from pathlib import Path

import benchmarks

os.environ.setdefault("OMP_NUM_THREADS", "1")


def machine() -> str:
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {model}, load {load} at the start"


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def main() -> None:
    there = sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if not m.name.startswith("_"))
    print(f"Measured on {machine()}\n")
    for name in sys.argv[1:] or there:
        module = importlib.import_module(f"benchmarks.{name}")
        if hasattr(module, "main"):
            print(f"--- {name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
            module.main()
            print(flush=True)


main()

"""Runs every benchmark of this folder that is found, or those named: ``python -m benchmarks grading maths``."""

import importlib
import os
import pkgutil
import sys

import benchmarks
from benchmarks.machine import machine

os.environ.setdefault("OMP_NUM_THREADS", "1")


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

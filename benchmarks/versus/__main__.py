"""``python -m benchmarks.versus [--quick] [--to FILE] [--minutes N]``: measures, prints a table, keeps JSON, renews the page."""

import argparse
import json
import logging
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.versus import page
from benchmarks.versus.contenders import Class_, cost_of
from benchmarks.versus.figures import Figures
from benchmarks.versus.measured import Command, cost
from benchmarks.versus.parts import parts
from benchmarks.versus.plan import FULL, QUICK, Row, Run

NAMED = ("deep-autograder", "torch", "nbgrader", "otter-grader", "distributed")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a sample of two minutes, which renews no page")
    parser.add_argument(
        "--minutes", type=float, default=13.5, help="begin nothing after this, or what would end later (13.5)"
    )
    parser.add_argument("--to", type=Path, help="where the JSON goes; by default benchmarks/results/comparison.json")
    chosen = parser.parse_args()
    logging.disable(logging.ERROR)  # nbgrader says what it makes ready
    start = time.monotonic()
    data = _measured(chosen.quick, 60 * chosen.minutes)
    print(f"\n{page.text(Figures(data))}\n\nmeasured in {(time.monotonic() - start) / 60:.1f} minutes")
    to = chosen.to or (None if chosen.quick else page.RESULTS)
    if to:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        print(f"kept in {to}")
    if to == page.RESULTS:
        page.renew()
        print(f"renewed: {page.PAGE}")


def _measured(quick: bool, seconds: float) -> dict[str, Any]:
    made: dict[str, Any] = {"machine": machine(), "python": platform.python_version(), "quick": quick}
    made["versions"] = {name: version(name) for name in NAMED}
    with tempfile.TemporaryDirectory() as name:
        class_ = Class_(Path(name))
        assert class_.examples.is_file()
        print(f"{sum(class_.calls.values())} calls of {len(class_.calls)} functions for each submission", flush=True)

        def measure(row: Row) -> Any:
            return cost_of(class_, *row)

        made["calls"] = class_.calls
        made["help"] = _help(Path(name))
        made["parts"] = parts(class_.sheet)
        made["rows"] = Run(QUICK if quick else FULL, seconds, measure, lambda said: print(said, flush=True)).measure()
    made["load"] = f"{os.getloadavg()[0]:.1f} at the end"
    return made


def _help(folder: Path) -> dict[str, list[float]]:
    costs = [cost([[Command((sys.executable, "-m", "autograder", "--help"), folder)]]) for _ in range(9)]
    return {"wall": [one.wall for one in costs], "processor": [one.processor for one in costs]}


if __name__ == "__main__":
    try:
        main()
    except (RuntimeError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))

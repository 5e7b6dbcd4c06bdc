"""Which faults the quick tests notice: ``python -m tests.mutants autograder/intake tests/intake --each 8 --seed 1``.

A seeded sample of faults is put into each module, in a copy of the tree, and the tests that reach the line are run: the
quick ones of the folders that are named, without a browser. What nobody noticed is printed, with its line before and after.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

from tests.mutants.faults import Fault, faults
from tests.mutants.trial import Trial

REPOSITORY = Path(__file__).parents[2]
PARTS = ("autograder", "tests", "reference", "exercises", "benchmarks", "docs", "demo", "tools")


def main() -> None:
    said = _arguments()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        tree = _copy(Path(folder))
        modules = sorted(path for name in said.modules for path in _modules(tree / name))
        trial = Trial(tree, modules, said.tests, said.seconds)
        left = total = 0
        for module in modules:
            sample = _sample(module, said.each, f"{said.seed}/{module.relative_to(tree)}")
            total += len(sample)
            for fault in sample:
                ended = trial.of(module, fault)
                if ended != "noticed":
                    left += 1
                    print(_line(module, tree, fault, ended), flush=True)
            print(f"-- {module.relative_to(tree)}: {len(sample)} faults; so far {left} of {total} survive", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("modules", nargs="+", help="modules or folders of modules, then folders of tests")
    parser.add_argument("--each", type=int, default=8, help="faults in each module, at most")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--seconds", type=float, default=10.0, help="of tests for a fault, the quickest first")
    said = parser.parse_args()
    said.tests = [name for name in said.modules if name.startswith("tests")]
    said.modules = [name for name in said.modules if not name.startswith("tests")]
    return said


def _copy(folder: Path) -> Path:
    for name in PARTS:
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in REPOSITORY.glob("*.*"):
        if path.is_file():
            shutil.copy(path, folder)
    os.chdir(folder)
    sys.path[:] = [str(folder), *(place for place in sys.path if place and Path(place).resolve() != REPOSITORY)]
    os.environ["PYTHONPATH"] = str(folder)
    return folder


def _modules(path: Path) -> list[Path]:
    return [path] if path.is_file() else list(path.rglob("*.py"))


def _sample(module: Path, each: int, seed: str) -> list[Fault]:
    found = faults(module.read_bytes())
    return sorted(random.Random(seed).sample(found, min(each, len(found))), key=lambda fault: fault.start)


def _line(module: Path, tree: Path, fault: Fault, ended: str) -> str:
    before = module.read_bytes()[fault.start : fault.end].decode()
    where = f"{module.relative_to(tree)}:{fault.line}"
    return f"{where}: {fault.what} [{ended}]\n    {' '.join(before.split())[:150]}\n    {fault.after[:150]}"


main()

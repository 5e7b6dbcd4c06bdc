"""Reads each file named on stdin and answers with one line of JSON; at the end of input, with the memory it took.

A process of its own, so that a crash of the reader is seen and its memory is not mixed with the test's.
"""

import json
import resource
import sys
from pathlib import Path

from autograder.intake.notebook import read
from autograder.model import Check, Exercise
from autograder.model.errors import AutograderError

CHECK = Check("is there", 1, lambda answer: None)
EXERCISES = (
    Exercise("derivation", "1 (a)", 1, "text", (), (CHECK,), task="# 1 (a)\nShow it."),
    Exercise("distance", "1 (a)", 1, "code", ("distance",), (CHECK,)),
    Exercise("essay", "1 (b)", 1, "text", (), (CHECK,), starter='essay = "Your words"'),
)


def answer(path: str) -> dict[str, object]:
    try:
        submission = read(Path(path), "student", EXERCISES)
    except AutograderError as error:
        return {"raised": repr(error)}
    sources = [cell.source for cell in submission.cells] + list(submission.texts.values())
    return {
        "problem": submission.problem,
        "notes": submission.notes,
        "cells": len(submission.cells),
        "texts": sorted(submission.texts),
        "writable": all("\0" not in source and source.encode() is not None for source in sources),
    }


def peak_mb() -> float:
    """Most memory this process ever held. Linux lets ru_maxrss start at the parent's, so that it would hide growth."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    for seed in sorted(Path(__file__).with_name("corpus").iterdir()):
        answer(str(seed))
    before = peak_mb()
    for line in sys.stdin:
        print(json.dumps(answer(line.rstrip("\n"))), flush=True)
    print(json.dumps({"memory_mb": peak_mb() - before}), flush=True)

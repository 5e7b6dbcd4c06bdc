"""Verdicts do not depend on the machine: the same small class, alone and beside eight busy loops, gives the same bytes.

``make load``, or ``python -m benchmarks.load``: exit status 1 and the first difference if not. Takes minutes.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.course import load_sheet
from autograder.grading import Job, grade_all
from autograder.intake import submissions
from autograder.model import Options

COURSE = Path(__file__).parent.parent
SHEET = "generative_models"
LOOPS = 8
HANGS = "def discriminator_loss(d_real, d_fake):\n    while True:\n        pass\n"
SLOW = "_square = torch.ones(400, 400)\n\n\ndef slowed(x):\n    for _ in range(2):\n        _square @ _square\n    return x\n"
SLEEPS = "import time\n\ntime.sleep(2)\n"
WRONG = "def kl_standard_normal(mu, logvar):\n    return -0.5 * torch.mean(1 + logvar - mu**2 - logvar.exp(), dim=-1)\n"


def hand_in(folder: Path) -> None:
    """Right answers to everything that is code, and what limits are for: a slow training, a loop without end, a sleep."""
    sheet = load_sheet(SHEET, COURSE)
    right = "\n\n".join(exercise.solution for exercise in sheet.exercises if exercise.kind == "code")
    slow = right.replace("def encode(self, x):", "def encode(self, x):\n        x = slowed(x)")
    assert slow != right
    handed_in = {"right": right, "slow": f"import torch\n{SLOW}\n{slow}", "hangs": f"{right}\n\n{HANGS}"}
    for name, text in (handed_in | {"sleeps": f"{SLEEPS}\n{right}", "wrong": f"{right}\n\n{WRONG}"}).items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")


@contextlib.contextmanager
def busy(loops: int) -> Iterator[None]:
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def graded(folder: Path) -> dict[str, str]:
    """Student -> the report as JSON, without ``seconds``."""
    from autograder.formats.json import render

    job = Job(COURSE, SHEET, options=Options(device="cpu"), trust=True)
    found = {}
    for report in grade_all(job, submissions([folder], load_sheet(SHEET, COURSE)).submissions, jobs=2):
        tree = json.loads(render(report))
        tree.pop("seconds")
        found[report.student] = json.dumps(tree, indent=1, ensure_ascii=False, sort_keys=True)
    return found


def compare() -> int:
    with tempfile.TemporaryDirectory() as folder:
        hand_in(Path(folder))
        runs = []
        for loops in (0, LOOPS):
            with busy(loops):
                start = time.perf_counter()
                runs.append(graded(Path(folder)))
                scores = {student: json.loads(text)["score"] for student, text in runs[-1].items()}
                print(f"{loops} busy loops: {time.perf_counter() - start:.0f} s, {scores}", flush=True)
    differ = [student for student in sorted(runs[0] | runs[1]) if runs[0].get(student) != runs[1].get(student)]
    for student in differ:
        lines = zip(runs[0][student].splitlines(), runs[1][student].splitlines(), strict=False)
        print(f"{student} differs: {next(pair for pair in lines if pair[0] != pair[1])}")
    print("the same bytes" if not differ else f"{len(differ)} of {len(runs[0])} reports differ")
    return bool(differ)


if __name__ == "__main__":
    sys.exit(compare())

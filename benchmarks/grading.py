"""One submission, a class of 200, a failing check, a student's own check."""

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import torch

from autograder.commands.release import release
from autograder.course import load_sheet
from autograder.grading import Grader, start_host
from autograder.model import Cell, Sheet, Submission
from autograder.student import Answer, Host, Student

COURSE = Path(__file__).parents[1]
FUNCTIONS = (
    "kl_normal",
    "kl_standard_normal",
    "reparameterize",
    "vae_loss",
    "discriminator_loss",
    "generator_loss",
    "nonsaturating_loss",
)
CLASS = 200
IMPORT = "import torch\n"
OWN_CHECK = """
import sys
from autograder.__main__ import main
sys.argv = {arguments!r}
try:
    main()
except SystemExit:
    pass
"""
USED = """
import resource, sys
for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
    used = resource.getrusage(who)
    sys.stderr.write(f" {used.ru_utime + used.ru_stime}")
"""


def milliseconds(work: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)


def right(sheet: Sheet) -> Submission:
    """A submission with the seven function exercises, all right."""
    cells = tuple(Cell(sheet.exercise(id).solution, i, id) for i, id in enumerate(FUNCTIONS, 1))
    return Submission("anna", "anna.py", "", cells)


def one_submission(sheet: Sheet, host: Host, grader: Grader) -> None:
    submission = right(sheet)
    report = grader.grade(submission, FUNCTIONS)
    assert report.score == report.possible, [f for r in report.results for f in r.findings if f.status != "passed"]

    def load() -> None:
        with Student(host, submission) as student:
            assert Answer(student, sheet.exercise("kl_normal")).fault is None

    whole, loading = milliseconds(lambda: grader.grade(submission, FUNCTIONS), 30), milliseconds(load, 30)
    ours = whole - loading
    print(
        f"seven right functions: {whole:.0f} ms, of which {loading:.0f} ms to fork, isolate and load; ours {ours:.0f} ms"
    )


def failing_check(sheet: Sheet, host: Host) -> None:
    exercise = sheet.exercise("kl_normal")
    wrong = Submission("bob", "bob.py", "", (Cell(exercise.wrong[0].source, 1, exercise.id),))
    unknown = exercise.solution.replace("0.5", "0.51")
    odd = Submission("carl", "carl.py", "", (Cell(unknown, 1, exercise.id),))
    with Grader(sheet, host) as grader:
        first = milliseconds(lambda: grader.grade(wrong, [exercise.id]), 1)
        known = milliseconds(lambda: grader.grade(wrong, [exercise.id]), 9)
        new = milliseconds(lambda: grader.grade(odd, [exercise.id]), 9)
    print(
        f"an exercise with failing checks, counterexamples and all: known mistake {known:.0f} ms (the first of a class, which "
        f"runs the {len(exercise.wrong)} labelled answers once: {first:.0f} ms), unknown mistake {new:.0f} ms"
    )


def memory(sheet: Sheet) -> None:
    """Memory that a submission's process has for itself (USS), after everything of vae_loss has been asked of it.

    At the level "landlock": in a process namespace its number says nothing outside."""
    if sys.platform != "linux":
        return
    with Host(sheet.settings, level="landlock") as host, Student(host, right(sheet)) as student:
        answer = Answer(student, sheet.exercise("vae_loss"))
        for check in sheet.exercise("vae_loss").checks:
            check.run(answer)
        pid = student._process.pid
        said = Path(f"/proc/{pid}/smaps_rollup").read_text()
    private = sum(int(line.split()[1]) for line in said.splitlines() if line.startswith("Private"))
    print(f"memory of a running submission of its own: {private / 1024:.0f} MB")


def a_class(sheet: Sheet) -> None:
    """200 submissions on two cores, by the command, with every page written."""
    with tempfile.TemporaryDirectory() as folder:
        course, handed_in = Path(folder, "course"), Path(folder, "in")
        shutil.copytree(COURSE / "reference", course / "reference")
        handed_in.mkdir()
        shutil.copytree(COURSE / "exercises" / sheet.id, course / "exercises" / "functions")
        rows = "".join(f'[[exercise]]\nid = "{id}"\npoints = 1\n' for id in FUNCTIONS)
        (course / "exercises" / "functions" / "sheet.toml").write_text(rows)
        source = "\n\n".join(sheet.exercise(id).solution for id in FUNCTIONS)
        for i in range(CLASS):
            (handed_in / f"s{i:03}.py").write_text(source)
        command = [sys.executable, "-m", "autograder", "grade", "functions", str(handed_in), "--course", str(course)]
        start = time.perf_counter()
        subprocess.run([*command, "--jobs", "2", "--out", f"{folder}/out"], check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
        rows = Path(folder, "out", "grades.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
        full = sum(row.split(",")[2] == "7" for row in rows)
    print(
        f"{CLASS} submissions with 2 workers: {seconds:.1f} s, {CLASS / seconds:.1f} a second; {full} with full points"
    )


def self_check(sheet: Sheet) -> None:
    """The first answer of a plain ``autograder check`` in a student's pack, turn by turn with the import of torch alone.

    Of processor time, since the command's process and the student's run side by side: what the longer of them takes, and both.
    The engine is compiled beforehand, as pip leaves it."""
    with tempfile.TemporaryDirectory() as folder:
        engine = Path(folder, "engine")
        shutil.copytree(COURSE / "autograder", engine / "autograder")
        compileall.compile_dir(engine, quiet=2)
        release(sheet.id, Path(folder, "pack"), course=COURSE)
        Path(folder, "pack", "anna.py").write_text("\n\n".join(sheet.exercise(id).solution for id in FUNCTIONS))
        script = OWN_CHECK.format(arguments=["autograder", "check", sheet.id, "anna.py"])
        rows = [[_used(each, Path(folder, "pack"), engine) for each in (script, IMPORT)] for _ in range(5)]
    longer, both = (
        statistics.median(of(*check) / sum(alone) for check, alone in rows) for of in (max, lambda *parts: sum(parts))
    )
    alone = statistics.median(sum(alone) for _, alone in rows)
    print(
        f"first answer of a student's own check, processor time: {longer:.2f} times the import of torch ({alone:.2f} s) in the "
        f"longer of its two processes, {both:.2f} times in both together"
    )


def _used(script: str, folder: Path, engine: Path) -> tuple[float, float]:
    """Seconds of processor that a script says it used, itself and in its children."""
    command = [sys.executable, "-P", "-c", script + USED]
    environment = {key: value for key, value in os.environ.items() if key != "OMP_NUM_THREADS"} | {
        "PYTHONPATH": str(engine)
    }
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    own, children = map(float, done.stderr.split()[-2:])
    return own, children


def main() -> None:
    torch.set_num_threads(1)
    sheet = load_sheet("generative_models", COURSE)
    with start_host(sheet.settings, secret=(COURSE / "exercises",)) as host, Grader(sheet, host) as grader:
        one_submission(sheet, host, grader)
        failing_check(sheet, host)
    memory(sheet)
    a_class(sheet)
    self_check(sheet)

"""How long the two trainings take, and what the process they run in costs over the same loop in plain PyTorch.

    python benchmarks/training.py

Both sides of the ratio run in turn in one go, on one thread each, so that it does not depend on the machine.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"  # as in the student's process; read when torch is imported

import torch

from autograder.course.catalog import load_exercise
from autograder.course.plan import Row
from autograder.grading import Grader
from autograder.model import Cell, Options, Settings, Sheet, Submission
from autograder.student import Answer, Host, Student
from autograder.training import images, mnist

REPOSITORY = Path(__file__).parents[1]
SHEET = REPOSITORY / "exercises" / "generative_models"
STEPS, BATCH, RATE, SEED = 450, 32, 1e-3, 0
LIMITS = {"vae_training": 3.0, "gan_training": 4.0}  # seconds on one core
OVERHEAD = 1.05
PAIRS = 8


def main() -> None:
    torch.set_num_threads(1)
    root = mnist().root
    with Host(Settings(), readable=[root], data={"mnist": root}) as host:
        for id, limit in LIMITS.items():
            seconds = check(host, id)
            print(f"{id}: {seconds:.2f} s (at most {limit:g})")
        ratio = overhead(host)
        print(f"training in the student's process over plain PyTorch: {ratio:.3f} (at most {OVERHEAD:g})")


def check(host: Host, id: str) -> float:
    """Seconds that all checks of the exercise take on its solution, the best of three once imports and first calls are over."""
    exercise = load_exercise(SHEET / id, REPOSITORY, Row(id, "", 1.0, "sheet.toml"))
    submission = Submission("", f"{id}.py", "", (Cell(exercise.solution, 1),))
    with Grader(Sheet("", "", (exercise,), Settings()), host, options=Options(device="cpu")) as grader:
        times = []
        for _ in range(4):
            start = time.perf_counter()
            report = grader.grade(submission)
            times.append(time.perf_counter() - start)
    if report.score != 1:
        raise SystemExit(f"{id}: the solution did not pass, so that its time says nothing: {report.results}")
    return min(times[1:])


def overhead(host: Host) -> float:
    """Best time of the driver's training as the check asks for it, over that of the same loop written out here, in turn."""
    source = (SHEET / "vae_training" / "solution.py").read_text()
    driver = (SHEET / "vae_training" / "driver.py").read_text()
    exercise = load_exercise(SHEET / "vae_training", REPOSITORY, Row("vae_training", "", 1.0, "sheet.toml"))
    pixels = images(mnist(), "train", 4_000)
    with Student(host, Submission("", "solution.py", "", (Cell(source, 1),))) as student:
        answer = Answer(student, exercise)

        def ours() -> None:
            for function, *args in (
                ("build", SEED, "cpu"),
                ("train", pixels, "flat", SEED, "Adam", RATE, STEPS, BATCH),
            ):
                outcome = answer.probe(driver, function, args)
                if outcome.fault:
                    raise SystemExit(outcome.fault.message)

        pairs = [(seconds(ours), seconds(lambda: plain(source, pixels))) for _ in range(PAIRS + 1)]
    return min(a for a, _ in pairs[1:]) / min(b for _, b in pairs[1:])  # the first pair pays for imports


def plain(source: str, pixels: torch.Tensor) -> None:
    """The same training as one would write it in a notebook."""
    names: dict[str, object] = {}
    exec(compile(source, "solution.py", "exec"), names)
    vae, vae_loss = names["VAE"], names["vae_loss"]
    assert callable(vae) and callable(vae_loss)
    torch.manual_seed(SEED)
    model = vae()
    x = pixels.float() / 255
    order = torch.Generator().manual_seed(SEED)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, fused=True)
    for _ in range(STEPS):
        batch = x[torch.randint(len(x), (BATCH,), generator=order)]
        x_hat, mu, logvar = model(batch)
        loss = vae_loss(x_hat, batch, mu, logvar)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

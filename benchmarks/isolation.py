"""What isolation costs: the same small submission at each level this machine has, in turn, against rlimits alone.

    python -m benchmarks.isolation

One round runs every level once, so that whatever else the machine does hits all of them; the cost is the median over the rounds
of the difference to rlimits in the same round. Target: at most 5 ms a submission.
"""

import platform
import statistics
import time
from contextlib import ExitStack

import torch

from autograder.model import Call, Cell, Check, Exercise, InternalError, Settings, Submission
from autograder.student import LEVELS, Answer, Host, Student

ROUNDS = 60
TARGET_MS = 5.0
SOURCE = "import torch\ndef distance(a, b):\n    return ((a - b) ** 2).sum()\n"
SUBMISSION = Submission("anna", "anna.ipynb", "0" * 64, (Cell(SOURCE, 1),))
EXERCISE = Exercise("distance", "1", 1.0, "code", ("distance",), (Check("is there", 1.0, lambda answer: None),))


def calls(number: int) -> list[Call]:
    """Small calls with two gradients each."""
    inputs = [
        torch.randn(2, 4, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(i)) for i in range(number)
    ]
    return [Call("distance", (pair[0], pair[1]), (0, 1), None, i) for i, pair in enumerate(inputs)]


def submission_ms(host: Host, batch: list[Call]) -> float:
    """One whole submission: fork, walls, cells, one batch of calls, end."""
    started = time.perf_counter()
    with Student(host, SUBMISSION) as student:
        outcomes = Answer(student, EXERCISE).calls(batch)
    assert all(outcome.fault is None for outcome in outcomes)
    return (time.perf_counter() - started) * 1e3


def start_all(stack: ExitStack) -> dict[str, Host]:
    hosts = {}
    for level in LEVELS:
        try:
            hosts[level] = stack.enter_context(Host(Settings(), level=level, preload=("torch",)))
        except InternalError as error:
            print(f"  {level:<12} not here: {str(error).splitlines()[1][:90]}")
    return hosts


def overhead_of_calls(host: Host) -> float:
    """Milliseconds that a hundred small calls without gradients take, beyond what they take in this process."""
    batch = [Call("distance", call.args, (), None, call.seed) for call in calls(100)]
    names: dict[str, object] = {}
    exec(SOURCE, names)
    function = names["distance"]
    assert callable(function)
    with Student(host, SUBMISSION) as student:
        answer = Answer(student, EXERCISE)
        answer.calls(batch)
        there, here = [], []
        for _ in range(ROUNDS // 3):
            started = time.perf_counter()
            answer.calls(batch)
            there.append(time.perf_counter() - started)
            started = time.perf_counter()
            for call in batch:
                function(*call.args)
            here.append(time.perf_counter() - started)
    return (statistics.median(there) - statistics.median(here)) * 1e3


def main() -> None:
    """Prints the table, with the machine it was measured on."""
    versions = f"Linux {platform.release()}, Python {platform.python_version()}, torch {torch.__version__}"
    print(f"isolation, on {platform.machine()}, {versions}")
    with ExitStack() as stack:
        hosts = start_all(stack)
        batch = calls(30)
        times = {level: [submission_ms(host, batch)] for level, host in hosts.items()}
        for _ in range(ROUNDS):
            for level, host in hosts.items():
                times[level].append(submission_ms(host, batch))
        for level, measured in times.items():
            paired = statistics.median(a - b for a, b in zip(measured[1:], times["rlimits"][1:], strict=True))
            verdict = (
                ""
                if level == "rlimits"
                else f"  {paired:+6.2f} ms ({'within' if paired <= TARGET_MS else 'MORE THAN'} {TARGET_MS:g})"
            )
            print(
                f"  {level:<12} {statistics.median(measured):7.1f} ms a submission (best {min(measured):5.1f}){verdict}"
            )
        for level, host in hosts.items():
            print(
                f"  {level:<12} {overhead_of_calls(host):7.1f} ms for a hundred small calls, beyond the calls themselves"
            )


if __name__ == "__main__":
    main()

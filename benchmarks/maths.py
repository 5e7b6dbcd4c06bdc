"""Judging mathematics: comparisons, derivations with their feedback, lists and mutations without a miss."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from autograder.course.catalog import load_exercise
from autograder.course.plan import Row
from autograder.maths import Judge, judge, judge_derivation, judge_for
from autograder.maths.certifying.prover import stop
from autograder.model import Mistake
from tests.maths.exercises import KINDS, KL_TASK, lines
from tests.maths.test_derivation import STEPS
from tests.maths.test_hostile import LINES
from tests.maths.test_mutations import false_verdicts, mutants

REPOSITORY = Path(__file__).parents[1]
ROUNDS = 3


def main() -> None:
    comparisons()
    derivations()
    hostile()
    mutations()
    stop()


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def forget(ready: Judge) -> None:
    """Drops the values that a judge and its worlds remember of earlier lines."""
    ready.remembered.clear()
    for world in [*ready.generic, *ready.readable]:
        world.closed.clear()


def comparisons() -> None:
    """Each line as if it were the first of its kind: values remembered from an earlier round do not count."""
    times: dict[str, float] = {}
    for kind, task in KINDS.items():
        misses = 0
        texts = [(text, "equal") for text in lines(kind, "right")]
        texts += [(text, "different") for text in lines(kind, "wrong")]
        ready = judge_for(task["world"], task["domains"])
        judge("1", **task)
        for text, status in texts:
            rounds = []
            for _ in range(ROUNDS):
                forget(ready)
                rounds.append(milliseconds(lambda text=text, task=task: judge(text, **task)))
            times[f"{kind} {text}"] = min(rounds)
            misses += judge(text, **task).status != status
        print(
            f"{kind}: {len(lines(kind, 'right'))} right lines, {len(lines(kind, 'wrong'))} wrong lines, {misses} misjudged"
        )
    worst = max(times, key=times.__getitem__)
    print(f"one comparison: median {statistics.median(times.values()):.2f} ms (at most 3)")
    print(f"worst over the lists: {times[worst]:.1f} ms (at most 50): {worst[:70]}")


def derivations() -> None:
    """The check of an exercise in a warm process, certificate and slip search included."""
    folder = REPOSITORY / "exercises" / "generative_models" / "kl_derivation"
    exercise = load_exercise(folder, REPOSITORY, Row(folder.name, "", 5.0, "sheet.toml"))
    slip = [step.replace("- 2 μ₂ μ₁", "+ 2 μ₂ μ₁") for step in STEPS]
    for name, steps in (("right", STEPS), ("with a slip in line 6", slip)):
        times = []
        for extra in range(2 * ROUNDS):  # a remark makes each text new, so that no finding is remembered
            answer = SimpleNamespace(text="\n".join([f"# version {extra}", *steps]), fault=None)
            forget(judge_for(KL_TASK["world"], KL_TASK["domains"]))
            times.append(milliseconds(lambda answer=answer: [outcome(check, answer) for check in exercise.checks]))
        warm = statistics.median(times[1:])
        print(f"nine lines, {name}: {warm:.0f} ms with feedback (at most 150), the first {times[0]:.0f} ms")


def outcome(check: object, answer: object) -> object:
    try:
        return check.run(answer)
    except Mistake as mistake:
        return mistake


def hostile() -> None:
    times = {line: milliseconds(lambda line=line: judge_derivation(line, **KL_TASK)) for line in LINES}
    worst = max(times, key=times.__getitem__)
    print(f"{len(LINES)} hostile answers: worst {times[worst]:.0f} ms (at most 2000): {worst[:40]!r}")


def mutations() -> None:
    total = 0
    for kind in KINDS:
        compared, open_, false = false_verdicts(kind, mutants(kind))
        total += compared
        print(f"{kind}: {compared} mutations against the oracle, {len(false)} false verdicts, {open_} left to a person")
    print(f"{total} mutations in all (at least 2000)")


if __name__ == "__main__":
    main()

"""What of a classifier a student's pack may hold: what forward gives, and a short training with its pictures.

What decides the grade stays behind: the accuracy and the loss that are asked, by when, how many steps there are, and the seeds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch

from autograder.checks.classify import asks, layers, learns, values
from autograder.checks.classify.task import DRIVER, Examples, Task
from autograder.checks.session import Attempt, Session
from autograder.checks.trains import probes, trains
from autograder.model import Check, Detail, Mistake

LOOKS: Mapping[
    str, Callable[[Task, Session], tuple[str, ...]]
] = {  # short name -> what is looked at without a training
    "takes": asks.interface,
    "layers": layers.judge_layers,
    "logits": values.judge_logits,
    "alone": values.judge_alone,
    "sure": values.judge_sure,
    "kept": values.judge_kept,
}
LEARNS = "learns"
STEPS, SEEDS = 100, (20, 21)
LUCK = 3.0  # standard deviations by which a model that says always the same may be right more often

Data = dict[str, Any]


def recorded(task: Task, short: str, *, needs: Sequence[str], seconds: float) -> Callable[[], Data]:
    """The ``record`` of a check; it raises ValueError where the examples are the course's own."""

    def record() -> Data:
        if callable(task.data):
            raise ValueError("examples of the course's own stay behind")
        given = ("function", "data", "classes", "batch", "rate", "optimizer")
        kept = {name: getattr(task, name) for name in given} | {"shape": list(task.shape), "things": list(task.things)}
        kept["credits"] = dict(task.credits)
        said = {"needs": tuple(needs)}
        return {"kind": "classifier", "task": kept, "short": short, "seconds": seconds, "options": said}

    return record


def rehearsal(task: Task, *, needs: tuple[str, ...], seconds: float) -> Check | None:
    """The short training, for no points: they are decided by the whole one. None where the examples are the course's own."""
    record = recorded(task, LEARNS, needs=needs, seconds=seconds)
    try:
        made = of_record(record())
    except ValueError:
        return None
    return replace(made, name=f"begins to tell {task.things[1]} apart", needs=needs, record=record)


def of_record(data: Mapping[str, Any]) -> Check:
    """The check that was recorded; of a training, the short one."""
    kept = dict(data["task"])
    shape, things = tuple(kept.pop("shape")), tuple(kept.pop("things"))
    task = Task(**kept, shape=shape, things=things, steps=STEPS, accuracy=0.0, loss=None, soon=None)
    if data["short"] != LEARNS:
        return look(task, data["short"], data["short"], points=0.0)
    attempts = [Attempt(seed, STEPS, task.rate, task.optimizer) for seed in SEEDS]

    def judge(session: Session, attempt: Attempt) -> tuple[Detail, ...]:
        return learns.judge_training(task, session, attempt, begins)

    return trains(LEARNS, points=0.0, driver=DRIVER, judge=judge, attempts=attempts, seconds=data["seconds"])


def look(task: Task, short: str, name: str, **said: Any) -> Check:
    """The check that looks at ``short``; ``said`` is what ``probes`` takes."""
    return probes(name, driver=DRIVER, judge=lambda session: LOOKS[short](task, session), **said)


def begins(task: Task, session: Session, examples: Examples, run: learns.Run, alike: tuple[str, ...]) -> None:
    """Raises Mistake where a short training leaves the model no better than always saying the same."""
    share = torch.bincount(examples.y_held_out).double() / len(examples.y_held_out)
    chance = float(share.max())
    luck = LUCK * (chance * (1 - chance) / len(examples.y_held_out)) ** 0.5
    same = -float(torch.xlogy(share, share).sum())  # the loss of who knows how frequent the classes are, and no more
    if run.accuracy > chance + luck or run.loss < same:
        return
    said = (
        f"After {len(run.losses)} steps, {run.accuracy:.1%} of {len(examples.y_held_out)} {task.things[1]} that it has not seen "
        f"are recognised; always saying the same gives {chance:.0%}."
    )
    learns.explain(task, session, examples, alike, said)
    raise Mistake(said)

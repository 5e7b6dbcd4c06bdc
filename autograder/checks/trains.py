"""Does an answer do its work over many calls: train, and be judged by what came out.

An exercise keeps a *driver* beside its ``exercise.py``: a plain Python file that runs in the student's process and calls
the student's pieces. A *judge*, a function of the exercise that runs here or a ``Recipe``, asks the driver for tensors and
decides. The driver decides nothing: what comes back is judged by values computed on this side.
"""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from autograder.checks.recipes import Recipe, data_of, made_of
from autograder.checks.session import Attempt, Session, Stopped, session_of
from autograder.inputs import authored
from autograder.model import UNTRAINED, Answer, Check, Detail, InternalError, Mistake, NeedsPerson, Visibility

FORGIVEN = (Mistake, InternalError, OSError)  # of a training on a GPU: the CPU has the last word
T = TypeVar("T")
KIND = "trains"
Judge = Callable[[Session, Attempt], tuple[Detail, ...]]
Driver = Path | str | Sequence[Path]
"""A file, its text, or several files of which each goes on where the one before ends."""


def probes(
    name: str,
    *,
    points: float,
    driver: Driver,
    judge: Callable[[Session], tuple[Detail, ...]],
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
    seconds: float = 30.0,
) -> Check:
    """A check that asks the driver for values and trains nothing; ``judge`` returns what to show, or raises Mistake.

    Of several files each goes on where the one before ends.
    """
    source = _source(driver)

    def run(answer: Answer) -> tuple[Detail, ...]:
        return _on_its_device(answer, source, seconds, lambda session: _judged(name, lambda: judge(session)))

    return Check(name, points, run, visibility=visibility, needs=needs, hint=hint, measures=True)


def trains(
    name: str,
    *,
    points: float,
    driver: Driver,
    judge: Judge,
    attempts: Sequence[Attempt],
    rehearsal: Check | None = None,
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
    seconds: float = 30.0,
) -> Check:
    """A check that trains: passed when ``judge`` finds nothing wrong at one of the ``attempts``, in their order.

    When all fail, the first one's finding stands. Two kinds of failure are not tried again: a mistake that the judge knows
    by its name, which no luck explains, and code that does not run (an exception, too slow, too large).

    ``judge(session, attempt)`` returns what to show (pictures), or raises Mistake. All attempts share ``seconds``. With
    ``--no-training`` the points stay open.

    A public check whose judge is a ``Recipe`` is in a student's pack, bounds and all, and says there what it says of the grade.
    Any other judge stays with the course; in its place the pack makes ``rehearsal``, if there is one: a shorter training for 0
    points, whose judge is a recipe.
    """
    source = _source(driver)

    def run(answer: Answer) -> tuple[Detail, ...]:
        if not answer.options.training:
            raise NeedsPerson(UNTRAINED)
        return _on_its_device(
            answer, source, seconds, lambda session: _judged(name, lambda: _first_good(session, judge, attempts))
        )

    def record() -> Mapping[str, Any]:
        given = {"judge": judge, "attempts": attempts, "seconds": seconds}
        return {"kind": KIND, "driver": source, "given": data_of(given), "options": {"needs": needs}}

    kept = record if isinstance(judge, Recipe) else None
    more: dict[str, Any] = {"visibility": visibility, "needs": needs, "hint": hint}
    return Check(name, points, run, **more, measures=True, record=kept, instead=rehearsal)


def of_record(data: Mapping[str, Any]) -> Check:
    """The check that was recorded, without its name and points."""
    return trains(KIND, points=0.0, driver=data["driver"], **made_of(data["given"]))


def _judged(name: str, judge: Callable[[], T]) -> T:
    """What the exercise's judge says; whatever else it raises is the course's fault."""
    with authored(f"the judge of {name!r}"):
        return judge()


def _source(driver: Driver) -> str:
    if isinstance(driver, str):
        return driver
    files = [driver] if isinstance(driver, Path) else driver
    return "\n\n".join(file.read_text(encoding="utf-8") for file in files)


def _first_good(session: Session, judge: Judge, attempts: Sequence[Attempt]) -> tuple[Detail, ...]:
    first: Mistake | None = None
    for attempt in attempts:
        try:
            return judge(session, attempt)
        except Stopped as stopped:
            raise first or stopped from None
        except Mistake as mistake:
            if mistake.name:
                raise
            first = first or mistake
        if session.left <= 0:
            break
    assert first is not None, "a training needs at least one attempt"
    raise first


def _on_its_device(
    answer: Answer, source: str, seconds: float, work: Callable[[Session], tuple[Detail, ...]]
) -> tuple[Detail, ...]:
    """``work`` where trainings run here. What a GPU finds wrong is done again on the CPU, and the CPU's verdict stands: no
    driver, no other sum and no other memory costs anyone a point."""
    if answer.device != "cpu":
        with contextlib.suppress(*FORGIVEN), session_of(answer, source, seconds, answer.device) as session:
            return work(session)
    with session_of(answer, source, seconds, "cpu") as session:
        return work(session)

"""A law: something that must hold for the answer, whatever its values are."""

from collections.abc import Callable, Sequence
from typing import Any

from torch import Tensor

from autograder.checks.replay import describe, sentence, show
from autograder.compare import as_tensor
from autograder.errors import Mistake
from autograder.model import Answer, Check, Visibility
from autograder.search import Args, Battery

Law = Callable[..., Tensor | bool]


def holds(
    name: str,
    battery: Battery,
    law: Law,
    *,
    tell: str,
    inputs: Sequence[Callable[..., Args]] = (lambda *args: args,),
    examples: Sequence[Args] | None = None,
    points: float = 0.5,
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
    mistake: str = "",
    credit: float | None = None,
) -> Check:
    """``law(*values, *args)`` holds on each example.

    For every example each function of ``inputs`` makes the arguments of one call (by default the example itself), and
    the law gets the values of these calls, as float64 tensors, followed by the example's own arguments in float64.

    Args:
        battery: names the function and, unless ``examples`` are given, holds the examples (up to 8, of every size).
        tell: what the student reads when the law is broken.
        mistake, credit: the name and credit when breaking this law is a mistake of its own.
    """

    def run(answer: Answer) -> None:
        rows = _rows(battery, inputs, examples)
        outcomes = iter(answer.calls([call for _, calls in rows for call in calls]))
        seen = [(args, calls, [next(outcomes) for _ in calls]) for args, calls in rows]
        failed = [o.fault for _, _, results in seen for o in results if o.fault]
        if failed and len(failed) == sum(len(calls) for _, calls in rows):
            raise Mistake(sentence(battery.function, failed[0]))
        for args, calls, results in seen:
            values = [None if o.fault else as_tensor(o.value) for o in results]
            if not _obeys(law, values, args):
                lines = [
                    f"{describe(call, battery.parameters)} = {outcome.fault.message if outcome.fault else show(outcome.value)}"
                    for call, outcome in zip(calls, results, strict=True)
                ]
                raise Mistake(tell, name=mistake, credit=credit, counterexample="\n".join(lines))

    return Check(name, points, run, visibility, needs, hint)


def _rows(battery: Battery, inputs: Sequence[Callable[..., Args]], examples: Sequence[Args] | None) -> list[Any]:
    chosen = battery.drawn[:: max(1, len(battery.drawn) // 8)] if examples is None else examples
    doubles = [tuple(a.double() if isinstance(a, Tensor) else a for a in args) for args in chosen]
    return [(args, [battery.call(make(*args)) for make in inputs]) for args in doubles]


def _obeys(law: Law, values: list[Tensor | None], args: Args) -> bool:
    if any(value is None for value in values):
        return False
    try:
        kept = law(*(value.double() for value in values if value is not None), *args)
    except (RuntimeError, IndexError):  # a value of a shape that the law cannot be stated for
        return False
    return bool(kept.all()) if isinstance(kept, Tensor) else bool(kept)

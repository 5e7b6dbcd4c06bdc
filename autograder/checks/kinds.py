"""What kind of thing comes back: a Python number, and not an array that holds one."""

import numpy as np

from autograder.checks.kept import recorded
from autograder.checks.replay import replay, sentence
from autograder.inputs import Battery, Evidence, kind_of
from autograder.model import Answer, Check, Mistake, Visibility


def is_number(
    battery: Battery,
    *,
    points: float = 0.25,
    name: str = "is a Python number",
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "value.item() makes a Python number of a tensor or an array that holds one.",
) -> Check:
    """Every value is a number, of Python or numpy, not a tensor or an array."""

    def run(answer: Answer) -> None:
        seen = replay(battery, answer)
        if seen.dead:
            raise Mistake(sentence(battery.function, seen.dead))
        values = [outcome.value for outcome in seen.outcomes if not outcome.fault]
        bad = [value for value in values if isinstance(value, bool) or not isinstance(value, int | float | np.number)]
        if bad:
            words = tuple(map(kind_of, values))
            raise Mistake(
                f"{battery.subject} {kind_of(bad[0])}; a Python number is expected.", evidence=Evidence(words)
            )

    record = recorded("is_number", battery, points=points, name=name, needs=needs, hint=hint)
    return Check(name, points, run, visibility, needs, hint, record, asks=lambda: (battery.calls,))

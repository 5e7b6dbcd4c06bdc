"""Whether our functions in this process are still ours: where the submission changed one, what fails then is no fault of ours.

Only callables are compared, of our modules and of their classes: what else there is may change as we work.
"""

import sys
from collections.abc import Callable
from typing import Any

OURS = "autograder."
TAKEN_AWAY = (
    "autograder.model",
    "autograder.student.inside.nursery",
)  # by the start, before a submission runs
Parts = dict[tuple[str, str], Callable[..., Any]]


def parts() -> Parts:
    """The callables of our modules and classes as they are now, by place and name.

    Looks at every module that is there, which in a process just forked copies the memory they lie in: to be called before."""
    found: Parts = {}
    for place, module in list(sys.modules.items()):
        if place.startswith(OURS) and not place.startswith(TAKEN_AWAY):
            for name, value in list(vars(module).items()):
                found.update(_callables(place, name, value))
    return found


def changed(before: Parts) -> bool:
    """Whether one of them is another by now, or gone."""
    now = parts()
    return any(now.get(place) is not value for place, value in before.items())


def _callables(place: str, name: str, value: Any) -> Parts:
    if isinstance(value, type) and value.__module__.startswith(OURS):
        within = f"{place}.{name}"
        return {(within, key): member for key, member in vars(value).items() if callable(member)} | {
            (place, name): value
        }
    return {(place, name): value} if callable(value) else {}

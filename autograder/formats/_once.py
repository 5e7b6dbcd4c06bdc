"""Work that is done once for what a class shares: findings that were read from equal bytes are one object (``_json_quick``)."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

T = TypeVar("T")
R = TypeVar("R")
P = ParamSpec("P")

_MOST = 4096  # things; then all are forgotten


def once(function: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
    """``function``, which depends on nothing but its arguments, asked once for each first argument; that one is known by being
    the very same object, since to compare or hash a thing like a finding takes longer than most that is made of it."""
    held: dict[Any, tuple[T, R]] = {}  # each thing is kept, so that its id stays its own

    def ask(thing: T, /, *others: P.args, **named: P.kwargs) -> R:
        key = (id(thing), *others, *named.values())
        if key not in held:
            if len(held) >= _MOST:
                held.clear()
            held[key] = thing, function(thing, *others, **named)
        return held[key][1]

    return ask

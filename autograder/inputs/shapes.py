"""Shapes by name: ("N", "C") and ("N",) share a length, and a list of sizes says which lengths are tried."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.inputs.domains import Domain
from autograder.inputs.given import Args, Inputs
from autograder.model import CourseError

Named = Any
"""A tuple of lengths and names of lengths; a list of these for a list of arrays."""


def arguments(
    *domains: Domain,
    shapes: Sequence[Any] = (),
    sizes: Sequence[Sequence[int] | Mapping[str, int]] = (),
    make: Callable[..., Args] | None = None,
) -> Inputs:
    """Inputs of a function, one domain per argument.

    Args:
        shapes: one shape per argument, with names for lengths, such as ``[("N", "K"), ("N",)]``; or a list of such entries,
            without names, simplest first. ``()`` is a single number, a list of shapes a list of arrays; where an argument is
            no array its shape is of no account. Without shapes every argument is a single number.
        sizes: the lengths that the names stand for, simplest first: tuples in the order in which the names appear, or dicts.
            Without them some that tell the names apart, and some that do not.
        make: (*drawn) -> the arguments that are asked, where a domain alone does not say it.

    Raises:
        CourseError: a shape is missing, or a length has no name.
    """
    if not shapes:
        shapes = [[()] * len(domains)]
    names = _names(shapes)
    if () in shapes and not names:  # a number's shape, which is no entry: so this is one entry
        shapes = [shapes]
    if not names and all(isinstance(shape, list | tuple) for entry in shapes for shape in entry):
        _as_many(domains, shapes)
        return Inputs(domains, tuple(tuple(map(_shape, entry)) for entry in shapes), make=make)
    _as_many(domains, [shapes])
    rows = [_row(row, names) for row in sizes or _some(len(names))]
    entries = tuple(tuple(_put(shape, row) for shape in shapes) for row in rows)
    return Inputs(domains, entries, tuple(rows), make)


def _as_many(domains: Sequence[Domain], entries: Sequence[Sequence[Any]]) -> None:
    for entry in entries:
        if len(entry) != len(domains):
            raise CourseError(
                f"arguments(...) has {len(domains)} domains but {len(entry)} shapes in {entry!r}; "
                "one for each argument is expected. Without names of lengths shapes is a list of such entries."
            )


def _names(shape: Any) -> list[str]:
    """Names of lengths, in order of appearance."""
    if isinstance(shape, str):
        return [shape]
    found = [name for entry in shape for name in _names(entry)] if isinstance(shape, list | tuple) else []
    return list(dict.fromkeys(found))


def _row(row: Sequence[int] | Mapping[str, int], names: Sequence[str]) -> Mapping[str, int]:
    found = dict(row) if isinstance(row, Mapping) else dict(zip(names, row, strict=False))
    if set(found) < set(names) or (not isinstance(row, Mapping) and len(row) != len(names)):
        raise CourseError(
            f"The sizes {row!r} do not say how long each of {', '.join(names)} is; one number for each is expected."
        )
    return found


def _some(count: int) -> list[tuple[int, ...]]:
    """All different, rising and falling; all equal; larger ones."""
    up = tuple(range(1, count + 1))
    if not count:
        return [()]
    return [up, tuple(n + 1 for n in reversed(up)), (3,) * count, tuple(n + 3 for n in up)]


def _put(shape: Named, sizes: Mapping[str, int]) -> Any:
    if isinstance(shape, list):
        return [_put(one, sizes) for one in shape]
    return tuple(sizes[length] if isinstance(length, str) else length for length in shape)


def _shape(shape: Any) -> Any:
    if isinstance(shape, list) and any(isinstance(one, list | tuple) for one in shape):
        return [tuple(one) for one in shape]
    return tuple(shape)

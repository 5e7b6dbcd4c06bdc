"""What an oracle says of a call: its value and gradients with their scales and slacks, in float64."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor

from autograder.inputs.arrays import for_oracle
from autograder.inputs.authored import authored
from autograder.inputs.compare import Expected
from autograder.inputs.value import Layout, Leaf, Path, layout_of, rows, span
from autograder.model import Call, CourseError, perform

Args = tuple[Any, ...]
Terms = Callable[..., Sequence[Tensor]] | Mapping[str, Callable[..., Sequence[Tensor]]]
"""(*args) -> the summands of the value; or, by the name of a part, of that part."""


class Asked(Protocol):
    """What of a battery the oracle's answer depends on."""

    @property
    def oracle(self) -> Callable[..., Any]: ...
    @property
    def terms(self) -> Terms | None: ...
    @property
    def returns(self) -> tuple[str, ...]: ...
    @property
    def guards(self) -> Sequence[Callable[..., Args]]: ...
    @property
    def arrays(self) -> str: ...


def expect(battery: Asked, call: Call) -> Expected:
    """The oracle's value and gradients for a call, with their scales and slacks, in float64."""
    value, gradients = _differentiate(battery, call)
    _comparable(value, call)
    single = _is_single(call.args)
    if not isinstance(value, Tensor):
        return replace(_with_terms_of_parts(battery, call, _of_any_kind(value, gradients)), single=single)
    found = (
        _within_terms(battery.terms, battery.guards, call, value, gradients)
        if callable(battery.terms)
        else _of_any_kind(value, gradients)
    )
    return (
        replace(found, layout=layout_of(value), single=single)
        if battery.arrays == "numpy"
        else replace(found, layout=None)
    )


def _comparable(value: Any, call: Call) -> None:
    try:
        layout_of(value)
    except TypeError as error:
        raise CourseError(
            f"The oracle of {call.function} returns what cannot be compared ({error}); expected are tensors, numbers, "
            "truth values, texts, None, and tuples, lists or dicts of these."
        ) from None


def _is_single(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_is_single, value))
    return isinstance(value, Tensor | np.ndarray) and torch.as_tensor(value).dtype == torch.float32


def oracle_value(battery: Asked, call: Call) -> Any:
    """What the oracle returns for a call."""
    return _ask(battery.oracle, call, for_oracle(call.args))


def weights(value: Any) -> Tensor | None:
    """Weights for the sum that is differentiated, of the value's shape: no two alike, none of them 0."""
    if not isinstance(value, Tensor):
        return None
    n = value.numel()
    return (torch.linspace(0.5, 1.5, n) * (1 - 2 * (torch.arange(n) % 2))).double().reshape(value.shape)


def _ask(oracle: Callable[..., Any], call: Call, args: Args) -> Any:
    """Raises CourseError for whatever the oracle raises."""
    with authored(f"the oracle of {call.function}"):
        if call.steps and isinstance(oracle, type):
            results, stopped = perform(oracle, args, call.steps, _snapshot)
            if stopped:
                raise stopped[1]
            return results
        named = len(args) - len(call.keywords)
        return oracle(*args[:named], **dict(zip(call.keywords, args[named:], strict=True)))


def _summands(terms: Callable[..., Sequence[Tensor]], call: Call, args: Args, shape: torch.Size) -> Sequence[Tensor]:
    """What ``terms`` returns. Raises CourseError where these are no summands of a value of this shape."""
    said = f"terms of {call.function}"
    with authored(said):
        found: Any = terms(*args)
    if isinstance(found, Tensor) or not isinstance(found, list | tuple):
        raise CourseError(f"{said} returns {_kind(found)}; a tuple of summands is expected: return (a, b).")
    for summand in found:
        if not isinstance(summand, Tensor):
            raise CourseError(f"{said} returns {_kind(summand)} among its summands; each is a tensor.")
        if not _fits(summand.shape, shape):
            raise CourseError(
                f"{said} returns a summand of shape {tuple(summand.shape)}, but the oracle's value has shape {tuple(shape)}, and "
                "each summand must fit into it."
            )
    summands: Sequence[Tensor] = found
    return summands


def _kind(value: Any) -> str:
    return "one tensor" if isinstance(value, Tensor) else f"a value of type {type(value).__name__}"


def _fits(shape: torch.Size, whole: torch.Size) -> bool:
    """Whether the one broadcasts to the other."""
    aligned = zip(reversed(shape), reversed(whole), strict=False)
    return len(shape) <= len(whole) and all(n in (1, m) for n, m in aligned)


def _snapshot(value: Any) -> Any:
    return for_oracle(value)


def _of_any_kind(value: Any, gradients: tuple[Tensor, ...]) -> Expected:
    layout = layout_of(value)
    row = rows(value, layout)
    assert row is not None  # the layout is its own
    row = row.detach().double()
    scale = _scales(value, layout).reshape(row.shape)
    near = tuple(_size(gradient) for gradient in gradients)
    return Expected(row, scale, torch.zeros_like(row), gradients, near, tuple(map(torch.zeros_like, gradients)), layout)


def _with_terms_of_parts(battery: Asked, call: Call, expected: Expected) -> Expected:
    """The scales of those parts that have terms of their own."""
    if not isinstance(battery.terms, Mapping):
        return expected
    assert expected.layout
    scale = expected.scale.clone()
    for name, terms in battery.terms.items():
        start, inner = span(expected.layout, (battery.returns.index(name) if name in battery.returns else name,))
        whole = torch.zeros(inner.shape if isinstance(inner, Leaf) else (inner.size,), dtype=torch.float64)
        parts = [
            term.detach().double().abs().broadcast_to(whole.shape)
            for term in _summands(terms, call, for_oracle(call.args), whole.shape)
        ]
        scale[start : start + inner.size] = torch.stack(parts).sum(0).reshape(-1)
    return replace(expected, scale=scale)


def _size(row: Tensor) -> Tensor:
    """1 + the largest absolute number, in each place."""
    return torch.full_like(row, 1 + float(row.abs().nan_to_num(posinf=0.0).max()) if row.numel() else 1.0)


def _scales(value: Any, layout: Layout) -> Tensor:
    """For each array of the value its size."""
    if isinstance(layout, Leaf):
        row = rows(value, layout)
        assert row is not None
        return _size(row.detach().double()).reshape(-1)
    entries = value.values() if isinstance(value, Mapping) else value
    layouts = [entry[1] if isinstance(entry, tuple) else entry for entry in layout.entries]
    found = [_scales(entry, inner) for entry, inner in zip(entries, layouts, strict=True)]
    return torch.cat(found) if found else torch.zeros(0, dtype=torch.float64)


def _within_terms(
    terms: Callable[..., Sequence[Tensor]],
    guards: Sequence[Callable[..., Args]],
    call: Call,
    value: Tensor,
    gradients: tuple[Tensor, ...],
) -> Expected:
    parts, slopes = _parts(terms, call, value)
    slack, gradient_slacks = torch.zeros_like(value), [torch.zeros_like(gradient) for gradient in gradients]
    for guard in guards:
        moved, moved_slopes = _parts(lambda *args, guard=guard: terms(*guard(*args)), call, value)
        slack = torch.maximum(slack, _distance(moved, parts).sum(0))
        gradient_slacks = [
            torch.maximum(old, _distance(a, b).sum(0))
            for old, a, b in zip(gradient_slacks, moved_slopes, slopes, strict=True)
        ]
    return Expected(
        value,
        parts.abs().sum(0),
        2 * slack,
        gradients,
        tuple(slope.abs().sum(0) for slope in slopes),
        tuple(2 * s for s in gradient_slacks),
    )


def _parts(terms: Callable[..., Sequence[Tensor]], call: Call, value: Tensor) -> tuple[Tensor, tuple[Tensor, ...]]:
    """The terms, stacked, and for each requested argument their gradients, stacked. A guard may stand in one term and not in
    the next, so that each is looked at alone: what cancels in the sum need not cancel in an answer."""
    args = for_oracle(call.args)
    leaves = [args[i].requires_grad_() for i in call.gradients]
    parts, rows = [], []
    for term in _summands(terms, call, args, value.shape):
        parts.append(term.detach().broadcast_to(value.shape))
        found: Sequence[Tensor | None] = [None] * len(leaves)
        if leaves and term.requires_grad:
            found = torch.autograd.grad(term.sum(), leaves, allow_unused=True, retain_graph=True)
        rows.append([torch.zeros_like(leaf) if g is None else g for g, leaf in zip(found, leaves, strict=True)])
    return torch.stack(parts), tuple(torch.stack(column) for column in zip(*rows, strict=True))


def _distance(a: Tensor, b: Tensor) -> Tensor:
    return torch.where(a == b, 0.0, (a - b).abs()).nan_to_num(nan=0.0)


def _differentiate(battery: Asked, call: Call) -> tuple[Any, tuple[Tensor, ...]]:
    """The oracle's value, detached if it is a tensor, and the gradients of the sum that the student's side differentiates."""
    args = for_oracle(call.args)
    leaves = [args[i].requires_grad_() for i in call.gradients]
    value = _ask(battery.oracle, call, args)
    summed = _first(value, call.of)
    if not leaves or summed is None:
        return value.detach() if isinstance(value, Tensor) else value, ()
    if not summed.requires_grad:
        if summed is not value and not call.of:  # nobody asked for this entry's
            return value, ()
        where = f" (its entry {call.of[-1]!r})" if call.of else ""
        raise CourseError(
            f"The oracle of {call.function} returns what has no gradient{where}, but gradients={call.gradients!r} asks for one; "
            "compute it with torch functions from the arguments, or leave gradients out."
        )
    weights = torch.ones_like(summed) if call.cotangent is None else call.cotangent.double()
    found = torch.autograd.grad((summed * weights).sum(), leaves, allow_unused=True)
    filled = (torch.zeros_like(leaf) if g is None else g for g, leaf in zip(found, leaves, strict=True))
    return value.detach() if isinstance(value, Tensor) else value, tuple(filled)


def _first(value: Any, of: Path) -> Tensor | None:
    """The tensor that is differentiated: the value, or its entry ``of``, or the first in a tuple or list."""
    for key in of:
        value = value[key]
    if isinstance(value, list | tuple):
        return next((entry for entry in value if isinstance(entry, Tensor)), None)
    return value if isinstance(value, Tensor) else None

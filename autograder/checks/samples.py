"""Draws from the right distribution: a sampler is tested as a distribution, with a stated false-alarm rate.

A sampler maps parameters to draws. What is tested are the draws' *residuals*, their noise recovered, which must be
standard normal and independent. Every test has an exact tail probability, and one whose draws are honest fails it with
probability below 1e-14. There are at most 60 tests in an answer, so that a class of 1000 honest samplers sees a false
alarm with probability below 1e-9.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from autograder.checks.kept import Data, doubles, line, recorded
from autograder.checks.readback import explain_draws
from autograder.checks.replay import sentence, show
from autograder.inputs import Evidence, Sampler, as_tensor, authored, is_tensor
from autograder.model import Answer, Call, Check, Fault, Mistake, Visibility

CHANCE = 1e-14
"""A statistic with a smaller tail probability (two-sided) is no accident."""


def samples(
    sampler: Sampler,
    *,
    points: float = 1,
    name: str = "draws from the right distribution",
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
) -> Check:
    """Residuals have mean 0, variance 1 and the normal's shape, share no noise, and differ between seeds.

    The evidence is the location, spread, shape and sharing of each block's residuals, so that a wrong sampler is recognised
    whatever draws made it. The dtype must be that of float32 arguments; three quarters of the points are left otherwise.
    """

    def run(answer: Answer) -> None:
        outcomes = answer.calls(sampler.calls)
        draws = [_draws(call, o.value, o.fault) for call, o in zip(sampler.calls, outcomes, strict=True)]
        residuals = [_residual(sampler, z, call.args) for z, call in zip(draws, sampler.calls, strict=True)]
        if problem := _problem(draws, residuals):
            summary = torch.stack([_summary(r) for r in residuals])
            raise Mistake(
                f"{sampler.function} draws from another distribution. {problem}",
                evidence=Evidence((summary,), tolerance=0.12),
                read=lambda: explain_draws(sampler, answer),
            )
        _same_dtype(sampler, draws)

    record = recorded("samples", sampler, points=points, name=name, needs=needs, hint=hint)
    return Check(name, points, run, visibility, needs, hint, record, asks=lambda: (sampler.calls,))


def _residual(sampler: Sampler, z: Tensor, args: Sequence[Any]) -> Tensor:
    with authored(f"the residual of {sampler.function}"):
        return sampler.residual(z.double(), *(a.double() for a in args))


def _draws(call: Call, value: object, fault: Fault | None) -> Tensor:
    if fault:
        raise Mistake(sentence(call.function, fault))
    found = as_tensor(value)
    shape = tuple(call.args[0].shape)
    if found is None or tuple(found.shape) != shape:
        shown = f"shape {tuple(found.shape)}" if found is not None else show(value)
        evidence = Evidence((None if found is None else torch.tensor(found.shape).double(),))
        raise Mistake(f"{call.function} returns {shown}; a tensor of shape {shape} is expected.", evidence=evidence)
    if not is_tensor(value):
        raise Mistake(
            f"{call.function} returns {show(value)}; a torch tensor is expected: no gradient passes through anything else.",
            name="not_a_tensor",
            credit=0.5,
        )
    return found


def _same_dtype(sampler: Sampler, draws: Sequence[Tensor]) -> None:
    for call, z in zip(sampler.calls, draws, strict=True):
        if call.args[0].dtype == torch.float32 and z.dtype != torch.float32:
            raise Mistake(
                f"{sampler.function} returns {z.dtype} for float32 arguments. A float32 network cannot take that; "
                "draw the noise with torch.randn_like.",
                name="other_dtype",
                credit=0.75,
            )


def _problem(draws: Sequence[Tensor], residuals: Sequence[Tensor]) -> str:
    """What is wrong with the draws, as a sentence; "" if nothing is."""
    if any(r.isnan().any() for r in residuals):
        return "Some draws are NaN."
    if any(bool((a == b).all()) for a, b in zip(draws[::2], draws[1::2], strict=True)):
        return "Two draws with different seeds are equal: nothing random enters."
    for r in residuals:
        if text := _judge(r):
            return text
    if _shape_chance(torch.cat([r.flatten() for r in residuals])) < CHANCE:
        return "Mean and variance are right, but the draws are not normally distributed."
    return ""


def _judge(r: Tensor) -> str:
    chances = _chances(r)
    if chances["variance"] < CHANCE:
        return f"The draws spread {show(float(r.std()))} times as far as they should."
    if chances["mean"] < CHANCE:
        return f"The draws are off the mean by {show(float(r.mean()))} standard deviations on average."
    if min(chances["rows"], chances["columns"]) < CHANCE:
        return "The draws are not independent: elements share the same noise."
    return ""


def _chances(r: Tensor) -> dict[str, float]:
    """Tail probabilities, two-sided, of residuals (rows, columns) under "standard normal and independent". Exact:

    the mean is normal; the sum of squares around the mean, and that of the rows' and of the columns' means, are chi-square.
    """
    rows, columns = r.shape
    z = r.mean().abs() * r.numel() ** 0.5
    return {
        "mean": float(torch.special.erfc(z / 2**0.5)),
        "variance": _chi_square((r - r.mean()).square().sum(), r.numel() - 1),
        "rows": _chi_square(columns * (r.mean(1) - r.mean()).square().sum(), rows - 1),
        "columns": _chi_square(rows * (r.mean(0) - r.mean()).square().sum(), columns - 1),
    }


def _chi_square(value: Tensor, degrees: int) -> float:
    """Two-sided tail probability; 1 where there is nothing to compare."""
    if degrees < 1:
        return 1.0
    half = torch.tensor(degrees / 2, dtype=torch.float64)
    below, above = torch.special.gammainc(half, value / 2), torch.special.gammaincc(half, value / 2)
    return float(2 * torch.minimum(below, above))


def _shape_chance(r: Tensor) -> float:
    """Bound on the tail probability of the Kolmogorov distance D to the standard normal: 2 exp(-2 n D²), for every n.

    Source: Massart, The Tight Constant in the Dvoretzky-Kiefer-Wolfowitz Inequality (1990).
    """
    n = r.numel()
    cdf = torch.special.ndtr(r.sort().values)
    steps = torch.arange(n + 1, dtype=torch.float64) / n
    distance = torch.maximum((steps[1:] - cdf).max(), (cdf - steps[:-1]).max())
    return float(2 * torch.exp(-2 * n * distance**2))


def _summary(r: Tensor) -> Tensor:
    """What makes one wrong sampler different from another: location, log of spread, shape, sharing."""
    spread = r.std().clamp(min=1e-6)
    shape = (r - r.mean()).abs().mean() / spread  # 0.798 for a normal, 0.866 for a uniform
    shared = torch.stack([r.mean(1).std(correction=0), r.mean(0).std(correction=0)]) / spread
    return torch.cat([torch.stack([r.mean() / (1 + r.mean().abs()), spread.log(), 10 * (shape - 0.798)]), shared])


def pathwise(
    sampler: Sampler,
    identity: Callable[..., Sequence[Tensor]],
    *,
    points: float = 1,
    name: str = "gradients pass through the draw",
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
) -> Check:
    """The gradient of sum(w z) with respect to each argument follows from the draw itself, for the first block.

    ``identity(z, w, *args)`` gives the gradients that a reparameterised draw z must have, whatever noise it used.
    """
    args = sampler.blocks[0]
    w = torch.linspace(0.5, 2.0, args[0].numel()).reshape(args[0].shape).double()
    calls = (Call(sampler.function, args, tuple(range(len(args))), cotangent=w, seed=13),)

    def run(answer: Answer) -> None:
        outcome = answer.calls(calls)[0]
        if outcome.fault:
            outcome = answer.calls([Call(sampler.function, args, seed=13)])[0]  # numpy refuses what requires a gradient
        if outcome.fault:
            raise Mistake(sentence(sampler.function, outcome.fault))
        z = as_tensor(outcome.value)
        if z is None or z.shape != args[0].shape:
            raise Mistake(f"{sampler.function} returns {show(outcome.value)}; a tensor is expected.")
        with authored(f"the identity of {sampler.function}"):
            expected = identity(z.double(), w, *(a.double() for a in args))
        _follow(sampler, outcome.gradients or (None,) * len(args), expected, lambda i: _depends(answer, calls[0], z, i))

    def record() -> Data:
        lines = line(lambda z: identity(z, w, *doubles(args)), args)
        return recorded("pathwise", sampler, points=points, name=name, needs=needs, hint=hint)() | {"identity": lines}

    return Check(name, points, run, visibility, needs, hint, record)


def _depends(answer: Answer, call: Call, z: Tensor, i: int) -> bool:
    """Whether the draw changes with argument ``i``, the noise being the same."""
    moved = (*call.args[:i], call.args[i] * (1 - 2**-5), *call.args[i + 1 :])
    outcome = answer.calls([replace(call, args=moved, gradients=(), cotangent=None)])[0]
    other = None if outcome.fault else as_tensor(outcome.value)
    return other is None or not torch.equal(other, z)


def _follow(
    sampler: Sampler, found: Sequence[Tensor | None], expected: Sequence[Tensor], depends: Callable[[int], bool]
) -> None:
    reached = [g is not None and bool(g.any()) for g in found]
    if not any(reached):
        raise Mistake(
            f"No gradient passes through {sampler.function}: the draw is cut off from its parameters. Draw noise that has "
            f"no parameters, and compute the result from it and from {' and '.join(sampler.parameters)}.",
            name="gradient_cut",
            credit=0.5,
        )
    for i, (name, g, e, there) in enumerate(zip(sampler.parameters, found, expected, reached, strict=True)):
        if not there and not depends(i):
            raise Mistake(
                f"{sampler.function} does not depend on {name}: the same noise gives the same draws whatever it is."
            )
        if g is None or not there:
            raise Mistake(f"No gradient of {sampler.function} reaches {name}.", name="gradient_missing", credit=0.5)
        if g.shape != e.shape or not ((g.double() - e).abs() <= 1e-3 * (1 + e.abs())).all():
            raise Mistake(
                f"The gradient of {sampler.function} with respect to {name} does not fit the value that was drawn."
            )

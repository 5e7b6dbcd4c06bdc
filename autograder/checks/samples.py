"""Draws from the right distribution: a sampler is tested as a distribution, with a stated false-alarm rate.

A sampler maps (mu, logvar) to draws. What is tested are the residuals r = (z - mu)/exp(logvar/2), which must be standard
normal and independent, in several blocks of different logvar. Each statistic fails by chance with probability below
1e-12, so that a class of 500 honest samplers raises a false alarm with probability below 1e-7... per million classes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from autograder.checks.replay import sentence, show
from autograder.compare import Evidence, as_tensor, is_tensor
from autograder.errors import Mistake
from autograder.model import Answer, Call, Check, Fault, Visibility
from autograder.search import Args

SIGMAS = 7.5
"""A statistic further than this from its mean, in its standard deviations, is no accident: two-sided 6.4e-14 each."""


@dataclass(frozen=True)
class Sampler:
    """What a sampler is asked, and what its draws must look like.

    Attributes:
        function: name of the student's function.
        blocks: arguments of each call; every call draws (rows, columns) values of one distribution per block.
        residual: (z, *args) -> values that must be standard normal and independent.
        seeds: each block is drawn once per seed.
    """

    function: str
    blocks: tuple[Args, ...]
    residual: Callable[..., Tensor]
    gradients: tuple[int, ...] = ()
    seeds: tuple[int, ...] = (11, 12)

    def calls(self) -> tuple[Call, ...]:
        return tuple(Call(self.function, args, (), seed=seed) for args in self.blocks for seed in self.seeds)


def samples(
    sampler: Sampler,
    *,
    points: float = 1,
    name: str = "draws from the right distribution",
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
) -> Check:
    """Residuals have mean 0, variance 1 and the normal's shape, differ between elements and between seeds.

    The evidence is the statistics of each block, so that a wrong spread is recognised whatever draws made it.
    """
    calls = sampler.calls()

    def run(answer: Answer) -> None:
        outcomes = answer.calls(calls)
        faults = [outcome.fault for outcome in outcomes]
        if faults[0]:
            raise Mistake(sentence(sampler.function, faults[0]))
        draws = [_draws(sampler.function, call, o.value, o.fault) for call, o in zip(calls, outcomes, strict=True)]
        residuals = [
            sampler.residual(z.double(), *(a.double() for a in call.args)) for z, call in zip(draws, calls, strict=True)
        ]
        statistics = [_statistics(r) for r in residuals]
        problem = next((text for s, r in zip(statistics, residuals, strict=True) if (text := _problem(s, r))), "")
        if not problem and any(_same(a, b) for a, b in zip(draws[::2], draws[1::2], strict=True)):
            problem = "Two draws with different seeds are equal: nothing random enters."
        if problem:
            summary = torch.stack([_summary(r) for r in residuals])
            raise Mistake(
                f"{sampler.function} draws from another distribution. {problem}",
                evidence=Evidence((summary,), tolerance=0.08),
            )

    return Check(name, points, run, visibility, needs, hint)


def _draws(function: str, call: Call, value: object, fault: Fault | None) -> Tensor:
    if fault:
        raise Mistake(sentence(function, fault))
    found = as_tensor(value)
    shape = tuple(call.args[0].shape)
    if found is None or tuple(found.shape) != shape:
        shown = tuple(found.shape) if found is not None else show(value)
        raise Mistake(f"{function} returns {shown}; a tensor of shape {shape} is expected.")
    if not is_tensor(value):
        raise Mistake(f"{function} returns {show(value)}; a torch tensor is expected.", name="not_a_tensor", credit=0.5)
    if found.isnan().any():
        raise Mistake(f"{function} returns NaN.")
    return found


def _statistics(r: Tensor) -> dict[str, float]:
    """z-scores of residuals of shape (rows, columns) under "standard normal and independent"."""
    n = r.numel()
    rows, columns = r.shape
    flat = r.flatten().sort().values
    ranks = torch.arange(1, n + 1, dtype=torch.float64) / n
    distance = (torch.special.ndtr(flat) - ranks).abs().max() * n**0.5
    mean_of_rows = r.mean(1)  # of a draw shared by a row, or of one draw shared by all, the spread is too wide
    mean_of_columns = r.mean(0)
    return {
        "mean": float(r.mean()) * n**0.5,
        "variance": (float(r.var()) - 1) * (n / 2) ** 0.5,
        "shape": float(distance) / 0.6,  # Kolmogorov: P(D sqrt(n) > 4.5) < 1e-17, and 4.5 / 0.6 = 7.5
        "rows": (float(mean_of_rows.var()) * columns - 1) * ((rows - 1) / 2) ** 0.5 / 2,
        "columns": (float(mean_of_columns.var()) * rows - 1) * ((columns - 1) / 2) ** 0.5 / 4,
    }


def _summary(r: Tensor) -> Tensor:
    """What makes one wrong sampler different from another: location, log of spread, shape, sharing."""
    spread = r.std().clamp(min=1e-6)
    shape = (r - r.mean()).abs().mean() / spread  # 0.798 for a normal, 0.866 for a uniform
    shared = torch.stack([r.mean(1).std(), r.mean(0).std()]) / spread
    return torch.cat([torch.stack([r.mean() / (1 + r.mean().abs()), spread.log(), 4 * shape]), shared])


def _problem(statistics: dict[str, float], r: Tensor) -> str:
    bad = {key for key, score in statistics.items() if not abs(score) <= SIGMAS}
    if "variance" in bad:
        return f"The draws spread {show(float(r.std()))} times as far from mu as they should."
    if "mean" in bad:
        return f"The draws are off mu by {show(float(r.mean()))} standard deviations on average."
    if "rows" in bad or "columns" in bad:
        return "The draws are not independent: elements share the same noise."
    if "shape" in bad:
        return "Mean and variance are right, but the draws are not normally distributed."
    return ""


def _same(a: Tensor, b: Tensor) -> bool:
    return bool((a == b).all())


def pathwise(
    sampler: Sampler,
    identity: Callable[..., Sequence[Tensor]],
    parameters: Sequence[str],
    *,
    points: float = 1,
    name: str = "gradients pass through the draw",
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
) -> Check:
    """The gradient of sum(w z) with respect to each argument follows from the draw itself.

    ``identity(z, w, *args)`` gives the gradients that a reparameterised draw z must have, whatever noise it used.
    """
    weights = [torch.linspace(0.5, 2.0, args[0].numel()).reshape(args[0].shape).double() for args in sampler.blocks]
    calls = tuple(
        Call(sampler.function, args, sampler.gradients, cotangent=w, seed=13)
        for args, w in zip(sampler.blocks, weights, strict=True)
    )

    def run(answer: Answer) -> None:
        for call, outcome in zip(calls, answer.calls(calls), strict=True):
            if outcome.fault:
                raise Mistake(sentence(sampler.function, outcome.fault))
            z = as_tensor(outcome.value)
            if z is None:
                raise Mistake(f"{sampler.function} returns {show(outcome.value)}; a tensor is expected.")
            expected = identity(z.double(), call.cotangent, *(a.double() for a in call.args))
            _follow(sampler.function, parameters, outcome.gradients or (None,) * len(parameters), expected)

    return Check(name, points, run, visibility, needs, hint)


def _follow(
    function: str, parameters: Sequence[str], found: Sequence[Tensor | None], expected: Sequence[Tensor]
) -> None:
    reached = [g is not None and bool(g.any()) for g in found]
    if not any(reached):
        raise Mistake(
            f"No gradient passes through {function}: the draw is cut off from its parameters. Draw eps from N(0, I), "
            "which has no parameters, and compute z from mu, logvar and eps.",
            name="gradient_cut",
            credit=0.5,
        )
    for name, g, e, there in zip(parameters, found, expected, reached, strict=True):
        if g is None or not there:
            raise Mistake(f"No gradient of {function} reaches {name}.", name="gradient_missing", credit=0.5)
        if g.shape != e.shape or not ((g.double() - e).abs() <= 1e-3 * (1 + e.abs())).all():
            raise Mistake(f"The gradient of {function} with respect to {name} does not fit the value that was drawn.")

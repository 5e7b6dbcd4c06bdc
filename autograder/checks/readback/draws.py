"""A wrong sampler read back: its location, its spread and its noise, element by element."""

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from autograder.checks.readback.slip import Slip
from autograder.inputs import Draw, Sampler, as_tensor
from autograder.model import Answer, Call, Mistake

_EXACT = 1e-5  # relative residual; draws in float32 have 1e-7
_ONE = 1e-3  # what is added to all elements differs by less
_LIKE = 0.06  # how far a statistic of 1280 draws may be off: six standard deviations at least


def explain_draws(sampler: Sampler, answer: Answer) -> Mistake | None:
    """The mistake that the draws give away, from calls with one seed; None if they give none away, or nothing is declared."""
    if (draw := sampler.draw) is None:
        return None
    rows = [*draw.numbers, *draw.swept]
    calls = [Call(sampler.function, draw.args(row), seed=draw.seed) for row in rows]
    outcomes = answer.calls((*calls, replace(calls[0], seed=draw.seed + 1)))
    found = [None if o.fault else as_tensor(o.value) for o in outcomes]
    if any(z is None or tuple(z.shape) != draw.shape or not z.isfinite().all() for z in found):
        return None
    z = torch.stack([value.double().flatten() for value in found if value is not None])
    if torch.equal(z[0], z[-1]):
        return _mistake(
            sampler,
            [Slip("same_noise", "another seed draws the same noise: it is remembered, or the seed is set inside", 0.0)],
        )
    generic, swept = z[: len(draw.numbers)], z[len(draw.numbers) : -1]
    said = _read(draw, generic)
    if said is None:
        return None
    limits = [] if said else _border(sampler, draw, generic, swept)
    return _mistake(sampler, said or limits) if said or limits else None


def _mistake(sampler: Sampler, said: Sequence[Slip]) -> Mistake:
    credits = [slip.credit for slip in said]
    credit = None if None in credits else min(c for c in credits if c is not None)
    text = f"{sampler.function}: {'; '.join(slip.said for slip in said)}."
    return Mistake(text, "+".join(slip.slug for slip in said), credit, whole=True)


def _read(draw: Draw, z: Tensor) -> list[Slip] | None:
    """What separates the draws from location + noise · spread; None where they are no such sum with any of the spreads."""
    location, *spreads = draw.values[0]
    for term, spread in zip(draw.spreads, spreads, strict=True):
        same = bool((spread == spread[0]).all())  # then what is added and the noise cannot be told apart: it is noise
        columns = torch.stack([location, spread] if same else [location, spread, torch.ones_like(location)], 1)
        found = torch.linalg.lstsq(columns, z).solution
        scale, noise, *added = found
        shift = added[0] if added else torch.zeros_like(noise)
        one_for_all = float(shift.max() - shift.min()) < _ONE  # else noise that is not scaled by this spread
        if one_for_all and float((columns @ found - z).norm() / z.norm()) <= _EXACT:
            slips = [*_of_location(draw, scale, shift)]
            if term.instead:
                said = term.tell or f"{term.symbol} stands where {draw.spreads[0].symbol} belongs"
                slips.append(Slip(f"{term.slug}_for_{draw.spreads[0].slug}", said, term.credit or 0.0))
            return [*slips, *_of_noise(draw, noise)]
    return None


def _of_location(draw: Draw, scale: Tensor, shift: Tensor) -> list[Slip]:
    symbol, near = draw.location.symbol, 1e-3
    if bool((scale.abs() < near).all()):
        return [Slip("location_missing", f"{symbol} is not added to the noise", 0.0)]
    if bool(((scale - 1).abs() > near).any()):
        return [
            Slip("location", f"{symbol} is multiplied by {float(scale.mean()):.3g} where it is to be added once", 0.0)
        ]
    return [Slip("shifted", f"{float(shift.mean()):.3g} is added", 0.0)] if bool((shift.abs() > near).any()) else []


def _of_noise(draw: Draw, noise: Tensor) -> list[Slip]:
    """What is wrong with the noise: it is missing, shared, cut off, of another distribution or another size."""
    if bool((noise.abs() < 1e-6).all()):
        return [Slip("no_noise", "no noise enters", 0.0)]
    table = noise.reshape(draw.shape)
    for axis, words in ((0, "the examples of a batch"), (1, "the elements of an example")):
        if bool((table - table.mean(axis, keepdim=True)).abs().max() < 1e-6):
            return [Slip("shared_noise", f"{words} share their noise; each element needs its own", 0.0)]
    top, low = float(noise.max()), float(noise.min())
    share = float(
        ((noise == noise.max()) | (noise == noise.min()) | ((noise - top).abs() < 1e-7) | ((noise - low).abs() < 1e-7))
        .double()
        .mean()
    )
    if share > 0.02:
        return [
            Slip("clamped_noise", f"the noise is right up to a border: it is clamped to [{low:.3g}, {top:.3g}]", 0.0)
        ]
    return _distribution(noise)


def _distribution(noise: Tensor) -> list[Slip]:
    mean, std = float(noise.mean()), float(noise.std())
    size = (
        float((noise - mean).abs().mean()) / std
    )  # 0.798 for a normal, 0.866 for a uniform, 0.707 for a Laplace distribution
    if abs(size - 0.866) < 0.02 and float((noise - mean).abs().max()) < 1.8 * std:
        low, high = (0.0 if abs(mean) > std else -1.0), 1.0
        good = abs(mean - (low + high) / 2) < _LIKE and abs(std - (high - low) / 12**0.5) < _LIKE
        where = f" between {low:g} and {high:g}" if good else ""
        return [Slip("uniform_noise", f"the noise is uniform{where} (rand); a standard normal is asked, randn", 0.0)]
    if abs(size - 0.707) < 0.03:
        return [Slip("laplace_noise", "the noise has a Laplace distribution; a standard normal is asked, randn", 0.0)]
    if abs(size - 0.798) > 0.04:
        return [Slip("other_noise", "the noise is not normally distributed; a standard normal is asked, randn", 0.0)]
    slips = []
    if abs(mean) > 2 * _LIKE * std:
        slips.append(Slip("noise_off_zero", f"the noise has the mean {mean:.2g}, not 0", 0.0))
    if abs(std - 0.5) < _LIKE / 2:
        slips.append(Slip("noise_halved", "the noise is halved", 0.0))
    elif abs(std - 1) > 2 * _LIKE:
        slips.append(Slip("noise_scaled", f"the noise has the spread {std:.2g}, not 1", 0.0))
    return slips


def _border(sampler: Sampler, draw: Draw, generic: Tensor, swept: Tensor) -> list[Slip]:
    """From where to where along each argument the draws have the right spread."""
    location, spread, *_ = draw.values[0]
    noise = ((generic - location[:, None]) / spread[:, None]).mean(0)
    along, width, *_ = draw.values[1]
    ratio = ((swept - along[:, None]) * noise).sum(1) / noise.square().sum() / width
    slips, start = [], 0
    for i, argument in enumerate(draw.arguments):
        numbers = draw.swept[start : start + len(argument.sweep), i].tolist()
        good = [bool(abs(r - 1) < 1e-3) for r in ratio[start : start + len(numbers)]]
        start += len(numbers)
        right = [n for n, ok in zip(numbers, good, strict=True) if ok]
        if right and not all(good) and good == [right[0] <= n <= right[-1] for n in numbers]:
            worst = numbers[-1] if not good[-1] else numbers[0]
            off = float(ratio[start - 1 if not good[-1] else start - len(numbers)])
            said = f"it is right up to a border, for {sampler.parameters[i]} from {right[0]:g} to {right[-1]:g}"
            slips.append(
                Slip("right_up_to_a_border", f"{said}; at {worst:g} its spread is {off:.3g} times the right one", None)
            )
    return slips

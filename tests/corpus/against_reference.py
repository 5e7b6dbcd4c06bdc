"""Holds a function of the corpus against the reference: what differs, in words. Knows nothing of the grader.

A label in the corpus is a claim ("right", "fails for a batch of one"); here the claim is tried at generic points, at wide
ones, for a batch of one, for unequal batches, at the edges D = 0 and 1, and in its gradients. Everything is float64; an
answer that refuses float64 is tried in float32.
"""

import contextlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import Tensor

from reference import gan, gaussian, vae

Function = Callable[..., object]

REFERENCES: dict[str, tuple[str, Function]] = {
    "kl_normal": ("kl_normal", gaussian.kl_normal),
    "kl_standard_normal": ("kl_standard_normal", gaussian.kl_standard_normal),
    "reparameterize": ("reparameterize", vae.reparameterize),
    "vae_loss": ("vae_loss", vae.vae_loss),
    "discriminator_loss": ("discriminator_loss", gan.discriminator_loss),
    "generator_loss": ("generator_loss", gan.generator_loss),
    "nonsaturating_loss": ("nonsaturating_generator_loss", gan.nonsaturating_generator_loss),
}


def load(path: Path, name: str) -> Function:
    """The function that the file defines. The corpus is our own, so its code runs here."""
    namespace: dict[str, object] = {"__name__": path.stem}
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), namespace)
    function = namespace[name]
    assert callable(function)
    return function


def complaints(path: Path, exercise: str) -> set[str]:
    """What is wrong with the function in the file; empty for a right one."""
    name, reference = REFERENCES[exercise]
    function = load(path, name)
    with contextlib.redirect_stdout(io.StringIO()):
        if exercise == "reparameterize":
            return set(_sampler(function))
        found = set(_all_points(function, reference, exercise, torch.float64))
        if "fails" in {f.split(":")[0] for f in found}:
            single = set(_all_points(load(path, name), reference, exercise, torch.float32))
            return min(found, single, key=len)
        return found


def points(exercise: str, dtype: torch.dtype) -> Iterator[tuple[str, tuple[Tensor, ...]]]:
    g = torch.Generator().manual_seed(3)

    def normal(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=g, dtype=torch.float64).to(dtype)

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return (low + (high - low) * torch.rand(*shape, generator=g, dtype=torch.float64)).to(dtype)

    if exercise == "kl_normal":
        yield "generic", (normal(5), uniform(0.4, 2, 5), normal(5), uniform(0.4, 2, 5))
        yield "broadcast", (normal(4, 1), uniform(0.4, 2, 3), normal(3), uniform(0.4, 2, 4, 1))
        yield (
            "wide",
            (normal(6), torch.logspace(-1.7, 1, 6, dtype=dtype), normal(6), torch.logspace(1, -1.7, 6, dtype=dtype)),
        )
    elif exercise == "kl_standard_normal":
        yield "generic", (normal(6, 4), normal(6, 4))
        yield "three axes", (normal(2, 3, 5), normal(2, 3, 5))
        yield "batch of one", (normal(1, 4), normal(1, 4))
        yield "wide", (normal(5, 3), uniform(-7, 7, 5, 3))
        yield "near the prior", (0.01 * normal(5, 3), 0.01 * normal(5, 3))
    elif exercise == "vae_loss":
        yield "generic", (uniform(0.05, 0.95, 5, 7), uniform(0, 1, 5, 7), normal(5, 3), normal(5, 3))
        yield "images", (uniform(0.05, 0.95, 3, 1, 4, 4), uniform(0, 1, 3, 1, 4, 4), normal(3, 2), normal(3, 2))
        yield "batch of one", (uniform(0.05, 0.95, 1, 7), uniform(0, 1, 1, 7), normal(1, 3), normal(1, 3))
        yield "binary", (uniform(0.001, 0.999, 4, 9), uniform(0, 1, 4, 9).round(), normal(4, 3), normal(4, 3))
    else:
        both = exercise != "nonsaturating_loss"
        for label, n, m, column in [
            ("generic", 7, 7, ()),
            ("unequal", 5, 8, ()),
            ("column", 5, 8, (1,)),
            ("batch of one", 1, 1, ()),
            ("column of one", 1, 1, (1,)),
        ]:
            real, fake = uniform(0.1, 0.9, n, *column), uniform(0.1, 0.9, m, *column)
            yield label, (real, fake) if both else (fake,)
        near = torch.tensor([0.001, 0.01, 0.5004, 0.97, 0.998], dtype=dtype)
        yield "wide", (near, near.flip(0)) if both else (near,)
        edge = torch.tensor([0.0, 1.0, 0.3], dtype=dtype)
        for label, d in [("edge", edge), ("edge of one", edge[:1]), ("edge of one", edge[1:2])]:
            yield label, (d, 1 - d) if both else (d,)


def _all_points(function: Function, reference: Function, exercise: str, dtype: torch.dtype) -> Iterator[str]:
    for label, arguments in points(exercise, dtype):
        for _ in range(2):
            yield from (f"{c}: {label}" for c in _at(function, reference, arguments, edge=label.startswith("edge")))


def _at(function: Function, reference: Function, arguments: tuple[Tensor, ...], *, edge: bool) -> Iterator[str]:
    leaves = [a.clone().requires_grad_() for a in arguments]
    handed = [a.clone() for a in leaves]
    try:
        value = function(*handed)
    except Exception:
        yield "fails"
        return
    if any(not torch.equal(h.detach(), a) for h, a in zip(handed, arguments, strict=True)):
        yield "changes its arguments"
    value = value[0] if isinstance(value, tuple) and len(value) == 1 else value
    if not isinstance(value, Tensor):
        yield "no tensor"
        return
    own = [a.clone().requires_grad_() for a in arguments]
    expected = reference(*own)
    assert isinstance(expected, Tensor)
    if edge:
        if value.isnan().any():
            yield "NaN"
        return
    if value.shape != expected.shape and not (expected.ndim == 0 and value.numel() == 1):
        yield "shape"
        return
    if not _close(value.reshape(expected.shape).detach(), expected.detach()):
        yield "value"
    yield from _gradients(value, expected, leaves, own)


def _gradients(value: Tensor, expected: Tensor, leaves: list[Tensor], own: list[Tensor]) -> Iterator[str]:
    if not value.requires_grad:
        yield "gradient"
        return
    got = torch.autograd.grad(value.sum(), leaves, allow_unused=True)
    right = torch.autograd.grad(expected.sum(), own)
    for mine, theirs in zip(got, right, strict=True):
        if not _close(torch.zeros_like(theirs) if mine is None else mine, theirs):
            yield "gradient"


def _close(a: Tensor, b: Tensor) -> bool:
    return a.dtype == b.dtype and torch.allclose(a, b, rtol=1e-4, atol=1e-6)


def _sampler(function: Function) -> Iterator[str]:
    torch.manual_seed(11)
    mu = torch.tensor([[-1.0, 0.5, 2.0]]).expand(10000, 3).clone().requires_grad_()
    logvar = torch.tensor([[-3.0, 0.4, 2.6]]).expand(10000, 3).clone().requires_grad_()
    try:
        first, second = function(mu, logvar), function(mu, logvar)
    except Exception:
        yield "fails"
        return
    assert isinstance(first, Tensor) and isinstance(second, Tensor)
    if first.shape != mu.shape:
        yield "shape"
        return
    eps, again = (((z - mu) * torch.exp(-logvar / 2)).detach() for z in (first, second))
    grid = torch.linspace(-3, 3, 25)
    cdf = (eps.unsqueeze(-1) <= grid).float().mean(0)
    if (cdf - torch.special.ndtr(grid)).abs().max() > 0.02:
        yield "distribution"
    if (torch.corrcoef(eps.T) - torch.eye(3)).abs().nan_to_num(1).max() > 0.05:
        yield "shared noise"
    if torch.equal(eps, again):
        yield "same draw again"
    if not first.requires_grad:
        yield "gradient"
        return
    to_mu, to_logvar = torch.autograd.grad(first.sum(), [mu, logvar], allow_unused=True)
    if to_mu is None or not _close(to_mu, torch.ones_like(mu)):
        yield "gradient"
    if to_logvar is None or not torch.allclose(to_logvar.abs(), ((first - mu).detach() / 2).abs(), atol=1e-3):
        yield "gradient"

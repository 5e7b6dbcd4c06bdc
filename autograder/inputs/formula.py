"""What a formula may be made of: the terms of the right one and those that mistakes put in their place.

An exercise declares a ``Formula`` with its battery. A wrong answer is then asked at generic points, in one message, and what it
computes is read back from its values (``readback``). Points are the same for everyone, and exact in float32.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import torch
from torch import Tensor

from autograder.inputs.domains import Domain
from autograder.inputs.given import Args


@dataclass(frozen=True)
class Term:
    """A summand of a formula, elementwise over its axes.

    Attributes:
        slug: its name in reports, "sigma".
        symbol: its name in sentences, "σ".
        function: (*args) -> the term, of the shape that ``axes`` give.
        axes: names of its axes, "N d"; all of them are summed but those that the result keeps.
        part: terms of one part are spoken of together: "the KL".
        instead: slugs of the right terms in whose place a mistake puts this one; () for a term of the right formula.
        unit: the coefficient it then has, in units of that of the first of these.
        tell: the mistake in words, in place of "σ stands where σ² belongs".
        credit: share of the exercise's points that the mistake leaves; None for ``Formula.shares``.
        factors: what a wrong factor of this term means: {0.5: "log σ stands where log σ² belongs"}.
    """

    slug: str
    symbol: str
    function: Callable[..., Tensor]
    axes: str
    part: str = ""
    instead: tuple[str, ...] = ()
    unit: float = 1.0
    tell: str = ""
    credit: float | None = None
    factors: Mapping[float, str] = field(default_factory=dict)

    @property
    def constant(self) -> bool:
        return self.symbol == "1"


@dataclass(frozen=True)
class Axis:
    """An axis of the arguments.

    Attributes:
        words: "the batch".
        count: words for its length, "the size of the batch".
        sizes: the two lengths at which formulas are read.
        kind: what it has in common with others: what is done alike over each axis of a kind is said once, "the batch".
    """

    words: str
    count: str
    sizes: tuple[int, int]
    kind: str = ""


@dataclass(frozen=True)
class Argument:
    """An argument: names of its axes, where generic numbers come from, and along which numbers borders are looked for."""

    axes: str
    domain: Domain
    sweep: tuple[float, ...]


@dataclass(frozen=True)
class Pair:
    """Terms that are put in the place of others together, as one mistake: "real and fake are swapped"."""

    terms: tuple[str, ...]
    slug: str
    tell: str
    credit: float | None = None


@dataclass(frozen=True)
class Border:
    """A right formula with a limit built in: ``function(limit, *args)`` for each of the ``limits``, the mildest first.

    ``tell`` says it with {limit} in it. Only limits that a right answer may not have are listed.
    """

    slug: str
    tell: str
    function: Callable[..., Tensor]
    limits: tuple[float, ...]
    credit: float | None = None


@dataclass(frozen=True)
class Formula:
    """Everything by which a wrong answer's formula is read back.

    Attributes:
        axes: name -> axis. The ratios of the axes' two sizes must not be products of each other's powers, and at either size no
            two axes are equally long: 3 and 2, 2 and 5, 4 and 7.
        arguments: one per argument of the function.
        terms: right ones first; a right one has no ``instead``.
        result: names of the axes that the right result keeps.
        pairs: terms that one mistake puts in together.
        borders: limits that are recognised by name; others are described.
        shares: kind or slug of a slip -> the share of the exercise's points that it leaves.
    """

    axes: Mapping[str, Axis]
    arguments: tuple[Argument, ...]
    terms: tuple[Term, ...]
    result: str = ""
    pairs: tuple[Pair, ...] = ()
    borders: tuple[Border, ...] = ()
    shares: Mapping[str, float] = field(default_factory=dict)

    def sizes(self, i: int) -> dict[str, int]:
        return {name: axis.sizes[i] for name, axis in self.axes.items()}

    @cached_property
    def points(self) -> tuple[tuple[Args, ...], tuple[Args, ...]]:
        """Generic examples at both sizes, more than there are terms."""
        small, large = (self._points(i, len(self.terms) + 8) for i in (0, 1))
        return small, large

    def _points(self, i: int, count: int) -> tuple[Args, ...]:
        generator, sizes = torch.Generator().manual_seed(17 + i), self.sizes(i)
        return tuple(
            tuple(_filled(a.domain, [sizes[n] for n in a.axes.split()], generator) for a in self.arguments)
            for _ in range(count)
        )

    @cached_property
    def values(self) -> tuple[tuple[tuple[Tensor, ...], ...], ...]:
        """The terms' values at the points: [size][term][example], each of the shape of the term's axes."""
        return tuple(
            tuple(tuple(self._value(term, args, i) for args in points) for term in self.terms)
            for i, points in enumerate(self.points)
        )

    def _value(self, term: Term, args: Args, i: int) -> Tensor:
        sizes = self.sizes(i)
        value = term.function(*(arg.double() for arg in args))
        return value.detach().double().broadcast_to([sizes[name] for name in term.axes.split()])

    @property
    def examples(self) -> tuple[Args, ...]:
        """All that an answer is asked: the points of both sizes, then the sweeps."""
        return (*self.points[0], *self.points[1], *(args for _, args in self.sweeps))

    @cached_property
    def sweeps(self) -> tuple[tuple[int, Args], ...]:
        """Examples of one element each in which one argument goes through its numbers and the others stand still, twice; with
        the argument's position."""
        found = []
        for position, row in itertools.product(range(len(self.arguments)), (0, 1)):
            still = [argument.domain.readable[row] for argument in self.arguments]
            for number in self.arguments[position].sweep:
                numbers = [*still[:position], number, *still[position + 1 :]]
                found.append((position, tuple(map(self._single, self.arguments, numbers))))
        return tuple(found)

    @staticmethod
    def _single(argument: Argument, number: float) -> Tensor:
        return torch.full([1] * len(argument.axes.split()), number)

    def axis(self, name: str) -> Axis:
        """The axis called ``name``, or for the name of a kind what its axes have in common."""
        if name in self.axes:
            return self.axes[name]
        return Axis(name, "its own size", (0, 0))

    def kind(self, name: str) -> str:
        """The kind of an axis, or its own name where it has none."""
        return self.axes[name].kind or name

    def term(self, slug: str) -> Term:
        return next(term for term in self.terms if term.slug == slug)


def _filled(domain: Domain, shape: Sequence[int], generator: torch.Generator) -> Tensor:
    size = int(torch.tensor(shape).prod()) if shape else 1
    return domain.fill(generator, size).reshape(shape).float()

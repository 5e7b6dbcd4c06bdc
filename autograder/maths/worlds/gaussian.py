r"""Functions of one real variable that are integrated exactly: sums of polynomials times exp(a x² + b x).

With a density being such a function, and its logarithm a polynomial, every line about two normals stays in this
family, and :math:`\int P(x) e^{a x^2 + b x} dx = \sqrt{\pi/(-a)}\, e^{-b^2/(4a)}\, E[P(X)]` with X normal, mean
-b/(2a), variance -1/(2a). The exponents stay rational, so that "diverges" is never a matter of rounding.
"""

from dataclasses import dataclass
from math import comb
from typing import Any

from flint import arb, fmpq

from autograder.maths.worlds import scalars
from autograder.maths.worlds.scalars import Scalar, Undecidable, Undefined

MAX_DEGREE = 16
MAX_TERMS = 12

Polynomial = tuple[Scalar, ...]  # lowest degree first
Exponent = tuple[fmpq, fmpq]  # (a, b)
FLAT: Exponent = (fmpq(0), fmpq(0))


@dataclass(frozen=True)
class Curve:
    """sum over ``parts`` of polynomial(x) · exp(a x² + b x); ``var`` is the name of x."""

    var: str
    parts: dict[Exponent, Polynomial]

    @classmethod
    def identity(cls, var: str) -> "Curve":
        return cls(var, {FLAT: (fmpq(0), fmpq(1))})

    def __add__(self, other: "Curve | Scalar") -> "Curve":
        other = self.like(other)
        parts = dict(self.parts)
        for exponent, polynomial in other.parts.items():
            parts[exponent] = _add(parts[exponent], polynomial) if exponent in parts else polynomial
        return _checked(self.var, parts)

    __radd__ = __add__

    def __mul__(self, other: "Curve | Scalar") -> "Curve":
        other = self.like(other)
        parts: dict[Exponent, Polynomial] = {}
        for (a, b), mine in self.parts.items():
            for (c, d), theirs in other.parts.items():
                exponent, product = (a + c, b + d), _multiply(mine, theirs)
                parts[exponent] = _add(parts[exponent], product) if exponent in parts else product
        return _checked(self.var, parts)

    __rmul__ = __mul__

    def __neg__(self) -> "Curve":
        return self * fmpq(-1)

    def like(self, other: "Curve | Scalar") -> "Curve":
        if isinstance(other, Curve):
            if other.var != self.var:
                raise Undecidable(f"a formula in which {self.var} and {other.var} vary together")
            return other
        return Curve(self.var, {FLAT: (other,)})

    def single(self, what: str) -> tuple[Exponent, Scalar]:
        """The exponent and constant of c·exp(a x² + b x); there is no closed form for ``what`` of anything else."""
        if len(self.parts) == 1:
            [(exponent, polynomial)] = self.parts.items()
            if len(polynomial) == 1:
                return exponent, polynomial[0]
        raise Undecidable(f"{what} of a formula in {self.var} for which there is no closed form")

    def inverse(self) -> "Curve":
        (a, b), constant = self.single("the inverse")
        return Curve(self.var, {(-a, -b): (scalars.divide(fmpq(1), constant),)})

    def log(self) -> "Curve":
        (a, b), constant = self.single("the logarithm")
        return Curve(self.var, {FLAT: _trim((scalars.log(constant), b, a))})

    def exp(self) -> "Curve":
        polynomial = self.parts.get(FLAT, (fmpq(0),))
        if len(self.parts) > 1 or FLAT not in self.parts or len(polynomial) > 3:
            raise Undecidable(f"the exponential of a formula in {self.var} for which there is no closed form")
        constant, b, a = (*polynomial, fmpq(0), fmpq(0))[:3]
        if not isinstance(a, fmpq) or not isinstance(b, fmpq):
            raise Undecidable("an exponent with irrational numbers in it")
        return Curve(self.var, {(a, b): (scalars.exp(constant),)})

    def call(self, function: str) -> "Curve":
        """log, exp or sqrt of it."""
        return self.log() if function == "log" else self.exp() if function == "exp" else self.power(fmpq(1, 2))

    def power(self, exponent: Scalar) -> "Curve":
        if not isinstance(exponent, fmpq):
            raise Undecidable(f"a power of a formula in {self.var} for which there is no closed form")
        if exponent.q == 1 and 0 <= exponent <= MAX_DEGREE:
            result = self.like(fmpq(1))
            for _ in range(int(exponent.p)):
                result = result * self
            return result
        if exponent.q == 1 and -MAX_DEGREE <= exponent < 0:
            return self.inverse().power(-exponent)
        (a, b), constant = self.single("a power")
        return Curve(self.var, {(a * exponent, b * exponent): (scalars.power(constant, exponent),)})

    def integral(self) -> Scalar:
        """Over the whole line.

        Raises:
            Undefined: it diverges.
        """
        total: Scalar = fmpq(0)
        for (a, b), polynomial in self.parts.items():
            if all(isinstance(c, fmpq) and c == 0 for c in polynomial):
                continue
            if a >= 0:
                raise Undefined("an integral that diverges")
            mass = (arb.pi() / -a).sqrt() * scalars.exp(-b * b / (4 * a))
            total = total + mass * mean(polynomial, -b / (2 * a), -1 / (2 * a))
        return total


def mean(polynomial: Polynomial, mu: Scalar, variance: Scalar) -> Scalar:
    """E[polynomial(X)] for X normal: E[X^n] = sum_k C(n, 2k) (2k-1)!! variance^k mu^(n-2k)."""
    total: Scalar = fmpq(0)
    for n, coefficient in enumerate(polynomial):
        moment: Scalar = fmpq(0)
        odd = 1
        for k in range(n // 2 + 1):
            odd *= max(2 * k - 1, 1)
            moment = moment + comb(n, 2 * k) * odd * variance**k * mu ** (n - 2 * k)
        total = total + coefficient * moment
    return total


def _add(left: Polynomial, right: Polynomial) -> Polynomial:
    longer, shorter = (left, right) if len(left) >= len(right) else (right, left)
    return _trim((*(a + b for a, b in zip(longer, shorter, strict=False)), *longer[len(shorter) :]))


def _multiply(left: Polynomial, right: Polynomial) -> Polynomial:
    if len(left) + len(right) - 2 > MAX_DEGREE:
        raise Undecidable(f"a polynomial of degree more than {MAX_DEGREE}")
    product: list[Scalar] = [fmpq(0)] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            product[i + j] = product[i + j] + a * b
    return _trim(tuple(product))


def _trim(polynomial: Polynomial) -> Polynomial:
    """Without leading coefficients that are exactly zero."""
    end = len(polynomial)
    while end > 1 and isinstance(polynomial[end - 1], fmpq) and polynomial[end - 1] == 0:
        end -= 1
    return polynomial[:end]


def _checked(var: str, parts: dict[Exponent, Polynomial]) -> Curve:
    parts = {exponent: polynomial for exponent, polynomial in parts.items() if not _zero(polynomial)} or {
        FLAT: (fmpq(0),)
    }
    if len(parts) > MAX_TERMS:
        raise Undecidable("a formula with too many different exponentials")
    return Curve(var, parts)


def _zero(polynomial: Polynomial) -> bool:
    return len(polynomial) == 1 and isinstance(polynomial[0], fmpq) and polynomial[0] == 0


Value = Any  # a Scalar, or a Curve in the variable that is being integrated

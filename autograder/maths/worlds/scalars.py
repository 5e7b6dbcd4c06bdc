"""Numbers of the worlds: exact rationals (fmpq) as long as possible, certified balls (arb) beyond. Sizes are
bounded before computing.

A scalar is an ``fmpq`` or an ``arb``; the four operations mix freely. What is undefined is told from what cannot
be decided.
"""

from fractions import Fraction
from math import isqrt
from typing import Any

from flint import arb, ctx, fmpq

Scalar = Any  # fmpq | arb: python-flint's operators are typed one class at a time, so a union of them does not check

BITS = 256  # working precision
MORE_BITS = 1024  # where two values that ought to be equal are looked at again
MAX_BITS = 20_000  # of an exact power
MAX_EXPONENT = 100_000  # of exp, and of powers of inexact numbers


class Undefined(Exception):
    """There is certainly no real value; the text says why ("the logarithm of a negative number")."""


class Undecidable(Exception):
    """This world cannot give the value; the text says why."""


def precision(bits: int) -> None:
    ctx.prec = bits


def exact(value: Fraction | int) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def ball(value: Fraction, radius: Fraction) -> arb:
    """The numbers that would be rounded to ``value``."""
    return arb(exact(value), exact(radius))


def divide(top: Scalar, bottom: Scalar) -> Scalar:
    if isinstance(bottom, fmpq):
        if bottom == 0:
            raise Undefined("a division by zero")
    elif bottom.contains(0):
        raise Undecidable("a division by something that cannot be told from zero")
    return top / bottom


def log(value: Scalar) -> Scalar:
    if value == 1:
        return fmpq(0)
    if value == 0:
        raise Undefined("the logarithm of 0")
    if value < 0:
        raise Undefined("the logarithm of a negative number")
    if not value > 0:
        raise Undecidable("the logarithm of something that cannot be told from zero")
    return arb(value).log()


def exp(value: Scalar) -> Scalar:
    if value == 0:
        return fmpq(1)
    if not abs(arb(value)) < MAX_EXPONENT:
        raise Undecidable("an exponential that is astronomically large or small")
    return arb(value).exp()


def sqrt(value: Scalar) -> Scalar:
    if isinstance(value, fmpq) and value >= 0:
        top, bottom = isqrt(int(value.p)), isqrt(int(value.q))
        if top * top == value.p and bottom * bottom == value.q:
            return fmpq(top, bottom)
        return arb(value).sqrt()
    if value < 0:
        raise Undefined("the square root of a negative number")
    if not value > 0:
        raise Undecidable("the square root of something that cannot be told from zero")
    return arb(value).sqrt()


def power(base: Scalar, exponent: Scalar) -> Scalar:
    if isinstance(exponent, fmpq) and exponent.q == 1:
        return _whole_power(base, int(exponent.p))
    if isinstance(exponent, fmpq) and exponent.q == 2 and abs(exponent) < 1000:
        return _whole_power(sqrt(base), int(exponent.p))
    if base == 0:
        if exponent > 0:
            return fmpq(0)
        raise Undefined("a power of zero that has no value")
    if base < 0:
        raise Undefined("a power of a negative number that is not real")
    return exp(exponent * log(base))


def _whole_power(base: Scalar, exponent: int) -> Scalar:
    if exponent < 0:
        return divide(fmpq(1), _whole_power(base, -exponent))
    if isinstance(base, fmpq):
        if max(int(base.p).bit_length(), int(base.q).bit_length()) * exponent > MAX_BITS and base not in (0, 1, -1):
            raise Undecidable("a number that is astronomically large or small")
        return base**exponent
    if exponent > MAX_EXPONENT:
        raise Undecidable("a power that is astronomically large or small")
    return base**exponent


def differ(left: Scalar, right: Scalar) -> bool | None:
    """True: certainly different. False: equal, or equal to 200 bits of the larger. None: cannot tell at this
    precision."""
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return bool(left != right)
    gap = arb(left) - arb(right)
    if not gap.is_finite():
        return None
    if not gap.contains(0):
        return True
    scale = max(abs(arb(left)).upper(), abs(arb(right)).upper(), arb(1))
    return False if abs(gap).upper() < scale * arb(2) ** (56 - ctx.prec) else None


def far_apart(left: Scalar, right: Scalar) -> bool:
    """Whether two approximate values differ by more than a millionth."""
    return bool(abs(arb(left) - arb(right)) > (1 + abs(arb(right))) / 1_000_000)


def may_round_to(rough: Scalar, value: Scalar) -> bool:
    """Whether a value computed from rounded decimals is narrow and holds the other one."""
    gap = arb(rough) - arb(value)
    return bool(gap.contains(0)) and bool(gap.rad() < arb(1) / 100)


def show(value: Scalar, digits: int = 4) -> str:
    """A value with some significant digits, or exactly where that is shorter."""
    if isinstance(value, fmpq) and len(str(value)) <= digits + 1:
        return str(value)
    text = str(arb(value).str(digits, radius=False))
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def show_both(left: Scalar, right: Scalar) -> tuple[str, str]:
    """Both values with as few digits (4 at least) as it takes to see that they differ."""
    for digits in (4, 6, 8, 12, 20, 40, 80):
        shown = show(left, digits), show(right, digits)
        if shown[0] != shown[1]:
            return shown
    return shown

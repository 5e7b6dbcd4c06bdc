"""argmin and argmax over one real symbol: the zero of the derivative, by Newton's method, if it is the only one in sight."""

from fractions import Fraction
from typing import TYPE_CHECKING

from flint import arb, ctx, fmpq

from autograder.maths.tree import Derivative, Node, Optimum, Symbol
from autograder.maths.worlds.scalars import Scalar, Undecidable, Undefined

if TYPE_CHECKING:
    from autograder.maths.worlds.world import Env, World

MAX_STEPS = 60
SLACK = 24  # bits that the error of the method may take
AROUND = (Fraction(1, 8), Fraction(1), Fraction(5))  # how far from the zero signs are looked at


def extremum(world: "World", tree: Optimum, env: "Env") -> Scalar:
    """Where the body is least or greatest.

    Raises:
        Undecidable: the method finds no such place, or signs around it say that it is none.
    """
    symbol = Symbol(tree.over)
    if tree.over not in world.parameters:
        raise Undecidable(f"an {tree.kind} over something that is no number")
    first, second = Derivative(tree.body, symbol), Derivative(tree.body, symbol, 2)

    def slope(at: Scalar, of: Node = first) -> Scalar:
        return world.at(of, {**env, tree.over: at})

    place: Scalar = world.parameters[tree.over]
    try:
        for _ in range(MAX_STEPS):
            step = arb(slope(place)) / arb(slope(place, second))
            place = (arb(place) - step).mid()
            if abs(step) < arb(2) ** (SLACK // 2 - ctx.prec) * (1 + abs(place)):
                break
        else:
            raise Undecidable(f"an {tree.kind} that is not found")
        sign = 1 if tree.kind == "argmin" else -1
        for reach in AROUND:
            far = fmpq(reach.numerator, reach.denominator)
            if not (sign * arb(slope(place + far)) > 0 and sign * arb(slope(place - far)) < 0):
                raise Undecidable(f"an {tree.kind} that is not the only candidate")
    except (Undefined, ZeroDivisionError, ValueError):
        raise Undecidable(f"an {tree.kind} of a formula that has no value everywhere") from None
    return place + arb(0, 1) * arb(2) ** (SLACK - ctx.prec) * (1 + abs(place))

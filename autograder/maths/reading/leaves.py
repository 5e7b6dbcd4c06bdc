"""The smallest pieces of an expression: numbers, and what may stand side by side in the argument of a function."""

from fractions import Fraction

from autograder.maths.reading.tokens import MAX_DIGITS, Token, Unreadable
from autograder.maths.tree import Call, Node, Number, Power, Product, Symbol


def product(factors: list[Node]) -> Node:
    return factors[0] if len(factors) == 1 else Product(tuple(factors))


def simple(node: Node) -> bool:
    return (
        isinstance(node, Number | Symbol)
        or (isinstance(node, Power) and simple(node.base))
        or (isinstance(node, Call) and node.function == "sqrt")
    )


def number(token: Token) -> Number:
    digits, _, exponent = token.value.lower().partition("e")
    if len(digits) > MAX_DIGITS or abs(int(exponent or 0)) > MAX_DIGITS:
        raise Unreadable(f"This number is too long; at most {MAX_DIGITS} digits are read.", token.position)
    decimals = len(digits.partition(".")[2]) - int(exponent or 0)
    return Number(Fraction(digits.rstrip(".")) * Fraction(10) ** int(exponent or 0), max(decimals, 0))

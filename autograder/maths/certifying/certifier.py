"""The process that asks sympy: reads one question a line (JSON), answers one word a line. Started by
``prover.py``, killed by it too.

A question is two trees as nested lists of numbers, symbols and operations; nothing in it is ever parsed or
evaluated as code.
"""

import json
import sys
from contextlib import suppress
from typing import Any

import sympy

MEMORY = 1 << 30
OPERATIONS = {
    "+": sympy.Add,
    "*": sympy.Mul,
    "^": sympy.Pow,
    "log": sympy.log,
    "exp": sympy.exp,
    "sqrt": sympy.sqrt,
}
ASSUMPTIONS = {"positive": {"positive": True}, "unit": {"positive": True}, "real": {"real": True}}
DIGITS = 60


def formula(tree: Any, domains: dict[str, str]) -> Any:
    """A sympy expression from ["+", a, b], ["number", p, q], ["symbol", name]."""
    kind, *parts = tree
    if kind == "number":
        return sympy.Rational(int(parts[0]), int(parts[1]))
    if kind == "symbol":
        known = {"pi": sympy.pi, "e": sympy.E}
        return known.get(parts[0]) or sympy.Symbol(parts[0], **ASSUMPTIONS[domains[parts[0]]])
    return OPERATIONS[kind](*(formula(part, domains) for part in parts))


def verdict(left: Any, right: Any, domains: dict[str, str]) -> str:
    """ "equal" if the difference simplifies to zero, "different" if it is far from zero somewhere, "unknown"
    otherwise."""
    gap = formula(left, domains) - formula(right, domains)
    gap = sympy.expand(sympy.expand_log(sympy.expand(gap)))
    if gap == 0 or sympy.cancel(sympy.together(gap)) == 0 or sympy.simplify(gap) == 0:
        return "equal"
    return "different" if any(far_from_zero(gap, place) for place in range(3)) else "unknown"


def far_from_zero(gap: Any, place: int) -> bool:
    """At a point of the domain, to many digits; real symbols are negative at some points."""
    points = {}
    for index, symbol in enumerate(sorted(gap.free_symbols, key=str), start=place):
        value = sympy.Rational(3 + 2 * index, 7 + 11 * index)
        points[symbol] = value if symbol.is_positive or index % 2 else -value
    value = gap.subs(points).evalf(DIGITS)
    return bool(value.is_number and value.is_real and abs(value) > sympy.Float(10) ** -20)


def main() -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system limits the address space
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    print("ready", flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        try:
            word = verdict(question["left"], question["right"], question["domains"])
        except Exception:  # whatever sympy does not like, it certifies nothing
            word = "unknown"
        print(word, flush=True)


if __name__ == "__main__":
    main()

"""log and exp, and functions of the model or of the exercise: what they are taken of."""

from typing import TYPE_CHECKING

from autograder.maths.reading import leaves
from autograder.maths.reading.tokens import Line, Token, Unreadable
from autograder.maths.tree import Apply, Call, Node, Power, Symbol

if TYPE_CHECKING:
    from autograder.maths.reading.grammar import Parser

LOGS = {"log": "log", "ln": "log", "exp": "exp"}
PARAMETERS = frozenset({"theta", "phi", "psi", "omega", "eta", "lambda", "w", "vartheta", "xi"})


def call(parser: "Parser", function: str, token: Token) -> Node:
    """log a, log^2 a, log_e(a)."""
    line = parser.line
    if line.at("_"):
        place = line.peek().position
        if parser.index() != "e":
            raise Unreadable("Only the natural logarithm is read here: write log(...) without a base.", place)
    power = parser.exponent() if line.accept("^") else None
    if line.at("(", "[", "{"):
        made: Node = Call(function, parser.bracket())
    elif parser.starts_factor():
        wide = function == "log" and parser.language.wide
        made = Call(function, product_behind(parser) if wide else run_of_factors(parser), bare=True)
    else:
        raise line.refuse(f"what the {token.value} is taken of")
    return made if power is None else Power(made, power)


def run_of_factors(parser: "Parser") -> Node:
    """The argument of a function without brackets: one factor, or numbers and symbols side by side."""
    line, factors = parser.line, [parser.factor()]
    while leaves.simple(factors[-1]) and line.peek().kind in ("number", "name") and parser.starts_factor():
        start, bare = line.place, len(parser.bare)
        if line.peek().value in LOGS:
            break
        following = parser.factor()
        if not leaves.simple(following):
            line.place = start
            del parser.bare[bare:]
            break
        factors.append(following)
    return leaves.product(factors)


def product_behind(parser: "Parser") -> Node:
    """All factors side by side that follow a log, up to the next log: log 1/(s √2π) e^(...)."""
    factors = [parser.factor()]
    while parser.starts_factor() and LOGS.get(parser.line.peek().value) != "log":
        factors.append(parser.factor())
    return leaves.product(factors)


def apply(parser: "Parser") -> Node:
    """D(x), and D_θ(x): the parameters of a model are written as its index."""
    token, line = parser.line.next(), parser.line
    if (best := _best(parser, token.value)) is not None:
        return best
    if line.at("_") and line.peek(1).kind != "end":
        place = line.peek().position
        if not names_parameters(index := parser.index()):
            raise Unreadable(f"{token.value} with the index {index} is not read here; write {token.value}(...).", place)
    if line.at("^", "_", "*"):
        raise Unreadable(f"{token.value} with a star is not read here; write {token.value}(...).", line.peek().position)
    if not line.at("(", "["):
        raise line.refuse(f"what {token.value} is applied to: {token.value}(...)")
    return Apply(token.value, parser.bracket())


def _best(parser: "Parser", function: str) -> Node | None:
    """D^*(x), the best answer to the other player; without an argument it is that at the variable it judges."""
    line, start = parser.line, parser.line.place
    if function != "D" or not line.accept("^", "_", "*"):
        return None
    braced = line.tokens[start].value != "*" and line.accept("{")
    if (line.tokens[start].value != "*" and not line.accept("*")) or (braced and not line.accept("}")):
        line.place = start
        return None
    return Apply(f"{function}*", parser.bracket() if line.at("(", "[") else Symbol(parser.language.variables[0]))


def names_parameters(index: str) -> bool:
    """Whether an index says what a function depends on (theta, theta_d), and nothing else."""
    return any(index.startswith(name) and len(index) <= len(name) + 4 for name in PARAMETERS)


def owner(parser: "Parser", index: str) -> str | None:
    """The function whose parameters are called ``index``: theta_G names it, or some D_theta in the row does."""
    functions, line = parser.language.functions, parser.line
    for name in functions:
        if index.rstrip(")").endswith((name, name.lower())) and names_parameters(index):
            return name
    owners = {name for name in functions if f"{name}_{index.strip('_')}" in _indexed(line)}
    return owners.pop() if len(owners) == 1 and names_parameters(index) else None


def _indexed(line: Line) -> set[str]:
    """D_theta for D_θ and D_{θ}: every name of the row with a plain index."""
    values = [token.value for token in line.tokens]
    found = set()
    for place, value in enumerate(values[:-2]):
        if values[place + 1] == "_":
            found.add(
                f"{value}_{values[place + 3 if values[place + 2] == '{' and place + 3 < len(values) else place + 2]}"
            )
    return found

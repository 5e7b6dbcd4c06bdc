"""What an exercise declares: functions s(x), indexed functions s_i, sequences x_i. These win over every built-in reading."""

from dataclasses import replace
from typing import TYPE_CHECKING

from autograder.maths.language import SPARE, Formula
from autograder.maths.reading.tokens import Token, Unreadable
from autograder.maths.tree import Apply, At, Derivative, Element, Kronecker, Node, Power, Product, Symbol, number, walk

if TYPE_CHECKING:
    from autograder.maths.reading.grammar import Parser


def declared(parser: "Parser") -> Node | None:
    """A name that the exercise declares, or None."""
    line, language = parser.line, parser.language
    token = line.peek()
    if (formula := language.formulas.get(token.value)) is not None and token.value not in language.densities:
        line.next()
        if (other := _same_function(formula)) is not None:
            token, formula = replace(token, value=other), language.formulas[other]
        return indexed(parser, token) if formula.indexed else applied(parser, token, formula)
    if token.value in language.sequences and line.at("_", "^", ahead=1):
        return _element_or_none(parser, token)
    if token.value == "delta" and language.indices and line.at("_", ahead=1) and "delta" not in language.names:
        line.next()
        return _delta(parser, token)
    if token.value in language.symbols and not line.at("_", ahead=1):
        line.next()
        return Symbol(token.value)
    return None


def _same_function(formula: Formula) -> str | None:
    """The function that this one is another name of, as sigma(x) where s(x) is declared too, or None."""
    tree = formula.tree
    own = tuple(Symbol(name) for name in formula.parameters)
    return tree.function if isinstance(tree, Apply) and (tree.of, *tree.rest) == own else None


# ------------------------------------------------------------------ sequences


def indexed(parser: "Parser", token: Token) -> Node:
    if not parser.line.at("_"):
        raise Unreadable(f"{token.value} needs its index here: write {token.value}_i.", token.position)
    return Element(token.value, _index(parser, token))


def _element_or_none(parser: "Parser", token: Token) -> Node | None:
    """x_i, or x^(i) as the examples of a data set are numbered; None where x_... is another symbol."""
    line, start = parser.line, parser.line.place
    line.next()
    raised = line.at("^")
    try:
        return Element(token.value, _index(parser, token, bracketed=raised))
    except Unreadable:
        line.place = start
        if raised:
            return None
        after = parser.index() if line.next() and line.at("_") else ""
        line.place = start
        if f"{token.value}_{after}" in parser.language.names:
            return None
        raise


def _index(parser: "Parser", token: Token, *, bracketed: bool = False) -> Node:
    line = parser.line
    line.next()
    closing = [{"{": "}", "(": ")"}[line.next().value] for _ in range(2) if line.at("{", "(")]
    if bracketed and ")" not in closing:
        raise Unreadable("This is an exponent.", token.position)
    if not closing:
        line.split_digit()
    found = letter(parser, line.next(), token)
    for bracket in reversed(closing):
        line.need(bracket, " at the end of the index")
    return found


def letter(parser: "Parser", token: Token, of: Token) -> Node:
    """The letter of an index, or the number of a place."""
    if token.kind == "number" and token.value.isdigit() and int(token.value) > 0:
        return number(int(token.value))
    if token.kind == "name" and (is_letter(parser, token.value) or token.value in parser.bound):
        return Symbol(token.value)
    letters = ", ".join(parser.language.indices)
    raise Unreadable(f'"{token.value}" is no index of {of.value} here; there are {letters}.', token.position)


def is_letter(parser: "Parser", name: str) -> bool:
    language = parser.language
    return name in language.indices or (bool(language.indices) and name in SPARE and name in language.variables)


def _delta(parser: "Parser", token: Token) -> Node:
    line = parser.line
    line.need("_")
    closing = "}" if line.accept("{") else ""
    first = letter(parser, line.next(), token)
    line.accept(",")
    second = letter(parser, line.next(), token)
    if closing:
        line.need(closing)
    return Kronecker(first, second)


# ------------------------------------------------------------------ functions


def applied(parser: "Parser", token: Token, formula: Formula) -> Node:
    """s(x), s'(x), s(x)^2, and a bare s for s at its own variable."""
    line = parser.line
    primes = _primes(parser)
    place = line.place
    power = parser.exponent() if line.at("^") and line.next() else None
    if not line.at("(", "["):
        line.place = place
        return _bare(parser, token, formula, primes)
    counted = parser.bare_own
    arguments = _arguments(parser)
    if parser.bare_own > counted or (len(arguments) == 1 and _contains(arguments[0], token.value)):
        return _times(parser, token, formula, primes, power, arguments, parser.bare_own > counted)
    if len(arguments) != len(formula.parameters):
        said = f"{token.value} takes {len(formula.parameters)} arguments, not {len(arguments)}."
        raise Unreadable(said, token.position)
    if power is not None and arguments != [Symbol(name) for name in formula.parameters]:
        raise Unreadable(f"Write ({token.value}(...))^2 for a power of {token.value}.", token.position)
    made = _at(token.value, formula, primes, arguments)
    return made if power is None else Power(made, power)


def _times(
    parser: "Parser", token: Token, formula: Formula, primes: int, power: Node | None, arguments: list[Node], bare: bool
) -> Node:
    """s (1 - s), where s stands for s(x): nobody means s of 1 - s."""
    if not bare or len(arguments) != 1:
        if isinstance(arguments[0], Apply) and power is None:
            return _at(token.value, formula, primes, arguments)
        name = token.value
        said = f"This is {name} of a bracket or {name} times a bracket; write {name}(...) (...) for a product."
        raise Unreadable(said, token.position)
    first = _bare(parser, token, formula, primes)
    return Product((first if power is None else Power(first, power), arguments[0]))


def _contains(tree: Node, name: str) -> bool:
    return any(isinstance(part, Apply) and part.function == name for part in walk(tree))


def _primes(parser: "Parser") -> int:
    line, count = parser.line, 0
    while True:
        if line.accept("'"):
            count += 1
        elif line.at("^") and line.at("'", ahead=1):
            line.place += 2
            count += 1
        elif line.at("^") and line.at("{", ahead=1) and line.at("'", ahead=2):
            line.place += 2
            while line.accept("'"):
                count += 1
            line.need("}")
        else:
            return count


def _arguments(parser: "Parser") -> list[Node]:
    line = parser.line
    closing = {"(": ")", "[": "]"}[line.next().value]
    line.lists += 1
    waiting, parser.integrals = parser.integrals, 0
    found = [parser.expression()]
    while line.accept(",", ";"):
        found.append(parser.expression())
    line.lists -= 1
    parser.integrals = waiting
    line.need(closing, " at the end of the arguments")
    return found


def _at(name: str, formula: Formula, primes: int, arguments: list[Node]) -> Node:
    if not primes:
        return Apply(name, arguments[0], tuple(arguments[1:]))
    own = Symbol(formula.parameters[0])
    made: Node = Derivative(Apply(name, own), own, primes)
    return made if arguments == [own] else At(made, formula.parameters, tuple(arguments))


def _bare(parser: "Parser", token: Token, formula: Formula, primes: int) -> Node:
    names = formula.parameters
    if not all(name in parser.language.names or name in parser.language.variables for name in names):
        raise Unreadable(f"{token.value} needs its argument here: write {token.value}(...).", token.position)
    parser.bare_own += 1
    return _at(token.value, formula, primes, [Symbol(name) for name in names])

"""From tokens to a tree: sums, products, powers, fractions, functions and names. ``notation.py`` adds E, KL, ∫,
min and max.

Where mathematics is written ambiguously there is one reading: ``1/2 a`` is (1/2)·a; ``log 2πa`` without brackets
takes the numbers and symbols that follow it, and ``log a/b`` is (log a)/b; ``-a^2`` is -(a²); ``a^b^c`` is
a^(b^c).
"""

from autograder.maths.language import Language
from autograder.maths.reading import derivatives, expectations, functions, integrals, leaves, notation, own, sums
from autograder.maths.reading.spelling import unmarked
from autograder.maths.reading.tokens import MAX_DEPTH, Line, Token, Unreadable
from autograder.maths.tree import At, Call, Negative, Node, Power, Quotient, Sum, Symbol, number, symbols

CLOSING = {"(": ")", "[": "]", "{": "}"}
MAX_CHAIN = 60  # of quotients in a row


class Parser:
    """Reads one expression after another from a line; one parser per line."""

    def __init__(self, line: Line, language: Language) -> None:
        self.line, self.language = line, language
        self.depth = 0
        self.integrals = 0  # that are open and wait for their differential
        self.bound: list[str] = []  # names that an expectation or integral gives to its own variable
        self.bare_own = 0  # functions of the exercise that stand without brackets
        self.guessed: set[str] = set()  # variables of integrals that came without a differential
        self.bare: list[tuple[str, int]] = []  # densities without arguments that nothing has given a variable yet

    # ------------------------------------------------------------------ sums and products

    def expression(self) -> Node:
        self.enter()
        terms = [self.term()]
        while self.line.at("+", "-"):
            minus = self.line.next().value == "-"
            term = self.term()
            terms.append(Negative(term) if minus else term)
            if isinstance(term, At) and any(symbols(other) & set(term.names) for other in terms[:-1]):
                raise Unreadable("Put brackets around what this bar is for.", self.line.peek(-1).position)
        self.depth -= 1
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def term(self) -> Node:
        """A product, and the values that a bar behind it puts in: x^2 |_{x=0}."""
        found = self.product()
        while self.line.at("|") and self.line.at("_", "^", ahead=1):
            found = integrals.evaluated(self, found)
        return found

    def product(self) -> Node:
        if self.line.at("+", "-"):
            return self.signed()
        factors, chain = [self.factor()], 0
        while not sums.begins_anew(self):
            if self.line.accept("/"):
                chain += 1
                if chain > MAX_CHAIN:
                    raise Unreadable(
                        "There are too many divisions in a row here; use brackets or fractions.",
                        self.line.peek().position,
                    )
                factors = [Quotient(leaves.product(factors), self.operand())]
            elif self.line.accept("*"):
                factors.append(self.operand())
            elif self.starts_factor():
                factors.append(self.factor())
            else:
                break
        return leaves.product(factors)

    def signed(self) -> Node:
        """A sign in front of a whole term."""
        self.enter()
        minus = self.line.next().value == "-"
        term = self.term()
        self.depth -= 1
        return Negative(term) if minus else term

    def operand(self) -> Node:
        """What stands after * or /: a factor that may carry its own sign."""
        if self.line.at("+", "-"):
            self.enter()
            minus = self.line.next().value == "-"
            factor = self.operand()
            self.depth -= 1
            return Negative(factor) if minus else factor
        return self.factor()

    def starts_factor(self) -> bool:
        token = self.line.peek()
        if token.kind == "name":
            return not self.at_differential()
        return token.kind in ("number", "command") or self.line.at("(", "[", "{", "<(")

    def enter(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable(
                "Brackets are nested too deeply here; write the formula in several lines.", self.line.peek().position
            )

    # ------------------------------------------------------------------ factors

    def factor(self) -> Node:
        self.enter()
        base = self.atom()
        while self.line.accept("^"):
            base = Power(base, self.exponent())
        self.depth -= 1
        return base

    def exponent(self) -> Node:
        if self.line.at("{"):
            return self.bracket()
        if self.line.at("*"):
            raise Unreadable(
                "A star as an exponent (as in D^*) is not read here; write the formula without it.",
                self.line.peek().position,
            )
        if not self.line.latex:
            return self.operand()
        return self.argument()

    def argument(self) -> Node:
        r"""The argument of \frac, ^ or \sqrt in LaTeX: a group or a single thing."""
        if self.line.at("{"):
            return self.bracket()
        self.line.split_digit()
        if self.line.at("-"):
            return self.operand()
        return self.atom()

    def atom(self) -> Node:
        token = self.line.peek()
        if token.kind == "number":
            self.line.next()
            return leaves.number(self.line.decimals(token))
        if token.kind == "name":
            return derivatives.quotient(self) or derivatives.lowered(self) or self.name()
        if token.kind == "command":
            return self.command()
        if self.line.at("(", "[", "{"):
            return self.bracket()
        if self.line.at("<("):
            return expectations.angles(self, self.line.next())
        if self.line.at("|"):
            raise Unreadable("Absolute values are not part of the language here; write sqrt((...)^2).", token.position)
        raise self.line.refuse("a number, a name or a bracket")

    def bracket(self) -> Node:
        opening = self.line.next()
        self.enter()
        waiting, self.integrals = self.integrals, 0 if opening.value != "{" else self.integrals
        inside = self.expression()
        if self.line.accept("over"):
            inside = Quotient(inside, self.expression())
        self.integrals = waiting
        self.depth -= 1
        self.line.need(CLOSING[opening.value], f' for the "{opening.value}" at character {opening.position + 1}')
        return inside

    def command(self) -> Node:
        token = self.line.next()
        if token.value == "frac":
            return derivatives.fraction(self) or Quotient(self.argument(), self.argument())
        if token.value == "half":
            return Quotient(number(1), number(2))
        if token.value == "sqrt":
            return self.root()
        if token.value in ("sum", "prod") and (total := sums.total(self, token)) is not None:
            return total
        if token.value in ("int", "sum"):
            return integrals.integral(self, token)
        return integrals.optimum(self, token)

    def root(self) -> Node:
        if self.line.latex and self.line.at("["):
            degree = self.bracket()
            return Power(self.argument(), Quotient(number(1), degree))
        return Call("sqrt", self.argument() if self.line.latex else self.atom())

    # ------------------------------------------------------------------ names

    def name(self) -> Node:
        token = self.line.peek()
        if (declared := own.declared(self)) is not None:
            return declared
        if token.value in functions.LOGS:
            self.line.next()
            return functions.call(self, functions.LOGS[token.value], token)
        if (special := notation.named(self)) is not None:
            return special
        base = self.line.next().value
        if base == "pi" and not self.line.at("_"):
            return Symbol("pi")
        if base == "e" and not self.line.at("_"):
            return Symbol("e")
        if base in (*self.language.variables, *self.bound) and not self.line.at("_"):
            return Symbol(base)
        return self.symbol(token, base)

    def symbol(self, token: Token, base: str) -> Node:
        r"""A parameter with its index before or after an exponent (\sigma_1^2, \sigma^2_1)."""
        power = None
        if self.line.at("^") and not self.line.at("*", ahead=1):
            start = self.line.place
            self.line.next()
            power = self.exponent()
            if not self.line.at("_"):
                self.line.place, power = start, None
        index = self.index()
        spelled = f"{base}_{index}" if index else base
        if spelled not in self.language.names:
            shown = spelled.replace("_", "") if len(base) == 1 and base.isascii() else spelled
            if unmarked(base) != base:
                raise Unreadable(
                    f'"{unmarked(base)}" with a mark ({base.removeprefix(unmarked(base))}) is another name here; write a line '
                    "that says what it is, or leave the mark out.",
                    token.position,
                )
            raise Unreadable(f'"{shown}" is not declared here. {self.language.suggest(spelled)}', token.position)
        found = Symbol(self.language.names[spelled])
        return found if power is None else Power(found, power)

    def index(self) -> str:
        """What stands after _ as one word, "" when there is no index."""
        if not self.line.accept("_"):
            return ""
        if not self.line.accept("{"):
            self.line.split_digit()
            token = self.line.next()
            if token.kind not in ("number", "name"):
                raise Unreadable('Expected an index (a number or a name) after "_".', token.position, "an index")
            return token.value
        parts = []
        while not self.line.at("}"):
            token = self.line.next()
            if token.kind == "end":
                raise Unreadable('This index is not closed; write "}".', token.position, "}")
            if token.value not in (",", "{"):
                parts.append(token.value)
        self.line.next()
        return "".join(parts)

    # ------------------------------------------------------------------ what stands ahead

    def at_differential(self) -> bool:
        """Whether dx, or d and then x, stands here and some integral waits for it."""
        token = self.line.peek()
        if not self.integrals or token.kind != "name":
            return False
        known = (*self.language.variables, *self.bound)
        if token.value == "d":
            return self.line.peek(1).value in known
        return token.value.startswith("d") and token.value[1:] in known

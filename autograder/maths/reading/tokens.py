"""What both readers cut a line into, and how a line is refused."""

from dataclasses import dataclass
from typing import Literal

MAX_CHARS = 2000  # of one line
MAX_TOKENS = 1200
MAX_DEPTH = 80  # of brackets, fractions, exponents; each bracket counts three
MAX_DIGITS = 30  # of one number

RELATIONS = frozenset("<>≤≥≈≠∝")

# a mark: words, a wide space or the edge of a cell (see ``notes``); foreign: what the language has not, its value says so
Kind = Literal["number", "name", "operator", "command", "mark", "foreign", "end"]


class Unreadable(Exception):
    """A line that is not in the language. Nothing is said about whether it is right.

    Attributes:
        message: a sentence: what stands there and what to write.
        position: offset in the line as written, 0-based.
        expected: what could have stood there, "" when the message says it all.
        line: the whole expression, where one was read alone.
    """

    def __init__(self, message: str, position: int, expected: str = "") -> None:
        super().__init__(message)
        self.message, self.position, self.expected = message, position, expected
        self.line = ""

    def __str__(self) -> str:
        """The message with what it is about, as an author reads it."""
        return f"{self.line!r}: {self.message}" if self.line else self.message


@dataclass(frozen=True, slots=True)
class Token:
    """``position``: offset in the line as written."""

    kind: Kind
    value: str
    position: int

    @property
    def ends_operand(self) -> bool:
        """Whether something that a sign may follow ends here."""
        return self.kind in ("number", "name") or self.value in (")", "]", "}")


class Line:
    """The tokens of one line with a place in it."""

    def __init__(self, tokens: list[Token], *, latex: bool, length: int) -> None:
        if len(tokens) > MAX_TOKENS:
            raise Unreadable(
                f"This line has {len(tokens)} symbols; at most {MAX_TOKENS} are read. Break it into several lines.",
                tokens[MAX_TOKENS].position,
            )
        self.tokens, self.latex, self.place = tokens, latex, 0
        self.lists = 0  # brackets around here in which a comma parts arguments
        self.end = Token("end", "", length)

    def peek(self, ahead: int = 0) -> Token:
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else self.end

    def next(self) -> Token:
        token = self.peek()
        self.place += 1
        return token

    def at(self, *values: str, ahead: int = 0) -> bool:
        """Whether one of these operators or commands stands here."""
        token = self.peek(ahead)
        return token.kind in ("operator", "command") and token.value in values

    def accept(self, *values: str) -> bool:
        if self.at(*values):
            self.place += 1
            return True
        return False

    def need(self, value: str, why: str = "") -> None:
        if not self.accept(value):
            raise self.refuse(f"{_shown(value)}{why}")

    def refuse(self, expected: str) -> Unreadable:
        """What to raise when something else was expected here."""
        token = self.peek()
        if token.kind == "foreign":
            return Unreadable(token.value, token.position)
        if token.kind == "operator" and token.value in RELATIONS:
            said = f'Each line says that two things are equal; "{token.value}" is not read.'
            return Unreadable(f'{said} Write "=", or leave this line out.', token.position, "=")
        found = "the line ends" if token.kind == "end" else f"{_shown(token.value)} stands there"
        return Unreadable(f"Expected {expected}, but {found}.", token.position, expected)

    def decimals(self, token: Token) -> Token:
        """The number just read with its decimals, where a comma stands for the point: 0,5 outside of a list."""
        comma, behind = self.peek(), self.peek(1)
        if comma.value != "," or behind.kind != "number" or not token.value.isdigit() or not behind.value.isdigit():
            return token
        glued = token.position + len(token.value) == comma.position == behind.position - 1
        before = self.tokens[self.place - 2] if self.place > 1 else None
        listed = (
            before is not None and before.value in ("(", "[", "{", ",", ";") and self.at(")", "]", "}", ",", ahead=2)
        )
        if not glued or listed or self.lists:
            return token
        self.place += 2
        return Token("number", f"{token.value}.{behind.value}", token.position)

    def split_digit(self) -> None:
        """In LaTeX ``x^23`` is x² 3: leaves the first digit of the number standing here, and the rest behind it."""
        token = self.peek()
        if self.latex and token.kind == "number" and len(token.value) > 1 and token.value[0].isdigit():
            rest = Token("number", token.value[1:], token.position + 1)
            self.tokens[self.place : self.place + 1] = [Token("number", token.value[0], token.position), rest]


def _shown(value: str) -> str:
    return {"norm": '"‖"', "\\frac": "a fraction", "{": '"{"', "group": '"{"', "endgroup": '"}"'}.get(
        value, f'"{value}"'
    )

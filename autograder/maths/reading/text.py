"""Reader of plain text: mathematical (``σ₁² log(q(x))``) or Python (``s1**2``) spelling. Gives tokens; runs nothing."""

import re

from autograder.maths.reading.characters import GREEK, SIGNS, SUBSCRIPTS, SUPERSCRIPTS, letter, refuse
from autograder.maths.reading.tokens import MAX_CHARS, Line, Token, Unreadable

NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
MODULE = re.compile(r"(?:math|np|numpy|torch|sp|sympy|tf|jnp)\.(?=[a-z])")
WORD = re.compile(r"[A-Za-z]+")
DIGITS = re.compile(r"[0-9]+")
COMMANDS = {
    "sqrt": "sqrt",
    "min": "min",
    "max": "max",
    "minimize": "min",
    "maximize": "max",
    "minimise": "min",
    "maximise": "max",
    "argmin": "min",
    "argmax": "max",
    "int": "int",
    "integral": "int",
    "Integral": "int",
    "integrate": "int",
    "sum": "sum",
    "Sum": "sum",
}
PAIRS = {"**": "^", "||": "norm", "==": "=", ":=": "="}


def tokens(text: str) -> Line:
    """The tokens of one line of plain text.

    Raises:
        Unreadable: a character that is not in the language, or a line that is too long.
    """
    if len(text) > MAX_CHARS:
        raise Unreadable(
            f"This line has {len(text)} characters; at most {MAX_CHARS} are read. Break it into several lines.",
            MAX_CHARS,
        )
    found: list[Token] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        if module := MODULE.match(text, place):
            place = module.end()
            continue
        new, place = _next(text, place)
        found.extend(new)
    return Line(found, latex=False, length=len(text))


def _next(text: str, place: int) -> tuple[list[Token], int]:
    if match := NUMBER.match(text, place):
        return [Token("number", match.group(), place)], match.end()
    if match := WORD.match(text, place):
        return _word(text, match)
    if (pair := text[place : place + 2]) in PAIRS:
        return [Token("operator", PAIRS[pair], place)], place + 2
    character = text[place]
    if character in "+-*/^_()[]{},;:|=~":
        return [Token("operator", character, place)], place + 1
    if character in SUPERSCRIPTS:
        return _raised(text, place)
    if character in SUBSCRIPTS:
        return _lowered(text, place, SUBSCRIPTS)
    if character in SIGNS:
        return [_sign(SIGNS[character], place)], place + 1
    return _letter(text, place)


def _letter(text: str, place: int) -> tuple[list[Token], int]:
    plain = letter(text[place])
    if plain in GREEK:
        lowered, end = _lowered(text, place + 1, dict(zip("0123456789", "0123456789", strict=True)))
        return [Token("name", GREEK[plain], place), *lowered], end
    if len(plain) == 1 and plain.isascii() and plain.isalpha():
        return [Token("name", plain, place)], place + 1
    raise refuse(text[place], place)


def _word(text: str, match: re.Match[str]) -> tuple[list[Token], int]:
    """A word, and digits glued to it as its index: ``s1`` is s with index 1."""
    word, start, end = match.group(), match.start(), match.end()
    if word in COMMANDS:
        return [Token("command", COMMANDS[word], start)], end
    if digits := DIGITS.match(text, end):
        index = [Token("operator", "_", end), Token("number", digits.group(), end)]
        return [Token("name", word, start), *index], digits.end()
    return [Token("name", word, start)], end


def _sign(value: str, place: int) -> Token:
    if value in ("int", "sum", "sqrt", "half"):
        return Token("command", value, place)
    return Token("name" if value.isalpha() and value != "norm" else "operator", value, place)


def _raised(text: str, place: int) -> tuple[list[Token], int]:
    end = place
    while end < len(text) and text[end] in SUPERSCRIPTS:
        end += 1
    digits = "".join(SUPERSCRIPTS[character] for character in text[place:end])
    found = [Token("operator", "^", place), Token("operator", "{", place)]
    if digits.startswith("-"):
        found.append(Token("operator", "-", place))
    if not digits.lstrip("-").isdigit():
        raise Unreadable("This raised sign is no exponent; write x^(...).", place)
    return [*found, Token("number", digits.lstrip("-"), place), Token("operator", "}", end)], end


def _lowered(text: str, place: int, alphabet: dict[str, str]) -> tuple[list[Token], int]:
    """An index: subscript digits, or plain digits glued to a Greek letter."""
    end = place
    while end < len(text) and text[end] in alphabet:
        end += 1
    if end == place:
        return [], place
    digits = "".join(alphabet[character] for character in text[place:end])
    return [Token("operator", "_", place), Token("number", digits, place)], end

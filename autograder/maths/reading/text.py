"""Reader of plain text: mathematical (``σ₁² log(q(x))``) or Python (``s1**2``) spelling. Gives tokens; runs nothing."""

import re

from autograder.maths.reading.characters import (
    DROPPED_SIGNS,
    GREEK,
    SIGNS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    letter,
    plain_letters,
    refuse,
    sign_kind,
)
from autograder.maths.reading.notes import settled
from autograder.maths.reading.tokens import MAX_CHARS, Line, Token, Unreadable

NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
MODULE = re.compile(r"(?:math|np|numpy|torch|sp|sympy|tf|jnp)\.(?=[a-z])")
WORD = re.compile(r"[A-Za-z]+")
MARKED = re.compile(r"[A-Za-z\u0370-\u03ff](?:_(hat|tilde|bar)\b|([\u0302\u0303\u0304]))")
ACCENTS = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar"}
GAP = re.compile(r"\s{3,}|\s*[\t&]\s*")
DIGITS = re.compile(r"[0-9]+")
COMMANDS = {
    "sqrt": "sqrt",
    "min": "min",
    "max": "max",
    "minimize": "min",
    "maximize": "max",
    "minimise": "min",
    "maximise": "max",
    "inf": "min",
    "sup": "max",
    "argmin": "argmin",
    "argmax": "argmax",
    "arg": "arg",
    "int": "int",
    "integral": "int",
    "Integral": "int",
    "integrate": "int",
    "sum": "sum",
    "Sum": "sum",
    "prod": "prod",
    "Prod": "prod",
}
PAIRS = {"**": "^", "||": "norm", "==": "=", ":=": "=", "<=": "≤", ">=": "≥", "!=": "≠", "=>": ";"}


def tokens(text: str, words: frozenset[str] = frozenset()) -> Line:
    """The tokens of one line of plain text. ``words``: names that are no command here, whatever they mean elsewhere.

    Raises:
        Unreadable: a line that is too long.
    """
    if len(text) > MAX_CHARS:
        raise Unreadable(
            f"This line has {len(text)} characters; at most {MAX_CHARS} are read. Break it into several lines.",
            MAX_CHARS,
        )
    found: list[Token] = []
    text, place = plain_letters(text), 0
    while place < len(text):
        if gap := GAP.match(text, place):
            found.append(Token("mark", "gap", place))
            place = gap.end()
        elif text[place].isspace() or text[place] in DROPPED_SIGNS:
            place += 1
        elif module := MODULE.match(text, place):
            place = module.end()
        else:
            new, place = _next(text, place, words)
            found.extend(new)
    return Line(settled(found), latex=False, length=len(text))


def _next(text: str, place: int, words: frozenset[str]) -> tuple[list[Token], int]:
    if match := NUMBER.match(text, place):
        return [Token("number", match.group(), place)], match.end()
    if match := MARKED.match(text, place):
        plain = letter(text[place])
        mark = match.group(1) or ACCENTS[match.group(2)]
        return [Token("name", GREEK.get(plain, plain) + mark, place)], match.end()
    if match := WORD.match(text, place):
        return _word(text, match, words)
    if (pair := text[place : place + 2]) in PAIRS:
        return [Token("operator", PAIRS[pair], place)], place + 2
    character = text[place]
    if character in "+-*/^_()[]{},;:|=~'<>":
        return [Token("operator", character, place)], place + 1
    if character in SUPERSCRIPTS:
        return _raised(text, place)
    if character in SUBSCRIPTS:
        return _lowered(text, place, SUBSCRIPTS)
    if character in SIGNS:
        value = SIGNS[character]
        return [Token(sign_kind(value), value, place)], place + 1
    return _letter(text, place)


def _letter(text: str, place: int) -> tuple[list[Token], int]:
    plain = letter(text[place])
    if plain in GREEK:
        lowered, end = _lowered(text, place + 1, dict(zip("0123456789", "0123456789", strict=True)))
        return [Token("name", GREEK[plain], place), *lowered], end
    if len(plain) == 1 and plain.isascii() and plain.isalpha():
        return [Token("name", plain, place)], place + 1
    return [Token("foreign", refuse(text[place], place).message, place)], place + 1


def _word(text: str, match: re.Match[str], words: frozenset[str]) -> tuple[list[Token], int]:
    """A word, and digits glued to it as its index: ``s1`` is s with index 1."""
    word, start, end = match.group(), match.start(), match.end()
    if word == "given" and word not in words:  # p(x given z)
        return [Token("operator", "|", start)], end
    if word in COMMANDS and word not in words:
        return [Token("command", COMMANDS[word], start)], end
    if digits := DIGITS.match(text, end):
        index = [Token("operator", "_", end), Token("number", digits.group(), end)]
        return [Token("name", word, start), *index], digits.end()
    return [Token("name", word, start)], end


def _raised(text: str, place: int) -> tuple[list[Token], int]:
    end = place
    while end < len(text) and text[end] in SUPERSCRIPTS:
        end += 1
    return [Token("operator", "^", place), *_written(text, place, end, SUPERSCRIPTS)], end


def _lowered(text: str, place: int, alphabet: dict[str, str]) -> tuple[list[Token], int]:
    """An index: subscript signs, or plain digits glued to a Greek letter."""
    end = place
    while end < len(text) and text[end] in alphabet:
        end += 1
    return ([Token("operator", "_", place), *_written(text, place, end, alphabet)] if end > place else []), end


def _written(text: str, place: int, end: int, alphabet: dict[str, str]) -> list[Token]:
    """Small signs side by side: one number or letter, or a group."""
    plain = "".join(alphabet[character] for character in text[place:end])
    parts = [
        Token("number" if part.isdigit() else "name" if part.isalpha() else "operator", part, place)
        for part in re.findall(r"\d+|\D", plain)
    ]
    if len(parts) == 1 and parts[0].kind != "operator":
        return parts
    return [Token("operator", "{", place), *parts, Token("operator", "}", end)]

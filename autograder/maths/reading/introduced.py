"""Names that the student introduces: they stand alone before an equals sign and mean nothing yet."""

from collections.abc import Iterator
from itertools import zip_longest

from autograder.maths.language import Language
from autograder.maths.reading import integrals
from autograder.maths.reading.grammar import Parser
from autograder.maths.reading.notation import RESERVED, identifier
from autograder.maths.reading.reader import tokenise
from autograder.maths.reading.rows import Row
from autograder.maths.reading.tokens import Line, Unreadable

BREAKS = (",", ";", ":", "note")
OPTIMA = ("min", "max", "argmin", "argmax", "arg")


def introduced(rows: list[Row], language: Language) -> frozenset[str]:
    """Names that stand alone before an equals sign and mean nothing yet."""
    followed = {id(row): _followed(row, below) for row, below in zip_longest(rows, rows[1:])}
    names = (_new_name(tokens, language, followed[id(row)]) for row, tokens in starts(rows, language))
    return frozenset(name for name in names if name is not None)


def _followed(row: Row, below: Row | None) -> bool:
    """Whether the row below begins with an equals sign."""
    said = "" if below is None else below.text.lstrip(" &")
    return said.startswith("=") and said.lstrip("= ") != row.text.strip()


def starts(rows: list[Row], language: Language) -> Iterator[tuple[Row, Line]]:
    """Every place at which an equation may begin."""
    for row in rows:
        try:
            tokens = tokenise("" if row.remark else row.text, language)
        except Unreadable:
            continue
        breaks = [k + 1 for k, token in enumerate(tokens.tokens) if token.kind == "operator" and token.value in BREAKS]
        for place in [0, *breaks]:
            tokens.place = place
            yield row, tokens


def _new_name(tokens: Line, language: Language, followed: bool) -> str | None:
    """The name that stands here before an equals sign; ``followed``: the row below begins with one."""
    parser = Parser(tokens, language)
    try:
        while tokens.at("min", "max", "argmin", "argmax", "arg") and language.functions:
            tokens.accept("arg")
            integrals.over_what(parser, tokens.next().value)
    except Unreadable:
        return None
    tokens.accept("[", "{")
    first = tokens.peek()
    spelled = identifier(parser)
    if spelled is None or not (tokens.at("=") or (followed and tokens.peek().kind == "end")):
        return None
    base, _, index = spelled.partition("_")
    known = (
        spelled in language.names
        or spelled in language.variables
        or language.density(base, index)
        or spelled in ("pi", "e")
        or (
            spelled == "D^*" and "D" in language.functions and tokens.peek(1).value not in OPTIMA
        )  # not D^* = argmax ...
    )
    return None if known or first.value in RESERVED else spelled

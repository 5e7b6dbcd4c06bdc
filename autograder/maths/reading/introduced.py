"""Names that the student introduces: they stand alone before an equals sign and mean nothing yet."""

from itertools import zip_longest

from autograder.maths.language import Language
from autograder.maths.reading import integrals
from autograder.maths.reading.grammar import Parser
from autograder.maths.reading.notation import RESERVED, identifier
from autograder.maths.reading.reader import tokenise
from autograder.maths.reading.rows import Row
from autograder.maths.reading.tokens import Line, Unreadable


def introduced(rows: list[Row], language: Language) -> frozenset[str]:
    """Names that stand alone before an equals sign and mean nothing yet."""
    found: set[str] = set()
    for row, below in zip_longest(rows, rows[1:]):
        if row.remark:
            continue
        said = "" if below is None else below.text.lstrip(" &")
        followed = said.startswith("=") and said.lstrip("= ") != row.text.strip()
        try:
            tokens = tokenise(row.text, language)
        except Unreadable:
            continue
        for place in [
            0,
            *(
                k + 1
                for k, token in enumerate(tokens.tokens)
                if token.value in (",", ";", ":", "note") and token.kind == "operator"
            ),
        ]:
            tokens.place = place
            if (name := _new_name(tokens, language, followed)) is not None:
                found.add(name)
    return frozenset(found)


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
    )
    return None if known or first.value in RESERVED else spelled

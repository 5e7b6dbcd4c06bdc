"""Names as people spell them and as the exercise does: capitals, eps, and letters with a mark."""

from autograder.maths.language import Language
from autograder.maths.reading.tokens import Token

MARKS = ("hat", "tilde", "bar", "dot", "check")
SHORT = {"eps": "epsilon"} | {capital: capital.lower() for capital in "XYZPQ"}


def spelled(tokens: list[Token], language: Language) -> list[Token]:
    """The tokens with each name as the exercise spells it: X for x, Q for q and eps for epsilon, where the exercise has no
    such name itself."""
    return [
        Token("name", plain, token.position)
        if token.kind == "name" and (plain := _plain(token.value, language)) != token.value
        else token
        for token in tokens
    ]


def _plain(name: str, language: Language) -> str:
    if name in language.known:
        return name
    if name[:1] == "d" and len(name) == 2 and (other := _plain(name[1], language)) != name[1]:
        return "d" + other
    other = SHORT.get(name, name)
    return other if other in language.variables or other in language.densities or other in language.names else name


def unmarked(name: str) -> str:
    """x for xhat; the name itself where it has no mark."""
    return next((name.removesuffix(mark) for mark in MARKS if name.endswith(mark) and name != mark), name)

"""Names: which notation a name opens (E, Var, KL, H, N, D, G, a density), and names that stand for a whole formula."""

from typing import TYPE_CHECKING

from autograder.maths.reading import densities, expectations, functions
from autograder.maths.reading.tokens import Unreadable
from autograder.maths.tree import Node, Symbol

if TYPE_CHECKING:
    from autograder.maths.reading.grammar import Parser


DIVERGENCES = frozenset({"KL", "DKL", "D_KL", "KLD", "kl"})
RESERVED = frozenset({"E", "Var", "var", "H", "h", "Ent", "N", "log", "ln", "exp", "d"})  # never the name of a formula


def named(parser: "Parser") -> Node | None:
    """What a name in the language of probability stands for, or None if it is no such name."""
    token, line, language = parser.line.peek(), parser.line, parser.language
    word = token.value
    if (label := _label(parser)) is not None:
        return label
    if word == "D" and line.at("_", ahead=1) and "KL" in (line.peek(2).value, line.peek(3).value):
        line.next()
        parser.index()
        return expectations.divergence(parser, token)
    if word in DIVERGENCES:
        line.next()
        return expectations.divergence(parser, token)
    if word == "D" and "D" not in language.functions and language.densities and line.at("(", "[", ahead=1):
        line.next()
        return expectations.divergence(parser, token)
    if word in ("E", "Var", "var") and language.densities:
        line.next()
        return expectations.expectation(parser, token)
    if word in ("H", "h", "Ent") and language.densities and line.at("(", "[", ahead=1):
        line.next()
        return expectations.entropy(parser)
    if word == "N" and (language.densities or _lists_ahead(parser)):
        line.next()
        return densities.normal(parser, token)
    if word in language.functions:
        return functions.apply(parser)
    return densities.density(parser)


def _lists_ahead(parser: "Parser") -> bool:
    """Whether a bracket with a comma or a semicolon of its own stands behind the name here: N(x; mu, sigma^2)."""
    line, level, ahead = parser.line, 0, 1
    while line.at("(", "[", ahead=1) and (token := line.peek(ahead)).kind != "end":
        if token.kind == "operator":
            level += (token.value in ("(", "[", "{")) - (token.value in (")", "]", "}"))
            if level == 1 and token.value in (",", ";"):
                return True
            if level == 0:
                return False
        ahead += 1
    return False


def _label(parser: "Parser") -> Node | None:
    """A name that stands for a formula: L, V(D, G), J^(D), J_D, or one that the student introduced."""
    start, labels = parser.line.place, parser.language.labels
    spelled = identifier(parser)
    divergence_follows = spelled in DIVERGENCES and parser.line.at("(", "[", "{")
    if spelled is not None and not divergence_follows and (meant := _meant(spelled, labels)):
        return Symbol(meant)
    parser.line.place = start
    return None


def _meant(spelled: str, labels: frozenset[str]) -> str | None:
    """The label that is spelled so; L with ELBO as its index is the ELBO, where both are labels."""
    if spelled in labels:
        return spelled
    if spelled in ("DKL", "D_KL", "KLD", "kl", "KL"):
        return next((name for name in ("KL", "D_KL", "DKL") if name in labels), None)
    base, _, mark = spelled.replace("^", "_").partition("_")
    return base if base in labels and mark in labels and mark.isalpha() and len(mark) > 1 else None


def identifier(parser: "Parser") -> str | None:
    """A name with its index, a function in raised brackets (J^(D)) and plain arguments (V(D, G)); None if none
    stands here."""
    line = parser.line
    if line.peek().kind != "name":
        return None
    word = line.next().value
    if line.at("_") and (line.peek(1).kind in ("number", "name") or line.at("{", ahead=1)):
        try:
            word += "_" + parser.index()
        except Unreadable:
            return None
    word += _raised(parser)
    if word not in DIVERGENCES:
        _skip_plain_arguments(parser)
    return word


def _raised(parser: "Parser") -> str:
    """What is raised or lowered behind a name: ^(D), a star, a word, a function."""
    line = parser.line
    ahead = [line.peek(ahead).value for ahead in range(6)]
    if ahead[:2] == ["^", "{"] and ahead[2] == "(" and ahead[4:6] == [")", "}"]:
        line.place += 6
        return f"^({ahead[3]})"
    if ahead[:2] == ["^", "("] and ahead[3] == ")":
        line.place += 4
        return f"^({ahead[2]})"
    if ahead[:2] == ["^", "*"] or (ahead[0] == "*" and ahead[1] == "="):
        line.place += 1 if ahead[0] == "*" else 2
        return "^*"
    if ahead[:4] == ["^", "{", "*", "}"]:
        line.place += 4
        return "^*"
    if ahead[:2] == ["^", "{"] and line.peek(2).kind == "name" and len(ahead[2]) > 1 and ahead[3] == "}":
        line.place += 4
        return f"^{ahead[2]}"
    if ahead[0] == "_" and ahead[1] in parser.language.functions:
        line.place += 2
        return f"_{ahead[1]}"
    return ""


def _skip_plain_arguments(parser: "Parser") -> None:
    """V(D, G), L(q), L(θ, φ; x), V(θ^(D), θ^(G)): names in brackets say what a label depends on, and nothing more."""
    line, start = parser.line, parser.line.place
    if not line.accept("(", "["):
        return
    level, signs = 0, (",", ";", "_", "{", "}", "^", "(", ")", "|", "norm", "*")
    while line.peek().kind in ("name", "number") or (line.at(*signs) and (level or not line.at(")"))):
        level += line.at("(") - line.at(")")
        line.next()
    inside = line.tokens[start + 1 : line.place]
    names = [token for token in inside if token.kind == "name"]
    if not names or not line.accept(")", "]"):
        line.place = start

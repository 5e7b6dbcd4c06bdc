"""A row cut where it says that something is larger, smaller or not equal; what stands between is read as equations."""

import re
from typing import Literal

Relation = Literal["=", "<=", ">=", "<", ">", "!="]
SIGN = re.compile(
    r"\\(?:leqslant|leqq|leq|le|geqslant|geqq|geq|ge|lt|gt|neq|ne)(?![A-Za-z])|[≤≥≠⩽⩾]|<=|(?<![-=~])>=|!=|<(?![-/A-Za-z])|(?<![-=~\\])>"
)
MEANING: dict[str, Relation] = {
    **dict.fromkeys(("leqslant", "leqq", "leq", "le", "≤", "⩽", "<="), "<="),
    **dict.fromkeys(("geqslant", "geqq", "geq", "ge", "≥", "⩾", ">="), ">="),
    **dict.fromkeys(("lt", "<"), "<"),
    **dict.fromkeys(("gt", ">"), ">"),
    **dict.fromkeys(("neq", "ne", "≠", "!="), "!="),
}


def cut(text: str) -> list[tuple[Relation, str, int]]:
    """(relation to what stands before, text, its offset) of each part; relations inside brackets are left alone."""
    found: list[tuple[Relation, str, int]] = []
    relation: Relation = "="
    start = 0
    for match in SIGN.finditer(text):
        if _depth(text[: match.start()]):
            continue
        found.append((relation, text[start : match.start()], start))
        relation, start = MEANING[match.group().lstrip("\\")], match.end()
    return [*found, (relation, text[start:], start)]


def _depth(text: str) -> int:
    """How many brackets are open at the end of ``text``."""
    return sum(text.count(c) for c in "([{") - sum(text.count(c) for c in ")]}")

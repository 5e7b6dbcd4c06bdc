"""Texts and code as tokens that do not change when names, comments, layout, case or spelling do, each with its place."""

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.commands.similar.handed_in import Kind
from autograder.commands.wording import WORD

LONGEST = 100_000  # characters of one place that are compared; an answer in words is never longer
_CHUNK = re.compile(r"[^\s]++")

# Possessive, and every character matches something: no text takes long, and code need not be Python.
_CODE = re.compile(
    r"""(?P<space>[ \t\f]++|\\\r?\n)
    |(?P<comment>\#[^\n]*+)
    |(?P<line>[\r\n]++)
    |(?P<string>[A-Za-z]{0,2}+(?:
        \"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]++|\\.|'(?!''))*+'''
        | "(?:[^"\\\n]++|\\.)*+" | '(?:[^'\\\n]++|\\.)*+'))
    |(?P<number>\d[\d_]*+(?:\.[\d_]*+)?+(?:[eE][+-]?\d++)?+|\.\d++(?:[eE][+-]?\d++)?+)
    |(?P<name>[^\W\d]\w*+)
    |(?P<sign>\*\*=?|//=?|->|:=|[-+*/%@&|^<>=!]=|<<|>>|.)""",
    re.X | re.S,
)
NAME, TEXT = "name", '""'  # any name of the student's own; any string
_BUILT_IN = frozenset(vars(builtins))
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True)
class Token:
    """``word`` is what is compared; ``start`` and ``end`` are where it stands in the text."""

    word: str
    start: int
    end: int


def tokens(text: str, kind: Kind) -> list[Token]:
    """The tokens of a text; code that is no Python has tokens too."""
    text = text[:LONGEST]
    return list(_of_code(text)) if kind == "code" else list(_of_words(text))


def _of_words(text: str) -> Iterator[Token]:
    """Words and signs as ``normalised`` has them."""
    for match in _CHUNK.finditer(text):
        for word in WORD.findall(unicodedata.normalize("NFKC", match[0]).casefold()):
            yield Token(word, match.start(), match.end())


# ------------------------------------------------------------------ code


@dataclass(frozen=True)
class _Piece:
    kind: str
    said: str
    start: int
    end: int
    first: bool  # on its line


def _of_code(text: str) -> Iterator[Token]:
    """Without comments, docstrings, imports and layout; names of the student's own are all one."""
    pieces = _statements(list(_pieces(text)))
    own = _own_names(pieces)
    headers: list[bool] = []  # open brackets: whether each is that of a definition
    for i, piece in enumerate(pieces):
        before, after = (pieces[i - 1].said if i else ""), (pieces[i + 1].said if i + 1 < len(pieces) else "")
        if piece.said in _BRACKETS:
            headers.append(i > 1 and pieces[i - 2].said in ("def", "class"))
        elif piece.said in _BRACKETS.values() and headers:
            headers.pop()
        keyword_argument = after == "=" and bool(headers) and not headers[-1]
        word = piece.said
        if piece.kind == "string":
            word = TEXT
        elif piece.kind == "number":
            word = _number(piece.said)
        elif piece.kind == "name":
            word = piece.said if _is_kept(piece.said, before, i > 1 and pieces[i - 2].said == "self") else NAME
            if word == NAME and (keyword_argument or (after == "(" and piece.said not in own)):
                word = piece.said
        yield Token(word, piece.start, piece.end)


def _is_kept(name: str, before: str, of_self: bool) -> bool:
    """Keywords, what Python brings, and what libraries call an attribute; what is set on ``self`` has the student's name."""
    return (before == "." and not of_self) or (before != "." and (keyword.iskeyword(name) or name in _BUILT_IN))


def _pieces(text: str) -> Iterator[_Piece]:
    first = True
    for match in _CODE.finditer(text):
        kind = match.lastgroup or ""
        if kind == "line":
            first = True
        if kind in ("space", "comment", "line"):
            continue
        yield _Piece(kind, match[0], match.start(), match.end(), first)
        first = False


def _statements(pieces: list[_Piece]) -> list[_Piece]:
    """Without imports, and without strings that stand as a line of their own outside of brackets."""
    kept: list[_Piece] = []
    importing, depth = False, 0
    for i, piece in enumerate(pieces):
        if piece.first and depth <= 0:
            importing, depth = piece.said in ("import", "from"), 0
        depth += (piece.said in _BRACKETS) - (piece.said in _BRACKETS.values())
        ends = i + 1 == len(pieces) or pieces[i + 1].first
        if not importing and not (piece.kind == "string" and piece.first and ends and depth <= 0):
            kept.append(piece)
    return kept


def _own_names(pieces: list[_Piece]) -> set[str]:
    """Names that the code gives: what is defined, assigned, or an argument."""
    own: set[str] = set()
    header = False
    for i, piece in enumerate(pieces):
        before, after = (pieces[i - 1].said if i else ""), (pieces[i + 1].said if i + 1 < len(pieces) else "")
        if piece.said in ("def", "lambda", "for"):
            header = True
        elif piece.said in (":", "in"):
            header = False
        elif piece.kind == "name" and (header or before in ("class", "as") or after in ("=", ":=", ",")):
            own.add(piece.said)
    return own


def _number(said: str) -> str:
    """One spelling for 0.5, .5 and 5e-1."""
    try:
        return repr(float(said))
    except ValueError:  # 0x1f and the like
        return said

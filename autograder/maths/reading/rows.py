r"""From what a student handed in to rows: one line of mathematics each, or a remark.

Three layouts are told apart: Markdown with formulas in $...$, $$...$$, \[...\] or an ``align`` environment (all
else is prose); bare LaTeX; plain text. A row that cannot stand alone (it begins with + or an open bracket waits)
is joined to the one above.
"""

import re
from dataclasses import dataclass

from autograder.maths.reading.layout import laid_out

MAX_ROWS = 100
MAX_TEXT = 20_000  # characters of an answer; what stands behind them is not read
ENVIRONMENTS = (
    r"(?:align|aligned|equation|gather|gathered|eqnarray|multline|split|flalign|alignat|array|math|displaymath)\*?"
)
MATHS = re.compile(
    r"\$\$(?P<a>.*?)\$\$|\\\[(?P<b>.*?)\\\]|\\begin\{(?P<env>" + ENVIRONMENTS + r")\}(?P<c>.*?)\\end\{(?P=env)\}"
    r"|\\\((?P<d>.*?)\\\)|\$(?P<e>[^$\n]+?)\$",
    re.DOTALL,
)
BEGIN_END = re.compile(r"\\(?:begin|end)\{" + ENVIRONMENTS + r"\}(?:\{[lcr@{}|\d]*\})?")
BREAK = re.compile(r"\\\\\*?(?:\s*\[[^\]=]*\])?|\n(?=\s*&?\s*=)|\\(?:newline|cr)\b")
ARROWS = re.compile(
    r"\\(?:Rightarrow|Longrightarrow|implies|iff|Leftrightarrow|Longleftrightarrow|therefore|because|longrightarrow|rightarrow|to)\b|=>|⇒|⇔|⟹|⟺|∴"
)
LEADING = re.compile(
    r"^\s*(?:(?:where|since|with|because|and|so|thus|hence|therefore|let|using|note|then|also|now|we|have|get|obtain|that|for|by|in|our|case|here|"
    r"first|second|finally|next|recall|use|as|it|follows|this|gives|is|wobei|mit|da|also|daher|somit|und|sei|dann|denn)\b[,:]?\s*)+",
    re.IGNORECASE,
)
NUMBERING = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|[-*•]\s(?=\s*=)|step \d+[.:])\s+(?=\S)", re.IGNORECASE)
COMMENT = re.compile(r"(?:#|//|%).*$")
REASON = re.compile(r"[(\[]\s*(?:[A-Za-z][A-Za-z'’,.\-]*\s*){1,12}[)\]]\s*$")
TITLE = re.compile(r"^\s*[A-Za-z][A-Za-z ]{2,40}:(?!=)\s*")
BESIDE = re.compile(r"\s{2,}([(\[].*)$")
AFTER = re.compile(r"\s(?:because|since|where|with|by|as|using|due to|from|for|when|here|weil|da|mit)\s", re.IGNORECASE)
DONE = re.compile(r"(?:\s+(?:q\.?\s?e\.?\s?d|qed|done)\.?|\s*[□∎■]|\s*\.)\s*$", re.IGNORECASE)
WORD = re.compile(r"[A-Za-zÀ-ɏ]{3,}")
KNOWN = frozenset(
    [
        "log",
        "exp",
        "sqrt",
        "var",
        "kld",
        "dkl",
        "elbo",
        "int",
        "sum",
        "min",
        "max",
        "pdata",
        "data",
        "mu",
        "sigma",
        "sig",
        "std",
        "mean",
        "alpha",
        "beta",
        "epsilon",
        "theta",
        "phi",
        "integral",
        "integrate",
        "math",
        "numpy",
        "argmin",
        "argmax",
        "over",
        "infinity",
        "real",
        "fake",
        "model",
        "noise",
    ]
)


@dataclass(frozen=True)
class Row:
    """``number`` counts rows of mathematics from 1 and is 0 for a remark. ``casual``: stood inside a sentence."""

    number: int
    text: str
    remark: bool = False
    casual: bool = False


def rows(text: str) -> list[Row]:
    """The rows of an answer, in order."""
    text = text[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    text = laid_out(re.sub(r"^\s*```.*$", "", text, flags=re.MULTILINE))
    if MATHS.search(text):
        found = _markdown(text)
    elif "\\" in text:
        found = [Row(1, part, remark=False) for part in _broken(text, lines=True)]
    else:
        found = [row for line in text.split("\n") for row in _plain(line)]
    return _numbered(_joined(found))[:MAX_ROWS]


def _markdown(text: str) -> list[Row]:
    found: list[Row] = []
    place = 0
    for match in MATHS.finditer(text):
        before = text[place : match.start()]
        inline = match.group("d") is not None or match.group("e") is not None
        found += [Row(0, line.strip(), remark=True) for line in before.split("\n") if _says_something(line)]
        inside = next(part for part in match.group("a", "b", "c", "d", "e") if part is not None)
        if inline and _in_a_sentence(text, match):
            found += [Row(1, inside, casual=True)] if "=" in inside else [Row(0, inside, remark=True)]
        else:
            found += [Row(1, part) for part in _broken(inside, lines=False)]
        place = match.end()
    return found + [Row(0, line.strip(), remark=True) for line in text[place:].split("\n") if _says_something(line)]


def _in_a_sentence(text: str, match: re.Match[str]) -> bool:
    """Whether words stand beside an inline formula."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    beside = text[start : match.start()] + text[match.end() : end if end >= 0 else len(text)]
    return bool(WORD.search(MATHS.sub(" ", beside)))


def _says_something(line: str) -> bool:
    return bool(line.strip(" \t.,;:*_-&\\"))


def _broken(text: str, *, lines: bool) -> list[str]:
    """LaTeX cut at its row breaks (and at every new line, where there are no environments)."""
    parts = [
        part for piece in BREAK.split(BEGIN_END.sub(" ", text)) for part in (piece.split("\n") if lines else [piece])
    ]
    return [ARROWS.sub(" ; ", part).strip() for part in parts if _says_something(part.replace("$", ""))]


def _plain(line: str) -> list[Row]:
    if not line.strip():
        return []
    if COMMENT.match(line.strip()):
        return [Row(0, line.strip(), remark=True)]
    whole = line.strip()
    line = NUMBERING.sub("", COMMENT.sub("", line))
    line = LEADING.sub("", ARROWS.sub(" ; ", line))
    if (title := TITLE.match(line)) and _ordinary_words(title.group()):
        line = line[title.end() :]
    line = DONE.sub("", line)
    for note in (REASON, BESIDE):
        if (found := note.search(line)) and _ordinary_words(found.group()):
            line = line[: found.start()]
    if "=" in line and (found := AFTER.search(line)):
        return [*_plain(line[: found.start()]), *_plain(line[found.end() :])]
    if not line.strip(" \t.,;:") or _prose(line):
        return [Row(0, whole, remark=True)]
    return [Row(1, line.strip())]


def _ordinary_words(text: str) -> int:
    return sum(word.group().lower() not in KNOWN for word in WORD.finditer(text))


def _prose(line: str) -> bool:
    """A sentence: three ordinary words, or nothing but words."""
    words = _ordinary_words(line)
    return (
        words >= 3 or (words >= 1 and not re.search(r"[=+*/^()\[\]∫_0-9|‖]", line)) or (words >= 2 and "=" not in line)
    )


def _joined(found: list[Row]) -> list[Row]:
    """Rows that cannot stand alone, put behind the row above."""
    chained = any(row.text.lstrip(" &").startswith("=") for row in found)
    joined: list[Row] = []
    for row in found:
        above = joined[-1] if joined else None
        if (
            above is not None
            and not above.remark
            and not row.remark
            and not row.casual
            and _continues(row.text, above.text, chained)
        ):
            joined[-1] = Row(1, f"{above.text} {row.text}", casual=above.casual)
        else:
            joined.append(row)
    return joined


def _continues(text: str, above: str, chained: bool) -> bool:
    start = re.sub(r"^(?:[\s&{}]|\\q?quad|\\[,;!:]|\\left\.)*", "", text)
    if start.startswith("="):
        return False
    if start.startswith(("+", "*", "·", "/", "\\cdot", "\\times", "^")) or (chained and start.startswith(("-", "−"))):
        return True
    return above.rstrip(" &").endswith(("+", "-", "*", "·", "/", "−", "\\cdot")) or _open_brackets(above) > 0


def _open_brackets(text: str) -> int:
    text = text.replace("\\{", "(").replace("\\}", ")")
    return sum(text.count(c) for c in "([{") - sum(text.count(c) for c in ")]}")


def _numbered(found: list[Row]) -> list[Row]:
    number, numbered = 0, list[Row]()
    for row in found:
        number += not row.remark
        numbered.append(Row(0 if row.remark else number, row.text, row.remark, row.casual))
    return numbered

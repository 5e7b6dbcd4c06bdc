r"""From what a student handed in to rows: one line of mathematics each, or a remark.

Three layouts are told apart: Markdown with formulas in $...$, $$...$$, \[...\] or an ``align`` environment (all
else is prose); bare LaTeX; plain text. A row that cannot stand alone (it begins with + or an open bracket waits)
is joined to the one above.
"""

import re
from dataclasses import dataclass, replace

from autograder.maths.reading.layout import laid_out
from autograder.maths.reading.sentences import FOREIGN, INLINE, KNOWN, LIST_MARK, WORD, interludes, labels, pieces

MAX_ROWS = 100
MAX_PARTS = 30  # of one plain line
MAX_TEXT = 20_000  # characters of an answer; what stands behind them is not read
ENVIRONMENTS = (
    r"(?:align|aligned|equation|gather|gathered|eqnarray|multline|split|flalign|alignat|array|math|displaymath)\*?"
)
MATHS = re.compile(
    r"\$\$(?P<a>.*?)\$\$|\\\[(?P<b>.*?)\\\]|\\begin\{(?P<env>" + ENVIRONMENTS + r")\}(?P<c>.*?)\\end\{(?P=env)\}"
    r"|\\\((?P<d>.*?)\\\)|\$(?P<e>[^$\n]+?)\$",
    re.DOTALL,
)
EMPTY_LINES = re.compile(
    r"\n(?:[^\S\n]*\n){2,}"
)  # one says as much as thousands, which searches below would go through again
BLANKS = re.compile(r"[^\S\n]{40,}")  # and again
BEGIN_END = re.compile(r"\\(?:begin|end)\{" + ENVIRONMENTS + r"\}(?:\{[lcr@{}|\d]*\})?")
BREAK = re.compile(r"\\\\\*?(?:\s*\[[^\]=]*\])?|\n(?=\s*&?\s*=)|\\(?:newline|cr)\b")
ARROWS = re.compile(
    r"\\(?:Rightarrow|Longrightarrow|implies|iff|Leftrightarrow|Longleftrightarrow|therefore|because|longrightarrow|rightarrow|to)\b|(?:--+|==*)>|⇒|⇔|⟹|⟺|∴"
)
LEADING = re.compile(
    r"^\s*(?:(?:where|since|with|because|and|so|thus|hence|therefore|let|using|note|then|also|now|we|have|get|obtain|that|for|by|in|our|case|here|"
    r"first|second|finally|next|recall|use|as|it|follows|this|gives|is|wobei|mit|da|also|daher|somit|und|sei|dann|denn)\b[,:]?\s*)+",
    re.IGNORECASE,
)
TRAILING = re.compile(
    r"(?:\s+(?:where|with|this|it|that|which|so|and|then|as|dies|das|und|mit|ce|cela|bu)[,:]?)+\s*$", re.IGNORECASE
)
NUMBERING = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|[-*•]\s(?=\s*=)|step \d+[.:])\s+(?=\S)", re.IGNORECASE)
COMMENT = re.compile(r"(?:#|//|%).*$")
REASON = re.compile(r"[(\[]\s*(?:[A-Za-z][A-Za-z'’,.\-]*\s*){1,12}[)\]]\s*$")
TITLE = re.compile(r"^\s*[A-Za-z][A-Za-z ]{2,40}:(?!=)\s*")
BESIDE = re.compile(r"\s{2,}([(\[].*)$")
AFTER = re.compile(
    r"\s(?:because|since|where|with|by|as|using|due to|from|for|when|here|if|iff|and|we|get|gives|yields|so|then|therefore|"
    r"hence|is|weil|da|mit|und|also|qui|que|et|donc|si|ve)\s",
    re.IGNORECASE,
)
WAITING = re.compile(r"(?:\\(?:min|max|inf|sup)\b|\b(?:min|max|inf|sup))(?:\\limits)?\s*_\s*(?:\{[^{}]*\}|\w)\s*$")
BARE = re.compile(rf"(?:[A-Za-zÀ-ɏ'’]{{2,}}|{FOREIGN})[,.;:]?")
DONE = re.compile(r"(?:\s+(?:q\.?\s?e\.?\s?d|qed|done)\.?|\s*[□∎■]|\s*\.)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """``number`` counts rows of mathematics from 1 and is 0 for a remark. ``casual``: stood inside a sentence; formulas with one
    ``line`` stood in one line or one display, those with one ``clause`` too in one part of its sentence."""

    number: int
    text: str
    remark: bool = False
    casual: bool = False
    line: int = 0
    clause: int = 0


def rows(text: str) -> list[Row]:
    """The rows of an answer, in order."""
    text = text[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    text = BLANKS.sub(" " * 40, EMPTY_LINES.sub("\n\n", text))
    text = laid_out(re.sub(r"^\s*```.*$", "", text, flags=re.MULTILINE))
    if MATHS.search(text):
        groups = _markdown(text)
    elif "\\" in text:
        groups = [[Row(1, part)] for part in _broken(text, lines=True)]
    else:
        groups = [_plain(line) for line in text.split("\n")]
    found = [replace(row, line=place) for place, group in enumerate(filter(None, groups), start=1) for row in group]
    return _numbered([row for joined in _joined(found) for row in _with_labels(joined)])[:MAX_ROWS]


def _with_labels(row: Row) -> list[Row]:
    """A row and what the labels under its braces claim."""
    if row.remark or "brac" not in row.text:
        return [row]
    return [row, *(replace(row, text=claim, casual=True) for claim in labels(row.text))]


def _markdown(text: str) -> list[list[Row]]:
    """What each display and each line between them holds."""
    groups: list[list[Row]] = []
    place = 0
    for match in MATHS.finditer(text):
        if match.group("d") is not None or match.group("e") is not None:
            continue
        groups += [_line(line) for line in text[place : match.start()].split("\n")]
        inside = next(part for part in match.group("a", "b", "c") if part is not None)
        shown: list[Row] = []
        for part, said in interludes(inside):
            shown += _line(part) if said else [Row(1, piece) for piece in _broken(part, lines=False)]
        groups.append(shown)
        place = match.end()
    return groups + [_line(line) for line in text[place:].split("\n")]


def _line(line: str) -> list[Row]:
    """A line of Markdown outside the displays."""
    if not INLINE.search(line):
        return _unmarked(line)
    found: list[Row] = []
    clause = 0
    for piece in pieces(line):
        clause += piece.remark and bool(re.search(r"[.;](?:\s|$)", piece.text))
        if piece.remark:
            found += _unmarked(piece.text.lstrip(" ,.;")) if piece.said else [Row(0, piece.text, remark=True)]
        else:
            found += [Row(1, part, casual=piece.casual, clause=clause) for part in _broken(piece.text, lines=False)]
    return found


def _unmarked(line: str) -> list[Row]:
    """A line without $: words, or a formula in plain spelling between those in LaTeX."""
    if not _says_something(line) or line.strip().startswith("|"):
        return [Row(0, line.strip(), remark=True)] if _says_something(line.replace("|", "")) else []
    if "=" not in line or line.lstrip().startswith(("<", "#")):
        return [Row(0, line.strip(), remark=True)]
    return [
        row if row.remark else replace(row, casual=not row.text.startswith("="))
        for row in _plain(LIST_MARK.sub("", line))
    ]


def _says_something(line: str) -> bool:
    return bool(line.strip(" \t\n.,;:*_-&\\"))


def _broken(text: str, *, lines: bool) -> list[str]:
    """LaTeX cut at its row breaks (and at every new line, where there are no environments)."""
    parts = [
        part for piece in BREAK.split(BEGIN_END.sub(" ", text)) for part in (piece.split("\n") if lines else [piece])
    ]
    return [ARROWS.sub(" ; ", part).strip() for part in parts if _says_something(part.replace("$", ""))]


def _plain(line: str, parts: int = MAX_PARTS) -> list[Row]:
    """A line of plain text, cut at the words between formulas into at most some parts."""
    if not line.strip():
        return []
    if COMMENT.match(line.strip()):
        return [Row(0, line.strip(), remark=True)]
    whole = line.strip()
    line = NUMBERING.sub("", COMMENT.sub("", line))
    line = LEADING.sub("", ARROWS.sub(" ; ", line))
    if (title := TITLE.match(line)) and _ordinary_words(title.group()):
        line = line[title.end() :]
    line = TRAILING.sub("", DONE.sub("", line))
    for note in (REASON, BESIDE):
        if (found := note.search(line)) and _ordinary_words(found.group()):
            line = line[: found.start()]
    if "=" in line and (found := AFTER.search(line)):
        if not parts:
            return [Row(0, whole, remark=True)]
        later = _plain(line[found.end() :], parts - 1)
        return [*_plain(line[: found.start()], parts - 1), *(replace(row, casual=not row.remark) for row in later)]
    if not line.strip(" \t.,;:"):
        return [Row(0, whole, remark=True)]
    if _prose(line):
        inside = _among_words(line)
        return [Row(1, inside, casual=True)] if inside else [Row(0, whole, remark=True)]
    return [Row(1, line.strip())]


def _among_words(line: str) -> str:
    """The formula that stands in a plain sentence, "" if there is none: what follows its first words, up to the next one."""
    said = line.split()
    ordinary = [bool(BARE.fullmatch(word)) and word.strip(",.;:").lower() not in KNOWN for word in said]
    start = next((place for place, word in enumerate(ordinary) if not word), len(said))
    end = next((place for place in range(start, len(said)) if ordinary[place]), len(said))
    inside = " ".join(said[start:end])
    return inside.rstrip(".,;:") if re.search(r"\w.*[+*/^].*\w", inside) and not WORD.fullmatch(inside) else ""


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
            joined[-1] = replace(above, text=f"{above.text} {row.text}")
        else:
            joined.append(row)
    return joined


def _continues(text: str, above: str, chained: bool) -> bool:
    start = re.sub(r"^(?:[\s&{}]|\\q?quad|\\[,;!:]|\\left\.)*", "", text)
    if start.startswith("="):
        return False
    if start.startswith(("+", "*", "·", "/", "\\cdot", "\\times", "^")) or (chained and start.startswith(("-", "−"))):
        return True
    if WAITING.search(above.rstrip(" &")):
        return True
    return above.rstrip(" &").endswith(("+", "-", "*", "·", "/", "−", "\\cdot")) or _open_brackets(above) > 0


def _open_brackets(text: str) -> int:
    text = text.replace("\\{", "(").replace("\\}", ")")
    return sum(text.count(c) for c in "([{") - sum(text.count(c) for c in ")]}")


def _numbered(found: list[Row]) -> list[Row]:
    number, numbered = 0, list[Row]()
    for row in found:
        number += not row.remark
        numbered.append(replace(row, number=0 if row.remark else number))
    return numbered

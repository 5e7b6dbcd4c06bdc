"""Lines of Markdown in which formulas stand in sentences: which part is a formula, which is said beside it.

A formula in a sentence is ``casual``: what cannot be read there is taken for a remark, and what is said there without an equals
sign counts only where it says something about what is asked. Formulas of one sentence belong together: "for a = b we get c = 0".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

INLINE = re.compile(r"\\\((?P<d>.*?)\\\)|\$(?P<e>[^$\n]+?)\$")
STRUCK = re.compile(r"~~.+?~~|<(?:del|s|strike)>.+?</(?:del|s|strike)>|\\(?:sout|st)\{[^{}]*\}")
LIST_MARK = re.compile(r"^\s*(?:[-*+•>]\s|\(?[0-9a-zA-Z]{1,2}[.)]\s|#+\s|\|)")
FOREIGN = "[\u0400-\u052f\u0590-\u0eff\u10a0-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"  # letters of no formula
WORD = re.compile(rf"[A-Za-zÀ-ɏ]{{3,}}|{FOREIGN}")
SHORT_WORD = re.compile(rf"[A-Za-zÀ-ɏ]{{2,}}|{FOREIGN}")
BRACE = re.compile(r"\\(?:under|over)(?:brace|bracket)\s*(?=\{)")
ONLY_WORDS = re.compile(r"\\(?:text|textrm|textit|textbf|mbox|textnormal)\b")

KNOWN = frozenset(
    """
    log exp sqrt var kld dkl elbo int sum min max pdata data mu sigma sig std mean alpha beta epsilon
    theta phi integral integrate math numpy argmin argmax over infinity real fake model noise ln pi
    mu kl dx dz dt dy eps
    """.split()  # noqa: SIM905  # a list of words is read more easily so
)  # words of mathematics


@dataclass(frozen=True)
class Piece:
    """A part of a line: a formula or, with ``remark``, words. ``said``: words in which something is said to be equal."""

    text: str
    remark: bool = False
    casual: bool = False
    said: bool = False


def pieces(line: str) -> Iterator[Piece]:
    """The parts of a line in which inline formulas stand."""
    place = 0
    for struck in STRUCK.finditer(line):
        yield from _pieces(line[place : struck.start()])
        yield Piece(struck.group(), remark=True)
        place = struck.end()
    yield from _pieces(line[place:])


def _pieces(line: str) -> Iterator[Piece]:
    beside = INLINE.sub(" ", line)
    table = line.lstrip().startswith("|")
    casual = not table and any(word.lower() not in KNOWN for word in SHORT_WORD.findall(beside))
    if not casual and re.search(r"[=+*/^]", LIST_MARK.sub("", beside)) and not table:
        yield Piece(
            re.sub(r"\\[()]|\$", " ", LIST_MARK.sub("", line))
        )  # a formula of which only a part stands in $...$
        return
    place = 0
    for match in INLINE.finditer(line):
        yield from _words(line[place : match.start()])
        inside = match.group("d") or match.group("e") or ""
        yield Piece(inside, casual=casual and not inside.lstrip(" &").startswith("="))
        place = match.end()
    yield from _words(line[place:])


def _words(text: str) -> Iterator[Piece]:
    if text.strip(" \t.,;:*_-&\\|#>()"):
        yield Piece(text.strip(), remark=True, said="=" in text)


def labels(text: str) -> Iterator[str]:
    r"""What \underbrace{A}_{B} claims: "A = B", where B is a formula."""
    for match in BRACE.finditer(text):
        inner, after = group(text, match.end())
        rest = re.match(r"\s*[_^]\s*(?=\{)", text[after:])
        if inner is None or rest is None:
            continue
        label, _ = group(text, after + rest.end())
        said = (label or "").strip().removeprefix("=").strip()
        if said and not ONLY_WORDS.search(said) and not re.fullmatch(r"\W*\w{0,2}\W*", said):
            yield f"{inner} = {said}"


def group(text: str, place: int) -> tuple[str | None, int]:
    """What stands in the braces that open at ``place``, and the offset behind them; None if they never close."""
    level = 0
    for offset in range(place, len(text)):
        escaped = offset > 0 and text[offset - 1] == "\\"
        if not escaped and text[offset] in "{}":
            level += 1 if text[offset] == "{" else -1
            if level == 0:
                return text[place + 1 : offset], offset + 1
    return None, len(text)


def interludes(text: str) -> Iterator[tuple[str, bool]]:
    r"""The parts of an environment between its \intertext{...}, and what these say (True)."""
    place = 0
    for match in re.finditer(r"\\(?:short)?intertext\s*(?=\{)", text):
        if match.start() < place:
            continue
        said, end = group(text, match.end())
        if said is None:
            break
        yield text[place : match.start()], False
        yield said, True
        place = end
    yield text[place:], False

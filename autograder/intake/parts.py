"""Several texts meant for one exercise -> one answer: parts are joined, of two versions the later one counts."""

import difflib
import re
from collections.abc import Sequence

_CONTINUES = re.compile(
    r"(?:[$&\s>*\-]|\\\[|\\\(|\\begin\{\w+\*?\})*"
    r"(?:=|≤|≥|≈|∝|⇒|⇔|→|<|>=|\+|\\(?:leq?|geq?|approx|propto|equiv|implies|Rightarrow|iff)\b"
    r"|(?:and|so|with|where|since|because|using|therefore|thus|hence|then|finally|because|by"
    r"|und|mit|wobei|weil|da|also|daher|dann|damit|somit|schließlich)\b)",
    re.I,
)
_ANEW = re.compile(
    r"[#*_>\s]*(?:correct(?:ion|ed)|new version|second (?:try|attempt)|update[d]?|revised|fixed|final version|edit"
    r"|korrektur|korrigiert|verbesser(?:t|ung)|neue (?:version|fassung)|neuer versuch|nachtrag)\b[^\n]{0,40}$",
    re.I,
)
_LABEL = re.compile(
    r"(?=[#*_>\s]*[#*_]|.*:)[#*_>\s]*(?:my |your |meine? )?"
    r"(?:answer|solution|antwort|lösung|loesung|derivation|herleitung|rechnung|result|ergebnis)"
    r"(?: to [\w ]{1,40}| zu [\w ]{1,40})?[.:)*_\s]*$",
    re.I,
)


def unlabelled(text: str) -> tuple[str, bool]:
    """``text`` without a first line that only says "Answer" or "Correction", and whether it said the latter."""
    anew = False
    while True:
        first, _, rest = text.lstrip("\n").partition("\n")
        if first.strip() and _ANEW.match(first):
            anew = True
        elif not (first.strip() and _LABEL.match(first)):
            return text, anew
        text = rest


def joined(pieces: Sequence[str], *, written: bool) -> tuple[str, int]:
    """The answer that several texts in order make, and how many different versions of it there were.

    Args:
        written: the answer is prose and not mathematics.
    """
    answer, versions = "", 1
    for piece in pieces:
        text, anew = unlabelled(piece)
        text = text.lstrip("\n") if anew else text
        if not text.strip():
            continue
        if not answer:
            answer = text
        elif _within(text, answer):
            continue
        elif anew or _within(answer, text) or (_retells if written else _restarts)(answer, text):
            versions += not _within(answer, text)
            answer = text
        else:
            answer = answer.rstrip() + "\n" + ("\n" if written else "") + text.lstrip("\n")
    return answer, versions


def _within(part: str, whole: str) -> bool:
    return "".join(part.split()) in "".join(whole.split())


def _retells(old: str, new: str) -> bool:
    """Whether two pieces of prose share so many words that one is the other's new version."""
    before, after = (set(re.findall(r"\w{4,}", text.lower())) for text in (old, new))
    return len(before & after) > 0.6 * min(len(before), len(after))


def _restarts(old: str, new: str) -> bool:
    """Whether mathematics begins anew instead of going on."""
    before, after = _lines(old), _lines(new)
    shared = set(before) & set(after)
    if before[0] == after[0] or (len(shared) >= 2 and 2 * len(shared) >= min(len(before), len(after))):
        return True
    if _CONTINUES.match(new):
        return False
    left, other = _left(before[0]), _left(after[0])
    if left and other:
        return difflib.SequenceMatcher(None, left, other, autojunk=False).ratio() > 0.8
    return len(before) == len(after) == 1


def _lines(text: str) -> list[str]:
    return [line for line in ("".join(line.split()).strip("$&\\") for line in text.split("\n")) if line] or [""]


def _left(line: str) -> str:
    return line.partition("=")[0][:200] if "=" in line else ""

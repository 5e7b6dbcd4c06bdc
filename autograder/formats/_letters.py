"""What is printed where the console knows few letters (Windows with a code page): each that is missing is spelt out."""

import codecs
import io
import sys
import unicodedata

NAME = "autograder.spelt"
SPELT = {
    "✓": "+",
    "✗": "x",
    "○": "o",
    "◐": "~",
    "‖": "||",
    "−": "-",
    "√": "sqrt",
    "∑": "sum",
    "∏": "prod",
    "∂": "d",
    "∇": "grad",
}
SPELT |= {
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "→": "->",
    "⇒": "=>",
    "∞": "inf",
    "·": "*",
    "×": "x",
    "𝔼": "E",
    "∼": "~",
}
ASCII = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "─": "-", "│": "|"})


def encodable(text: str, encoding: str) -> str:
    """``text`` in letters that ``encoding`` has."""
    return text.encode(encoding, NAME).decode(encoding)


def spell_what_is_missing() -> None:
    """Lets everything be printed on any console."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=NAME)


def _spelt(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(map(_letter, error.object[error.start : error.end])), error.end


def _letter(letter: str) -> str:
    """A letter as ASCII: σ is sigma, ² is 2; "?" for one that has no such name."""
    if letter in SPELT:
        return SPELT[letter]
    name = unicodedata.name(letter, "").split()
    if name[:1] == ["GREEK"] and "LETTER" in name:
        spelt = name[name.index("LETTER") + 1].lower()
        return spelt.capitalize() if "CAPITAL" in name else spelt
    plain = unicodedata.normalize("NFKD", letter.translate(ASCII)).encode("ascii", "ignore").decode("ascii")
    return plain or "?"


codecs.register_error(NAME, _spelt)

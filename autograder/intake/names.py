"""Names that students and learning platforms choose: made printable, and what they say about who handed in."""

import re
import unicodedata
from typing import NamedTuple

from autograder.model import Origin


def clean(text: str, *, limit: int = 100) -> str:
    """``text`` as one line that shows all it holds.

    NFC; without control, format (right-to-left overrides, zero widths), private, unassigned characters and lone surrogates;
    slashes become hyphens, runs of white space one space. Of more than ``limit`` characters the rest becomes "…"; where
    nothing but dots is left, the name is "unnamed".

    HTML, spreadsheet formulas and the like are plain text here: every output escapes them in its own way.
    """
    spaced = "".join(" " if character.isspace() else character for character in text[: 20 * limit])
    shown = "".join(c for c in unicodedata.normalize("NFC", spaced) if not unicodedata.category(c).startswith("C"))
    line = " ".join(re.sub(r"[/\\]", "-", shown).split())
    if len(line) > limit:
        line = line[: limit - 1] + "…"
    return line if line.strip(". ") else "unnamed"


def opening(source: str, what: str = "cell") -> str:
    """How a student finds a cell that no exercise's name tells: Jupyter shows no numbers that stay."""
    line = next((line for line in source[:10_000].splitlines() if line.strip()), "")
    shown = " ".join("".join(c for c in line if c.isprintable()).split())
    return (
        f"the {what} that begins with `{shown if len(shown) <= 60 else shown[:59] + '…'}`"
        if shown
        else f"an empty {what}"
    )


def key(student: str) -> str:
    """Equal for names that a file system may take for the same (case, composed and decomposed letters)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", student).casefold())


# ------------------------------------------------------------------ what a learning platform's file names say


class Sender(NamedTuple):
    """Who handed a file in, and what it was called there (for a folder: "")."""

    student: str
    origin: Origin
    original: str


_MOODLE = re.compile(r"(?P<name>.+?)(?:_(?P<user>\d+))?_assignsubmission_[a-z]+(?:_(?P<original>.*))?", re.S)
_CANVAS = re.compile(
    r"(?:(?P<name>.*?)_)??(?P<late>LATE_)?(?P<user>anon_[^\W_]+|\d{3,})_"
    r"(?:(?P<file>\d{3,})_(?P<original>.+)|(?P<page>text|link)\.html)",
    re.S | re.I,
)


def moodle(name: str) -> Sender | None:
    """Reads ``Full Name_<participant id>_assignsubmission_file_``, a folder, or that followed by a file's name."""
    match = _MOODLE.fullmatch(name)
    if not match:
        return None
    return Sender(match["name"], Origin("moodle", match["user"] or ""), match["original"] or "")


def canvas(name: str) -> tuple[Sender, int] | None:
    """Reads ``doejane_[LATE_]<user id>_<file id>_<original name>``, and the file id: later uploads have larger ones.

    ``anon_<anonymous id>`` stands in place of name and user id where the assignment is graded anonymously. A text or a
    link handed in is ``doejane_<user id>_text.html``; its file id is 0.
    """
    match = _CANVAS.fullmatch(name)
    if not match:
        return None
    student = match["name"] or match["user"]
    original = match["original"] or f"{match['page']}.html"
    return Sender(student, Origin("canvas", match["user"], bool(match["late"])), original), int(match["file"] or 0)

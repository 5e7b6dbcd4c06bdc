"""What a student's file is, known by its content: refused by name where it is something else, decoded, made clean text."""

import json
import re

from autograder.intake.names import clean
from autograder.intake.student_file import WANTED
from autograder.model import SubmissionError

MAX_WIDE = 8 << 20  # bytes of a file in UTF-16 or UTF-32

# ------------------------------------------------------------------ what it is

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a zip archive or an Office document", WANTED),
    (b"PK\x05\x06", "an empty zip archive", WANTED),
    (b"%PDF", "a PDF", WANTED),
    (b"\x1f\x8b", "a gzip archive", WANTED),
    (b"7z\xbc\xaf", "a 7-Zip archive", WANTED),
    (b"Rar!", "a RAR archive", WANTED),
    (b"\xd0\xcf\x11\xe0", "an Office document", WANTED),
    (b"{\\rtf", "a word processor's document (RTF)", WANTED),
    (b"\x89PNG", "a picture", WANTED),
    (b"\xff\xd8\xff", "a picture", WANTED),
    (b"GIF8", "a picture", WANTED),
    (
        b"version https://git-lfs",
        "a Git LFS pointer, not the file it stands for",
        "Run `git lfs pull` and hand in what it fetched.",
    ),
)
_PAGE = re.compile(rb"\s*(<!doctype html|<html|<\?xml|<!--)", re.I)
_CONFLICT = (re.compile(rb"^<{7} ", re.M), re.compile(rb"^>{7} ", re.M))
_PYTHON = re.compile(
    r"^(?:import \w|from [\w.]+ import\b|(?:async )?def \w+ *\(|class \w+ *[(:]|[^\W\d]\w* *=(?!=)|# *%%)", re.M
)
_NO_TEXT = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]|\xef\xbf\xbd")
_BOX = re.compile(rb"\0\0..ftyp", re.S)  # how a phone's photos and films begin
_UTF8_BOM = b"\xef\xbb\xbf"
_BLANK = re.compile(rb"[\0 \t\r\n]*+")
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(.)", re.S)


def refuse_foreign(data: bytes) -> None:
    """Raises SubmissionError, saying what it is, for an empty file and for what people take for a notebook."""
    if _BLANK.fullmatch(data):
        raise SubmissionError("The file is empty. Save the notebook, look whether it opens, and hand it in again.")
    head = data[:100_000].removeprefix(_UTF8_BOM)
    for magic, what, advice in _MAGIC:
        if head.startswith(magic):
            raise SubmissionError(f"A notebook or Python file was expected, but this is {what}. {advice}")
    if _BOX.match(head):
        raise SubmissionError(f"A notebook or Python file was expected, but this is a photo or a film. {WANTED}")
    if _PAGE.match(head):
        exported = b"jp-Notebook" in head or b"nbconvert" in head or b"jupyter" in head.lower()
        what = (
            "an HTML export of a notebook"
            if exported
            else "a web page (perhaps the login page of the site it came from)"
        )
        raise SubmissionError(f"A notebook or Python file was expected, but this is {what}. {WANTED}")
    if all(mark.search(head) for mark in _CONFLICT):
        raise SubmissionError(
            "The file holds the marks of an unresolved Git merge (<<<<<<<, >>>>>>>). Resolve it, look whether the file "
            "opens, and hand it in again."
        )


def refuse_other_text(data: bytes, suffix: str) -> None:
    """Raises SubmissionError for what ``as_utf8`` made of a file that is no notebook and, by name or look, no Python."""
    if suffix == ".py":
        return
    if _NO_TEXT.search(data[:1000]):
        raise SubmissionError(f"A notebook or Python file was expected, but this is a binary file. {WANTED}")
    if first_character(data) in (b"[", b'"') or not looks_like_python(decode_python(data[:50_000])[0]):
        start = clean(data[:1000].decode("utf-8-sig", "replace"), limit=40)
        raise SubmissionError(f"A notebook or Python file was expected; this file begins with {start!r}. {WANTED}")


def looks_like_python(text: str) -> bool:
    """Whether a line at the margin reads like a statement of a Python file."""
    return bool(_PYTHON.search(text[:50_000]))


# ------------------------------------------------------------------ its characters

_CODING = re.compile(rb"^(?:[^\n]*\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)")
_ENCODINGS = (
    "utf-8",
    "utf8",
    "ascii",
    "us-ascii",
    "latin-1",
    "latin1",
    "iso-8859-1",
    "iso-8859-15",
    "cp1252",
    "windows-1252",
)
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")


def as_utf8(data: bytes) -> bytes:
    """The same text as UTF-8, when it is UTF-16 or UTF-32; else as it is, with its byte order mark if it has one.

    Raises:
        SubmissionError: it is one of these and so large that it would fill the memory three times over.
    """
    encoding = json.detect_encoding(data)
    if encoding.startswith("utf-8"):
        return data
    if len(data) > MAX_WIDE:
        raise SubmissionError(
            f"The file is {encoding} and has {len(data) / 2**20:.1f} MB; at most {MAX_WIDE / 2**20:.1f} MB are read in that "
            "encoding. Save it as UTF-8 and hand it in again."
        )
    return data.decode(encoding, "replace").encode("utf-8")


def first_character(data: bytes) -> bytes:
    """The first byte of a text in UTF-8 that is no white space; b"" if there is none."""
    match = _FIRST.match(data)
    return match[1] if match else b""


def decode_python(data: bytes) -> tuple[str, str]:
    """Text of a .py file, and "" or a sentence on how it had to be read.

    UTF-8, UTF-16, UTF-32, or the coding line's encoding if that is a common one; else Windows-1252.

    Raises:
        SubmissionError: binary, or a coding line that names something else.
    """
    data = as_utf8(data).removeprefix(_UTF8_BOM)
    if b"\0" in data:
        raise SubmissionError(f"A Python file was expected, but this is a binary file. {WANTED}")
    declared = _CODING.match(data[:4096])
    encoding = declared[1].decode("ascii", "replace").lower().replace("_", "-") if declared else "utf-8"
    if encoding not in _ENCODINGS:
        raise SubmissionError(
            f"The file's coding line names the encoding {encoding[:40]!r}. Save the file as UTF-8 without one."
        )
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), f"The file is not {encoding}; it was read as Windows-1252."


def tidy(text: str) -> tuple[str, bool]:
    """Line ends become newlines; NUL and lone surrogates, which no file or wire can carry, become U+FFFD.

    The second value says whether any was found.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = _UNSPEAKABLE.sub("�", text)
    return cleaned, cleaned != text

"""Student content made harmless for where it goes: terminals, file names, spreadsheet cells."""

import hashlib
import re
from urllib.parse import quote

# Characters that order a terminal or a browser to draw elsewhere: bidirectional overrides and isolates.
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # the categories Cc and Cs, but for line ends
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # Windows opens devices by these
_LONGEST = 120  # bytes; file systems stop at 255 and a suffix follows
_FORMULA = "[=+@\t\r\n＝＋－＠-]"
# A spreadsheet that takes the semicolon for the delimiter, as in much of Europe, begins a cell behind it too, quoted or not.
_BEGINS = rf'(^|;[ "]*)(?=\'*{_FORMULA})'
_BEGUN = rf'(^|;[ "]*)\'(?=\'*{_FORMULA})'


def printable(text: str, *, newlines: bool = True) -> str:
    """``text`` with every control character made visible (ESC as ␛) and none left to be obeyed.

    Line ends become "\\n", or a space where ``newlines`` is false; a tab becomes four spaces.
    """
    text = re.sub("\r\n|[\n\u2028\u2029\x85]", "\n" if newlines else " ", text).replace("\t", "    ")
    return _CONTROL.sub(_visible, _STEERING.sub("\ufffd", text))


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # the pictures of the control characters
    return "␡" if code == 0x7F else "\ufffd"


def file_name(student: str) -> str:
    """A file name without suffix for ``student``, safe on every file system; different students, different names.

    Letters, digits, ``-``, ``_``, ``.`` and inner spaces stay; everything else becomes ``%XX`` of its UTF-8 bytes.
    """
    name = "".join(c if c.isalnum() or c in "-_. " else _percent(c) for c in student)
    if name[:1] in (".", " ") or _RESERVED.match(name):
        name = _percent(name[:1]) + name[1:]
    if name[-1:] in (".", " "):
        name = name[:-1] + _percent(name[-1:])
    if len(name.encode()) > _LONGEST:
        digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        name = name.encode()[: _LONGEST - 17].decode(errors="ignore").rstrip("%") + "~" + digest
    return name or "%"


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def link(*parts: str) -> str:
    """A relative URL of path ``parts``, each quoted."""
    return "/".join(quote(part, safe="") for part in parts)


def cell(text: str) -> str:
    """``text`` for a spreadsheet's cell: an apostrophe in front keeps what looks like a formula from being one."""
    return printable(re.sub(_BEGINS, r"\1'", text), newlines=False)


def uncell(text: str) -> str:
    """What ``cell`` was given, but for the characters that it made visible."""
    return re.sub(_BEGUN, r"\1", text)

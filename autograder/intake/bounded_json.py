"""JSON from a stranger -> Python data, in bounded memory: what nobody asks for is cut out before anything is built.

The text is walked once, token by token, without building values. The walk cuts out the values of unwanted keys (a
notebook's outputs: any size, any content) and refuses what is too deep, too large or has too many values. Only what is
left is parsed.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from autograder.model import SubmissionError

MAX_DEPTH = 100
MAX_VALUES = 200_000  # brackets and strings that are kept; each costs about 100 bytes of memory
MAX_KEPT = 3_000_000  # bytes that are parsed; one letter beyond the basic plane makes four bytes of each

# A string (a key, if a colon follows) or a bracket. The possessive quantifiers keep it linear and free of memory of its
# own; the closing quote is optional so that an unclosed string is walked once and not once per quote in it.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"(?P<colon>\s*+:)?)?|[\[\]{}]', re.S)
_OPENING = re.compile(rb'\s*+["\[{]')
_PICTURE = re.compile(rb"data:[\w/.+-]{1,60}+;base64,(?P<content>[A-Za-z0-9+/=]{10000,}+)")


_AGAIN = "Save the notebook, look whether it opens, and hand it in again."


def loads(data: bytes, *, without: frozenset[str] = frozenset()) -> tuple[Any, str]:
    """The value of a JSON text in UTF-8, and "" or a sentence on how its bytes had to be read.

    Strings, lists and objects under the keys ``without`` become null at any depth, unread. Of two equal keys the last
    one counts, as in a browser. NaN and the infinities become null, integers of more than 18 digits 0; of a picture of
    more than 10 kB inside a string only "data:image/png;base64," is left.

    Raises:
        SubmissionError: not JSON, or deeper, larger or with more values than is read.
    """
    text, note = decoded(_cut(data, frozenset(f'"{key}"'.encode() for key in without)))
    try:
        return json.loads(text, strict=False, parse_int=_integer, parse_constant=_nothing), note
    except json.JSONDecodeError as error:
        raise SubmissionError(_complaint(error)) from None


def _cut(data: bytes, without: frozenset[bytes]) -> bytes:
    """``data`` with null for the values of unwanted keys, and without pictures."""
    pieces = list(_kept(data, without))
    size = sum(len(piece) if isinstance(piece, bytes) else piece.stop - piece.start for piece in pieces)
    if size > MAX_KEPT:
        raise SubmissionError(
            f"The file holds {size / 1e6:.1f} MB of text beside its outputs; at most {MAX_KEPT / 1e6:.0f} MB are read. "
            "Take large data out of the cells and hand it in again."
        )
    return b"".join(piece if isinstance(piece, bytes) else data[piece] for piece in pieces)


def _kept(data: bytes, without: frozenset[bytes]) -> Iterator[slice | bytes]:
    depth = values = start = position = 0
    while token := _TOKEN.search(data, position):
        first, position = data[token.start()], token.end()
        values += 1
        depth += (first in b"[{") - (first in b"]}")
        if depth > MAX_DEPTH:
            raise SubmissionError(f"The file nests lists and objects more than {MAX_DEPTH} deep; a notebook does not.")
        if values > MAX_VALUES:
            raise SubmissionError(
                f"The file holds more than {MAX_VALUES} values beside its outputs; a notebook does not."
            )
        if first != ord('"'):
            continue
        if token["colon"] and _key(data, token) in without and _OPENING.match(data, position):
            yield from (slice(start, position), b"null")
            start = position = _end_of_value(data, position)
        elif position - token.start() > 10_000:
            for picture in _PICTURE.finditer(data, token.start(), position):
                yield slice(start, picture.start("content"))
                start = picture.end("content")
    yield slice(start, len(data))


def _key(data: bytes, token: re.Match[bytes]) -> bytes:
    return data[token.start() : min(token.start("colon"), token.start() + 40)]


def _end_of_value(data: bytes, position: int) -> int:
    """Where the string, list or object that follows ``position`` ends; the end of ``data`` if it does not."""
    depth = 0
    for token in _TOKEN.finditer(data, position):
        first = data[token.start()]
        depth += (first in b"[{") - (first in b"]}")
        if depth <= 0:
            return token.end()
    return len(data)


def decoded(data: bytes) -> tuple[str, str]:
    """The characters of a JSON text, and "" or a sentence on how its bytes had to be read."""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "The file is not UTF-8; it was read as Windows-1252."


def _integer(digits: str) -> int:
    return int(digits) if len(digits) <= 18 else 0


def _nothing(_name: str) -> None:
    return None


def _complaint(error: json.JSONDecodeError) -> str:
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
        return f"The file breaks off before its end (an upload that was cut short?). {_AGAIN}"
    near = error.doc[max(0, error.pos - 20) : error.pos + 20]
    return f"The file is not valid JSON; it is damaged near {near!a}. {_AGAIN}"

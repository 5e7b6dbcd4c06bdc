"""Groups in braces of LaTeX."""

import re

from autograder.maths.reading.tokens import Unreadable

COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?|.)", re.DOTALL)


def argument(text: str, place: int) -> tuple[tuple[int, int], int]:
    """((start, end) of the contents, offset after it) of the argument at ``place``."""
    start, after = group(text, place)
    return (start, after - 1 if text[after - 1] == "}" else after), after


def group(text: str, place: int) -> tuple[int, int]:
    """(start of the contents, offset after it) of the argument at ``place``: a braced group or one character.

    Raises:
        Unreadable: a brace that is never closed.
    """
    while place < len(text) and text[place].isspace():
        place += 1
    if text[place : place + 1] != "{":
        if match := COMMAND.match(text, place):
            return place, match.end()
        return place, min(place + 1, len(text))
    if (end := closing(text, place)) < 0:
        raise Unreadable('This "{" is never closed; write the "}" that belongs to it.', place, "}")
    return place + 1, end + 1


def closing(text: str, place: int) -> int:
    """The place of the brace that closes the one at ``place``, -1 if none does."""
    level = 0
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif text[place] in "{}":
            level += 1 if text[place] == "{" else -1
            if level == 0:
                return place
        place += 1
    return -1

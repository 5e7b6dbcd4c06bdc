"""What a browser sent, checked: fields of a form, and the marks that they say."""

import math
from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.requests import Request

from autograder.model import Criterion, UsageError

MOST = 4_000_000  # bytes of one form: a text of 1 MB, encoded
LONGEST = 10_000  # characters of a comment or reason; every later page shows it among the others

Fields = Mapping[str, list[str]]


async def fields(request: Request) -> Fields:
    """Name -> values. Raises UsageError where there is too much of it."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST:
            raise UsageError(f"This form holds more than {MOST:,} bytes; nothing was saved.")
    return parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10_000)


def one(form: Fields, name: str) -> str:
    return form.get(name, [""])[0].strip()


def comment(form: Fields, name: str) -> str:
    """What a student is to read. Raises UsageError where it is too long."""
    said = one(form, name)
    if len(said) > LONGEST:
        raise UsageError(f"This comment has {len(said):,} characters; at most {LONGEST:,} are kept. Nothing was saved.")
    return said


def whole_number(form: Fields, name: str) -> int:
    """Raises UsageError where it is none, or larger than any that we give."""
    try:
        number = int(one(form, name))
        number.to_bytes(8, signed=True)
        return number
    except (ValueError, OverflowError):
        raise UsageError(f"The field {name!r} must be a whole number, not {one(form, name)[:40]!r}.") from None


def points(text: str, possible: float, what: str) -> float:
    """Raises UsageError, naming ``what``, where this is no number from 0 to ``possible``."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not 0 <= value <= possible:
        raise UsageError(f"{what}: points must be a number from 0 to {possible:g}, not {text!r}.")
    return value


def by_criteria(form: Fields, rubric: tuple[Criterion, ...]) -> dict[str, tuple[float, str, str]]:
    """Criterion -> points, comment, and what of the comment is new. Ticked without points is full, neither is 0."""
    found = {}
    for i, criterion in enumerate(rubric):
        typed = one(form, f"points-{i}")
        ticked = bool(form.get(f"ok-{i}"))
        value = points(typed, criterion.points, criterion.name) if typed else criterion.points * ticked
        new = comment(form, f"comment-{i}")
        said = " ".join([*form.get(f"bank-{i}", []), *([new] if new else [])])
        found[criterion.name] = (value, said, new)
    return found

"""The passages that two places have in common, and in how many submissions each of them stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from autograder.commands.similar.fingerprints import RUN, Hashes, own_runs, runs, winnowed
from autograder.commands.similar.handed_in import Kind
from autograder.commands.similar.pairs import Compared, Shared
from autograder.commands.similar.tokens import Token, tokens

_MOST = 8  # places of one run that are tried; more has only what repeats itself


@dataclass(frozen=True)
class Passage:
    """``one`` and ``other``: from which character to which it goes; ``tokens`` is its length, ``students`` are
    those who have it, and ``common`` says that these are too many to be unusual."""

    one: tuple[int, int]
    other: tuple[int, int]
    tokens: int
    students: tuple[str, ...]
    common: bool


def passages(shared: Shared, compared: Compared) -> list[Passage]:
    """In the order in which they stand in the first place; the course's own are left out."""
    kind = shared.one.place.kind
    one, other = _tokens(shared.one.place.text, kind), _tokens(shared.other.place.text, kind)
    found = []
    for at, there, length in _tiles(one, other, kind, compared.course):
        prints = winnowed(own_runs(one[at : at + length], kind, compared.course))
        if holders := compared.holders(prints):
            spans = [(said[i].start, said[i + length - 1].end) for said, i in ((one, at), (other, there))]
            found.append(Passage(spans[0], spans[1], length, holders, len(holders) >= compared.common))
    return found


@lru_cache(maxsize=512)
def _tokens(text: str, kind: Kind) -> list[Token]:
    return tokens(text, kind)


def _tiles(one: list[Token], other: list[Token], kind: Kind, course: Hashes) -> list[tuple[int, int, int]]:
    """Where a stretch of tokens begins here and there, and how long it is; no token is in two of them."""
    here, there, own = runs(one, kind), runs(other, kind), own_runs(one, kind, course)
    where: dict[int, list[int]] = {}
    for position, value in enumerate(there.tolist()):
        where.setdefault(value, []).append(position)
    tiles: list[tuple[int, int, int]] = []
    taken = np.zeros(len(other), bool)
    at = 0
    while at < len(here):
        starts = where.get(int(here[at]), []) if own[at] == here[at] else []
        length, start = max(((_length(one, other, at, i, taken), -i) for i in starts[:_MOST]), default=(0, 0))
        if length >= RUN[kind]:
            tiles.append((at, -start, length))
            taken[-start : length - start] = True
        at += max(length, 1)
    return tiles


def _length(one: Sequence[Token], other: Sequence[Token], at: int, there: int, taken: NDArray[np.bool]) -> int:
    length, most = 0, min(len(one) - at, len(other) - there)
    while length < most and one[at + length].word == other[there + length].word and not taken[there + length]:
        length += 1
    return length

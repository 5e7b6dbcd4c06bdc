"""Winnowing: of every few neighbouring runs of tokens one is kept, the same one wherever the passage stands.

Schleimer, Wilkerson, Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003.
"""

import functools
import hashlib
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from autograder.commands.similar.handed_in import Kind, Place
from autograder.commands.similar.tokens import Token, tokens

RUN: Mapping[Kind, int] = {"code": 8, "text": 4}
"""Tokens of one run; shared runs shorter than this are not seen."""
WINDOW = 3  # neighbouring runs of which one is kept: a shared passage of RUN + WINDOW - 1 tokens is never missed
_STEP = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying loses nothing
_GONE = np.uint64(2**64 - 1)  # stands for a run that the course itself has

Hashes = NDArray[np.uint64]


def runs(said: list[Token], kind: Kind) -> Hashes:
    """A number for each run of tokens, by where it begins; none where there are fewer tokens than a run has."""
    length = RUN[kind]
    if len(said) < length:
        return np.empty(0, np.uint64)
    numbers = np.fromiter((_number(token.word) for token in said), np.uint64, len(said))
    found = np.full(len(said) - length + 1, len(kind), np.uint64)
    for i in range(length):
        found = found * _STEP + numbers[i : i + len(found)]
    return found ^ (found >> np.uint64(29))


@functools.lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """The same on every machine and in every run, unlike ``hash``."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def known(places: Iterable[Place]) -> Hashes:
    """Every run of the course's own, sorted."""
    found = [runs(tokens(place.text, place.kind), place.kind) for place in places]
    return np.unique(np.concatenate([np.empty(0, np.uint64), *found]))


def own_runs(said: list[Token], kind: Kind, course: Hashes) -> Hashes:
    """``runs``, with those that the course has taken away."""
    found = runs(said, kind)
    if len(course):
        at = np.minimum(np.searchsorted(course, found), len(course) - 1)
        found = np.where(course[at] == found, _GONE, found)
    return found


def winnowed(found: Hashes) -> Hashes:
    """The least of each window, each once, sorted."""
    if len(found) > WINDOW:
        found = np.lib.stride_tricks.sliding_window_view(found, WINDOW).min(axis=1)
    elif len(found):
        found = found.min(keepdims=True)
    return each(found)


def each(found: Hashes) -> Hashes:
    """Each once, sorted, without what the course has."""
    kept: Hashes = np.unique(found[found != _GONE])
    return kept

"""Which students share passages that are unusual in this class, the most unusual first.

An index from fingerprint to students takes the place of comparing everybody with everybody: only who shares an unusual passage
is ever looked at as a pair.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from autograder.commands.similar.fingerprints import WINDOW, Hashes, each, known, own_runs, winnowed
from autograder.commands.similar.handed_in import Handed, Kind, Place
from autograder.commands.similar.tokens import tokens

SHARE, FEW, MANY = 0.2, 3, 30
"""A passage is common, and says nothing of two students, where more than this share of the class wrote it; up to FEW students may
share one in any class, more than MANY in none."""
ENOUGH: Mapping[Kind, float] = {"code": 16.0, "text": 10.0}
"""From how many unusual tokens on two places are listed. In the demonstration class places that nobody took from another have
fewer than 6 in words; one solution in two variants of a code exercise has up to 14."""
_TOKENS = (WINDOW + 1) / 2  # that one fingerprint stands for, on average


@dataclass(frozen=True)
class Side:
    """A place of a student's."""

    student: str
    place: Place


@dataclass(frozen=True)
class Shared:
    """Two places with passages in common. ``unusual`` counts their tokens: one that stands in these two submissions alone is 1,
    and the more submissions it stands in, the less it is."""

    one: Side
    other: Side
    unusual: float


@dataclass(frozen=True)
class Pair:
    """Two students and what they share, the most unusual first."""

    shared: tuple[Shared, ...]

    @property
    def students(self) -> tuple[str, str]:
        return self.shared[0].one.student, self.shared[0].other.student

    @cached_property
    def unusual(self) -> float:
        return round(sum(shared.unusual for shared in self.shared), 1)


@dataclass(frozen=True)
class Compared:
    """A class that was compared, by name, and its pairs."""

    handed: tuple[Handed, ...]
    pairs: tuple[Pair, ...]
    course: Hashes
    index: "_Index"

    @property
    def common(self) -> int:
        """From so many submissions on a passage is common."""
        return _common(len(self.handed))

    def holders(self, prints: Hashes) -> tuple[str, ...]:
        """The students who have all of these, by name; none where nobody has any."""
        found = [one for value in prints if (one := self.index.students_with(value))]
        return tuple(self.handed[number].student for number in sorted(frozenset.intersection(*found) if found else ()))


@dataclass(frozen=True)
class _Index:
    """Every run of tokens and where it stands, each once a student, sorted by run; ``kept`` are its place's fingerprints.

    How many have a run is counted over all: at the end of a passage one student's may be kept and another's not.
    """

    sides: Sequence[Side]
    whose: NDArray[np.int64]  # place -> student
    prints: Hashes
    places: NDArray[np.int64]
    kept: NDArray[np.bool]

    def students_with(self, value: np.uint64) -> frozenset[int]:
        start, end = np.searchsorted(self.prints, value), np.searchsorted(self.prints, value, side="right")
        return frozenset(self.whose[self.places[start:end]].tolist())


def compared(handed: Sequence[Handed], course: Sequence[Place]) -> Compared:
    """The same for the same class in any order; ``course`` is what nobody is compared by."""
    by_name, taken = tuple(sorted(handed, key=lambda one: one.student)), known(course)
    index = _indexed(by_name, taken)
    return Compared(by_name, tuple(_by_students(index, *_weighed(index, len(handed)))), taken, index)


# ------------------------------------------------------------------ the index


def _indexed(handed: Sequence[Handed], course: Hashes) -> _Index:
    sides: list[Side] = []
    whose, prints, kept = list[int](), [np.empty(0, np.uint64)], [np.empty(0, bool)]
    for number, one in enumerate(handed):
        for place in one.places:
            found = own_runs(tokens(place.text, place.kind), place.kind, course)
            prints.append(each(found))
            kept.append(np.isin(prints[-1], winnowed(found)))
            sides.append(Side(one.student, place))
            whose.append(number)
    places = np.repeat(np.arange(len(sides)), [len(found) for found in prints[1:]])
    return _once(_Index(sides, np.array(whose, np.int64), np.concatenate(prints), places, np.concatenate(kept)))


def _once(index: _Index) -> _Index:
    """Of what a student wrote several times the first."""
    order = np.lexsort((index.places, index.prints))
    prints, places = index.prints[order], index.places[order]
    students = index.whose[places] if len(places) else places
    first = np.ones(len(prints), bool)
    first[1:] = (prints[1:] != prints[:-1]) | (students[1:] != students[:-1])
    return _Index(index.sides, index.whose, prints[first], places[first], index.kept[order][first])


# ------------------------------------------------------------------ pairs


def _weighed(index: _Index, handed_in: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Pairs of places that share an unusual fingerprint, as numbers one * len(sides) + other, and how many tokens it makes."""
    have = _lengths(index.prints)
    prints, places, have = index.prints[index.kept], index.places[index.kept], np.repeat(have, have)[index.kept]
    lengths = _lengths(prints)
    starts = np.cumsum(lengths) - lengths
    both, weights = [np.empty(0, np.int64)], [np.empty(0)]
    for count in range(2, _common(handed_in)):
        group = starts[(lengths == count) & (have[starts] < _common(handed_in))][:, None]
        one, other = np.triu_indices(count, 1)
        both.append((places[group + one] * len(index.sides) + places[group + other]).reshape(-1))
        weights.append(np.repeat(_TOKENS * _unusual(have[group[:, 0]], handed_in), len(one)))
    unique, inverse = np.unique(np.concatenate(both), return_inverse=True)
    total = np.bincount(inverse.reshape(-1), weights=np.concatenate(weights), minlength=len(unique))
    return unique, total.astype(np.float64)  # of no pair it would be whole numbers


def _lengths(values: Hashes) -> NDArray[np.int64]:
    """How often each stands in what is sorted."""
    return np.unique(values, return_counts=True)[1].astype(np.int64)


def _unusual(count: NDArray[np.int64], handed_in: int) -> NDArray[np.float64]:
    """1 for what stands in two submissions, less for what stands in more."""
    weight: NDArray[np.float64] = np.log(1 + handed_in / count) / np.log(1 + handed_in / 2)
    return weight


def _common(handed_in: int) -> int:
    return max(FEW, min(MANY, int(SHARE * handed_in))) + 1


def _by_students(index: _Index, both: NDArray[np.int64], unusual: NDArray[np.float64]) -> list[Pair]:
    found: dict[tuple[str, str], list[Shared]] = {}
    for number, weight in zip(both.tolist(), unusual.round(1).tolist(), strict=True):
        one, other = (index.sides[place] for place in divmod(number, len(index.sides)))
        if weight >= ENOUGH[one.place.kind]:
            found.setdefault((one.student, other.student), []).append(Shared(one, other, weight))
    made = [Pair(tuple(sorted(shared, key=lambda s: -s.unusual))) for shared in found.values()]
    return sorted(made, key=lambda pair: (-pair.unusual, pair.students))

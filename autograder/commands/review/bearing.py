"""Which sentences of an answer bear on which criterion: they share its words, or are near what a full answer says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from autograder.commands.wording import normalised
from autograder.model import Rubric

NEAR = 0.13
"""Cosine of words and word pairs from which a sentence bears on a criterion."""
SIGNAL = 0.13  # what a signal adds; one is enough by itself
_ENDS = re.compile(r"(?<=[.!?;])(?=\s)|(?<=\n)(?=[^\S\n]*\S)")


@dataclass(frozen=True)
class Sentence:
    """A piece of a text, with the space that follows it; ``criterion`` counts from 0, None: it bears on none."""

    text: str
    criterion: int | None


class Bearing:
    """Knows one exercise's rubric and how common each word is in this class."""

    def __init__(self, rubric: Rubric, texts: Iterable[str]) -> None:
        self.signals = [[normalised(signal) for signal in advice.signals] for advice in rubric.advice]
        entries = [
            " ".join([normalised(a.criterion.full), *s]) for a, s in zip(rubric.advice, self.signals, strict=True)
        ]
        self.words = TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True)
        self.words.fit([*entries, *map(normalised, texts)])
        self.entries = self.words.transform(entries)
        self._known: dict[str, list[Sentence]] = {}

    def sentences(self, text: str) -> list[Sentence]:
        """The text in pieces that give it back when they are joined; a text is looked at once."""
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> list[Sentence]:
        pieces = split(text)
        plain = [normalised(piece) for piece in pieces]
        likeness = (self.words.transform(plain) @ self.entries.T).toarray() if plain else np.zeros((0, 1))
        return [
            Sentence(piece, self._criterion(said, row))
            for piece, said, row in zip(pieces, plain, likeness, strict=True)
        ]

    def _criterion(self, said: str, likeness: Sequence[float]) -> int | None:
        padded = f" {said} "
        hits = [sum(f" {signal} " in padded for signal in signals if signal) for signals in self.signals]
        scores = np.asarray(likeness) + SIGNAL * np.asarray(hits)
        best = int(np.argmax(scores.round(9)))
        return best if said and scores[best] >= NEAR else None


def split(text: str) -> list[str]:
    """Sentences; a formula between dollars is not cut."""
    pieces, start, looked, dollars = [], 0, 0, 0
    for match in _ENDS.finditer(text):
        dollars += text.count("$", looked, match.start())
        looked = match.start()
        if dollars % 2 == 0 and looked > start:
            pieces.append(text[start:looked])
            start = looked
    return [*pieces, text[start:]] if text[start:] else pieces

"""Whose each text of a notebook is: where several exercises share a heading, or nothing stands above a text.

The kind of the text (mathematics or prose), its place between answers that are known, and its words decide; where they do not, it
stays open, and a person will.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from autograder.intake.sections import Piece
from autograder.intake.topics import CLEAR, LEAST, Topics, kinds, wanted
from autograder.model import Exercise


class Owners:
    """Tells the texts of one notebook apart."""

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        self.exercises = exercises

    @cached_property
    def topics(self) -> Topics:
        return Topics(self.exercises)  # most notebooks do without

    def settled(
        self, pieces: Sequence[Piece], answered: set[str]
    ) -> tuple[dict[str, list[Piece]], dict[str, list[Piece]]]:
        """Exercise id -> its texts, and exercise id -> texts that may be its answer or another's.

        Args:
            answered: exercises whose answer is known from elsewhere; no other text is looked for.
        """
        sure: dict[str, list[Piece]] = {}
        for piece in pieces:
            if piece.how in ("tag", "below a tag") or (len(piece.among) == 1 and piece.among[0].id not in answered):
                for exercise in piece.among:
                    if exercise.kind == "text":
                        sure.setdefault(exercise.id, []).append(piece)
        open_: dict[str, list[Piece]] = {}
        known = set(sure) | answered
        for group in self._groups(pieces):
            told = self._told_apart(group, known)
            if (
                not told and group[0].how == "place" and group[0].span[0]
            ):  # above the first answer stand names and titles
                for piece, exercises in self._out_of_place(group, known):
                    for exercise in exercises:
                        open_.setdefault(exercise.id, []).append(piece)
            for piece, exercises in told:
                for exercise in exercises:
                    (sure if len(exercises) == 1 else open_).setdefault(exercise.id, []).append(piece)
        return sure, {id: texts for id, texts in open_.items() if id not in sure}

    def _groups(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        """Texts of several exercises or of none, together with those of the same heading or place."""
        groups: dict[object, list[Piece]] = {}
        for piece in pieces:
            if piece.how == "place" and not _says_something(piece.text):
                continue
            if len(piece.among) != 1 and piece.how in ("heading", "place") and (piece.among or piece.how == "place"):
                groups.setdefault((piece.how, piece.span, tuple(e.id for e in piece.among)), []).append(piece)
        return list(groups.values())

    def _told_apart(self, group: list[Piece], known: set[str]) -> list[tuple[Piece, list[Exercise]]]:
        first = group[0]
        inside = first.among or tuple(self.exercises[slice(*first.span)])
        free = [e for e in inside if e.kind == "text" and e.id not in known]
        told = [entry for piece in group for entry in self._by_content(piece, free)]
        clear = [exercises[0].id for _piece, exercises in told if len(exercises) == 1]
        if len(clear) == len(told) >= len(group) and len(set(clear)) == len(clear):
            return told
        pairs = list(zip(group, free, strict=False))
        alike = all(wanted(e) in kinds(p.text) and (first.among or self._likely(p, [e])) for p, e in pairs)
        if len(group) == len(free) and alike:  # as many as are asked: in the order of the sheet
            return [(piece, [exercise]) for piece, exercise in pairs]
        return told

    def _out_of_place(self, group: list[Piece], known: set[str]) -> list[tuple[Piece, list[Exercise]]]:
        """Texts that stand where none is asked: whose they may be by their words, which is for a person to say."""
        free = [exercise for exercise in self.exercises if exercise.kind == "text" and exercise.id not in known]
        return [entry for piece in group for entry in self._by_content(piece, free)]

    def _likely(self, piece: Piece, free: Sequence[Exercise]) -> bool:
        ranked = self.topics.ranked(piece.text, free)
        return bool(ranked) and ranked[0][0] > LEAST

    def _by_content(self, piece: Piece, free: Sequence[Exercise]) -> list[tuple[Piece, list[Exercise]]]:
        """The text's exercise by its words; paragraph by paragraph where they are about different ones."""
        paragraphs = [part for part in re.split(r"\n[ \t]*\n", piece.text) if part.strip()]
        each = [self._best(part, free) for part in paragraphs]
        if len(paragraphs) > 1 and all(len(best) == 1 for best in each) and len({best[0].id for best in each}) > 1:
            return [(replace(piece, text=part), best) for part, best in zip(paragraphs, each, strict=True)]
        best = self._best(piece.text, free)
        return [(piece, best)] if best else []

    def _best(self, text: str, free: Sequence[Exercise]) -> list[Exercise]:
        """The one exercise that a text is clearly about, or the several that it may be about."""
        ranked = [(value, exercise) for value, exercise in self.topics.ranked(text, free) if value > LEAST]
        if not ranked:
            return []
        return [exercise for value, exercise in ranked if value * CLEAR >= ranked[0][0]]


def _says_something(text: str) -> bool:
    """Whether there is more than a title and a name: a few words, or a formula. Only its place makes such a text an answer."""
    body = re.sub(r"^[ \t]*#.*$", "", text, flags=re.M)
    return len(re.findall(r"[^\W\d_]{2,}", body)) >= 4 or bool(re.search(r"[=$\\∫]", body))

"""What the sheet itself says: tasks and starters of all exercises, so that none of it is taken for a student's answer.

A task may stand above an answer in its cell, be quoted, cut up, wrapped anew or stand in another exercise's cell. Lines are
compared without white space and markup, in the order of the task. A run of such lines is the sheet's where one of them is
prose: a formula by itself may well be where the student's derivation begins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.model import Exercise

STUB = "YOUR ANSWER HERE"  # what nbgrader leaves in a Markdown cell
_LONG = 8  # characters of a line that can be recognised wherever it stands
_MARKUP = re.compile(r"[\s#>*_`\\·]+")
_FORMULA = re.compile(r"\$[^$]*\$")
_CODE = re.compile(r"\s*(?:def|class|import|from|return|raise)\b")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+[^\W\d_]{2}")
_WORD = re.compile(r"[^\W\d_]{2,}")


def prose(line: str) -> bool:
    """Whether a line is words, a heading among them, or code, rather than a formula."""
    return (
        bool(_CODE.match(line) or _HEADING.match(line))
        or len(_WORD.findall(re.sub(r"\\[A-Za-z]+", " ", _FORMULA.sub(" ", line)))) >= 3
    )


@dataclass(frozen=True)
class Kept:
    """A text without what the sheet says, and the exercises whose tasks stood in it."""

    text: str
    tasks: tuple[Exercise, ...]


class HandedOut:
    """The words of a sheet."""

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        self.said = [(exercise, _key(words)) for exercise in exercises for words in _words(exercise) if _key(words)]

    def without(self, text: str) -> Kept:
        """``text`` without the runs of lines that stand in the sheet."""
        lines = text.split("\n")
        keys = [_key(line) for line in lines]
        own, tasks = [True] * len(lines), dict[str, Exercise]()
        at = 0
        while at < len(lines):
            length, exercise = max(
                ((_run(said, keys, at), e) for e, said in self.said if keys[at]), key=_length, default=_NONE
            )
            if exercise and any(prose(line) for line in lines[at : at + length]):
                own[at : at + length] = [False] * length
                tasks[exercise.id] = exercise
                at += length
            else:
                at += 1
        kept = "\n".join(line for line, mine in zip(lines, own, strict=True) if mine)
        return Kept(kept.strip("\n") if tasks else text, tuple(tasks.values()))


_NONE: tuple[int, Exercise | None] = (0, None)


def _length(run: tuple[int, Exercise | None]) -> int:
    return run[0]


def _run(said: str, keys: Sequence[str], at: int) -> int:
    """How many lines from ``at`` on stand in ``said`` in its order."""
    position = length = 0
    for number in range(at, len(keys)):
        key = keys[number]
        if not key:
            continue
        found = position if length and said.startswith(key, position) else -1
        if found < 0 and (len(key) >= _LONG or said == key):
            found = said.find(key, position)
        if found < 0:
            break
        position, length = found + len(key), number - at + 1
    return length


def _key(text: str) -> str:
    return _MARKUP.sub("", text)


def _words(exercise: Exercise) -> list[str]:
    """Task, and what the starter says in strings and comments."""
    strings = re.findall(r"(\"{3}|'{3}|\"|')(.*?)\1", exercise.starter, re.S)
    comments = re.findall(r"^[ \t]*#(.*)$", exercise.starter, re.M)
    return [exercise.task, exercise.starter, *(text for _quotes, text in strings), "\n".join(comments), STUB]

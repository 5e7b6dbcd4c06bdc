"""Which exercise a text is about, by its words and signs: needed where neither metadata nor a heading says so."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from autograder.model import Exercise

CLEAR = 1.4  # how much better the best must be than the second
LEAST = 0.06  # below this likeness a text is about nothing of the sheet
_LETTERS = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "theta",
    "lambda",
    "mu",
    "nu",
    "pi",
    "rho",
    "sigma",
    "phi",
    "psi",
]
_GREEK = dict(zip("αβγδεθλμνπρσφψ", _LETTERS, strict=True))
_TOKEN = re.compile(r"[^\W\d_]+(?:_[^\W_]+)?|\d+|∫")
_SIGNS = re.compile(
    r"\\(?:left|right|mathbb|mathrm|mathcal|mathbf|operatorname|text|big|Big|bigg|quad|,|;|!)\b|[{}$\\]"
)


_NAMES = re.compile(
    r"\\[A-Za-z]+|\$\$.*?\$\$|\b(?:log|exp|var|min|max|sup|inf|data|dx|dz|and|where|using)\b", re.S | re.I
)


def kinds(text: str) -> set[str]:
    """ "formula", "prose", or both where a text may be either: by the part of its letters that stand in words."""
    words = sum(map(len, re.findall(r"[^\W\d_]{3,}", _NAMES.sub(" ", text))))
    share = words / (len("".join(text.split())) or 1)
    return {kind for kind, is_so in (("formula", share < 0.45), ("prose", share > 0.2)) if is_so}


class Topics:
    """The text exercises of a sheet, told apart by kind (mathematics or prose) and content."""

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        self.exercises = [exercise for exercise in exercises if exercise.kind == "text"]
        bags = [_bag(" ".join(_said(exercise))) for exercise in self.exercises]
        spread = Counter(token for bag in bags for token in bag)
        self.weight = {token: math.log(1 + len(bags) / count) for token, count in spread.items()}
        self.bags = [self._weighed(bag) for bag in bags]

    def ranked(self, text: str, among: Sequence[Exercise]) -> list[tuple[float, Exercise]]:
        """The exercises of the text's kind with their likeness to it, the likeliest first."""
        bag, kind = self._weighed(_bag(text)), kinds(text)
        likeness = [
            (_cosine(bag, self.bags[i]), -i, exercise)
            for i, exercise in enumerate(self.exercises)
            if any(exercise is other for other in among) and wanted(exercise) in kind
        ]
        return [
            (value, exercise) for value, _order, exercise in sorted(likeness, key=lambda entry: entry[:2], reverse=True)
        ]

    def _weighed(self, bag: Counter[str]) -> dict[str, float]:
        return {token: math.sqrt(count) * self.weight[token] for token, count in bag.items() if token in self.weight}


def wanted(exercise: Exercise) -> str:
    """The kind of text that answers an exercise."""
    return "prose" if exercise.rubric else "formula"


def _said(exercise: Exercise) -> list[str]:
    guide = exercise.guide
    hints = [*(signal for advice in guide.advice for signal in advice.signals), guide.good, guide.weak] if guide else []
    return [
        exercise.id.replace("_", " "),
        exercise.task,
        exercise.starter,
        exercise.solution,
        exercise.solution,
        *hints,
    ]


def _bag(text: str) -> Counter[str]:
    for letter, name in _GREEK.items():
        text = text.replace(letter, f" {name}_")
    for sub, digit in zip("₀₁₂₃", "0123", strict=True):
        text = text.replace(sub, digit)
    plain = _SIGNS.sub(" ", text).lower()
    return Counter(token if len(token) < 6 else token[:6] for token in _TOKEN.findall(plain))


def _cosine(a: dict[str, float], b: dict[str, float]) -> float:
    product = sum(value * b[token] for token, value in a.items() if token in b)
    return product / (math.sqrt(sum(v * v for v in a.values())) * math.sqrt(sum(v * v for v in b.values())) or 1)

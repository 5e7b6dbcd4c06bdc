"""Values and layouts in words, without their numbers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from torch import Tensor

from autograder.inputs.value import Absent, Keys, Layout, Places, is_number
from autograder.model import Opaque


def kind_of(value: Any) -> str:
    """What a value is, without its numbers: a list of an array of shape (2, 3) and None."""
    match value:
        case None:
            return "None"
        case Absent(whole=whole):
            return kind_of(whole)
        case Opaque(type=name):
            return f"an object of type {name}"
        case bool():
            return "a truth value"
        case str():
            return "a text"
        case Tensor() | np.ndarray():
            word = "a tensor" if isinstance(value, Tensor) else "an array"
            return f"{word} of shape {tuple(value.shape)}"
        case list() | tuple():
            inner = [kind_of(entry) for entry in value[:6]]
            same = f"{len(value)} times {inner[0]}" if len(value) > 1 and len(set(inner)) == 1 else _and(inner)
            return f"a list of {same}" if value else "an empty list"
        case dict():
            return "a dictionary with the keys " + _and([repr(key) for key in list(value)[:8]]) if value else "{}"
    return "a number" if is_number(value) else f"a value of type {type(value).__name__}"


def words(layout: Layout) -> str:
    """What is expected, in words."""
    if isinstance(layout, Keys):
        return "a dictionary with the keys " + _and([repr(key) for key, _ in layout.entries])
    if isinstance(layout, Places):
        inner = [words(entry) for entry in layout.entries]
        return f"a list of {_and(inner)}"
    plain = {"none": "None", "text": "a text", "truth": "True or False", "list": "a list of numbers"}
    if layout.kind in plain:
        return plain[layout.kind]
    return f"an array of shape {layout.shape}" if layout.shape else "a number"


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "nothing"

"""What an answer is made of: one notion for arrays, numbers, truth values, texts, and lists and dicts of these.

A value is read into one row of numbers, float64, with a *layout* beside it that says how to read another value alike: the
oracle's value has a layout, and an answer either fits it or does not. So two values of any kind are compared as two rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union

import numpy as np
import torch
from torch import Tensor

Path = tuple[int | str, ...]
"""Which part of a composite value: places in lists, keys of dicts."""


@dataclass(frozen=True)
class Leaf:
    """``kind``: "array" (its shape counts), "list" of numbers (its length is part of the value), "text", "truth" or "none"."""

    kind: str
    shape: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        return int(np.prod(self.shape, dtype=np.int64))


Layout = Union[Leaf, "Places", "Keys"]


@dataclass(frozen=True)
class Places:
    """Values one after another."""

    entries: tuple[Layout, ...]

    @property
    def size(self) -> int:
        return sum(entry.size for entry in self.entries)


@dataclass(frozen=True)
class Keys:
    """Values by key."""

    entries: tuple[tuple[str, Layout], ...]

    @property
    def size(self) -> int:
        return sum(entry.size for _, entry in self.entries)


@dataclass(frozen=True)
class Absent:
    """Stands where a part of a value was looked for and is not; ``whole`` is what there is."""

    whole: Any


# ------------------------------------------------------------------ the oracle's values


def layout_of(value: Any) -> Layout:
    """The layout of an oracle's value. Raises TypeError for what is no value."""
    if value is None:
        return Leaf("none", (0,))
    if isinstance(value, bool | np.bool_):
        return Leaf("truth")
    if isinstance(value, str):
        return Leaf("text", (len(value),))
    if isinstance(value, Mapping):
        return Keys(tuple((str(key), layout_of(entry)) for key, entry in value.items()))
    if isinstance(value, list | tuple) and not all(is_number(entry) for entry in value):
        return Places(tuple(layout_of(entry) for entry in value))
    if (found := array(value)) is None:
        raise TypeError(f"a value of type {type(value).__name__} cannot be compared")
    return Leaf("list" if isinstance(value, list | tuple) else "array", tuple(found.shape))


def rows(value: Any, layout: Layout) -> Tensor | None:
    """The value as one row of numbers, in the layout's own shape if it is a leaf; None if it does not fit."""
    if isinstance(layout, Leaf):
        found = _leaf(value, layout.kind)
        if found is None or layout.kind != "array" or tuple(found.shape) == layout.shape:
            return found
        return found.reshape(()) if layout.shape == () and found.numel() == 1 else found
    parts = _parts(value, layout)
    if parts is None:
        return None
    found_parts = []
    for part, entry in parts:
        row = rows(part, entry)
        if row is None or (isinstance(entry, Leaf) and tuple(row.shape) != entry.shape):
            return None
        found_parts.append(row.reshape(-1).double())
    return torch.cat(found_parts) if found_parts else torch.zeros(0, dtype=torch.float64)


def _parts(value: Any, layout: "Places | Keys") -> list[tuple[Any, Layout]] | None:
    if isinstance(layout, Keys):
        if not isinstance(value, Mapping) or {key for key, _ in layout.entries} != set(value):
            return None
        return [(value[key], entry) for key, entry in layout.entries]
    if isinstance(value, Tensor | np.ndarray) and value.ndim > 0:
        value = list(value)
    if not isinstance(value, list | tuple) or len(value) != len(layout.entries):
        return None
    return list(zip(value, layout.entries, strict=True))


def _leaf(value: Any, kind: str) -> Tensor | None:
    if kind == "none":
        return torch.zeros(0, dtype=torch.float64) if value is None else None
    if kind == "text":
        return (
            torch.tensor([float(ord(letter)) for letter in value], dtype=torch.float64)
            if isinstance(value, str)
            else None
        )
    if isinstance(value, bool):
        return torch.tensor(float(value), dtype=torch.float64) if kind == "truth" else None
    return array(value)


def array(value: Any) -> Tensor | None:
    """An array of numbers as a tensor: itself, numpy's, a number, or lists of numbers of equal length; else None."""
    if isinstance(value, Tensor):
        return None if value.is_complex() else value
    if isinstance(value, np.ndarray | np.generic):
        return torch.as_tensor(np.asarray(value)) if np.asarray(value).dtype.kind in "fiub" else None
    if is_number(value):
        return torch.tensor(float(value), dtype=torch.float64)
    if isinstance(value, list | tuple):
        found = [array(entry) for entry in value]
        shapes = {None if one is None else tuple(one.shape) for one in found}
        if None in shapes or len(shapes) > 1:
            return None
        return torch.stack([one.double() for one in found if one is not None]) if found else torch.zeros(0).double()
    return None


def is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def unread(row: Tensor, layout: Layout) -> Any:
    """The value that was read into this row: arrays as tensors, texts and lists as themselves."""
    if isinstance(layout, Leaf):
        if layout.kind == "text":
            return "".join(chr(int(code)) for code in row.reshape(-1).tolist())
        if layout.kind == "none":
            return None
        return (
            bool(row)
            if layout.kind == "truth"
            else row.reshape(layout.shape if row.numel() == layout.size else row.shape)
        )
    parts, start = [], 0
    for entry in layout.entries:
        inner = entry[1] if isinstance(entry, tuple) else entry
        parts.append(unread(row.reshape(-1)[start : start + inner.size], inner))
        start += inner.size
    return dict(zip([key for key, _ in layout.entries], parts, strict=True)) if isinstance(layout, Keys) else parts


# ------------------------------------------------------------------ parts


def part(value: Any, path: Path, places: int = 0) -> Any:
    """The part of an answer's value at ``path``, or Absent. What is no list counts as the first of ``places`` entries; a list
    that is longer than that has none of them."""
    for depth, key in enumerate(path):
        if isinstance(key, str) and isinstance(value, Mapping) and key in value:
            value = value[key]
        elif isinstance(key, int) and isinstance(value, list | tuple):
            if not key < len(value) or (depth == 0 and places and len(value) > places):
                return Absent(value)
            value = value[key]
        elif key != 0 or isinstance(value, Mapping) or value is None:
            return Absent(value)
    return value


def span(layout: Layout, path: Path) -> tuple[int, Layout]:
    """Where in the row the part at ``path`` begins, and its layout. Raises LookupError if there is no such part."""
    start = 0
    for key in path:
        if isinstance(layout, Leaf):
            raise LookupError(key)
        entries: Sequence[tuple[int | str, Layout]] = (
            layout.entries if isinstance(layout, Keys) else list(enumerate(layout.entries))
        )
        names = [name for name, _ in entries]
        if key not in names:
            raise LookupError(key)
        start += sum(entry.size for _, entry in entries[: names.index(key)])
        layout = entries[names.index(key)][1]
    return start, layout


# ------------------------------------------------------------------ as plain data


def layout_data(layout: Layout) -> Any:
    if isinstance(layout, Leaf):
        return {"kind": layout.kind, "shape": list(layout.shape)}
    if isinstance(layout, Places):
        return [layout_data(entry) for entry in layout.entries]
    return {"keys": [[key, layout_data(entry)] for key, entry in layout.entries]}


def layout_from(data: Any) -> Layout:
    if isinstance(data, list):
        return Places(tuple(map(layout_from, data)))
    if "keys" in data:
        return Keys(tuple((key, layout_from(entry)) for key, entry in data["keys"]))
    return Leaf(data["kind"], tuple(data["shape"]))

"""Every tensor and array in an argument, whatever holds it: in another dtype, as numpy's, copied for an oracle."""

from collections.abc import Callable
from typing import Any
from zlib import crc32

import numpy as np
import torch
from torch import Tensor


def each_array(function: Callable[[Any], Any], value: Any) -> Any:
    """The same value with ``function`` of every tensor and array in it."""
    if isinstance(value, Tensor | np.ndarray):
        return function(value)
    if isinstance(value, list | tuple):
        return type(value)(each_array(function, entry) for entry in value)
    return {key: each_array(function, entry) for key, entry in value.items()} if isinstance(value, dict) else value


def in_dtype(dtype: torch.dtype, value: Any) -> Any:
    """The same with floating numbers in ``dtype``; whole numbers and truth values stay what they are."""

    def changed(one: Any) -> Any:
        if isinstance(one, Tensor):
            return one.to(dtype) if one.is_floating_point() else one
        return torch.as_tensor(one).to(dtype).numpy() if one.dtype.kind == "f" else one

    return each_array(changed, value)


def as_numpy(value: Any) -> Any:
    return each_array(lambda one: one.numpy() if isinstance(one, Tensor) else one, value)


def for_oracle(value: Any) -> Any:
    """A copy as an oracle gets it: tensors, floating numbers in float64."""
    return each_array(lambda one: in_dtype(torch.float64, torch.as_tensor(one)).clone(), value)


def as_argument(value: Any) -> Any:
    """A value that an author wrote as an argument: lists of numbers and truth values as tensors, exact in float32."""
    if isinstance(value, Tensor):
        return value
    if isinstance(value, list) and (found := _tensor(value)) is not None:
        return found.float() if found.is_floating_point() else found
    return [as_argument(entry) for entry in value] if isinstance(value, list) else value


def _tensor(value: list[Any]) -> Tensor | None:
    try:
        return torch.tensor(value)
    except (TypeError, ValueError):
        return None


def seed_of(args: tuple[Any, ...]) -> int:
    """The same for the same numbers, whatever their dtype."""
    seed = 0
    for arg in args:
        seed = _seed_of(arg, seed)
    return seed


def _seed_of(arg: Any, seed: int) -> int:
    if isinstance(arg, Tensor):
        return crc32(arg.double().numpy().tobytes(), seed)
    if isinstance(arg, list) and any(isinstance(entry, Tensor) for entry in arg):
        for entry in arg:
            seed = _seed_of(entry, seed)
        return seed
    return crc32(repr(arg).encode(), seed)

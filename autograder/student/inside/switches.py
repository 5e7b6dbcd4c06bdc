"""Python's and torch's global switches: ours while our code runs, the submission's while its own does. Runs in the student's
process.

A notebook may set a default dtype or device, enter ``inference_mode`` for good, turn warnings into errors or replace built-in
functions. Its functions find all that as the cells left it; what we read, copy, differentiate and write is not touched by it.
Every function used here was fetched before the submission's code ran.
"""

import builtins
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np
import torch

Switch = tuple[Callable[[], Any], Callable[[Any], Any]]  # reads a switch, and puts it


_reset_warnings, _set_recursion_limit = warnings.resetwarnings, sys.setrecursionlimit
_inference, _is_inference = torch.inference_mode, torch.is_inference_mode_enabled
_grad_enabled, _set_grad_enabled = torch.is_grad_enabled, torch.set_grad_enabled
_get_autocast, _set_autocast = torch.is_autocast_enabled, torch.set_autocast_enabled
_get_errors, _set_errors = np.geterr, np.seterr


def _put_filters(filters: list[Any]) -> None:
    _reset_warnings()  # tells the compiled part too
    warnings.filters[:] = filters  # type: ignore[index]  # a list, whatever its declaration says


def _put_recursion_limit(limit: int) -> None:
    with suppress(RecursionError):  # lower than where this is called from
        _set_recursion_limit(limit)


def _put_builtins(names: dict[str, Any]) -> None:
    vars(builtins).update(names)  # what a submission adds to them stays


DEFAULTS: tuple[Switch, ...] = (
    (torch.get_default_dtype, torch.set_default_dtype),
    (torch.get_default_device, torch.set_default_device),
    (torch.is_anomaly_enabled, torch.autograd.set_detect_anomaly),
    (torch.get_deterministic_debug_mode, torch.set_deterministic_debug_mode),
    (lambda: _get_autocast("cpu"), lambda on: _set_autocast("cpu", on)),
    (torch.get_float32_matmul_precision, torch.set_float32_matmul_precision),
)
"""What torch does where nothing is said: ours in a training too, whose loop and numbers are ours."""

MACHINERY: tuple[Switch, ...] = (
    (lambda: list(warnings.filters), _put_filters),
    (_get_errors, lambda errors: _set_errors(**errors)),
    (sys.getrecursionlimit, _put_recursion_limit),
    (lambda: dict(vars(builtins)), _put_builtins),
)
"""What any Python code runs on: the submission's own wherever its functions are called."""


class Switches:
    """Keeps two positions of every switch, ours and the submission's; ours are in force but within ``theirs``.

    Made before the submission's code runs. Gradients are on and inference mode is off in both: one call does not decide over
    the next, and a plot at the end of a notebook not over its functions.
    """

    def __init__(self) -> None:
        self.ours = [get() for get, _ in (*DEFAULTS, *MACHINERY)]
        self.own = list(self.ours)
        self.builtins = dict(vars(builtins))
        self._left: list[Any] = []  # inference modes that were entered to leave the submission's

    @contextmanager
    def cell(self) -> Iterator[None]:
        """Runs a cell under the submission's switches and keeps those that it leaves, for the next cell and for calls."""
        _put((*DEFAULTS, *MACHINERY), self.own)
        try:
            yield
        finally:
            self.own = [get() for get, _ in (*DEFAULTS, *MACHINERY)]
            _put((*DEFAULTS, *MACHINERY), self.ours)

    def put_ours(self) -> None:
        self._differentiating()
        _put((*DEFAULTS, *MACHINERY), self.ours)

    @contextmanager
    def theirs(self, *, defaults: bool = True) -> Iterator[None]:
        """Runs what is in it under the submission's switches; without ``defaults``, under our torch's."""
        first = 0 if defaults else len(DEFAULTS)
        if self.own != self.ours:
            _put((*DEFAULTS, *MACHINERY)[first:], self.own[first:])
        try:
            yield
        finally:
            self.put_ours()

    def _differentiating(self) -> None:
        if _is_inference():
            self._left.append(_inference(mode=False))
            self._left[-1].__enter__()
        if not _grad_enabled():
            _set_grad_enabled(True)


def _put(switches: tuple[Switch, ...], wanted: list[Any]) -> None:
    for (get, put), position in zip(switches, wanted, strict=True):
        if get() != position:
            put(position)

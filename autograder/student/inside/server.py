"""Answers the grader's requests in the student's process: load the cells, call functions, run a driver.

The grader believes nothing that comes from here but its bytes. What is done here against a student's tricks (names of torch
kept from before the cells ran, copies of the arguments) makes honest code more robust; it is no defence.
"""

import contextlib
import os
import random
import select
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from types import CodeType
from typing import Any

import numpy as np
import numpy.random  # not by numpy itself until it is asked for: once here, not in every student's process
import torch
import torch.utils._device  # likewise

from autograder.model.steps import perform
from autograder.student import wire
from autograder.student.channel import Channel, Closed
from autograder.student.inside import absent, devices, files, loader, stand_ins, switches, words

FLUSH_SECONDS = 0.05  # answers wait no longer than this for the next ones to share their frame
FLUSH_BYTES = 4 << 20
MOST_NAMES = 5000

_grad, _is_tensor, _ones = torch.autograd.grad, torch.is_tensor, torch.ones_like
_multiplied, _summed = torch.mul, torch.sum
_require, _clone = torch.Tensor.requires_grad_, torch.Tensor.clone


class Server:
    """One submission's process. ``sock`` carries requests and replies; into ``progress`` goes one byte for each item begun,
    so that the grader knows which cell or call it was when the process hangs or dies."""

    DISTURBED = (Closed, wire.WireError)  # what goes wrong here when the submission plays with the connection

    def __init__(self, sock: socket.socket, progress: int, data: Mapping[str, str]) -> None:
        self.channel = Channel(sock, self._wait, wire.REQUEST)
        self.sock, self.progress, self.data = sock, progress, data
        self.namespace: dict[str, Any] = {}
        self.drivers: dict[str, CodeType] = {}  # by their text: a training asks one driver many times
        self.switches = switches.Switches()
        self.loader = loader.Loader([], files.Files(self.namespace, {}), self.switches)

    def _wait(self, writing: bool) -> None:
        select.select([] if writing else [self.sock], [self.sock] if writing else [], [])

    def repeat_exactly(self) -> None:
        """Keeps a GPU from choosing another way to add up each time, and from rounding more than the CPU does."""
        torch.backends.cudnn.deterministic, torch.backends.cudnn.benchmark = True, False
        torch.backends.cudnn.allow_tf32 = False

    def serve(self) -> None:
        """Says hello, then answers until the grader hangs up."""
        self.channel.send(wire.dumps({"hello": os.getpid()}))
        handlers: dict[str, Callable[[Any], Iterator[Any]]] = {
            "load": self._load,
            "calls": self._calls,
            "probe": self._probe,
        }
        while True:
            request = self.channel.receive()
            _Reply(self, request["id"]).stream(handlers[request["op"]](request))

    def step(self) -> None:
        """Notes that the next item is begun."""
        with contextlib.suppress(BlockingIOError):
            os.write(self.progress, b"\0")

    # -------------------------------------------------------------- requests

    def _load(self, request: Any) -> Iterator[Any]:
        self.namespace = loader.module(request["name"]).__dict__
        modules, cells = request.get("modules", {}), request["cells"]
        sources = [cell["text"] for cell in cells] + list(modules.values())
        stand_ins.install(self.namespace, sources, self.data, request.get("without", ()))
        self.switches = switches.Switches()
        beside = files.Files(self.namespace, modules)
        self.loader = loader.Loader(cells, beside, self.switches)
        _seed(0)
        yield from self.loader.run()
        beside.offer(request.get("chosen", {}))
        self.switches.put_ours()
        names = [name for name in self.namespace if type(name) is str and not name.startswith("__")]
        yield {"names": [name[:100] for name in names[:MOST_NAMES]], "used": sorted(absent.used | devices.used)}

    def _calls(self, request: Any) -> Iterator[Any]:
        for call in request["calls"]:
            yield self._call(*call)

    def _probe(self, request: Any) -> Iterator[Any]:
        """Runs a driver of ours: it and what it calls under our defaults, it alone with our built-in functions."""
        _seed(0)
        driver: dict[str, Any] = {"__name__": "driver", "__builtins__": self.switches.builtins}
        try:
            if (source := request["source"]) not in self.drivers:
                self.drivers[source] = compile(source, "<driver>", "exec", dont_inherit=True)
            exec(self.drivers[source], driver)
            with self.switches.theirs(defaults=False):
                value = driver[request["function"]](self.namespace, *request["args"])
            item = {"value": value}
        except BaseException as error:
            item = {"error": self.loader.explained(error)}
        yield item

    # -------------------------------------------------------------- one call

    def _call(
        self,
        function: str,
        args: list[Any],
        gradients: list[int],
        cotangent: Any,
        seed: int,
        keywords: list[str],
        steps: list[Any],
        of: list[int | str],
    ) -> dict[str, Any]:
        before = [_contents(arg) for arg in args]
        leaves = [_require(args[i], True) for i in gradients]
        for i in gradients:
            args[i] = _clone(args[i])  # no leaf: changing it in place does not keep it from being differentiated
        _seed(seed)
        outcome: dict[str, Any] = {}
        try:
            named, stopped = len(args) - len(keywords), None
            with self.switches.theirs():
                if steps:
                    value, stopped = perform(self.namespace[function], args, steps, _snapshot)
                else:
                    value = self.namespace[function](*args[:named], **dict(zip(keywords, args[named:], strict=True)))
            if stopped:
                outcome["stopped"] = {"target": stopped[0], "error": self.loader.explained(stopped[1])}
        except BaseException as error:
            return {"error": self.loader.explained(error)}
        outcome["value"] = value
        if gradients:
            outcome |= _gradients(_entry(value, of), leaves, cotangent)
        outcome["changed"] = [i for i, arg in enumerate(args) if _contents(arg) != before[i]]
        return outcome


def _contents(arg: Any) -> Any:
    """What must be equal before and after a call that leaves ``arg`` alone: its bytes, so that NaN equals NaN."""
    try:
        if type(arg) is torch.Tensor:
            return arg.shape, arg.dtype, wire.contents(arg)
        return wire.dumps(arg, wire.REQUEST) if isinstance(arg, list | dict | np.ndarray) else None
    except BaseException:
        return "what cannot be read any more"


def _snapshot(value: Any) -> Any:
    """What crosses of a step's result, as it is now: a later step may change it."""
    raw = wire.dumps(value)
    size, _ = wire.HEADER.unpack_from(raw)
    start = wire.HEADER.size
    return wire.loads(raw[start : start + size], bytearray(raw[start + size :]))


def _seed(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.default_generator.manual_seed(seed)  # torch.manual_seed looks for every device there is, 50 times slower


def _entry(value: Any, of: list[int | str]) -> Any:
    """The entry of a value that is differentiated; None where it is not there."""
    try:
        for key in of:
            value = value[key]
    except BaseException:
        return None
    return value


def _gradients(value: Any, leaves: list[torch.Tensor], cotangent: Any) -> dict[str, Any]:
    """Gradients of sum(value * cotangent); of a tuple or list, its first tensor counts."""
    nothing: list[Any] = [None] * len(leaves)
    if isinstance(value, list | tuple):
        value = next((entry for entry in value if _is_tensor(entry)), None)
    if not _is_tensor(value):
        return {
            "gradients": nothing,
            "gradient_fault": "The value is not a tensor, so no gradient can flow through it.",
        }
    if not value.requires_grad:
        return {"gradients": nothing, "gradient_fault": ""}
    if cotangent is not None and cotangent.shape != value.shape:
        cotangent = None if value.numel() != cotangent.numel() else cotangent.reshape(value.shape)
    try:
        weights = _ones(value) if cotangent is None else cotangent.to(value.dtype)
        asked = (value, leaves, weights)
        if not value.is_complex():  # of a single number torch needs no weights, for which it would import sympy
            asked = (_summed(_multiplied(value, weights)), leaves, None)
        return {"gradients": list(_grad(*asked, allow_unused=True)), "gradient_fault": ""}
    except BaseException as error:
        raised = words.raised(error)
        return {"gradients": nothing, "gradient_fault": f"The backward pass raised {raised['type']}: {raised['text']}"}


class _Reply:
    """The items of one reply, in as few frames as the time and their size allow."""

    def __init__(self, server: Server, request: int) -> None:
        self.server, self.request = server, request
        self._fresh()

    def _fresh(self) -> None:
        self.items: list[Any] = []
        self.encoder, self.packed, self.since = wire.Encoder(), 0, time.monotonic()

    def stream(self, items: Iterator[Any]) -> None:
        """Sends every item; before each is begun, a byte goes into ``progress``."""
        self.server.step()
        for item in items:
            if not self._add(item):
                self._flush(last=False)
                if not self._add(item):
                    self._fresh()
                    self._add({"too_large": self.reason})
            if time.monotonic() - self.since > FLUSH_SECONDS or self.encoder.size > FLUSH_BYTES:
                self._flush(last=False)
            self.server.step()
        self._flush(last=True)

    def _add(self, item: Any) -> bool:
        """Puts ``item`` into the frame; False, for a ``reason``, if it does not fit."""
        encoder = self.encoder
        before = encoder.entries, encoder.size, len(encoder.chunks)
        try:
            plain = encoder.plain(item)
            self.packed += len(encoder.pack(plain))
            if self.packed > encoder.limits.structure // 2:
                raise wire.TooLarge(f"needs {self.packed} bytes for lists and texts")
        except BaseException as error:  # a stranger's object may raise anything while it is looked at
            encoder.entries, encoder.size = before[:2]
            del encoder.chunks[before[2] :]
            self.reason = (
                str(error) if isinstance(error, wire.TooLarge) else f"raises {type(error).__name__} when it is read"
            )
            return False
        self.items.append(plain)
        return True

    def _flush(self, *, last: bool) -> None:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(BaseException):  # a stranger may have replaced it by anything
                stream.flush()
        self.server.channel.send(self.encoder.frame({"id": self.request, "items": self.items, "last": last}))
        self._fresh()

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
from typing import Any

import numpy as np
import torch

from autograder.student import wire
from autograder.student.channel import Channel
from autograder.student.inside import files, loader, stand_ins, words

FLUSH_SECONDS = 0.05  # answers wait no longer than this for the next ones to share their frame
FLUSH_BYTES = 4 << 20
MOST_NAMES = 5000

_grad, _is_tensor, _ones, _empty = torch.autograd.grad, torch.is_tensor, torch.ones_like, torch.empty
_set_grad_enabled = torch.set_grad_enabled
_set_default_dtype, _set_default_device, _get_default_device = (
    torch.set_default_dtype, torch.set_default_device, torch.get_default_device,
)  # fmt: skip


class Server:
    """One submission's process. ``sock`` carries requests and replies; into ``progress`` goes one byte for each item begun,
    so that the grader knows which cell or call it was when the process hangs or dies."""

    def __init__(self, sock: socket.socket, progress: int, data: Mapping[str, str]) -> None:
        self.channel = Channel(sock, self._wait, wire.REQUEST)
        self.sock, self.progress, self.data = sock, progress, data
        self.namespace: dict[str, Any] = {}
        self._note_defaults()

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
        sources = [cell["text"] for cell in request["cells"]] + list(request.get("modules", {}).values())
        stand_ins.install(self.namespace, sources, self.data)
        beside = files.Files(self.namespace, request.get("modules", {}))
        _seed(0)
        yield from loader.run(request["cells"], beside)
        beside.offer(request.get("chosen", {}))
        self._note_defaults()
        names = [name for name in self.namespace if type(name) is str and not name.startswith("__")]
        yield {"names": [name[:100] for name in names[:MOST_NAMES]], "used": sorted(stand_ins.used)}

    def _calls(self, request: Any) -> Iterator[Any]:
        for call in request["calls"]:
            self._reset()
            yield self._call(*call)

    def _probe(self, request: Any) -> Iterator[Any]:
        self._reset()
        _seed(0)
        try:
            driver: dict[str, Any] = {"__name__": "driver", "__builtins__": __builtins__}
            exec(compile(request["source"], "<driver>", "exec", dont_inherit=True), driver)
            yield {"value": driver[request["function"]](self.namespace, *request["args"])}
        except BaseException as error:
            yield {"error": words.raised(error)}

    # -------------------------------------------------------------- one call

    def _note_defaults(self) -> None:
        self.default, self.default_device = _empty(0), _get_default_device()

    def _reset(self) -> None:
        """Global switches as the cells left them, gradients on: one call does not decide over the next."""
        _set_grad_enabled(True)
        fresh = _empty(0)
        if fresh.dtype is not self.default.dtype or fresh.device != self.default.device:
            _set_default_dtype(self.default.dtype)
            _set_default_device(self.default_device)

    def _call(self, function: str, args: list[Any], gradients: list[int], cotangent: Any, seed: int) -> dict[str, Any]:
        before = [_contents(arg) for arg in args]
        leaves = [args[i].requires_grad_(True) for i in gradients]
        for i in gradients:
            args[i] = args[i].clone()  # no leaf: changing it in place does not keep it from being differentiated
        _seed(seed)
        try:
            value = self.namespace[function](*args)
        except BaseException as error:
            return {"error": words.raised(error)}
        outcome: dict[str, Any] = {"value": value}
        if gradients:
            outcome |= _gradients(value, leaves, cotangent)
        _set_grad_enabled(True)
        outcome["changed"] = [i for i, arg in enumerate(args) if _contents(arg) != before[i]]
        return outcome


def _contents(arg: Any) -> Any:
    """What must be equal before and after a call that leaves ``arg`` alone: its bytes, so that NaN equals NaN."""
    try:
        if type(arg) is torch.Tensor:
            return arg.shape, arg.dtype, wire.contents(arg)
        return wire.dumps(arg, wire.REQUEST) if isinstance(arg, list | dict) else None
    except BaseException:
        return "what cannot be read any more"


def _seed(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.default_generator.manual_seed(seed)  # torch.manual_seed looks for every device there is, 50 times slower


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
        return {"gradients": list(_grad(value, leaves, weights, allow_unused=True)), "gradient_fault": ""}
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

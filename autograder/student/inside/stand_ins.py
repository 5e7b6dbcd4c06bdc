"""What a notebook expects around it and grading does not have: a keyboard, IPython, a GPU, worker processes. Runs in the
student's process, before its cells."""

import builtins
import functools
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

import torch
import torch.utils.data

from autograder.student.inside import absent, devices
from autograder.student.inside import mnist as datasets


def install(
    namespace: dict[str, Any], sources: Sequence[str], data: Mapping[str, str], without: Sequence[str] = ()
) -> None:
    """Puts the stand-ins where a submission with these ``sources`` looks for them, but for the packages ``without``."""
    builtins.input = _no_input
    namespace["get_ipython"], namespace["display"] = absent.Harmless(), lambda *shown, **options: print(*shown)
    absent.install(without)
    sys.modules["autograder.nbgrader"] = absent.module("autograder.nbgrader")  # its check(...) is for the student alone
    torch.compile = _same  # it would start a compiler
    _without_workers(torch.utils.data.DataLoader)
    for name in ("set_num_threads", "set_num_interop_threads"):
        setattr(torch, name, lambda number: None)  # there is one thread, and no room for more
    if devices.named(sources):
        devices.pretend()
    if "mnist" in data and any("torchvision" in text for text in sources):
        datasets.install(data["mnist"], data.get("fashion_mnist", ""))
    for name, path in data.items():
        if name.startswith("./"):
            _put_at(name, path)


def _put_at(plain: str, path: str) -> None:
    """Makes what lies in ``path``, which can only be read, known by the relative path ``plain``, as in the course."""
    os.makedirs(os.path.dirname(plain), exist_ok=True)
    if not os.path.lexists(plain):
        os.symlink(path, plain)


def _no_input(prompt: object = "") -> NoReturn:
    raise EOFError("input() has nobody to ask while grading; write the value into the code")


def _same(model: Any = None, **options: Any) -> Any:
    return model if model is not None else (lambda function: function)


def _without_workers(loader: type) -> None:
    """Processes are not to be had, so that a DataLoader that asks for workers loads in this one."""
    original: Callable[..., None] = loader.__init__  # type: ignore[misc]  # the class's own, about to be wrapped

    @functools.wraps(original)
    def init(self: Any, *args: Any, **options: Any) -> None:
        if len(args) > 5:  # dataset, batch_size, shuffle, sampler, batch_sampler, num_workers
            args = (*args[:5], 0, *args[6:])
        elif "num_workers" in options:
            options["num_workers"] = 0
        for name in ("persistent_workers", "prefetch_factor", "multiprocessing_context", "timeout", "pin_memory"):
            options.pop(name, None)
        original(self, *args, **options)

    loader.__init__ = init  # type: ignore[misc]

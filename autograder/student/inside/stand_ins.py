"""What a notebook expects around it and grading does not have: a keyboard, IPython, a GPU, worker processes. Runs in the
student's process, before its cells."""

import builtins
import functools
import importlib.util
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from importlib.machinery import ModuleSpec
from typing import Any, NoReturn

import torch
import torch.utils.data

from autograder.student.inside import devices
from autograder.student.inside import mnist as datasets

MISSING = ("IPython", "IPython.display", "google.colab", "tqdm", "tqdm.auto", "tqdm.notebook")
used: set[str] = set()  # what the submission asked for and did not get; the grader has a sentence for each


class Harmless:
    """Takes every call, attribute and loop, and does nothing; around an iterable (``tqdm(loader)``) it is that iterable."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._inner = args[0] if args else ()

    def __call__(self, *args: Any, **options: Any) -> "Harmless":
        return Harmless(*args)

    def __getattr__(self, name: str) -> "Harmless":
        if name.startswith("__"):
            raise AttributeError(name)
        return Harmless()

    def __iter__(self) -> Any:
        return iter(range(self._inner) if isinstance(self._inner, int) else self._inner)  # trange(5) is tqdm(range(5))

    def __len__(self) -> int:
        return self._inner if isinstance(self._inner, int) else len(self._inner)

    def __enter__(self) -> "Harmless":
        return self

    def __exit__(self, *exception: object) -> None:
        return None


def install(namespace: dict[str, Any], sources: Sequence[str], data: Mapping[str, str]) -> None:
    """Puts the stand-ins where a submission with these ``sources`` looks for them."""
    builtins.input = _no_input
    namespace["get_ipython"], namespace["display"] = Harmless(), lambda *shown, **options: print(*shown)
    for name in MISSING:
        if name not in sys.modules and _is_missing(name):
            sys.modules[name] = _module(name)
    sys.modules["autograder.nbgrader"] = _module("autograder.nbgrader")  # its check(...) is for the student alone
    torch.compile = _same  # it would start a compiler
    _without_workers(torch.utils.data.DataLoader)
    torch.set_num_threads = torch.set_num_interop_threads = lambda number: (
        None
    )  # there is one thread, and no room for more
    if devices.named(sources):
        devices.pretend()
    if "mnist" in data and any("torchvision" in text for text in sources):
        datasets.install(data["mnist"])


def _no_input(prompt: object = "") -> NoReturn:
    raise EOFError("input() has nobody to ask while grading; write the value into the code")


def _is_missing(name: str) -> bool:
    root = name.partition(".")[0]
    return isinstance(sys.modules.get(root), _Module) or importlib.util.find_spec(root) is None


class _Module(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Harmless()


def _module(name: str) -> _Module:
    made = _Module(name)
    made.__path__ = []
    made.__spec__ = ModuleSpec(name, None)  # torch asks `find_spec` whether these are there
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules.setdefault(parent, _Module(parent)), child, made)
    return made


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

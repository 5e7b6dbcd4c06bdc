"""GPUs that are not there: what a submission asks of one is done on the device that is. Runs in the student's process.

A device can be named in a call (``device="cuda"``, ``.to("mps")``, ``.cuda()``), as the default, by a generator or by an old
tensor type; every way leads to the same place. ``torch.cuda.is_available()`` tells the truth all the same.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

KINDS = ("cuda", "mps", "xpu", "hpu", "npu", "mtia", "privateuseone")
NAMED = re.compile(rf"\b({'|'.join(KINDS)})\b|\.(?:to|cuda)\(\s*\d|device\s*=\s*\d")
HARMLESS = (
    "synchronize",
    "empty_cache",
    "set_device",
    "reset_peak_memory_stats",
    "manual_seed",
    "manual_seed_all",
    "seed",
)
TENSORS = ("FloatTensor", "DoubleTensor", "HalfTensor", "LongTensor", "IntTensor", "ByteTensor", "BoolTensor")
used: set[str] = set()  # "gpu", once one was asked for that is not there


def named(sources: Sequence[str]) -> bool:
    """Whether code of these cells may ask for a GPU."""
    return any(NAMED.search(text) for text in sources)


def pretend() -> None:
    """From here on every GPU that is not there is the one that is, or the CPU."""
    found = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    real = {kind for kind, is_there in found.items() if is_there}
    mapped = _Elsewhere(set(KINDS) - real, "cuda" if "cuda" in real else "cpu")
    mapped.__enter__()  # type: ignore[no-untyped-call]  # torch says no types here
    torch.set_default_device = mapped.first_argument(torch.set_default_device)
    torch.set_default_tensor_type = mapped.default_tensor_type(torch.set_default_tensor_type)
    torch.Generator = mapped.generator()  # type: ignore[misc, assignment]  # a class in place of a class
    for kind in mapped.kinds & {"cuda", "mps", "xpu"}:
        module = getattr(torch, kind)
        for name in HARMLESS:
            setattr(module, name, lambda *args, **options: None)
        for name in TENSORS:
            setattr(module, name, getattr(torch, name))


class _Elsewhere(TorchFunctionMode):
    """Carries out ``there`` what asks for a device of one of ``kinds``."""

    def __init__(self, kinds: set[str], there: str) -> None:
        super().__init__()
        self.kinds, self.there = kinds, there
        self.moves = {getattr(torch.Tensor, kind) for kind in kinds if hasattr(torch.Tensor, kind)}

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        if func in self.moves:
            used.add("gpu")
            return args[0].to(self.there)
        if func is torch.Tensor.to and len(args) > 1 and type(args[1]) is int and self.there == "cpu":
            args = (args[0], "cuda", *args[2:])
        if any(self.is_elsewhere(value) for value in (*args[1:], *kwargs.values())):
            args = (*args[:1], *map(self.device, args[1:]))
            kwargs = {name: self.device(value) for name, value in kwargs.items()}
        if type(kwargs.get("device")) is int and self.there == "cpu":
            kwargs["device"] = self.device("cuda")
        return func(*args, **kwargs)

    def is_elsewhere(self, value: object) -> bool:
        kind = value.type if isinstance(value, torch.device) else value.partition(":")[0] if type(value) is str else ""
        return kind in self.kinds

    def device(self, value: Any) -> Any:
        """``value``, or the device that is there in place of one that is not."""
        if not self.is_elsewhere(value):
            return value
        used.add("gpu")
        return self.there

    # -------------------------------------------------------------- what no mode sees

    def first_argument(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def mapped(device: Any) -> Any:
            return function(self.device(device))

        return mapped

    def default_tensor_type(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def mapped(kind: Any) -> Any:
            match = re.fullmatch(r"torch\.(?:cuda|mps|xpu)\.(\w+)", kind) if isinstance(kind, str) else None
            used.update(["gpu"] if match else [])
            return function(getattr(torch, match[1]) if match else kind)

        return mapped

    def generator(self) -> type:
        original, elsewhere = torch._C.Generator, self

        class Kind(type(original)):  # type: ignore[misc]  # a metaclass that is found out here
            def __instancecheck__(cls, value: object) -> bool:
                return isinstance(value, original)

        class Generator(original, metaclass=Kind):  # type: ignore[misc, valid-type]  # torch says too little of it
            def __new__(cls, device: Any = "cpu") -> Any:
                return original.__new__(cls, elsewhere.device(device))  # type: ignore[call-arg]  # as above

        return Generator

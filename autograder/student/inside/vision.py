"""Makes torchvision importable beside a torch it was not built for.

Its compiled operators cannot be loaded then, and the import fails with "operator torchvision::nms does not exist", because
Python code registers shape rules for operators that were never declared. Declaring the two operators first makes datasets,
transforms and models importable; only the operators themselves (box suppression) stay unusable. With a matching pair nothing
changes: the compiled library declares its operators itself.
"""

import importlib.util
from pathlib import Path

import torch

SCHEMAS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)
_library: torch.library.Library | None = None  # declarations last as long as this object


def make_importable() -> None:
    """Declares what ``import torchvision`` needs, if its compiled operators do not load here."""
    global _library
    if _library is None and _is_installed() and not _operators_load():
        _library = torch.library.Library("torchvision", "FRAGMENT")  # type: ignore[no-untyped-call]  # torch says no types
        for schema in SCHEMAS:
            _library.define(schema)  # type: ignore[no-untyped-call]  # as above


def _is_installed() -> bool:
    return importlib.util.find_spec("torchvision") is not None


def _operators_load() -> bool:
    """Whether torchvision's compiled library fits this torch: it is loaded, as the import would, and asked."""
    spec = importlib.util.find_spec("torchvision")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    try:
        for library in sorted(folder.glob("_C.*")):
            torch.ops.load_library(str(library))  # type: ignore[no-untyped-call]  # as above
        return hasattr(torch.ops.torchvision, "nms")
    except (OSError, RuntimeError):
        return False

"""Data sets that a course may name: MNIST comes with the package, FashionMNIST is looked for where data are kept. No network."""

import os
from pathlib import Path

from autograder.model import UsageError
from autograder.training.datasets import FILES, Mnist, cache_directory, mnist

READY = ("mnist", "fashion_mnist")
VARIABLE = "AUTOGRADER_DATA"


def ready(name: str, digits: Mnist) -> Mnist:
    """The data set called ``name``, one of ``READY``; ``digits`` are the MNIST of this run.

    Raises:
        UsageError: it is not on this machine.
    """
    if name == "mnist":
        return digits
    roots = [Path(root) for root in (os.environ.get(VARIABLE), cache_directory()) if root]
    places = [root / "FashionMNIST" / "raw" for root in roots]
    found = next((place for place in places if _whole(place)), None)
    if found is None:
        raise UsageError(
            f"FashionMNIST is not on this machine: its four files ({', '.join(FILES)}, or the same with .gz) were looked for in "
            f"{' and in '.join(map(str, places))}. Set {VARIABLE} to a folder that has FashionMNIST/raw in it, as torchvision "
            "leaves it."
        )
    return mnist(found)


def _whole(folder: Path) -> bool:
    return all((folder / name).is_file() or (folder / f"{name}.gz").is_file() for name in FILES)

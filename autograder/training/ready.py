"""Data sets that a course may name: MNIST, which comes with the package, and FashionMNIST, where the sheet declares it."""

from collections.abc import Iterable
from pathlib import Path

from autograder.model import CourseError, Data, Options
from autograder.training.datasets import FILES, Mnist, mnist
from autograder.training.kept import kept

FASHION = "fashion_mnist"
READY = ("mnist", FASHION)


def fashion_mnist(data: Iterable[Data]) -> Path | None:
    """Where torchvision finds the FashionMNIST that a sheet declares, unpacked; None where it declares none.

    Raises:
        UsageError: these are not its four files.
    """
    return next((mnist(kept(one)).root for one in data if one.name == FASHION), None)


def ready(name: str, digits: Mnist, options: Options) -> Mnist:
    """The data set called ``name``, one of ``READY``; ``digits`` are the MNIST of this run.

    Raises:
        CourseError: the sheet does not declare it.
    """
    if name == "mnist":
        return digits
    if not options.fashion_mnist:
        raise CourseError(
            f"FashionMNIST is asked for, but sheet.toml does not declare it: put its four files ({', '.join(FILES)}, or the same "
            f'with .gz) in a folder of the course, and write [data.{FASHION}] with path = "data/fashion" and '
            'licence = "MIT, Zalando SE".'
        )
    return mnist(options.fashion_mnist)

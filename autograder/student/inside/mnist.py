"""In the student's process: ``torchvision.datasets.MNIST`` reads the grader's copy of the digits, however it is called.

There is no network in that process, and nothing but its own folder may be written. So ``root`` is taken and not used,
``download`` has nothing to do, and every other data set that would need a download says so in a sentence.
"""

import os
from typing import Any, NoReturn

EXPECTED = "Grading has no network; only torchvision's {here} here. Please use datasets.MNIST(root, download=True)."


def install(path: str, fashion: str = "") -> None:
    """Makes ``torchvision.datasets.MNIST`` read ``<path>/MNIST/raw``, and ``FashionMNIST`` what lies alike in ``fashion``, if
    that is given. Imports torchvision; opens and writes no file.

    The class itself is changed, so every name it was imported under, and every subclass a student writes, follows.
    """
    from torchvision.datasets import mnist, utils

    raw = os.path.join(path, "MNIST", "raw")
    others = (*(() if fashion else (mnist.FashionMNIST,)), mnist.KMNIST, mnist.EMNIST, mnist.QMNIST)

    def downloaded(self: Any) -> None:
        if isinstance(self, others):
            refuse(type(self).__name__)

    def refuse(what: str) -> NoReturn:
        raise RuntimeError(f"{what} cannot be downloaded: {EXPECTED.format(here=here)}")

    def no_download(url: str, *args: Any, **kwargs: Any) -> NoReturn:
        refuse(str(url))

    mnist.MNIST.raw_folder = property(lambda self: raw)
    here = "MNIST and FashionMNIST are" if fashion else "MNIST is"
    if fashion:
        clothes = os.path.join(fashion, "MNIST", "raw")  # the files are called as those of the digits
        mnist.FashionMNIST.raw_folder = property(lambda self: clothes)
    mnist.MNIST.processed_folder = property(lambda self: os.path.join(raw, "none"))  # files of torchvision before 0.2.2
    mnist.MNIST.download = downloaded
    for other in others:
        other.download = downloaded
        other._check_exists = downloaded  # also without download=True: their files are not here
    utils._get_redirect_url = no_download  # what every download of torchvision goes through
    utils._urlretrieve = no_download

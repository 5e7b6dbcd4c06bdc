"""The digits a training sees: 5,000 of MNIST that come with the package, or the full set the instructor names. No network.

The package holds the files compressed; torchvision wants them unpacked under ``<root>/MNIST/raw``. They are unpacked once
into a cache. The cache is made under another name and renamed when it is whole, and read only after its checksums agree, so
a half-written or damaged one is found and made anew.
"""

import functools
import gzip
import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.model import InternalError, UsageError

if TYPE_CHECKING:
    import torch

PACKAGED = Path(__file__).parent / "data" / "mnist"
FILES = tuple(f"{part}-{what}-ubyte" for part in ("train", "t10k") for what in ("images-idx3", "labels-idx1"))
SUMS = "SHA256SUMS"
FULL = {"train": 60_000, "t10k": 10_000}


@dataclass(frozen=True)
class Mnist:
    """MNIST as torchvision reads it: ``torchvision.datasets.MNIST(root)``; the four files lie unpacked in ``raw``.

    ``train`` and ``test`` are the numbers of digits; ``source`` says in words where they come from.
    """

    root: Path
    train: int
    test: int
    source: str

    @property
    def raw(self) -> Path:
        return self.root / "MNIST" / "raw"

    def __str__(self) -> str:
        return f"{self.source}: {self.train:,} digits for training, {self.test:,} for testing, in {self.root}"


def cache_directory() -> Path:
    """``$XDG_CACHE_HOME/autograder`` or ``~/.cache/autograder``; if it cannot be written, a folder of this user's own in
    the temporary one."""
    chosen = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "autograder"
    try:
        chosen.mkdir(parents=True, exist_ok=True)
    except OSError:
        writable = False
    else:
        writable = os.access(chosen, os.W_OK)
    whose = (
        f"-{os.getuid()}" if hasattr(os, "getuid") else ""
    )  # elsewhere each account has a temporary folder of its own
    return chosen if writable else Path(tempfile.gettempdir()) / f"autograder{whose}"


def mnist(directory: str | Path | None = None, *, cache: str | Path | None = None) -> Mnist:
    """The digits that came with the package, or those in ``directory``; unpacked, checked, ready to be read.

    Args:
        directory: a folder with MNIST's four files, gzip or not, as torchvision leaves it (``MNIST/raw`` below it) or flat.
        cache: where unpacked files are kept; ``cache_directory()`` if None.

    Raises:
        UsageError: ``directory`` does not hold MNIST.
        InternalError: the package's own files are damaged, or the cache cannot be written.
    """
    cache = cache_directory() if cache is None else Path(cache)
    if directory is not None:
        return _named(Path(directory), cache)
    root = _unpacked(PACKAGED, _sums(PACKAGED), cache, InternalError)
    return Mnist(root, *_counts(root / "MNIST" / "raw", InternalError), "the MNIST digits that come with autograder")


def images(digits: Mnist, part: str, limit: int) -> "torch.Tensor":  # (n, 784) uint8
    """The first ``limit`` images of ``part`` ("train" or "t10k") as bytes 0..255."""
    data = _behind(digits.raw / f"{part}-images-idx3-ubyte", 16, 784 * limit)
    import torch

    return torch.frombuffer(data, dtype=torch.uint8).reshape(-1, 784)


def labels(digits: Mnist, part: str, limit: int) -> "torch.Tensor":  # (n,) uint8
    """The classes 0..9 of the first ``limit`` images of ``part``."""
    data = _behind(digits.raw / f"{part}-labels-idx1-ubyte", 8, limit)
    import torch

    return torch.frombuffer(data, dtype=torch.uint8)


def _behind(path: Path, head: int, most: int) -> bytearray:
    """At most ``most`` bytes behind a file's first ``head``."""
    with path.open("rb") as file:
        file.seek(head)
        return bytearray(file.read(most))


# ------------------------------------------------------------------ the cache


def _sums(folder: Path) -> Mapping[str, str]:
    """File name -> SHA-256 of its unpacked bytes, as the list beside the packaged files says."""
    try:
        lines = (folder / SUMS).read_text().splitlines()
    except OSError as error:
        raise InternalError(
            f"The list of checksums {folder / SUMS} cannot be read ({error}); reinstall autograder."
        ) from None
    return {name: digest for digest, name in (line.split() for line in lines)}


def _unpacked(source: Path, sums: Mapping[str, str], cache: Path, fault: type[Exception]) -> Path:
    """Root of a whole, checked, unpacked copy of ``source`` in the cache; made or made anew where there is none."""
    root = cache / f"mnist-{hashlib.sha256(''.join(sorted(sums.values())).encode()).hexdigest()[:16]}"
    if not _whole(root, sums):
        try:
            _build(source, sums, root, fault)
        except OSError as error:
            raise InternalError(
                f"MNIST cannot be unpacked to {root}: {error}. Free some space, or set XDG_CACHE_HOME."
            ) from error
    return root


def _whole(root: Path, sums: Mapping[str, str]) -> bool:
    try:
        return all(_digest_of(root / "MNIST" / "raw" / name) == digest for name, digest in sums.items())
    except OSError:
        return False


def _build(source: Path, sums: Mapping[str, str], root: Path, fault: type[Exception]) -> None:
    root.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=root.parent, prefix=f".{root.name}-"))
    try:
        raw = fresh / "MNIST" / "raw"
        raw.mkdir(parents=True)
        for name, digest in sums.items():
            data = _read(source, name, fault)
            if _digest(data) != digest:
                raise fault(f"{source / name} is damaged: its checksum is not the one in {SUMS}; reinstall autograder.")
            (raw / name).write_bytes(data)
        for folder in (fresh, *fresh.rglob("*")):
            folder.chmod(0o755 if folder.is_dir() else 0o644)  # the student's process may run as another user
        _put(fresh, root, sums)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _put(fresh: Path, root: Path, sums: Mapping[str, str]) -> None:
    """Renames ``fresh`` to ``root``. Another grader may do the same at the same time: the first whole copy stays."""
    try:
        fresh.rename(root)
    except OSError:
        if _whole(root, sums):
            return
        damaged = Path(tempfile.mkdtemp(dir=root.parent, prefix=f".{root.name}-"))
        try:
            root.rename(damaged / "old")
            fresh.rename(root)
        finally:
            shutil.rmtree(damaged, ignore_errors=True)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of(path: Path) -> str:
    """Of a file's bytes, read again where the file is another, or was written to: each submission asks for the digits."""
    seen = path.stat()
    return _digest_at(path, (seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns))


@functools.lru_cache(maxsize=64)
def _digest_at(path: Path, state: tuple[int, ...]) -> str:
    return _digest(path.read_bytes())


# ------------------------------------------------------------------ the instructor's own copy


def _named(directory: Path, cache: Path) -> Mnist:
    """MNIST in a folder the instructor names: used where it lies if it is laid out for torchvision, else by the cache."""
    raw = next((d for d in (directory / "MNIST" / "raw", directory / "raw", directory) if _holds(d)), None)
    if raw is None:
        raise UsageError(
            f"No MNIST in {directory}: expected the files {', '.join(FILES)} (or the same with .gz) there or in MNIST/raw "
            "below it."
        )
    root = directory
    if raw != directory / "MNIST" / "raw" or not all((raw / name).is_file() for name in FILES):
        root = _unpacked(raw, {name: _digest(_read(raw, name, UsageError)) for name in FILES}, cache, UsageError)
    train, test = _counts(root / "MNIST" / "raw", UsageError)
    which = "the full MNIST" if (train, test) == (FULL["train"], FULL["t10k"]) else "a part of MNIST"
    return Mnist(root.resolve(), train, test, f"{which} named by --mnist {directory}")


def _holds(folder: Path) -> bool:
    return all((folder / name).is_file() or (folder / f"{name}.gz").is_file() for name in FILES)


def _read(folder: Path, name: str, fault: type[Exception]) -> bytes:
    try:
        if (folder / name).is_file():
            return (folder / name).read_bytes()
        with gzip.open(folder / f"{name}.gz") as file:
            return file.read()
    except (OSError, EOFError) as error:
        raise fault(f"{folder / name} cannot be read: {error}. Put a whole copy of the file there.") from None


def _counts(raw: Path, fault: type[Exception]) -> tuple[int, int]:
    """Numbers of training and test digits; images and labels must agree and the files must be as long as they say."""
    counts = []
    for part in ("train", "t10k"):
        n = _count(raw / f"{part}-images-idx3-ubyte", 0x0803, 16, 784, fault)
        if _count(raw / f"{part}-labels-idx1-ubyte", 0x0801, 8, 1, fault) != n:
            raise fault(
                f"In {raw}, {part} has another number of images than of labels; put a whole copy of MNIST there."
            )
        counts.append(n)
    return counts[0], counts[1]


def _count(path: Path, magic: int, head: int, each: int, fault: type[Exception]) -> int:
    """How many entries an idx file says it has; ``head`` bytes stand before them, ``each`` entry takes that many."""
    with path.open("rb") as file:
        start = file.read(8)
    n = int.from_bytes(start[4:], "big")
    if int.from_bytes(start[:4], "big") != magic or path.stat().st_size != head + each * n:
        raise fault(f"{path} is not MNIST's: expected to begin with {magic:#06x} and to be as long as its count says.")
    return n

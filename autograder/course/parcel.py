"""A course on its way to another machine: the files that a grade depends on, in one piece, named by their digest."""

import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.digest import digest, files
from autograder.model import CourseError


@dataclass(frozen=True)
class Parcel:
    """``digest`` is over names and content of the files, as ``digest.digest`` makes it; ``data`` a tar of them."""

    digest: str
    data: bytes = field(repr=False)


def parcel(course: Path, apart: Sequence[Path] = ()) -> Parcel:
    """The course's files; ``apart`` are submissions and results, which are none of them.

    Raises:
        CourseError: one cannot be read.
    """
    counted, held = files(course, apart), io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", dereference=True) as tar:  # a link travels as what it leads to
        for path in counted:
            tar.add(path, str(path.relative_to(course)), recursive=False)
    return Parcel(digest(course, counted), held.getvalue())


def unpack(sent: Parcel, cache: Path) -> Path:
    """The course below ``cache``, in a folder named by its digest. What lies there already is compared with the digest, too,
    and replaced where it differs.

    Raises:
        CourseError: what was sent is not what its digest says.
    """
    place = cache / sent.digest
    if place.is_dir() and _content(place) == sent.digest:
        return place
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = Path(tempfile.mkdtemp(dir=cache, prefix=".new-"))
    try:
        with tarfile.open(fileobj=io.BytesIO(sent.data)) as tar:
            tar.extractall(fresh, filter="data")
        if _content(fresh) != sent.digest:
            raise CourseError(f"The course that arrived here is not the one that was sent ({sent.digest[:16]}).")
        _put(fresh, place, sent.digest)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return place


def _put(fresh: Path, place: Path, expected: str) -> None:
    """Moves the folder into place; another process may be quicker."""
    if place.is_dir() and _content(place) != expected:
        shutil.rmtree(place)
    try:
        os.rename(fresh, place)
    except OSError:
        if not place.is_dir() or _content(place) != expected:
            raise


def _content(folder: Path) -> str:
    return digest(folder, files(folder))

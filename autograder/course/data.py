"""Data of the course's own, ``[data.NAME]`` in sheet.toml: found, and compared with its digest whenever the sheet is loaded.

[data.prices]
path = "data/prices.csv"           a file or folder in the course; students' code opens it by this very path
sha256 = "9f86d081884c7d65..."     of the file; of a folder, over the names and digests of its files
licence = "CC BY 4.0, Jane Doe"    under which it may be handed on

``mnist`` comes along and needs no entry. ``fashion_mnist`` is a ready name: a folder with the four files of FashionMNIST, which
``torchvision.datasets.FashionMNIST`` and ``classifier(..., data="fashion_mnist")`` then read.
"""

import functools
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.model import CourseError, Data, listed, meant

_KEYS = ("path", "sha256", "licence")


def read_data(name: str, table: Any, course: Path) -> Data:
    """The data set that an entry of ``[data]`` describes.

    Raises:
        CourseError: a key is missing or unknown, the path leads nowhere or out of the course, or the digest is another.
    """
    if not isinstance(table, Mapping):
        raise CourseError(f"data.{name} must be a table [data.{name}] with {listed(_KEYS)}, but it is {table!r}.")
    for key in table:
        if key not in _KEYS:
            raise CourseError(
                f"[data.{name}] has the unknown key {key!r}{meant(key, _KEYS)}; known are {listed(_KEYS)}."
            )
    for key in _KEYS:
        if key == "sha256" and key not in table:
            continue
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise CourseError(f"[data.{name}] lacks {key}; {_WANTED[key]} is expected.")
    plain = table["path"]
    path = course / plain
    if not path.resolve().is_relative_to(course.resolve()) or Path(plain).is_absolute() or ".." in Path(plain).parts:
        raise CourseError(f"path of [data.{name}], {plain!r}, leads out of the course; keep the data in its folder.")
    if not path.exists():
        there = [str(one.relative_to(course)) for one in path.parent.iterdir()] if path.parent.is_dir() else []
        raise CourseError(f"path of [data.{name}]: there is no {path}{meant(plain, there)}.")
    _same(name, path, table.get("sha256", ""))
    return Data(name, str(Path(plain)), path, table["sha256"], table["licence"])


_WANTED = {"path": "a file or folder in the course", "licence": 'under what it may be handed on, such as "CC BY 4.0",'}


def _same(name: str, path: Path, said: Any) -> None:
    found = sha256(path)
    if not said:
        raise CourseError(f'[data.{name}] lacks sha256; that of {path} is sha256 = "{found}".')
    if said != found:
        raise CourseError(
            f"[data.{name}]: the data in {path} are not those that were declared. Their sha256 is {found}, and sheet.toml says "
            f"{said}. Put back what was there, or write the new one if they are meant to be others."
        )


def sha256(path: Path) -> str:
    """Of a file's bytes; of a folder, over the names and digests of all files in it, sorted."""
    if path.is_file():
        return _of_file(path, path.stat().st_size, path.stat().st_mtime_ns)
    total = hashlib.sha256()
    for file in sorted(Path(folder) / name for folder, _, names in os.walk(path) for name in names):
        total.update(f"{file.relative_to(path).as_posix()}\0{sha256(file)}\n".encode())
    return total.hexdigest()


@functools.lru_cache(maxsize=4096)
def _of_file(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

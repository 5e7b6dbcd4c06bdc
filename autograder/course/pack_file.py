"""The file of a student's pack, and what can be said of it before torch is there: a host starts with its settings."""

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgpack

from autograder.course.data import read_data
from autograder.intake import read_bytes
from autograder.model import Data, Settings, SubmissionError, UsageError

MAGIC = b"autograder checks 2\n"
MAX_BYTES, MAX_UNPACKED = 64 << 20, 512 << 20
HEADER = struct.Struct("<II")  # of ``student.wire``, which imports torch
AMISS = (ValueError, LookupError, TypeError, struct.error, zlib.error, SubmissionError)


def raw_and_frame(path: Path) -> tuple[bytes, bytes]:
    """The bytes of a ``.checks`` file, and its one frame. Raises what is in AMISS."""
    raw = read_bytes(path, max_bytes=MAX_BYTES)
    if not raw.startswith(MAGIC):
        raise ValueError("its first line is another")
    stream = zlib.decompressobj()
    frame = stream.decompress(raw[len(MAGIC) :], MAX_UNPACKED)
    if not stream.eof:
        raise ValueError("it breaks off, or unpacks to more than a sheet holds")
    return raw, frame


def read_settings(path: Path) -> Settings:
    """The settings of a pack's sheet. Raises UsageError as ``packing.read_pack`` does."""
    try:
        return Settings(**_structure(path)["settings"])
    except AMISS as error:
        raise unreadable(path, error) from None


def read_data_sets(path: Path) -> tuple[Data, ...]:
    """The data of a pack's sheet, which lie beside it. Raises UsageError likewise, CourseError where they are others."""
    try:
        return handed_on(_structure(path), path)
    except AMISS as error:
        raise unreadable(path, error) from None


def handed_on(structure: Mapping[str, Any], path: Path) -> tuple[Data, ...]:
    """What the content of the pack in ``path`` says of data; each must be the one that was handed out."""
    rows = structure.get("data", ())
    return tuple(
        read_data(name, {"path": plain, "sha256": digest, "licence": licence}, path.parent)
        for name, plain, digest, licence in rows
    )


def _structure(path: Path) -> Mapping[str, Any]:
    _, frame = raw_and_frame(path)
    size, _ = HEADER.unpack_from(frame)
    structure: Mapping[str, Any] = msgpack.unpackb(
        frame[HEADER.size : HEADER.size + size], ext_hook=lambda kind, payload: None
    )
    return structure


def unreadable(path: Path, error: Exception) -> UsageError:
    """The one sentence for a pack that cannot be read."""
    return UsageError(f"{path} cannot be read as a sheet's checks ({error}); get the pack again, or update autograder.")

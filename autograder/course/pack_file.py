"""The file of a student's pack, and what can be said of it before torch is there: a host starts with its settings."""

import struct
import zlib
from pathlib import Path
from typing import Any

import msgpack

from autograder.intake import read_bytes
from autograder.model import Settings, SubmissionError, UsageError

MAGIC = b"autograder checks 1\n"
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
        _, frame = raw_and_frame(path)
        size, _ = HEADER.unpack_from(frame)
        structure: dict[str, Any] = msgpack.unpackb(
            frame[HEADER.size : HEADER.size + size], ext_hook=lambda kind, payload: None
        )
        return Settings(**structure["settings"])
    except AMISS as error:
        raise unreadable(path, error) from None


def unreadable(path: Path, error: Exception) -> UsageError:
    """The one sentence for a pack that cannot be read."""
    return UsageError(f"{path} cannot be read as a sheet's checks ({error}); get the pack again, or update autograder.")

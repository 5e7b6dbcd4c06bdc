"""A sheet as a student's pack gives it back."""

import zlib
from pathlib import Path

from autograder.course import pack, read_pack
from autograder.model import Sheet


def packed(known: Sheet, folder: Path) -> tuple[Sheet, bytes]:
    """The sheet as a pack in ``folder`` gives it back, and what the pack holds."""
    raw = pack(known, lambda *_: None)
    (folder / "sheet.checks").write_bytes(raw)
    return read_pack(folder / "sheet.checks"), zlib.decompress(raw.partition(b"\n")[2])

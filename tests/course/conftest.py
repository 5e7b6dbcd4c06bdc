"""Packs read back, and a host with digits for what trains."""

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import pack, read_pack
from autograder.model import Settings, Sheet
from autograder.student import Host
from autograder.training import mnist


@pytest.fixture(scope="session")
def training_host() -> Iterator[Host]:
    root = mnist().root
    with Host(Settings(), readable=[root], data={"mnist": root}) as host:
        yield host


def packed(known: Sheet, folder: Path) -> tuple[Sheet, bytes]:
    """The sheet as a pack in ``folder`` gives it back, and what the pack holds."""
    raw = pack(known, lambda *_: None)
    (folder / "sheet.checks").write_bytes(raw)
    return read_pack(folder / "sheet.checks"), zlib.decompress(raw.partition(b"\n")[2])

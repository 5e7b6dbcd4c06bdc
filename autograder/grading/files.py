"""Files whole or not at all: written under another name, flushed to disk, then renamed. One grader per folder."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from autograder.course import LOCK
from autograder.model import InternalError, UsageError


def write(path: Path, content: bytes | Callable[[BinaryIO], object]) -> None:
    """Writes ``path`` so that a reader sees the old content or the new, never a part. ``content`` may be what writes it.

    Raises:
        InternalError: the disk is full or the folder cannot be written; the old content is still there.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(draft, "wb") as file:
            file.write(content) if isinstance(content, bytes) else content(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise InternalError(
            f"{path} cannot be written: {error.strerror or error}. Make room there, or name another place."
        ) from None


def renew(path: Path, content: bytes) -> None:
    """The same where the content is another one; else the file stays as it is."""
    try:
        same = path.read_bytes() == content
    except OSError:
        same = False
    if not same:
        write(path, content)


def remove_drafts(folder: Path) -> None:
    """Deletes what a killed run left half-written: in the folder and in those below it, for what lies deeper is not ours."""
    for draft in (*folder.glob(".*.part"), *folder.glob("*/.*.part")):
        with contextlib.suppress(OSError):
            draft.unlink()


@contextlib.contextmanager
def only_one(folder: Path, busy: str = "") -> Iterator[None]:
    """Holds the folder's lock, which goes with the process that holds it; ``busy`` is said where another has it.

    Raises:
        UsageError: another grader is at work there, or the folder cannot be written.
    """
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        said = busy or f"Another grader is at work in {folder}, or a review; wait for it, or choose another --out."
        raise UsageError(said) from None
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror or error}); choose another --out.") from None
    try:
        yield
    finally:
        lock.release()

"""How labelled wrong answers fail a check, found out once: for all workers of a run, and for later runs with the same course,
engine and libraries. Plain data in the cache of this account, where no submission can write."""

import contextlib
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from autograder.course import failure_data, failures
from autograder.model import Exercise, Mistake, Sheet, Wrong
from autograder.student import fold, unfold, wire

Known = dict[str, Mistake | None]
"""Of a wrong answer, slug and source in one name -> how it fails the check; None where it passes."""

WAIT = 120.0  # seconds for another worker that finds out; then this one does so too
OLD = 30 * 86400.0  # seconds since anything was added for a course as it was
_AMISS = (OSError, ValueError, LookupError, TypeError, wire.WireError)


class Failures:
    """A folder of them. What cannot be read or written there is found out again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(
        self, exercise: Exercise, check: str, wanted: Sequence[Wrong], ask: Callable[[Wrong], Mistake | None]
    ) -> dict[str, Mistake | None]:
        """Slug -> how each of ``wanted`` fails, None where it passes; ``ask`` runs one that nobody has run yet."""
        path = self.folder / _name(exercise.sha256, exercise.id, check)
        keys = {wrong.slug: _name(wrong.slug, wrong.source) for wrong in wanted}
        known = _read(path)
        if not known.keys() >= set(keys.values()):
            with _alone(path):
                known |= _read(path)
                known |= {keys[wrong.slug]: ask(wrong) for wrong in wanted if keys[wrong.slug] not in known}
                _write(path, known)
        return {slug: known[key] for slug, key in keys.items()}


def failures_of(sheet: Sheet, made_with: Mapping[str, str], options: str, cache: Path) -> Failures | None:
    """Where those of a sheet are kept; None for a sheet of which no digest is known, or where the folder is not this account's
    alone."""
    if not sheet.sha256:
        return None
    base = cache / "failures"
    with contextlib.suppress(OSError):
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(base):
            return None
        folder = base / _name(json.dumps(dict(made_with), sort_keys=True), options)
        folder.mkdir(mode=0o700, exist_ok=True)
        os.utime(folder)
        _forget(base)
        return Failures(folder)
    return None


def _is_ours(folder: Path) -> bool:
    state = folder.lstat()
    return folder.is_dir() and not folder.is_symlink() and (
        not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)
    )  # fmt: skip


def _name(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _read(path: Path) -> Known:
    try:
        data: dict[str, Any] = unfold(path.read_bytes())
        failed = failures({slug: one for slug, one in data.items() if one is not None})
    except _AMISS:
        return {}
    return {slug: failed.get(slug) for slug in data}


def _write(path: Path, known: Known) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(*_AMISS):  # an evidence that is no plain data stays with this process
        draft.write_bytes(fold({slug: one and failure_data(one) for slug, one in known.items()}))
        os.replace(draft, path)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    lock = FileLock(path.with_suffix(".lock"))
    with contextlib.suppress(Timeout, OSError):
        lock.acquire(timeout=WAIT)
    try:
        yield
    finally:
        lock.release()


def _forget(base: Path) -> None:
    for folder in base.iterdir():
        if time.time() - folder.stat().st_mtime > OLD:
            shutil.rmtree(folder, ignore_errors=True)

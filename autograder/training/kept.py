"""A course's data as students' code may read it: a copy in the cache, whole or not there, that whoever grades can only read."""

import shutil
import tempfile
from pathlib import Path

from autograder.model import Data, InternalError
from autograder.training.datasets import cache_directory


def kept(data: Data) -> Path:
    """A copy of a data set whose digest was compared; made once for each digest. The original may lie where nobody else may look.

    Raises:
        InternalError: the cache cannot be written.
    """
    target = cache_directory() / f"data-{data.sha256[:32]}"
    if not target.exists():
        try:
            _copy(data.path, target)
        except OSError as error:
            raise InternalError(
                f"{data.path} cannot be copied to {target}: {error}. Free some space, or set XDG_CACHE_HOME."
            ) from error
    return target


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    try:
        copy = fresh / "data"
        if source.is_dir():
            shutil.copytree(source, copy)
        else:
            shutil.copyfile(source, copy)
        for path in (copy, *copy.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)  # a student's process may run as another user
        if copy.is_dir():
            copy.chmod(0o755)  # a folder that is to be renamed must be writable
        _put(copy, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _put(copy: Path, target: Path) -> None:
    """Renames; another grader may do the same at the same time, and the first whole copy stays."""
    try:
        copy.rename(target)
    except OSError:
        if not target.exists():
            raise

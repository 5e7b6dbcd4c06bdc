"""One file that a student controls: opened without being led elsewhere, read up to a limit."""

import errno
import io
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.intake.names import clean
from autograder.model import InternalError, SubmissionError

FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY"):  # as far as a system knows them
    FLAGS |= getattr(os, _name, 0)
IN_FOLDERS = os.open in os.supports_dir_fd
WANTED = "Hand in the notebook itself (.ipynb) or a Python file (.py)."


@dataclass(frozen=True)
class StudentFile:
    """A file somebody handed in, not yet read.

    Attributes:
        parts: folders and name below what the command was given.
        path: for people, with forward slashes.
        read: max_bytes -> the bytes; raises SubmissionError (the student's fault) or InternalError (ours).
        own: folders and name as the student had them, below what a platform put around them; () where it is ``parts``.
        when: digits that sort by the time of handing in, where the platform says it.
    """

    parts: tuple[str, ...]
    path: str
    read: Callable[[int], bytes]
    own: tuple[str, ...] = ()
    when: str = ""

    @property
    def below(self) -> tuple[str, ...]:
        return self.own or self.parts

    @property
    def name(self) -> str:
        return self.below[-1]

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()


def on_disk(path: Path, parts: tuple[str, ...] = ()) -> StudentFile:
    """The file at ``path``; ``parts`` defaults to its name. No folder that ``parts`` names is entered through a link."""
    parts = parts or (path.name,)
    folder = path.parents[len(parts) - 1]
    return StudentFile(parts, path.as_posix(), lambda max_bytes: read_below(folder, parts, max_bytes=max_bytes))


def read_bytes(path: Path, *, max_bytes: int) -> bytes:
    """``read_below`` for a file in a folder of the instructor's own."""
    return read_below(path.parent, (path.name,), max_bytes=max_bytes)


def read_below(folder: Path, parts: Sequence[str], *, max_bytes: int) -> bytes:
    """The bytes of a regular file of at most ``max_bytes``. Never follows a link, never waits, never reads a device.

    ``folder`` is the instructor's and may be reached in any way; each of ``parts`` is opened in the folder before it, so that
    nothing that is exchanged meanwhile leads elsewhere.

    Raises:
        SubmissionError: a link, folder, pipe, socket, device, another account's file under a second name, or too large.
        InternalError: it may not be read, or it vanished.
    """
    path = folder.joinpath(*parts)
    try:
        with _opened(folder, parts) if IN_FOLDERS else _opened_by_name(folder, parts) as file:
            status = os.fstat(file.fileno())
            _refuse_kind(status)
            refuse_size(status.st_size, max_bytes)
            return file.read(status.st_size)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise SubmissionError(f"A file was expected, but this is a link. {WANTED}") from None
        raise InternalError(f"The submission {path} could not be read: {error.strerror}.") from error


def read_head(path: Path, max_bytes: int) -> bytes:
    """At most the first ``max_bytes`` of a regular file, through a link too: to see what a file is before it is taken for one.

    Raises:
        OSError: it is none, or may not be read.
    """
    with io.FileIO(os.open(path, FLAGS)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        return file.read(max_bytes)


@contextmanager
def _opened(folder: Path, parts: Sequence[str]) -> Iterator[io.FileIO]:
    """The file, opened within each folder in turn."""
    with _entered(folder, parts[:-1]) as place:
        _refuse_kind(os.lstat(parts[-1], dir_fd=place))  # opening a device may do something
        with io.FileIO(os.open(parts[-1], FLAGS | os.O_NOFOLLOW, dir_fd=place)) as file:
            _refuse_borrowed(os.fstat(file.fileno()), os.fstat(place))
            yield file


@contextmanager
def _opened_by_name(folder: Path, parts: Sequence[str]) -> Iterator[io.FileIO]:
    """The file, where a system opens none within a folder that is open (Windows): looked at first, then opened by its name."""
    for i, name in enumerate(parts[:-1], 1):
        if folder.joinpath(*parts[:i]).is_symlink():
            raise SubmissionError(f"The folder {clean(name)} was expected, but this is a link. {WANTED}")
    path = folder.joinpath(*parts)
    _refuse_kind(os.lstat(path))
    with io.FileIO(os.open(path, FLAGS)) as file:
        yield file


@contextmanager
def _entered(folder: Path, names: Sequence[str]) -> Iterator[int]:
    """The innermost of nested folders, opened one in the other; ``names`` may be links for no one."""
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for name in names:
            if stat.S_ISLNK(os.lstat(name, dir_fd=place).st_mode):
                raise SubmissionError(f"The folder {clean(name)} was expected, but this is a link. {WANTED}")
            inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=place)
            os.close(place)
            place = inner
        yield place
    finally:
        os.close(place)


def _refuse_kind(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise SubmissionError(f"A file was expected, but this is {_kind(status.st_mode)}. {WANTED}")


def _refuse_borrowed(file: os.stat_result, folder: os.stat_result) -> None:
    """A second name (hard link) that lies in one account's folder and leads to the file of another.

    A file is not refused for having several names: whoever gives a neighbour's file a second name would take that
    neighbour's points.
    """
    if file.st_nlink > 1 and file.st_uid != folder.st_uid:
        raise SubmissionError(f"A file was expected, but this is a hard link to the file of another account. {WANTED}")


def refuse_size(size: int, max_bytes: int) -> None:
    """Raises SubmissionError when ``size`` is beyond ``max_bytes``."""
    if size > max_bytes:
        raise SubmissionError(
            f"The file has {size / 2**20:.1f} MB; at most {max_bytes / 2**20:.1f} MB are read. "
            "Clear the outputs (Kernel > Restart and clear output), save, and hand it in again."
        )


def _kind(mode: int) -> str:
    names = {stat.S_IFLNK: "a link", stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return names.get(stat.S_IFMT(mode), "a device")

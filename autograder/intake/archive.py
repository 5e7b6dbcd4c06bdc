"""A zip that a learning platform hands out -> the files in it, each read only when asked for.

Members are read straight from the archive, so that no name in it can lead anywhere; ``extract`` is for tools that need
files.
"""

import errno
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from autograder.intake import names
from autograder.intake.student_file import StudentFile, refuse_size
from autograder.model import InternalError, SubmissionError, UsageError

MAX_MEMBERS = 10_000
MAX_TOTAL = 4_000_000_000  # bytes of all members together, unpacked
MAX_RATIO = 200  # unpacked to packed, for the archive as a whole, once it unpacks to more than MAX_SMALL
MAX_SMALL = 500_000_000
_MAX_READ = 4_000_000  # bytes in one piece; a table of contents of 10,000 members with names of 300 bytes
_UTC = b"UT"  # the extra field that gives a member's time without a zone to guess
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what platforms write; others can ask for gigabytes to unpack


@contextmanager
def opened(path: Path) -> Iterator[tuple[list[StudentFile], list[str]]]:
    """The files of a zip archive, by name, and a sentence for each one whose name leads out of it and is left out.

    A member that cannot be had (a link, encrypted, damaged, too large) is in the list; reading it raises
    SubmissionError. The files can be read as long as the context is open.

    Raises:
        UsageError: not a zip archive, or damaged as a whole.
        SubmissionError: more members or more bytes than any class hands in (a decompression bomb).
    """
    with _Bounded(str(path), "rb") as file, _open(file, path.as_posix()) as archive:
        yield _files(archive, path.as_posix())


def members(data: bytes, path: str) -> tuple[list[StudentFile], list[str]]:
    """As ``opened``, of an archive in memory, such as a student's zip inside a class's."""
    return _files(_open(_BoundedBytes(data), path), path)


def empty_folders(path: Path) -> list[tuple[str, ...]]:
    """Folders that the archive names by themselves."""
    with _Bounded(str(path), "rb") as file, _open(file, path.as_posix()) as archive:
        return [parts for info in archive.infolist() if info.is_dir() and (parts := _parts(info))]


def _files(archive: zipfile.ZipFile, path: str) -> tuple[list[StudentFile], list[str]]:
    infos = [info for info in archive.infolist() if not info.orig_filename.endswith(("/", "\\"))]
    _refuse_bomb(path, infos)
    files: list[StudentFile] = []
    notes: list[str] = []
    for info in infos:
        parts = _parts(info)
        if parts:
            files.append(StudentFile(parts, f"{path}/{'/'.join(parts)}", _reader(archive, info)))
        else:
            notes.append(f"{names.clean(info.orig_filename)}: its name leads out of the archive; it was left out.")
    return sorted(files, key=lambda file: file.parts), notes


UNREAD = ".not-read.txt"  # what is written in place of a member that cannot be had, with the reason


def extract(path: Path, folder: Path, *, max_bytes: int) -> tuple[list[Path], list[str]]:
    """Writes the members of an archive below ``folder`` (new or empty, the caller's own) as plain files, mode 0600.

    A file's time of change is what the archive gives for it. Names are made printable part by part. In place of a member that
    cannot be had stands a text that says why, so that nobody is lost; one whose name is taken is left out. Returns the files
    written, and a sentence for each of these.

    Raises:
        UsageError, SubmissionError: as ``opened`` does.
    """
    written: list[Path] = []
    with opened(path) as (files, notes):
        times = _times(path)
        for file in files:
            target = folder.joinpath(*map(names.clean, file.parts))
            try:
                target, data = _had(file, target, max_bytes, notes)
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with target.open("xb") as out:
                    target.chmod(0o600)
                    out.write(data)
                os.utime(target, (times[file.parts],) * 2)
                written.append(target)
            except (FileExistsError, NotADirectoryError):
                notes.append(f"{file.path}: another file of the archive has this name; it was left out.")
    return written, notes


def _had(file: StudentFile, target: Path, max_bytes: int, notes: list[str]) -> tuple[Path, bytes]:
    """A member and where it goes, or the reason why it cannot be had."""
    try:
        return target, file.read(max_bytes)
    except SubmissionError as error:
        notes.append(f"{file.path}: {error}")
        return target.with_name(target.name + UNREAD), f"{target.name}: {error}\n".encode()


def _times(path: Path) -> dict[tuple[str, ...], float]:
    """Folders and name of each member -> when it was written, in seconds since 1970; 0 where that is no time."""
    with _Bounded(str(path), "rb") as file, _open(file, path.as_posix()) as archive:
        return {_parts(info): _written_at(info) for info in reversed(archive.infolist())}


def _written_at(info: zipfile.ZipInfo) -> float:
    at = info.extra.find(_UTC)
    if at >= 0 and len(info.extra) >= at + 9 and info.extra[at + 4] & 1:
        return float(int.from_bytes(info.extra[at + 5 : at + 9], "little"))
    try:
        return max(datetime(*info.date_time).timestamp(), 0.0)  # of the zone of whoever packed it; here ours
    except (ValueError, OverflowError):
        return 0.0


class _Bounded(io.FileIO):
    """A file that hands out no more than we hold in memory at once: zipfile reads a table of contents in one piece."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:
            here = self.tell()
            size = self.seek(0, io.SEEK_END) - here
            self.seek(here)
        if size > _MAX_READ:
            raise SubmissionError(_too_many(str(self.name)))
        return super().read(size) or b""


class _BoundedBytes(io.BytesIO):
    """As ``_Bounded``, of bytes that are in memory."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:
            size = len(self.getbuffer()) - self.tell()
        if size > _MAX_READ:
            raise SubmissionError(_too_many("The zip"))
        return super().read(size)


def _open(file: io.FileIO | io.BytesIO, path: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UsageError(
            f"{path}: a zip archive from a learning platform was expected, but it cannot be opened ({error}). "
            "Download it again."
        ) from None


def _too_many(path: str) -> str:
    return f"{path}: the archive lists more than {MAX_MEMBERS} files; a class does not hand in so many."


def _refuse_bomb(path: str, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_MEMBERS:
        raise SubmissionError(_too_many(path))
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if total > MAX_TOTAL or (total > MAX_SMALL and total > MAX_RATIO * packed):
        largest = names.clean(max(infos, key=lambda info: info.file_size).filename, limit=200)
        raise SubmissionError(
            f"{path}: the archive unpacks from {packed / 1e6:.1f} MB to {total / 1e6:.1f} MB, as decompression bombs do; "
            f"its largest file is {largest}. Unpack it by hand, take that file out, and give the folder."
        )


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """Folders and name of a member; empty when they lead out of the archive."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:  # not declared as UTF-8: cp437 by the standard, UTF-8 all the same from many tools
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    parts = tuple(part for part in re.split(r"[/\\]", name) if part not in ("", "."))
    leads_out = "\0" in name or ".." in parts or re.match(r"[/\\]|[A-Za-z]:", name)
    return () if leads_out else parts


def _reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(max_bytes: int) -> bytes:
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            raise SubmissionError("A file was expected, but the archive holds a link or a device in its place.")
        if info.flag_bits & 0x1:
            raise SubmissionError("The file is encrypted inside the archive; hand it in without a password.")
        if info.compress_type not in _METHODS:
            raise SubmissionError(
                "The file is packed in a way that is not read; hand it in as an ordinary zip or unpacked."
            )
        refuse_size(info.file_size, max_bytes)
        return _unpacked(archive, info, max_bytes)

    return read


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, max_bytes: int) -> bytes:
    """The bytes of a member, counted as they come: what the archive says of its size is only a claim."""
    data = bytearray()
    try:
        with archive.open(info) as member:
            while chunk := member.read(1_000_000):
                data += chunk
                refuse_size(len(data), max_bytes)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:  # EINVAL: a place before the archive's start
            raise InternalError(f"{archive.filename or info.filename} could not be read: {error.strerror}.") from error
        raise SubmissionError(f"The file is damaged inside the archive ({error}). Hand it in again.") from None
    return bytes(data)

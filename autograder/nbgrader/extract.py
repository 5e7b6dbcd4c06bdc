"""Unpacks what a learning platform hands out, so that nothing in it does harm; with the times of an archive's entries."""

import os
from pathlib import Path

from nbgrader.plugins import ExtractorPlugin

from autograder.grading import files
from autograder.intake import archive, read_below
from autograder.model import AutograderError, UsageError

MAX_BYTES = 50_000_000  # of one file in an archive


class SafeExtractor(ExtractorPlugin):  # type: ignore[misc]  # nbgrader ships no types
    """Unpacks zip archives member by member: none leads out of the folder, no link is made, no bomb goes off."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Every archive into a folder of its own; other files are copied.

        Raises:
            UsageError: an archive cannot be opened, or unpacks to more than any class hands in.
        """
        for path in sorted(Path(archive_path).rglob("*")):
            parts = path.relative_to(archive_path).parts
            target = Path(extracted_path).joinpath(*parts)
            if path.is_symlink() or not path.is_file():
                if not path.is_dir() or path.is_symlink():
                    self.log.warning("%s was left out: it is a link or a device.", path)
            elif path.suffix.lower() == ".zip":
                self._unpack(path, target.with_suffix(""))
            else:
                self._copy(Path(archive_path), parts, target)

    def _copy(self, folder: Path, parts: tuple[str, ...], target: Path) -> None:
        try:
            files.write(target, read_below(folder, parts, max_bytes=MAX_BYTES))
            os.utime(target, (0, 0))  # when it was copied says nothing
        except AutograderError as error:
            self.log.warning("%s was left out. %s", "/".join(parts), error)

    def _unpack(self, path: Path, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            _, notes = archive.extract(path, folder, max_bytes=MAX_BYTES)
        except AutograderError as error:
            raise UsageError(str(error)) from None
        for note in notes:
            self.log.warning(note)

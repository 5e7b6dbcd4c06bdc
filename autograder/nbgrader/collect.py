"""``nbgrader zip_collect`` for what Moodle and Canvas hand out: who handed in what, and no archive that does harm.

    c.ZipCollectApp.collector_plugin = "autograder.nbgrader.MoodleCollector"
    c.ZipCollectApp.extractor_plugin = "autograder.nbgrader.SafeExtractor"

A student is called by name and platform id, "Alice-Doe_1234567", so that two of one name stay apart and the exporters know the
id. Whatever the notebook is called, it is collected under the name that was released; of several files of one student the one
that Canvas got last, or else the first notebook by name, is taken, and each one left out is named.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Unicode

from autograder.grading import files
from autograder.intake import archive, names, read_below
from autograder.model import AutograderError, UsageError
from autograder.nbgrader.guard import below, is_led_away

MAX_BYTES = 50_000_000  # of one file in an archive
_ID = re.compile(r"_(\d+|anon-[^\W_]+)$")


def platform_user(student_id: str) -> str:
    """The platform's id in a student id that a collector made; "" if there is none."""
    match = _ID.search(student_id)
    return match[1] if match else ""


def student_id(sender: names.Sender) -> str:
    """A student's id for nbgrader: letters, digits and hyphens of the name, then the platform's id."""
    name = "-".join(re.findall(r"[^\W_]+", sender.student)) or "student"
    user = sender.origin.user.replace("_", "-")
    return f"{name}_{user}" if user else name


class _Found(NamedTuple):
    """A file and what its name says; of one student's the greatest ``rank`` is collected."""

    path: Path
    student: str
    rank: tuple[bool, int, str]


class _Collector(FileNameCollectorPlugin):  # type: ignore[misc]  # nbgrader ships no types
    """Tells nbgrader whose each file is; asked once for each of the extracted files."""

    notebook = Unicode("", help="Name of the notebook, where several were released.").tag(config=True)

    def read(self, path: Path, root: Path) -> tuple[names.Sender, int] | None:
        """Who handed in ``path`` and the number of the upload, by the names below ``root``; None if they do not say."""
        raise NotImplementedError

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """nbgrader's question: ``{"student_id", "file_id"}`` or None, for a file to leave out."""
        path = Path(submitted_file)
        chosen = self._chosen(self._root(path))
        if path not in chosen:
            self.log.warning("%s was left out: it is no notebook, or its student handed in a later one.", path.name)
            return None
        coursedir = self.parent.coursedir
        target = coursedir.format_path(coursedir.submitted_directory, chosen[path], coursedir.assignment_id)
        if is_led_away(*below(coursedir, target)):
            self.log.warning("%s was left out: %s is a link.", path.name, target)
            return None
        return {"student_id": chosen[path], "file_id": f"{self._released(path)}.ipynb"}

    def _root(self, path: Path) -> Path:
        """nbgrader's folder of extracted files."""
        folder = self.parent._format_collect_path(self.parent.extracted_directory)
        root = Path(folder).resolve()
        return root if path.resolve().is_relative_to(root) else path.parent

    def _released(self, path: Path) -> str:
        coursedir = self.parent.coursedir
        folder = Path(coursedir.format_path(coursedir.release_directory, ".", coursedir.assignment_id))
        there = sorted(file.stem for file in folder.glob("*.ipynb"))
        wanted = [self.notebook] if self.notebook else there
        if len(wanted) == 1:
            return wanted[0]
        if path.stem in there:
            return path.stem
        raise UsageError(
            f"{folder} holds {', '.join(there) or 'no notebook'}; say which one with --{type(self).__name__}.notebook=NAME."
        )

    def _chosen(self, root: Path) -> dict[Path, str]:
        """File -> student id, one file a student."""
        by_student: dict[str, list[_Found]] = defaultdict(list)
        for path in sorted(root.rglob("*")):
            if path.is_symlink() or not path.is_file():
                continue  # nbgrader would copy what a link leads to
            if path.suffix in (".ipynb", ".py") and (said := self.read(path, root)):
                id = student_id(said[0])
                by_student[id].append(_Found(path, id, (path.suffix == ".ipynb", said[1], _reversed(path.name))))
        return {best.path: id for id, found in by_student.items() for best in [max(found, key=lambda f: f.rank)]}


def _reversed(name: str) -> str:
    """Greater for names that come first."""
    return "".join(chr(0x10FFFF - ord(character)) for character in name)


class MoodleCollector(_Collector):
    """``Full Name_<participant id>_assignsubmission_file_/x.ipynb``, with folders or without."""

    def read(self, path: Path, root: Path) -> tuple[names.Sender, int] | None:
        for part in path.relative_to(root).parts:
            if sender := names.moodle(part):
                return sender, 0
        return None


class CanvasCollector(_Collector):
    """``doejane_[LATE_]<user id>_<file id>_x.ipynb``; of several uploads the last one counts."""

    def read(self, path: Path, root: Path) -> tuple[names.Sender, int] | None:
        return names.canvas(path.name)


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

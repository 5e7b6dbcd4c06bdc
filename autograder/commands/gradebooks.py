"""nbgrader's gradebooks of what was graded: written where anything has changed since they were written last.

Opening a gradebook costs seconds, most of them the import of nbgrader. So beside the results stands what a gradebook was made of;
as long as that, the gradebook and the notebooks for Formgrader are what they were, there is nothing to write or to fetch.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.formats import file_name
from autograder.grading import Results, Store, files, marks_in
from autograder.intake import Group, read_groups
from autograder.model import Report, Sheet, UsageError

_WRITTEN = "gradebooks.json"  # in a folder of results: course -> what its gradebook was made of


def publish(paths: Sequence[Path], sheet: Sheet, results: Results) -> list[str]:
    """Writes the gradebook of each nbgrader course among ``paths`` (its folder, or its ``submitted/``); returns sentences."""
    courses = _courses(paths)
    done = _written(results)
    todo = [place for place in courses if done.get(str(place)) != _made_of(place, sheet, results)]
    notes = [f"Gradebook: {place / 'gradebook.db'} (unchanged)" for place in courses if place not in todo]
    if todo:
        with Store(results.marks) as store:
            notes += _exchange(todo, sheet, results, store)
            results.publish(sheet, store.marks())
        made = {str(place): _made_of(place, sheet, results) for place in todo}
        files.write(results.folder / _WRITTEN, json.dumps(done | made, indent=1).encode())
    return notes


def _courses(paths: Sequence[Path]) -> list[Path]:
    """The folders of nbgrader courses among ``paths``, which may name their ``submitted/``."""
    places = [path.parent if path.name == "submitted" else path for path in map(Path.resolve, paths)]
    return [place for place in places if (place / "gradebook.db").is_file()]


def groups_of(given: Path | None, paths: Sequence[Path]) -> Sequence[Group]:
    """The groups in a list, the one that nbgrader_config.py names if none is given; in nbgrader's courses members have their ids.

    Raises:
        UsageError: no such file, or no list of groups.
    """
    for place in _courses(paths):
        config = place / "nbgrader_config.py"
        if given or (config.is_file() and b"groups" in config.read_bytes()):
            from autograder.nbgrader.teams import groups_in

            return groups_in(place, given)
    if given is None:
        return ()
    try:
        return read_groups(given.read_bytes(), given.name)
    except OSError as error:
        raise UsageError(f"The list of groups {given} cannot be read ({error.strerror}).") from None


def excluded(paths: Sequence[Path]) -> frozenset[str]:
    """The students that a course's nbgrader_config.py leaves out of nbgrader's commands (``student_id_exclude``)."""
    found: set[str] = set()
    for place in _courses(paths):
        config = place / "nbgrader_config.py"
        if config.is_file() and b"student_id_exclude" in config.read_bytes():
            from autograder.nbgrader.course_folder import Course

            found |= set(Course.at(place).directory.student_id_exclude.split(","))
    return frozenset(found - {""})


def publish_to_gradebooks(sheet: Sheet, results: Results, store: Store) -> list[str]:
    """The same for the courses from which the reports' files are; returns sentences to know."""
    folders = {
        Path(report.path).resolve() for report in results.summaries().values() if report.origin.platform == "nbgrader"
    }
    places = {parent for path in folders for parent in path.parents if (parent / "gradebook.db").is_file()}
    return _exchange(sorted(places), sheet, results, store)


def _exchange(courses: Sequence[Path], sheet: Sheet, results: Results, store: Store) -> list[str]:
    if not courses:
        return []
    try:
        from autograder.nbgrader.manual import exchange
    except ImportError as error:
        raise UsageError(f"{courses[0]} is an nbgrader course, and nbgrader is not installed here ({error}).") from None
    notes = []
    for place in courses:
        found = [report for student in _own(place, results) if (report := results.read(student))]
        notes += [*exchange(place, sheet, found, store), f"Gradebook: {place / 'gradebook.db'}"]
    return notes


def _own(place: Path, results: Results) -> list[str]:
    """The students whose files are in this course."""
    return [student for student, report in results.summaries().items() if _is_in(report, place)]


def _is_in(report: Report, place: Path) -> bool:
    return os.path.lexists(report.path) and Path(report.path).parent.resolve().is_relative_to(place)


# ------------------------------------------------------------------ what a gradebook was made of


def _written(results: Results) -> dict[str, str]:
    try:
        found = json.loads((results.folder / _WRITTEN).read_bytes())
    except (OSError, ValueError):
        return {}
    return {place: said for place, said in found.items() if isinstance(said, str)} if isinstance(found, dict) else {}


def _made_of(place: Path, sheet: Sheet, results: Results) -> str:
    """A digest of the reports, the marks, the course's configuration, the gradebook and the notebooks beside it."""
    marks = marks_in(results.marks)
    reports = [results.folder / "reports" / f"{file_name(student)}.json" for student in sorted(_own(place, results))]
    said = (
        sheet.id,
        list(_stats(reports)),
        sorted(map(repr, marks.rows.items())),
        sorted(map(repr, marks.readings.items())),
    )
    return hashlib.sha256(repr((said, list(_stats(_files(place))))).encode()).hexdigest()


def _files(place: Path) -> list[Path]:
    """What an exchange reads or writes there."""
    return [place / "nbgrader_config.py", place / "gradebook.db", *sorted(place.glob("autograded/*/*/*"))]


def _stats(paths: Sequence[Path]) -> Iterator[tuple[str, int, int]]:
    """Name, size and time of change."""
    for path in paths:
        if path.exists():
            found = path.stat()
            yield str(path), found.st_size, found.st_mtime_ns

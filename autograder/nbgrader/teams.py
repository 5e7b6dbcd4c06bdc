"""What a group handed in to an nbgrader course, for each of its members: ``submitted/<group>/`` or one member's folder.

    configure(c, course=..., groups="groups.csv")

Nothing is copied: a member without a folder is graded as if the group's were theirs (``places``).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from autograder.intake import Claim, Group, on_disk, read_groups, shared
from autograder.model import Origin, UsageError, roster
from autograder.nbgrader.course_folder import Course
from autograder.nbgrader.places import Place, below, keep_place, lying_in, place


def listed_groups(path: Path, database: str, course: str) -> tuple[Group, ...]:
    """The groups in a file, members with the id that the gradebook has for them before all others.

    Raises:
        UsageError: no such file, or no list of groups.
    """
    try:
        groups = read_groups(path.read_bytes(), path.name)
    except OSError as error:
        raise UsageError(f"The list of groups {path} cannot be read ({error.strerror}).") from None
    with Gradebook(database, course) as gradebook:
        ids = _ids(gradebook.students)
    return tuple(replace(group, members=tuple(_called(who, ids) for who in group.members)) for group in groups)


def groups_in(root: Path, given: Path | None) -> tuple[Group, ...]:
    """The groups of an nbgrader course: in a file, or in the one that its nbgrader_config.py names, if it names one."""
    course = Course.at(root)
    named = course.config.get("Grade", {}).get("groups", "")
    path = given or (root / named if named else None)
    return listed_groups(path, course.database, course.directory.course_id or "default_course") if path else ()


def _ids(students: Iterable[Any]) -> Mapping[str, str]:
    """What one student of the gradebook alone has -> their id."""
    found: dict[str, set[str]] = {}
    for student in students:
        said = (student.id, student.email, student.lms_user_id)
        name = " ".join(filter(None, (student.first_name, student.last_name)))
        for key in {*map(roster.letters, filter(None, said)), *roster.name_keys(name)}:
            found.setdefault(key, set()).add(student.id)
        for key in roster.plain_keys(name):
            found.setdefault(f"~{key}", set()).add(student.id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _called(who: roster.Identity, ids: Mapping[str, str]) -> roster.Identity:
    plain = frozenset(f"~{key}" for key in who.plain)
    id = next((ids[key] for keys in (who.sure, who.names, plain) for key in sorted(keys) if key in ids), "")
    return replace(who, ids=tuple(dict.fromkeys((id, *who.ids)))) if id else who


def spread(converter: Any, path: Path, folders: Iterable[str]) -> dict[str, str]:
    """A student's folder, which need not be there, -> the folder that is graded for them; says what is not as usual.

    Args:
        converter: nbgrader's, for one assignment.
        path: the list of groups.
        folders: all that is in submitted/ for the assignment.
    """
    coursedir = converter.coursedir
    groups = listed_groups(path, coursedir.db_url, coursedir.course_id)
    claims = [_claim(coursedir, folder, _student(converter, folder)) for folder in folders]
    where = {claim.files[0].path: folder for claim, folder in zip(claims, folders, strict=True)}
    found, notes = shared(claims, groups)
    for note in notes:
        converter.log.warning(note)
    made = {}
    for claim in found:
        own = converter._format_source(coursedir.assignment_id, claim.origin.user)
        graded = own if claim.problem else where[claim.files[0].path]
        keep_place(
            own, Place(place(graded).folder if graded != own else Path(own).absolute(), claim.team, claim.problem)
        )
        if any(fnmatchcase(name, coursedir.student_id) for name in (claim.origin.user, _student(converter, graded))):
            made[own] = graded
    return made


def _student(converter: Any, folder: str) -> str:
    pattern = converter._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True)
    found = re.match(pattern, folder)
    return found["student_id"] if found else ""


def _claim(coursedir: Any, folder: str, student: str) -> Claim:
    """What lies in a folder; the folder itself where there is nothing, or where it is a link."""
    where, parts = below(coursedir, folder)
    names = list(lying_in(where, parts, coursedir.ignore)) or [()]
    files = [on_disk(where.joinpath(*parts, *below), (*parts, *below)) for below in names]
    return Claim(student, tuple(files), Origin("nbgrader", student))

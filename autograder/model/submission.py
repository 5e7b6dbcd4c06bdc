"""What a student hands in, and where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Cell:
    """A code cell. ``number`` counts all cells from 1; ``exercise`` is the id in its metadata, or ""; ``file`` is "" for the
    main file and the name of another one that this cell comes from: each file is a module of its own."""

    source: str
    number: int
    exercise: str = ""
    file: str = ""


@dataclass(frozen=True)
class Origin:
    """What the learning platform's file names say about a submission; empty where they say nothing.

    Attributes:
        platform: which one; "" for a plain file or folder.
        user: Canvas user id, Moodle participant id, nbgrader student id, number or login of the others.
        late: Canvas marked the submission late (the other platforms do not say).
        timestamp: when it was handed in, as nbgrader's timestamp.txt has it.
        aliases: numbers, logins and addresses by which a list of the course knows the student.
    """

    platform: Literal["", "moodle", "canvas", "nbgrader", "brightspace", "blackboard", "ilias", "gradescope"] = ""
    user: str = ""
    late: bool = False
    timestamp: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """What a file says, nothing run.

    Attributes:
        student: name of the student as the file or folder gives it, made printable; unique in a class.
        path: as handed to the command, with forward slashes; inside an archive, the archive's path and the member's name.
        sha256: of the file's bytes; "" when they were not read (a link, too large).
        cells: code cells in order (a .py file is one cell).
        texts: exercise id -> text of its answer cell or string.
        doubts: exercise id -> why a person must say whether its text is meant for it, a sentence.
        elsewhere: name of an asked function or class -> where it stands instead of where it can be called, and what to do.
        modules: path below the notebook's folder -> source of each Python file handed in beside it.
        chosen: name -> the file whose function or class counts, where that is not the main one.
        problem: why the file could not be read, a sentence; "" when it could. Then cells and texts are empty.
        notes: sentences on how it was read: what was left out, which of several files or cells was taken.
        origin: what the learning platform says about it.
    """

    student: str
    path: str
    sha256: str
    cells: tuple[Cell, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    notes: tuple[str, ...] = ()
    origin: Origin = field(default_factory=Origin)

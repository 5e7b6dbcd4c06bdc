"""What was handed in: files, folders and archives -> Submission; nothing is run.

submissions   everything below the given paths, and what was left out
layout        whose a file is, by where it lies
names         names that students and platforms choose
archive       archives as learning platforms make them, bounded
student_file  the one place that opens a student's file
content       what a file is, by its content
bounded_json  JSON of bounded size and depth
notebook      a notebook or .py file -> its cells
texts         where a written answer stands in them
"""

from autograder.intake import archive, names
from autograder.intake.content import as_utf8
from autograder.intake.notebook import MAX_BYTES, read, read_file, sheet_said_by
from autograder.intake.student_file import on_disk, read_below, read_bytes, read_head
from autograder.intake.submissions import Intake, submissions
from autograder.intake.texts import AnswerCell, find_texts, is_unchanged

__all__ = [
    "MAX_BYTES",
    "AnswerCell",
    "Intake",
    "archive",
    "as_utf8",
    "find_texts",
    "is_unchanged",
    "names",
    "on_disk",
    "read",
    "read_below",
    "read_bytes",
    "read_file",
    "read_head",
    "sheet_said_by",
    "submissions",
]

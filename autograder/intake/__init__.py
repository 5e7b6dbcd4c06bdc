"""What was handed in: files, folders and archives -> Submission; nothing is run.

submissions   everything below the given paths, and what was left out
walk          every file below a folder
layout        whose a file is, by where it lies
platforms     whose a file is in the downloads of Brightspace, Blackboard, ILIAS and Gradescope
groups        a course's list of groups
sharing       what a group handed in counts for its members
namesakes     two submissions under one name
folder        one student's folder
nested        zips inside zips
litter        names of files that are nobody's work
names         names that students and platforms choose
archive       archives as learning platforms make them, bounded
student_file  the one place that opens a student's file
content       what a file is, by its content
bounded_json  JSON of bounded size and depth
notebook      a notebook or .py file -> its cells
old_formats   notebooks of before 2015
exported      the Markdown of a notebook that was exported as Python
texts         where a written answer stands in them: the strings of code, and Markdown
sections      which exercise a piece of Markdown answers, by what stands above it
owners        whose a text is where that does not tell
handed_out    what the sheet itself says, which is nobody's answer
topics        what a text is about, where nothing else tells whose answer it is
whereabouts   where a function stands that cannot be called
assembly      several files of one student -> one submission
versions      which of two files is the newer one
answers       what one exercise's answer is, to be looked at
parts         parts of one answer joined, old versions left
"""

from autograder.intake import archive, names
from autograder.intake.answers import answer_to, line_in_answer
from autograder.intake.content import as_utf8
from autograder.intake.folder import in_folder
from autograder.intake.groups import Group, read_groups
from autograder.intake.layout import Claim
from autograder.intake.litter import is_junk
from autograder.intake.nested import read_inside
from autograder.intake.notebook import MAX_BYTES, read, read_file, sheet_said_by, text_of
from autograder.intake.sections import AnswerCell
from autograder.intake.sharing import shared
from autograder.intake.student_file import on_disk, read_below, read_bytes, read_head
from autograder.intake.submissions import Intake, one, submissions
from autograder.intake.texts import Texts, find_texts, is_unchanged

__all__ = [
    "MAX_BYTES",
    "AnswerCell",
    "Claim",
    "Group",
    "Intake",
    "Texts",
    "answer_to",
    "archive",
    "as_utf8",
    "find_texts",
    "in_folder",
    "is_junk",
    "is_unchanged",
    "line_in_answer",
    "names",
    "on_disk",
    "one",
    "read",
    "read_below",
    "read_bytes",
    "read_file",
    "read_groups",
    "read_head",
    "read_inside",
    "shared",
    "sheet_said_by",
    "submissions",
    "text_of",
]

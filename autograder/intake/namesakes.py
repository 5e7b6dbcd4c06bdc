"""Two submissions under one name: each gets a name of its own, and a note that names the others."""

from collections.abc import Sequence
from dataclasses import replace

from autograder.intake import names
from autograder.model import Submission


def told_apart(read: Sequence[Submission]) -> list[Submission]:
    groups: dict[str, list[Submission]] = {}
    for submission in sorted(read, key=lambda submission: submission.path):
        groups.setdefault(names.key(submission.student), []).append(submission)
    taken = {key for key, group in groups.items() if len(group) == 1}
    told: list[Submission] = []
    for group in groups.values():
        told += group if len(group) == 1 else _renamed(group, taken)
    return told


def _renamed(group: Sequence[Submission], taken: set[str]) -> list[Submission]:
    """Submissions of one name with names of their own and a note that names the others."""
    users = [submission.origin.user for submission in group]
    by_user = all(users) and len(set(users)) == len(users)
    students = []
    for number, submission in enumerate(group, start=1):
        label = names.clean(submission.origin.user, limit=20) if by_user else str(number)
        student = submission.student if number == 1 and not by_user else f"{submission.student} ({label})"
        while names.key(student) in taken:
            number += 1
            student = f"{submission.student} ({number})"
        taken.add(names.key(student))
        students.append(student)
    told = []
    for submission, student in zip(group, students, strict=True):
        others = ", ".join(repr(name) for name in students if name != student)
        note = f"{len(group)} submissions have the name {submission.student!r}; this is {student!r}, see also {others}."
        told.append(replace(submission, student=student, notes=(note, *submission.notes)))
    return told

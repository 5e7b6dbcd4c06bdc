"""Every file below a folder, by name: bounded in number and depth, through no link."""

import os
from pathlib import Path

from autograder.intake import litter, names
from autograder.intake.student_file import StudentFile, on_disk
from autograder.model import UsageError

MAX_ENTRIES = 10_000  # of one folder
_MAX_DEPTH = 6


def walked(folder: Path, folders: list[tuple[str, ...]], notes: list[str]) -> list[StudentFile]:
    """Every file below ``folder``, by name; links are listed. ``folders`` gets what is entered: nothing hidden or too deep."""
    found, deep, waiting = list[StudentFile](), set[str](), list[tuple[str, ...]]([()])
    while waiting:
        parts = waiting.pop()
        try:
            with os.scandir(folder.joinpath(*parts)) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            raise UsageError(
                f"{folder.joinpath(*parts)} cannot be listed: {error.strerror}. Give a folder that can."
            ) from None
        if len(listed) > MAX_ENTRIES and not parts:
            raise UsageError(f"{folder} holds {len(listed)} files; a class does not hand in more than {MAX_ENTRIES}.")
        for entry in listed[:MAX_ENTRIES]:
            below = (*parts, entry.name)
            if not entry.is_dir(follow_symlinks=False):
                found.append(on_disk(folder.joinpath(*below), below))
            elif entry.name.endswith((".ipynb", ".py")) and not os.listdir(entry.path):
                found.append(on_disk(folder.joinpath(*below), below))  # in place of a file, as reading it will say
            elif len(below) <= _MAX_DEPTH and not litter.is_hidden(entry.name):
                waiting.append(below)
                folders.append(below)
            elif not litter.is_hidden(entry.name):
                deep.add(f"{names.clean(parts[0])}/: deeper than {_MAX_DEPTH} folders nothing is read.")
    notes += sorted(deep)
    return sorted(found, key=lambda file: file.parts)

"""The sheets that come with the package, loaded once in a process: drawing their batteries takes seconds."""

import functools

from autograder.course import load_sheet, sheets
from autograder.model import Sheet
from tests.conftest import REPOSITORY


@functools.cache
def bundled(name: str) -> Sheet:
    """A sheet of the repository. For tests that look at it; one that loads a sheet as its promise loads it itself."""
    return load_sheet(name, REPOSITORY)


NAMES = sheets(REPOSITORY)

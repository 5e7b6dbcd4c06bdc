"""Names of files that are nobody's work: litter of an operating system, an editor or Jupyter, and what belongs to a course."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from autograder.intake import names

_NEVER = (
    "readme",
    "license",
    "makefile",
    "dockerfile",
    "requirements",
    "nbgrader_config",
    "conftest",
    "setup",
    "__init__",
)
_JUNK = frozenset({"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini", "node_modules"})
_HIDDEN_JUNK = frozenset({".DS_Store", ".ipynb_checkpoints", ".git", ".gitignore", ".gitkeep", ".idea", ".vscode"})


def _is_shadow(name: str) -> bool:
    """A Mac's file beside a file. Moodle's folder of a student called "." begins like one: a number follows."""
    return name.startswith("._") and not re.match(r"\._\d+_assignsubmission_", name)


def is_hidden(name: str) -> bool:
    """Whether a name begins with a dot. A student on a learning platform may be called so; "._" is a Mac's shadow file."""
    return _is_shadow(name) or (name.startswith(".") and not names.moodle(name))


def is_junk(parts: Sequence[str]) -> bool:
    """Whether a path leads through litter of an operating system, an editor or Jupyter."""
    return any(name in _JUNK | _HIDDEN_JUNK or name.startswith("~$") or _is_shadow(name) for name in parts)


def is_never(name: str) -> bool:
    return PurePosixPath(name.lower()).stem in _NEVER

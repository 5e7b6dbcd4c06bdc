"""Names of files that are nobody's work: litter of an operating system, an editor or Jupyter, and what belongs to a course."""

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


def is_hidden(name: str) -> bool:
    """Whether a name begins with a dot. A student on a learning platform may be called so."""
    return name.startswith(".") and not names.moodle(name)


def is_junk(parts: Sequence[str]) -> bool:
    """Whether a path leads through litter of an operating system, an editor or Jupyter. A Mac's "._" is no folder."""
    return parts[-1].startswith("._") or any(name in _JUNK | _HIDDEN_JUNK or name.startswith("~$") for name in parts)


def is_never(name: str) -> bool:
    return PurePosixPath(name.lower()).stem in _NEVER

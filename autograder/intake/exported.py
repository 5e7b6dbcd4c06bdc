"""A notebook exported as a .py file (``# In[3]:`` of nbconvert, ``# %%`` of editors) -> the Markdown in its comments."""

import re
from collections.abc import Iterator

from autograder.intake.sections import AnswerCell

_CODE = re.compile(r"# In\s?\[[ \d*]*\]:\s*$|# ?%%(?!.*\[(?:markdown|md)\])")
_TEXT = re.compile(r"# ?%%.*\[(?:markdown|md)\]")


def is_exported(source: str) -> bool:
    """Whether comments at the margin mark the cells of a notebook."""
    return bool(re.search(r"^# In\s?\[[ \d*]*\]:\s*$|^# ?%%", source, re.M))


def cells(source: str) -> list[AnswerCell]:
    """Code and Markdown in turn, all of them as parts of cell 1.

    A block of comments with an empty line before and after it is Markdown, but for one that stands first in a code cell.
    """
    found: list[AnswerCell] = []
    for kind, lines in _blocks(source.split("\n")):
        text = "\n".join(lines).strip("\n")
        if text.strip():
            found.append(AnswerCell(kind, text, 1))  # type: ignore[arg-type]  # "code" or "text"
    return found


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Runs of lines of one kind."""
    kind, block = "text", list[str]()
    fresh = False  # whether a code cell has just begun
    for number, line in enumerate(lines):
        marks = "code" if _CODE.match(line) else "text" if _TEXT.match(line) else ""
        comment = line.startswith("#") and not line.startswith("#!") and "coding:" not in line
        alone = comment and not fresh and number > 0 and not lines[number - 1].strip()
        turned = marks or ("text" if alone and kind == "code" else "code" if line.strip() and not comment else kind)
        if marks or turned != kind:
            yield kind, block
            kind, block = turned, []
        if marks:
            fresh = marks == "code"
            continue
        fresh = fresh and not line.strip()
        block.append(re.sub(r"^# ?", "", line) if kind == "text" else line)
    yield kind, block

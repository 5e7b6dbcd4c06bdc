"""``check --watch``: the file is checked again at each save, and of its exercises only what the change can have touched."""

import re
from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, watch

from autograder.intake import one
from autograder.model import Exercise, Sheet, Submission

SUFFIXES = (".py", ".ipynb")
TOGETHER_MS, STEP_MS = 300, 50  # saves that belong together: at most so long, and ended by so much quiet
LOOK_MS = (
    1000  # a look at the file in any case: what is saved before the watch stands, or on a drive that tells of nothing
)
_BLOCK = re.compile(r"^(?=[^\s#)\]}])", re.M)  # what stands at the margin begins a statement
_MORE = re.compile(r"(?:else|elif|except|finally)\b")
_DEFINED = re.compile(r"(?:@.*\n)*(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|(\w+)[ \t]*(?::[^=\n]+)?=(?!=)")


def changes(file: Path, sheet: Sheet, submission: Submission) -> Iterator[tuple[Submission, list[str]]]:
    """Waits for saves, without end; for each that changes an answer, the file anew and the exercises to be checked."""

    def counts(_change: Change, path: str) -> bool:
        return path.endswith(SUFFIXES)

    folder = file.resolve().parent
    seen: tuple[int, int] | None = None
    for saves in watch(
        folder,
        watch_filter=counts,
        recursive=False,
        debounce=TOGETHER_MS,
        step=STEP_MS,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
    ):
        if not file.is_file():  # some editors delete a file before they write it anew
            continue
        state = (file.stat().st_mtime_ns, file.stat().st_size)
        if not saves and state == seen:
            continue
        before, submission, seen = submission, one(file, file.stem, sheet), state
        if touched := affected(sheet, before, submission):
            yield submission, touched


def affected(sheet: Sheet, before: Submission, after: Submission) -> list[str]:
    """Ids of the exercises whose answer may be another after a change, in the sheet's order."""
    if before.problem != after.problem or before.modules != after.modules:
        return [exercise.id for exercise in sheet.exercises]
    names = _changed_names(_blocks(before), _blocks(after))
    return [e.id for e in sheet.exercises if _touches(e, names) or before.texts.get(e.id) != after.texts.get(e.id)]


def _touches(exercise: Exercise, names: set[str] | None) -> bool:
    return exercise.kind == "code" and (names is None or not names.isdisjoint(exercise.names))


def _blocks(submission: Submission) -> list[str]:
    """The statements at the margin of all cells, as text: a file that is being written need not be Python yet."""
    blocks: list[str] = []
    for cell in submission.cells:
        for block in _BLOCK.split(cell.source):
            joined = blocks and (_MORE.match(block) or (blocks[-1].startswith("@") and "\n" not in blocks[-1].strip()))
            if joined:
                blocks[-1] += block
            elif block.strip():
                blocks.append(block)
    return [block.rstrip() for block in blocks]


def _changed_names(before: list[str], after: list[str]) -> set[str] | None:
    """Names that a change may have given another meaning: those defined where it happened, and those that use them. None: all,
    since it is in a statement that defines nothing."""
    changed = [block for block in before if block not in after] + [block for block in after if block not in before]
    found = [_DEFINED.match(block) for block in changed]
    if not all(found):
        return None
    names = {match[1] or match[2] for match in found if match}
    while more := {match[1] or match[2] for match in map(_DEFINED.match, _using(names, after)) if match} - names:
        names |= more
    return names


def _using(names: set[str], blocks: list[str]) -> list[str]:
    used = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b") if names else None
    return [block for block in blocks if used and used.search(block)]

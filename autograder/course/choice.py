"""Which course is used, and why: its code runs with the instructor's rights, so a person chooses it.

1. the folder that ``--course`` names (in nbgrader_config.py: ``configure(c, course=...)``);
2. the folder that the environment variable AUTOGRADER_COURSE names;
3. the folder that ``course = "..."`` in the person's own settings file names;
4. the working directory itself, where it holds ``exercises/<sheet>/sheet.toml``, but not when a file handed in lies beside;
5. for a student's own check: the pack ``<sheet>.checks`` at or above the notebook, or in the working directory. A pack is data.

Nothing inside what was handed in is ever a course, and no folder above the working directory is one by itself.
"""

import contextlib
import hashlib
import os
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from autograder.model import UsageError

SUFFIX = ".checks"
"""Of the file that makes a folder a student's pack."""
VARIABLE = "AUTOGRADER_COURSE"
MAX_ENTRIES = 10_000  # of a folder that is looked through
_HERE = "it is the working directory"


@dataclass(frozen=True)
class Choice:
    """A course's folder, or a pack: its file, so that no ``exercises/`` beside it is taken; ``why`` completes "taken because"."""

    path: Path
    why: str

    def __str__(self) -> str:
        return f"{self.path} (taken because {self.why})"


def find_course(
    named: Path | None = None,
    *,
    sheet: str = "",
    handed_in: Sequence[Path] = (),
    packs: bool = False,
    here: Path | None = None,
) -> Choice:
    """The course to use, by the order above.

    Args:
        named: what the command line or a configuration says.
        sheet: the sheet that is wanted, "" for any.
        handed_in: files and folders of students.
        packs: whether a student's pack will do; only where nothing is graded.
        here: in place of the working directory.

    Raises:
        UsageError: there is none, it lacks the sheet, or it lies inside ``handed_in``.
    """
    here = (here or Path.cwd()).resolve()
    chosen = next(_said(named), None)
    if chosen is None:
        chosen = _found(here, sheet, handed_in, packs=packs)
    elif not sheets(chosen.path):
        raise UsageError(f"{chosen} is no course: {_WANTED} is expected there. Name another folder.")
    _refuse_handed_in(chosen, sheet, handed_in, packs=packs)
    if sheet and sheet not in (there := sheets(chosen.path)):
        raise UsageError(f"No sheet {sheet!r} in {chosen}; the sheets there are: {', '.join(there)}.")
    return chosen


def place_for_a_sheet(named: Path | None = None) -> Path:
    """Where a course begins with its first sheet: the folder that a person named, or the working directory."""
    chosen = next(_said(named), None)
    return chosen.path if chosen else Path.cwd().resolve()


_WANTED = f"a folder with exercises/<sheet>/sheet.toml, or a pack with <sheet>{SUFFIX},"


def sheets(folder: Path) -> list[str]:
    """Names of the sheets of a course; of the packs in it, if it is no course; of a pack's file.

    Raises:
        UsageError: the folder cannot be read, or holds more than a course does.
    """
    if folder.suffix == SUFFIX and folder.is_file():
        return [folder.stem]
    return courses_sheets(folder) or [path.stem for path in _listed(folder) if path.suffix == SUFFIX and path.is_file()]


def courses_sheets(folder: Path) -> list[str]:
    """Names of the sheets with ``exercises/<sheet>/sheet.toml``; [] if it is no course."""
    inside = folder / "exercises"
    return [path.name for path in _listed(inside) if (path / "sheet.toml").is_file()] if inside.is_dir() else []


def _listed(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            found = [Path(entry.path) for entry in islice(entries, MAX_ENTRIES + 1)]
    except OSError as error:
        raise UsageError(f"{folder} cannot be read: {error.strerror or error}. Name another folder.") from None
    if len(found) > MAX_ENTRIES:
        raise UsageError(f"{folder} holds more than {MAX_ENTRIES:,} entries, so it is not looked through for a course.")
    return sorted(found)


# ------------------------------------------------------------------ what a person said


def settings_file() -> Path:
    """``$XDG_CONFIG_HOME/autograder/settings.toml``, or in ``~/.config``."""
    base = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(base) if os.path.isabs(base) else Path("~/.config").expanduser()) / "autograder" / "settings.toml"


def _said(named: Path | None) -> Iterator[Choice]:
    if named is not None:
        yield Choice(named.resolve(), "it was named for this run")
    if value := os.environ.get(VARIABLE):
        yield Choice(Path(value).resolve(), f"{VARIABLE} names it")
    file = settings_file()
    if file.is_file():
        yield from _said_by(file)


def _said_by(file: Path) -> Iterator[Choice]:
    try:
        value = tomllib.loads(file.read_text(encoding="utf-8")).get("course")
    except (OSError, ValueError) as error:
        raise UsageError(f"{file} cannot be read as TOML: {error}") from None
    if value is None:
        return
    if not isinstance(value, str) or not Path(value).expanduser().is_absolute():
        raise UsageError(f'{file}: course = "/absolute/path/of/the/course" is expected, not {value!r}.')
    yield Choice(Path(value).expanduser().resolve(), f"{file} names it")


# ------------------------------------------------------------------ what a person graded with before


def remember(course: Path) -> None:
    """Notes in this person's own folder that they graded with ``course``: what a folder of results says of its course may have
    been handed in. Where nothing can be noted, they will be asked to name it."""
    with contextlib.suppress(OSError, RuntimeError):
        note = _note(course)
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(f"{course.resolve()}\n", encoding="utf-8")


def is_remembered(course: Path) -> bool:
    """Whether this person graded with it before."""
    try:
        return _note(course).is_file()
    except (OSError, RuntimeError):
        return False


def _note(course: Path) -> Path:
    """In ``$XDG_STATE_HOME/autograder/courses``, or in ``~/.local/state``."""
    base = os.environ.get("XDG_STATE_HOME", "")
    state = Path(base) if os.path.isabs(base) else Path("~/.local/state").expanduser()
    return state / "autograder" / "courses" / hashlib.sha256(os.fsencode(course.resolve())).hexdigest()[:32]


# ------------------------------------------------------------------ what is found


def _found(here: Path, sheet: str, handed_in: Sequence[Path], *, packs: bool) -> Choice:
    beside = [path for path in handed_in if _is_answer(path) and path.absolute().parent.resolve() == here]
    there = [] if beside or _holder(here, handed_in) else courses_sheets(here)
    if there and (sheet in there or not sheet):
        return Choice(here, _HERE)
    if packs and (pack := _pack(here, sheet, handed_in)):
        return Choice(pack, f"it is the pack at or above {handed_in[0] if handed_in else here}")
    if there:
        return Choice(here, _HERE)
    if packs and sheet and (pack := _pack(here, "", handed_in)):
        raise UsageError(f"No sheet {sheet!r} in {pack}; the sheets there are: {', '.join(sheets(pack))}.")
    raise UsageError(f"No course was chosen: {_WANTED} is expected. {_advice(here, beside)}")


def _is_answer(path: Path) -> bool:
    return path.suffix.lower() in (".ipynb", ".py")


def _advice(here: Path, beside: Sequence[Path]) -> str:
    if beside and (here / "exercises").is_dir():
        return f"The exercises/ in {here} lies beside {beside[0].name}, so it is not trusted; say --course {here} if it is yours."
    above = next((folder for folder in here.parents if (folder / "exercises").is_dir()), None)
    where = f"go to {above} if you mean that one" if above else "go there"
    return f"Name it with --course, with the variable {VARIABLE} or in {settings_file()}, or {where}."


def _pack(here: Path, sheet: str, handed_in: Sequence[Path]) -> Path | None:
    """The nearest pack at or above what was handed in, else at or above the working directory. Where any sheet will do and a
    folder has several packs, the folder, if it is no course too."""
    if sheet != Path(sheet).name:  # a notebook's word for it
        return None
    starts = [path.absolute().resolve().parent for path in handed_in] + [here]
    for folder in (folder for start in starts for folder in (start, *start.parents)):
        there = [folder / f"{sheet}{SUFFIX}"] if sheet else _packs(folder)
        found = [path for path in there if path.is_file()]
        if len(found) == 1:
            return found[0]
        if found and not courses_sheets(folder):
            return folder
    return None


def _packs(folder: Path) -> list[Path]:
    try:
        return [path for path in _listed(folder) if path.suffix == SUFFIX]
    except UsageError:
        return []


# ------------------------------------------------------------------ what was handed in


def _refuse_handed_in(chosen: Choice, sheet: str, handed_in: Sequence[Path], *, packs: bool) -> None:
    is_code = chosen.path.is_dir() and bool(courses_sheets(chosen.path))
    for part in _parts(chosen.path, sheet) if is_code or not packs else ():
        if inside := _holder(part, handed_in):
            raise UsageError(
                f"The course {chosen} lies inside what was handed in ({inside}), and nothing there is ever a course; "
                "keep the two apart."
            )


def _parts(course: Path, sheet: str) -> Iterator[Path]:
    """The course's folders down to the exercises, each of which may be a link."""
    yield from (course, course / "exercises")
    if sheet and (course / "exercises" / sheet).is_dir():
        yield from (course / "exercises" / sheet, *_listed(course / "exercises" / sheet))


def _holder(folder: Path, handed_in: Iterable[Path]) -> Path | None:
    """The path among ``handed_in`` that is ``folder`` or holds it."""
    real = folder.resolve()
    return next((path for path in handed_in if real.is_relative_to(path.resolve())), None)

"""The student's pack: a folder with which a student checks the own work, with the engine alone and no course.

<sheet>.ipynb                 the notebook with starters
<sheet>.checks                the public checks, recorded (``pack``)
README.md                     how to use it
data/...                      the sheet's own data, at the paths that its code opens
requirements.txt, *.whl       the engine, as ``--engine`` says
.github/workflows/check.yml   GitHub Classroom: the same check at every push
"""

import hashlib
import re
import shutil
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from rich.console import Console

from autograder.commands.distribution import NAME
from autograder.commands.progress import progress
from autograder.course import SUFFIX, find_course, load_sheet, pack
from autograder.grading import Grader, files, start_host
from autograder.model import Data, Sheet, UsageError
from autograder.nbgrader.assignment import notebook


def release(sheet: str, to: Path, *, course: Path | None = None, engine: str = "") -> list[Path]:
    """Writes the pack of ``sheet`` into the folder ``to``; returns the files written.

    Args:
        engine: how students install this package: a wheel, which is copied into the pack, or a line for requirements.txt.
            Without it there is neither requirements.txt nor a workflow.

    Raises:
        UsageError: no such sheet, no such wheel, or ``to`` holds something else.
        CourseError: the course is wrong.
    """
    course = find_course(course, sheet=sheet).path
    loaded = load_sheet(sheet, course)
    if to.exists() and any(to.iterdir()) and not (to / f"{sheet}{SUFFIX}").is_file():
        raise UsageError(f"{to} holds something else than a pack of {sheet}; name an empty folder.")
    wheel = _wheel(engine)  # said before minutes of recording, if it is not there
    content = {f"{sheet}.ipynb": notebook(loaded, "release"), f"{sheet}{SUFFIX}": _checks(loaded, course)}
    requirement = _copied(wheel, to) if wheel else engine
    for name, written in (content | _texts(loaded, requirement)).items():
        files.write(to / name, written)
    for one in loaded.data:
        _hand_on(one, to / one.plain)
    return sorted(path for path in to.rglob("*") if path.is_file())


def _hand_on(data: Data, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if data.path.is_dir():
        shutil.copytree(data.path, to, dirs_exist_ok=True)
    else:
        shutil.copyfile(data.path, to)


def _checks(sheet: Sheet, course: Path) -> bytes:
    with (
        start_host(sheet.settings, data=sheet.data, secret=(course,)) as host,
        Grader(sheet, host) as grader,
        progress(len(sheet.exercises), Console(stderr=True, soft_wrap=True), "recorded") as tick,
    ):
        return pack(sheet, grader.recogniser.failure, tick=tick)


def _wheel(engine: str) -> Path | None:
    """The wheel that ``engine`` names, None where it is a line for requirements.txt. Raises UsageError if there is none."""
    if not engine.endswith(".whl") or "://" in engine:
        return None
    if not Path(engine).is_file():
        raise UsageError(f"No file {engine}; --engine takes a wheel of this package or a line for requirements.txt.")
    return Path(engine)


def _copied(wheel: Path, to: Path) -> str:
    """The line of requirements.txt for a wheel, which is copied into the pack and installed only if its bytes are still these."""
    to.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(wheel, to / wheel.name)
    return f"file:{wheel.name}#sha256={hashlib.sha256(wheel.read_bytes()).hexdigest()}"


def _tested() -> list[str]:
    """What the engine needs, and Jupyter, in the versions in which the pack was made: ``numpy==2.4.6``."""
    needed = [need for need in requires(NAME) or () if "extra ==" not in need]
    names = [match[0] for need in needed if (match := re.match(r"[\w.-]+", need))]
    return [_pinned(name) for name in (*names, "jupyterlab")]


def _pinned(name: str) -> str:
    try:
        return f"{name}=={version(name).partition('+')[0]}"  # torch says "+cpu" for the index it came from
    except PackageNotFoundError:
        return name


def _texts(sheet: Sheet, requirement: str) -> dict[str, bytes]:
    templates = Environment(
        loader=PackageLoader("autograder.commands", "templates"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,
    )
    names = {"README.md": "pack_readme.md.j2"}
    if requirement:
        names |= {"requirements.txt": "requirements.txt.j2", ".github/workflows/check.yml": "check.yml.j2"}
    values = {"sheet": sheet, "requirement": requirement, "tested": _tested() if requirement else []}
    return {name: templates.get_template(template).render(values).encode() for name, template in names.items()}

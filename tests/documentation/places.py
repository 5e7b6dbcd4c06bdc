"""What each page begins with, and what comes between its commands by other hands: students, a learning platform."""

import json
import shutil
import subprocess
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from autograder.commands.release import release
from tests.conftest import REPOSITORY
from tests.documentation.said import PACK
from tests.documentation.walk import Walk

SHEET = "generative_models"
FEW = ("kl_normal", "gan_roles")  # a function, and a text that a person reads
SWAPPED = """import torch


def kl_normal(mu_1, sigma_1, mu_2, sigma_2):
    return torch.log(sigma_1 / sigma_2) + (sigma_2**2 + (mu_1 - mu_2) ** 2) / (2 * sigma_1**2) - 0.5
"""
TEXT = 'gan_roles = "G makes samples from noise, D says how likely one is real."\n'
WHEEL = "deep_autograder-0.1.0-py3-none-any.whl"
GRADEBOOK = (
    "Student,ID,SIS Login ID,Section,Exercise 9 (812)\n    Points Possible,,,,40\nAda,101,ada,1,\nBen,102,ben,1,\n"
)
ROSTER = "First Name,Last Name,SID,Email,Sections\nAda,One,1,ada@uni.example,\nBen,Two,2,ben@uni.example,\n"
WORKSHEET = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\n'
    "Participant 11,ada,ada@uni.example,Submitted,,40.00,Yes,-,-,\n"
    "Participant 12,ben,ben@uni.example,Submitted,,40.00,Yes,-,-,\n"
)


def clone(folder: Path) -> None:
    """All files of the repository."""
    listed = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        if (REPOSITORY / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(REPOSITORY / name, folder / name)


def _labelled(folder: str, names: list[str]) -> set[str]:
    """All labelled answers but the one that the pages show."""
    return set(names) - {"swapped_arguments.py"} if Path(folder).name in ("right", "wrong") else set()


def small_clone(folder: Path) -> None:
    """The sheet with a few of its exercises: every command is the same, and what it does is soon done."""
    source, target = REPOSITORY / "exercises" / SHEET, folder / "exercises" / SHEET
    target.mkdir(parents=True)
    shutil.copytree(REPOSITORY / "reference", folder / "reference")
    plan = tomllib.loads((source / "sheet.toml").read_text())
    lines = [f'title = "{plan["title"]}"']
    for row in plan["exercise"]:
        if row["id"] in FEW:
            shutil.copytree(source / row["id"], target / row["id"], ignore=_labelled)
            lines += ["", "[[exercise]]", f'id = "{row["id"]}"', f'item = "{row["item"]}"', f"points = {row['points']}"]
    for module in source.glob("*.py"):
        shutil.copy(module, target)
    (target / "sheet.toml").write_text("\n".join(lines) + "\n")


def handed_in(folder: Path) -> None:
    """A class of two, and a folder of a student without a notebook."""
    (folder / "submissions" / "cem").mkdir(parents=True, exist_ok=True)
    (folder / "submissions" / "cem" / "answers.pdf").write_bytes(b"%PDF-1.4")
    for name in ("ada", "ben"):
        (folder / "submissions" / f"{name}.py").write_text(SWAPPED + TEXT)


def a_pack(folder: Path, course: Path, engine: str = "") -> None:
    """A student's pack, with the file of a student who swapped the distributions."""
    release(SHEET, folder, course=course, engine=engine)
    (folder / "my_sheet.py").write_text(f'autograder_sheet = "{SHEET}"\n' + SWAPPED)
    notebook = json.loads((folder / f"{SHEET}.ipynb").read_text())
    next(cell for cell in notebook["cells"] if cell["id"] == "kl_normal")["source"] = SWAPPED
    (folder / "my_sheet.ipynb").write_text(json.dumps(notebook))


def prepare(page: str, folder: Path, pack: Path, *, whole: bool = False) -> None:
    """What a reader of ``page`` has in front of them: a clone (as far as it is used, or whole), a copy of ``pack``, or an empty
    folder."""
    if page in ("docs/student.md", PACK):
        shutil.copytree(pack, folder)
        return
    folder.mkdir()
    if page == "README.md":
        shutil.copytree(pack, folder / "pack")
    if page != "docs/how-to/course.md":
        (clone if whole else small_clone)(folder)
        handed_in(folder)


def _wheel(walk: Walk) -> None:
    """The quick walk builds none: what is released is not installed there."""
    (walk.here / "dist").mkdir(exist_ok=True)
    if not (walk.here / "dist" / WHEEL).exists():
        (walk.here / "dist" / WHEEL).write_bytes(b"PK")


def _archive(walk: Walk) -> None:
    archive = walk.here / "downloaded" / SHEET / "archive" / "moodle.zip"
    archive.parent.mkdir(parents=True)
    released = (walk.here / "release" / SHEET / f"{SHEET}.ipynb").read_text()
    with zipfile.ZipFile(archive, "w") as file:
        for sender in ("ada_11", "ben_12"):
            file.writestr(f"{sender}_assignsubmission_file_/answers.ipynb", released)


def _file(name: str, content: str) -> Callable[[Walk], object]:
    return lambda walk: (walk.here / name).write_text(content)


_roster, _worksheet, _gradebook = (
    _file(name, text)
    for name, text in {"roster.csv": ROSTER, "worksheet.csv": WORKSHEET, "gradebook.csv": GRADEBOOK}.items()
)
BEFORE: Mapping[str, Callable[[Walk], object]] = {  # the beginning of a command -> what is there before it
    "autograder release ": _wheel,
    "autograder export results --format canvas ": _gradebook,
    "autograder export results --format moodle ": _worksheet,
    "autograder export results --format gradescope --template ": _roster,
    "autograder grade generative_models submissions/ --out results/ --groups ": _file(
        "groups.csv", "Team,Members\n1,ada and ben\n"
    ),
    "nbgrader zip_collect ": _archive,
    "nbgrader export --exporter=autograder.nbgrader.MoodleExporter ": _worksheet,
    "nbgrader export --exporter=autograder.nbgrader.GradescopeExporter ": _roster,
    "nbgrader export --exporter=autograder.nbgrader.CanvasExporter ": _gradebook,
    "autograder check generative_models my_sheet.py ": lambda walk: setattr(walk, "here", walk.root / "pack"),
}

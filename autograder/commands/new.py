"""``autograder new exercise``: a folder that works as it stands, to be filled in piece by piece."""

from pathlib import Path

from autograder.course import find_course, sheets
from autograder.model import UsageError

TEMPLATE = Path(__file__).parent / "template"
FILES = {
    "README.md": "README.md",
    "exercise.py": "exercise.py.txt",
    "starter.py": "starter.py.txt",
    "solution.py": "solution.py.txt",
    "wrong/sum_for_mean.py": "wrong.py.txt",
    "wrong/sign.py": "negative.py.txt",
}


def make_exercise(name: str, sheet: str | None, course: Path | None) -> str:
    """Makes the folder and lists it in sheet.toml; returns what to do next.

    Raises:
        UsageError: the name is no Python name, the exercise exists, or the sheet is not clear.
    """
    course = find_course(course).path
    folder = course / "exercises" / _sheet(sheet, course) / name
    if not name.isidentifier():
        raise UsageError(
            f"{name!r} cannot name an exercise; it names a function too, so letters, digits and _ are expected."
        )
    if folder.exists():
        raise UsageError(f"{folder} exists already; choose another name, or delete that folder.")
    for path, template in FILES.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text((TEMPLATE / template).read_text(encoding="utf-8").format(name=name), encoding="utf-8")
    with open(folder.parent / "sheet.toml", "a", encoding="utf-8") as plan:
        plan.write(f'\n[[exercise]]\nid = "{name}"\nitem = ""\npoints = 1\n')
    return (
        f"Made {folder} and listed it in sheet.toml (1 point).\n"
        f"It works as it stands: `autograder mistakes {folder.parent.name} {name}` runs its solution and wrong answers. "
        "Now replace the task, the oracle and the answers by your own."
    )


def _sheet(name: str | None, course: Path) -> str:
    known = sheets(course)
    if name in known:
        return name
    if name is None and len(known) == 1:
        return known[0]
    raise UsageError(f"Say which sheet with --sheet; {course} has {', '.join(known)}.")

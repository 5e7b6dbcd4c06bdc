"""``autograder new sheet`` and ``new exercise``: folders that work as they stand, to be filled in piece by piece."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from autograder.course import find_course, place_for_a_sheet
from autograder.model import UsageError

TEMPLATE = Path(__file__).parent / "template"
KINDS = ("function", "class", "sampler", "formula", "derivation", "training", "written")
"""What ``--kind`` takes: the folders in ``template/``."""
Ask = Callable[[str], str]


def make_sheet(name: str, *, title: str = "", course: Path | None = None) -> str:
    """Makes ``exercises/<name>/sheet.toml`` in the course, or in the working directory, which is one from then on; returns
    what to do next.

    Raises:
        UsageError: the name is no Python name, the sheet exists, or it has no title and there is nobody to ask.
    """
    folder = place_for_a_sheet(course) / "exercises" / name
    _refuse_name(name, "a sheet", "it names a folder and its students' notebook")
    if folder.exists():
        raise UsageError(f"{folder} exists already; choose another name, or delete that folder.")
    title = _said(title, "--title", "The title students read", 'for example --title "Exercise 3: Attention"')
    folder.mkdir(parents=True)
    (folder / "sheet.toml").write_text(f"title = {_toml(title)}\n", encoding="utf-8")
    return (
        f"Made {folder}.\nNow give it an exercise: `autograder new exercise {name} NAME --kind "
        f"{'|'.join(KINDS)} --item ITEM`."
    )


def make_exercise(
    sheet: str, name: str, *, kind: str = "function", item: str = "", points: float = 1, course: Path | None = None
) -> str:
    """Makes the folder and lists it in sheet.toml; returns what to do next.

    Args:
        item: its number on the sheet, "3-1 (a)"; asked for where it is "".

    Raises:
        UsageError: the name is no Python name, the exercise exists, there is no such sheet or kind, the points are none, or
            there is no item and nobody to ask.
    """
    folder = find_course(course, sheet=sheet).path / "exercises" / sheet / name
    _refuse_name(name, "an exercise", "it names a function too")
    if kind not in KINDS:
        raise UsageError(f"There is no kind {kind!r} of exercise; there are {', '.join(KINDS)}.")
    if not points > 0:
        raise UsageError(f"An exercise has points above 0, not {points:g}.")
    if folder.exists():
        raise UsageError(f"{folder} exists already; choose another name, or delete that folder.")
    item = _said(item, "--item", "Its number on the sheet", 'for example --item "3-1 (a)"')
    _fill(folder, TEMPLATE / kind, {"{name}": name, "{class}": _class(name), "{points}": f"{points:g}"})
    with open(folder.parent / "sheet.toml", "a", encoding="utf-8") as plan:
        plan.write(f"\n[[exercise]]\nid = {_toml(name)}\nitem = {_toml(item)}\npoints = {points:g}\n")
    return (
        f"Made {folder} and listed it in sheet.toml ({points:g} {'point' if points == 1 else 'points'}).\n"
        f"It works as it stands: `autograder test {sheet} {name}` runs its solution and wrong answers. "
        "Now replace the task, the oracle and the answers by your own."
    )


def _refuse_name(name: str, what: str, why: str) -> None:
    if not name.isidentifier():
        raise UsageError(f"{name!r} cannot name {what}; {why}, so letters, digits and _ are expected.")


def _said(given: str, option: str, question: str, example: str) -> str:
    """What an option says, or a person at the terminal."""
    if not given.strip() and sys.stdin.isatty():
        given = click.prompt(f"{question} ({example.partition(' ')[2]})", default="", show_default=False)
    if not given.strip():
        raise UsageError(f"{question} is missing: say {option}, {example}.")
    return given.strip()


def _fill(folder: Path, template: Path, words: dict[str, str]) -> None:
    for path in sorted(template.rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            for mark, word in words.items():
                text = text.replace(mark, word)
            target = folder / str(path.relative_to(template)).removesuffix(".txt")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


def _class(name: str) -> str:
    """mean_square -> MeanSquare."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_") if part) or name


def _toml(text: str) -> str:
    """The text as TOML spells it, whose strings are JSON's."""
    return json.dumps(text, ensure_ascii=False)

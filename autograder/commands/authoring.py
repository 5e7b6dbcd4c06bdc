"""The commands of an author: begin a sheet or an exercise, look at it, test it. Heavy imports wait until a command needs them."""

from pathlib import Path
from typing import Any

import click

from autograder.commands.new import KINDS
from autograder.commands.options import DONE, FOLDER, MISTAKES, NEW_FOLDER, course_option, reported, with_training


@click.group()
def new() -> None:
    """Begin something new."""


@new.command("sheet")
@click.argument("name")
@click.option("--title", default="", help="What students read above it; asked for where it is left out.")
@course_option
@reported
def new_sheet(name: str, title: str, course: Path | None) -> int:
    """Begin a sheet NAME, in the working directory if that is no course yet."""
    from autograder.commands.new import make_sheet

    click.echo(make_sheet(name, title=title, course=course))
    return DONE


@new.command("exercise")
@click.argument("sheet")
@click.argument("name")
@click.option("--kind", default="function", show_default=True, help=f"What is handed in: {', '.join(KINDS)}.")
@click.option("--item", default="", help='Its number on the sheet, "3-1 (a)"; asked for where it is left out.')
@click.option("--points", type=float, default=1, show_default=True, help="What a full answer earns.")
@course_option
@reported
def new_exercise(sheet: str, name: str, **options: Any) -> int:
    """Make a folder for an exercise NAME of SHEET that passes its own tests, to be filled in."""
    from autograder.commands.new import make_exercise

    click.echo(make_exercise(sheet, name, **options))
    return DONE


@click.command("test")
@click.argument("sheet", required=False)
@click.argument("wanted", metavar="[EXERCISE]...", nargs=-1)
@click.option("--jobs", type=click.IntRange(1), default=None, help="Worker processes; by default one per core.")
@click.option("--mnist", type=FOLDER, help="Folder with the full MNIST, in place of the digits that come along.")
@course_option
@reported
def test(sheet: str | None, wanted: tuple[str, ...], **options: Any) -> int:
    """Test the course: solutions earn all, starters nothing, wrong answers what they say; each check catches something."""
    from autograder.student import ahead

    with ahead():
        from autograder.commands.course_test import verify

        return MISTAKES if verify(sheet, wanted, **options) else DONE


@click.command()
@click.argument("sheet")
@click.option("--to", type=NEW_FOLDER, help="Folder to write; by default .preview in the working directory.")
@with_training
@course_option
@reported
def preview(sheet: str, to: Path | None, **options: Any) -> int:
    """Write SHEET's notebook, and the page of a student who makes its first mistakes, to look at."""
    from autograder.commands.preview import preview as written

    for path in written(sheet, to, **options):
        click.echo(path)
    return DONE


@click.command()
@click.argument("sheet")
@click.argument("wanted", metavar="[EXERCISE]...", nargs=-1)
@click.option("--pairs", is_flag=True, help="Combine labelled slips two at a time, and show what is read back.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Worker processes; by default one per core.")
@course_option
@reported
def mistakes(sheet: str, wanted: tuple[str, ...], pairs: bool, jobs: int | None, course: Path | None) -> int:
    """Table of SHEET's labelled answers: each wrong one and what it is recognised as, each unusual right one."""
    from autograder.student import ahead

    with ahead():
        from autograder.commands.mistakes import table, table_of_pairs

        return table_of_pairs(sheet, wanted, course) if pairs else table(sheet, wanted, course, jobs=jobs)

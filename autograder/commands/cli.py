"""The command line: one function per command, each a thin caller. Heavy imports wait until a command needs them.

Exit codes: 0 done; 1 a self-check, or a course's test, found mistakes; 2 the command or the course was wrong;
3 something broke on our side.
"""

import os
import signal
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from autograder.commands.authoring import mistakes, new, preview, test
from autograder.commands.distribution import NAME
from autograder.commands.options import (
    ANY,
    BROKEN,
    DONE,
    FILE,
    FOLDER,
    MISTAKES,
    NEW_FILE,
    NEW_FOLDER,
    course_option,
    isolation_option,
    reported,
    trust_option,
    with_training,
)


def main() -> None:
    """Entry point of the ``autograder`` command."""
    from autograder.training import cache_directory

    # Hypothesis keeps notes on the modules it sees; they do not belong in the instructor's folder.
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(cache_directory() / "hypothesis"))
    # numpy would start threads, and a process that has some can be forked no more.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    cli(prog_name="autograder")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=NAME)
def cli() -> None:
    """Grades exercise sheets: compares answers with oracles, names mistakes, runs student code in isolation."""
    from autograder.formats import (
        spell_what_is_missing,
    )  # not for ``--help``, which has no such letters and is to be quick

    spell_what_is_missing()


@cli.command()
@click.argument("sheet")
@click.argument("paths", nargs=-1, required=True, type=ANY)
@click.option(
    "--out", required=True, type=NEW_FOLDER, help="Folder for reports, feedback pages, grades.csv and index.html."
)
@click.option("--jobs", type=click.IntRange(1), default=None, help="Worker processes; by default one per core.")
@click.option(
    "--engine",
    default="local",
    show_default=True,
    metavar="NAME",
    help="local, dask, or dask://HOST:PORT of a scheduler.",
)
@click.option("--fresh", is_flag=True, help="Grade everything anew, also what has not changed.")
@click.option("--marks", type=FILE, help="Points for written answers: student, exercise, criterion, points, comment.")
@click.option(
    "--groups",
    type=FILE,
    help="A CSV of groups and members: what one of a group handed in counts for each of them.",
)
@with_training
@course_option
@isolation_option
@trust_option
@reported
def grade(sheet: str, paths: tuple[Path, ...], **options: Any) -> int:
    """Grade submissions of SHEET: files, folders or archives at PATHS."""
    from autograder.student import ahead

    begins = ahead() if options["engine"] == "local" else nullcontext()  # elsewhere nobody could fork from it
    with begins:  # it imports torch while what follows is imported
        from autograder.commands.grade import grade_class

        return BROKEN if grade_class(sheet, paths, stop=_stopper(), **options) else DONE


@cli.command()
@click.argument("sheet")
@click.argument("file", type=ANY)
@click.option(
    "--only",
    multiple=True,
    metavar="EXERCISES",
    help="Check these alone, several with commas between; may be repeated.",
)
@click.option("--markdown", type=NEW_FILE, help="Also write a Markdown summary to this file.")
@click.option(
    "--html", type=NEW_FILE, help="Also write what a notebook shows, pictures and typeset formulas, to this file."
)
@click.option("--watch", is_flag=True, help="Stay, and check at each save what it changed.")
@with_training
@course_option
@reported
def check(sheet: str, file: Path, **options: Any) -> int:
    """Check your own FILE against the public checks of SHEET."""
    from autograder.commands.check import check_file

    return DONE if check_file(sheet, file, **options) else MISTAKES


@cli.command()
@course_option
@click.option("--mnist", type=FOLDER, help="Folder with the full MNIST.")
@isolation_option
@reported
def doctor(course: Path | None, mnist: Path | None, require_isolation: str | None) -> int:
    """Say what will and will not work here: isolation, devices, data, versions."""
    from autograder.commands.doctor import examine

    return examine(course, mnist, require_isolation)


@cli.command()
@click.argument("sheet")
@click.option(
    "--to", required=True, type=NEW_FILE, help="Notebook to write: source/SHEET/SHEET.ipynb of an nbgrader course."
)
@course_option
@reported
def notebook(sheet: str, to: Path, course: Path | None) -> int:
    """Write SHEET as the source notebook of an nbgrader assignment, with its solutions.

    In an nbgrader course, nbgrader_config.py gets the lines with which nbgrader's own commands grade safely.
    """
    from autograder.course import find_course, load_sheet
    from autograder.grading import files
    from autograder.nbgrader import config
    from autograder.nbgrader.assignment import notebook as built

    chosen = find_course(course, sheet=sheet).path
    files.write(to, built(load_sheet(sheet, chosen)))
    root = config.course_folder(to)
    if root and (note := config.configured(root, chosen)):
        click.echo(note, err=True)
    return DONE


@cli.command()
@click.argument("sheet")
@click.option("--to", required=True, type=NEW_FOLDER, help="Folder to write: empty, or an earlier pack.")
@click.option(
    "--engine", default="", help="How students install this package: a wheel, or a line for requirements.txt."
)
@course_option
@reported
def release(sheet: str, to: Path, engine: str, course: Path | None) -> int:
    """Write the student's pack of SHEET: notebook and public checks; no oracle, no solution."""
    from autograder.commands.release import release as written

    for path in written(sheet, to, course=course, engine=engine):
        click.echo(path)
    if not engine:
        click.echo("Without --engine there is neither requirements.txt nor a workflow for GitHub.", err=True)
    return DONE


@cli.command()
@click.argument("folder", type=FOLDER)
@click.option(
    "--format",
    "formats",
    required=True,
    multiple=True,
    metavar="NAME",
    help="text, json, csv, junit, gradescope, canvas ...; may be given several times.",
)
@click.option("--to", required=True, type=ANY, help="File to write; of several formats, the folder to write into.")
@click.option("--template", type=FILE, help="The file your learning platform exported, to be filled in.")
@click.option("--column", default="", help="Which column of the template to fill.")
@click.option(
    "--audience",
    type=click.Choice(["instructor", "student"]),
    default="instructor",
    show_default=True,
    help="student: only what students may see, where json or junit are handed out.",
)
@course_option
@reported
def export(folder: Path, formats: tuple[str, ...], to: Path, **options: Any) -> int:
    """Write the results in FOLDER in another format, or in several at once."""
    from autograder.commands.exports import export_results

    for note in export_results(folder, formats, to, **options):
        click.echo(note, err=True)
    return DONE


@cli.command()
@click.argument("folder", type=FOLDER)
@click.option("--to", type=NEW_FILE, help="Write what waits and what is marked as a table, and start nothing.")
@click.option("--from", "from_", type=FILE, help="Take marks from such a table, and start nothing.")
@click.option("--marker", help="Who marks; by default your name on this machine.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="By default any that is free.")
@click.option(
    "--model", type=FOLDER, metavar="FOLDER", help="Group answers by this sentence model; nothing is downloaded."
)
@course_option
@reported
def review(folder: Path, **options: Any) -> int:
    """Mark what waits for a person in the results in FOLDER, in a browser on this machine."""
    from autograder.commands.review.command import review as reviewed

    reviewed(folder, **options)
    return DONE


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=ANY)
@click.option("--sheet", default="", metavar="NAME", help="Which sheet is answered, where PATHS are no results.")
@click.option("--page", type=NEW_FILE, help="Page to write; by default similar.html, in the folder of results.")
@click.option("--to", type=NEW_FILE, help="Also write all pairs as a table: pairs.csv.")
@course_option
@reported
def similar(paths: tuple[Path, ...], **options: Any) -> int:
    """Show which passages of a class stand twice and are unusual there; it accuses nobody.

    PATHS are folders of results, or submissions as `grade` takes them; several are one class.
    """
    from autograder.commands.similar.command import similar as compared

    return BROKEN if compared(paths, **options) else DONE


for command in (new, test, preview, mistakes):
    cli.add_command(command)


def _stopper() -> Callable[[], bool]:
    """True after the first Ctrl-C (what is running is finished and kept); the second ends at once."""
    asked = False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal asked
        if asked:
            os._exit(130)
        asked = True
        click.echo("Stopping after what is running now; press Ctrl-C again to stop at once.", err=True)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return lambda: asked

"""What several commands share: options, exit codes, and that every fault becomes one sentence."""

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from autograder.commands.distribution import stranger
from autograder.import_path import working_directory
from autograder.model import CourseError, InternalError, SubmissionError, UsageError

DONE, MISTAKES, WRONG, BROKEN = 0, 1, 2, 3
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
ANY = click.Path(path_type=Path)
GONE = "The working directory is gone; go to a folder that exists and run the command again."


def reported(command: Callable[..., int]) -> Callable[..., None]:
    """Turns our errors into one sentence on stderr and the exit code."""

    @functools.wraps(command)
    def run(**options: Any) -> None:
        if warning := stranger():
            click.echo(f"autograder: {warning}", err=True)
        try:
            _refuse_working_directory()
            if "course" in options:
                options["course"] = _only_one(options["course"])
            code = command(**options)
        except (UsageError, CourseError, SubmissionError) as error:
            click.echo(f"autograder: {error}", err=True)
            code = WRONG
        except FileNotFoundError:
            if working_directory():
                raise
            click.echo(f"autograder: {GONE}", err=True)  # deleted while we were at work
            code = WRONG
        except InternalError as error:
            click.echo(f"autograder: something failed on our side: {error}", err=True)
            code = BROKEN
        sys.exit(code)

    return run


def _refuse_working_directory() -> None:
    here = working_directory()
    if not here:
        raise UsageError(GONE)
    if not os.access(here, os.R_OK | os.X_OK):
        raise UsageError(f"The working directory {here} cannot be read; go to another one and run the command again.")


def _only_one(given: tuple[Path, ...]) -> Path | None:
    if len(given) > 1:
        raise UsageError(f"--course was given {len(given)} times ({', '.join(map(str, given))}); name one course.")
    return given[0] if given else None


course_option = click.option(
    "--course",
    type=ANY,
    multiple=True,
    help="Course folder; by default AUTOGRADER_COURSE, your settings file, or the working directory, if it is a course.",
)
isolation_option = click.option(
    "--require-isolation", metavar="LEVEL", help="Refuse to run student code with less isolation than this."
)
trust_option = click.option(
    "--i-trust-these-students", "trust", is_flag=True, help="Run hidden checks even where files cannot be hidden."
)
training_options = (
    click.option("--no-training", is_flag=True, help="Leave the training exercises pending."),
    click.option(
        "--device",
        type=click.Choice(["auto", "cpu", "cuda", "mps"]),
        default="auto",
        show_default=True,
        help="Where to train; auto takes a GPU that a submission proves able to compute on, where no other worker wants it.",
    ),
    click.option("--mnist", type=FOLDER, help="Folder with the full MNIST, in place of the digits that come along."),
)


def with_training(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(training_options):
        command = option(command)
    return command

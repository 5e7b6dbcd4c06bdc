"""``autograder review``: starts the application on a folder of results, or takes and gives marks as a table."""

import contextlib
import getpass
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from autograder.commands.exports import sheet_of
from autograder.commands.gradebooks import publish_to_gradebooks
from autograder.grading import Results, Store, files, read_marks, write_marks
from autograder.model import Sheet, UsageError

BUSY = (
    "Somebody is at work in {folder}: another review is open there, or a grader is. Close it, or open the address that it "
    "shows; nothing was changed."
)


def review(
    folder: Path,
    *,
    to: Path | None = None,
    from_: Path | None = None,
    marker: str | None = None,
    port: int = 0,
    model: Path | None = None,
    course: Path | None = None,
) -> None:
    """Serves the application until it is interrupted, or writes ``to``, or reads ``from_``. ``model`` is a folder with a sentence
    model by which answers are grouped.

    Raises:
        UsageError: no reports, a folder in use, no model in that folder, or an extra is not installed.
        CourseError: a row of the table does not fit; nothing was taken from it.
    """
    if to and from_:
        raise UsageError("Either --to writes a table or --from reads one; name one of them.")
    sheet, results, who = sheet_of(folder, course), Results(folder), marker or _login()
    if to:
        with Store(results.marks) as store:
            files.write(to, write_marks(list(results.load().values()), store.marks(), sheet))
        return
    with files.only_one(folder, BUSY.format(folder=folder)), Store(results.marks) as store:
        if from_:
            _take(from_, sheet, results, store)
        else:
            _serve(sheet, results, store, who, port, model)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # nobody's name is known to this machine
        return "marker"


def _take(path: Path, sheet: Sheet, results: Results, store: Store) -> None:
    reports = results.load()
    new = store.marks().bind_to(read_marks(path, sheet, reports), reports, sheet)
    store.decide(new.rows, marker=path.name, said=f"from {path.name}")
    click.echo(f"{len(new.rows)} marks are new or changed.")
    for note in publish(sheet, results, store):
        click.echo(note)


def publish(sheet: Sheet, results: Results, store: Store) -> list[str]:
    """Writes grades, feedback and gradebooks; returns sentences to know."""
    notes = publish_to_gradebooks(sheet, results, store)
    results.publish(sheet, store.marks())
    store.keep_setting("unpublished", "")
    return notes


# ------------------------------------------------------------------ the application


def _serve(sheet: Sheet, results: Results, store: Store, marker: str, port: int, model: Path | None) -> None:
    try:
        import uvicorn

        from autograder.commands.review.application import Application
        from autograder.commands.review.desk import Desk
        from autograder.commands.review.guard import Guard
        from autograder.commands.review.sense import by_model, by_words
    except ImportError as error:
        raise UsageError(f'This needs the extra "review": pip install "deep-autograder[review]" ({error}).') from None
    if store.setting("unpublished"):  # the last review ended before it could write
        publish(sheet, results, store)
    with _listening(port) as listener:
        port = listener.getsockname()[1]
        desk = Desk(results, sheet, store, marker, by_model(model) if model else by_words)
        application = Application(desk, lambda: publish(sheet, results, store), lambda: guard.address())
        guard = Guard(application.app(), port)
        config = uvicorn.Config(guard, log_level="error", lifespan="off", access_log=False, server_header=False)
        server = uvicorn.Server(config)
        server.capture_signals = lambda: _ends(server.handle_exit)  # type: ignore[method-assign]  # uvicorn raises them again
        click.echo(f"Open {guard.address()}\n(it opens once; Ctrl-C ends the review and writes grades and feedback)")
        server.run(sockets=[listener])
    for note in publish(sheet, results, store):
        click.echo(note)
    click.echo(f"Grades and feedback are written: {results.page}")


@contextlib.contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """A socket on this machine's own interface, which no other machine reaches."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen(128)  # a browser that is faster than we are waits
        except OSError as error:
            raise UsageError(
                f"Port {port} cannot be used ({error.strerror}); leave --port out, or name another."
            ) from None
        yield listener


@contextlib.contextmanager
def _ends(stop: Callable[..., None]) -> Iterator[None]:
    """Ctrl-C and a polite kill end the review in order."""
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

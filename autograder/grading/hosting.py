"""Starts the host that a run needs: isolation as demanded, the digits, and a word of trust where files cannot be hidden."""

import gc
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.model import Data, InternalError, Options, Settings, UsageError
from autograder.student import PlainHost, chosen
from autograder.training import fashion_mnist, kept, mnist

if TYPE_CHECKING:  # a system without walls cannot import them
    from autograder.student import Host

UNHIDDEN = "rlimits"  # the level at which a submission may read what this account may
UNWALLED = (UNHIDDEN, "plain")  # at these a submission may write what this account may
OPTIMISING = "torch._dynamo"  # torch imports it where a process makes its first optimiser, which takes a second
NO_WALLS = "this system has no walls for another's code"


def start_host(
    settings: Settings,
    options: Options | None = None,
    *,
    data: Sequence[Data] = (),
    secret: Sequence[Path] = (),
    require: str | None = None,
    trust: bool = True,
    patient: bool = True,
    ahead: bool = False,
    many: bool = False,
    meanwhile: Callable[[], object] = lambda: None,
) -> "Host | PlainHost":
    """A host for submissions to a sheet with these settings; the caller closes it.

    Args:
        data: the sheet's own data sets.
        secret: folders that submissions must not be able to read.
        require: refuse less isolation than this level.
        trust: False where hidden checks will run: then a level at which they could be read is refused. Where it is True and
            there are no walls, what is run is one's own, and runs in an ordinary child process.
        patient: try a GPU now, so that all reports say the same of it; else when the first training wants one.
        ahead: without walls, start the next process as soon as one is taken.
        many: many submissions to a sheet that trains: behind walls what an optimiser imports is imported once.
        meanwhile: what this process has to do anyway, done while the other one imports torch; it may be called again.

    Raises:
        UsageError: less isolation than required, no such device, or no MNIST where ``options`` say.
        InternalError: no submission can be run here.
    """
    root = mnist(Path(options.mnist) if options and options.mnist else None).root
    trains = bool(options and options.training)
    asked = options.device if options and trains else "cpu"
    walled: dict[str, Any] = {
        "require": require,
        "secret": secret,
        "readable": [root],
        "device": chosen(asked),
        "careful": asked == "auto",
        "preload": ("torch", OPTIMISING) if many and trains else ("torch",),
    }
    given = {"mnist": root, **_readable(data)}
    with _nothing_collected():
        host = _started(settings, walled, given, trust=trust, ahead=ahead, meanwhile=meanwhile)
    try:
        import torch

        torch.set_num_threads(1)  # the other cores are for submissions
        _refuse(host, asked, patient=patient, trust=trust)
    except BaseException:
        host.close()
        raise
    return host


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Imports make objects by the hundred thousand, and all of them stay: to look for garbage among them takes a sixth of torch's
    import, and a quarter of a second more soon after. So nobody looks, then or later."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            if not gc.get_freeze_count():  # once: what is garbage by then is never collected
                gc.freeze()
            gc.enable()


def _readable(data: Sequence[Data]) -> dict[str, Path]:
    """What a host gives submissions to read: by the plain path, and FashionMNIST where torchvision looks for it."""
    plain = {f"./{one.plain}": kept(one) for one in data}
    clothes = fashion_mnist(data)
    return plain | ({"fashion_mnist": clothes} if clothes else {})


def _started(
    settings: Settings,
    walled: dict[str, Any],
    data: dict[str, Path],
    *,
    trust: bool,
    ahead: bool,
    meanwhile: Callable[[], object],
) -> "Host | PlainHost":
    """The walled host, or the plain one where walls cannot be had and need not be."""
    try:
        if not (hasattr(os, "fork") and hasattr(socket, "AF_UNIX")):
            raise InternalError(NO_WALLS)
        from autograder.student import Host

        return Host(settings, data=data, meanwhile=meanwhile, **walled)
    except InternalError as error:
        refused = str(error).splitlines()[-1]
    if require := walled["require"]:
        raise UsageError(f"Isolation level {require} is required, but there are no walls here ({refused}).")
    if not trust:
        raise UsageError(_unhidden(refused))
    host = PlainHost(settings, data=data, refused=[refused], ahead=ahead)
    try:
        meanwhile()
    except BaseException:
        host.close()
        raise
    return host


def _unhidden(why: str) -> str:
    return (
        f"Nothing here keeps submissions from reading your files, the hidden checks among them ({why}). "
        "Grade on another machine, or say --i-trust-these-students."
    )


def _refuse(host: "Host | PlainHost", asked: str, *, patient: bool, trust: bool) -> None:
    """Raises UsageError if submissions could read hidden checks, or cannot train on the device asked for by its name."""
    if host.level == UNHIDDEN and not trust:
        raise UsageError(_unhidden("; ".join(host.refused) or "no walls were found"))
    if asked == "auto" and not patient:
        return
    found = host.device  # tried now, if it is a GPU
    if asked not in ("auto", found):
        raise UsageError(
            f"--device {asked}: submissions cannot train on it here ({host.device_refused}). "
            "Say --device cpu; the verdicts are the same."
        )

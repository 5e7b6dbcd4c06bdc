"""Where submissions run: a Host keeps a zygote at the strongest level of isolation that proves itself."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from autograder import model
from autograder.model import InternalError
from autograder.student.isolation.levels import Enclosure
from autograder.student.isolation.syscalls import hide_memory
from autograder.student.zygote import Lost, Zygote

if TYPE_CHECKING:  # these import torch; a host starts its zygote first, so that both import it at the same time
    from autograder.student.isolation.selftest import Promise
    from autograder.student.process import Process


class Host:
    """Runs submissions, each in processes of its own. A context manager; one zygote, started anew if it dies."""

    def __init__(
        self,
        settings: model.Settings,
        *,
        require: str | None = None,
        level: str | None = None,
        readable: Sequence[Path] = (),
        secret: Sequence[Path] = (),
        preload: Sequence[str] = ("torch",),
        data: Mapping[str, Path] | None = None,
        device: str = "cpu",
        careful: bool = False,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        """Starts at the strongest level that proves itself (or at ``level``); refuses less than ``require``.

        ``readable`` is data that submissions may read beside the interpreter and its packages; ``secret`` are the folders they
        must not (course, submissions, results). ``data`` names data sets: ``{"mnist": root}``, or a
        relative path at which submissions find one: ``{"./data/prices.csv": file}``. ``device`` is where trainings
        should run (not if a promise had to be given up for it, where ``careful``); see the property for where they will.
        ``meanwhile`` is called while a zygote imports torch, once for each level that is tried.

        Raises:
            UsageError: a secret lies where submissions may read, or less than ``require`` can be had.
            InternalError: no submission can be run here at all.
        """
        hide_memory()
        self.settings = settings
        self._enclosure = Enclosure(
            settings, require, level, readable, secret, preload, dict(data or {}), device, careful, meanwhile
        )
        self._running: Zygote | None = None
        try:
            self._zygote()
        except BaseException:
            self._enclosure.close()
            raise

    @property
    def level(self) -> str:
        """The level in force: one of ``isolation.levels.LEVELS``."""
        return self._enclosure.level or ""

    @property
    def isolation(self) -> str:
        """What the self-test proved, in one line that is the same on every run; for every report."""
        return self._enclosure.isolation

    @property
    def device(self) -> str:
        """Where trainings run: the device asked for, if a submission's process is seen to compute on it, else "cpu". Asked for
        the first time, it is tried, which takes the seconds that a GPU's driver needs to wake up."""
        if self._enclosure.device_is_open:
            try:
                self._enclosure.prove_device(self._zygote())
            except Lost as lost:
                raise InternalError(f"No process that could try the GPU was to be had: {lost}") from None
            if self._enclosure.device == "cpu":
                self.forget()
        return self._enclosure.device

    def give_up_device(self, reason: str) -> None:
        """Trainings run on the CPU from here on."""
        self._enclosure.refuse_device(reason)
        self.forget()

    @property
    def device_refused(self) -> str:
        """Why trainings do not run on the device asked for, or ""."""
        return self._enclosure.device_refused

    @property
    def promises(self) -> "tuple[Promise, ...]":
        """What the self-test showed, row by row."""
        return self._enclosure.promises

    @property
    def refused(self) -> tuple[str, ...]:
        """Why no stronger level is used, a sentence per level."""
        return tuple(self._enclosure.refused)

    def _zygote(self) -> Zygote:
        if self._running is None:
            self._running = self._enclosure.start()
        return self._running

    def process(self, imports: Sequence[str] = (), device: str = "cpu") -> "Process":
        """A fresh process, which sees ``device``. If the zygote is gone, a new one is started and tried once. Raises
        InternalError."""
        from autograder.student.forked import Forked
        from autograder.student.process import Process

        for _ in range(2):
            zygote = None
            try:
                zygote = self._zygote()
                if zygote.single_use:
                    self._running = None  # the process takes it along
                return Process(Forked(zygote, imports, gpu=device != "cpu"))
            except Lost as lost:
                reason = str(lost)
                if zygote is not None:
                    zygote.close()
                self.forget()
        raise InternalError(f"No process for the submission could be started, twice: {reason}")

    def forget(self, zygote: Zygote | None = None) -> None:
        """Ends the zygote, if it is still this one (None: whichever it is); the next process starts a new one."""
        if self._running is not None and zygote in (None, self._running):
            self._running.close()
            self._running = None

    def close(self) -> None:
        """Ends the zygote and removes what it left on the disk."""
        self.forget()
        self._enclosure.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

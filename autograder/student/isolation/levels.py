"""Finds the strongest level that this machine has and that the self-test believes. Runs in the grader."""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder import model
from autograder.model import InternalError, UsageError
from autograder.student.endings import CPU_PART
from autograder.student.isolation import bubblewrap, cgroups, gpu, readable
from autograder.student.zygote import Lost, Zygote

if TYPE_CHECKING:
    from autograder.student.isolation import selftest

LEVELS = ("rlimits", "macos", "landlock", "bubblewrap", "namespaces", "root")  # from the weakest to the strongest
NEEDED = {
    "rlimits": {"memory", "work"},
    "macos": {"read", "write", "network", "processes", "grader", "work"},
}  # promises without which a level is not used; all of them elsewhere
SINGLE_USE = ("macos",)  # a process that has imported torch must not fork there
FIRST_UID, UIDS = 61_000, 4_000  # user ids that belong to nobody
DISK_MB = 64
SCRATCH = "autograder-"  # and the grader's process id: folders that hold what students' processes write
UNBOUNDED = "a GPU's driver does without a bound on memory; say --device cuda if you accept that"


def sweep(folder: Path) -> None:
    """Deletes the scratch folders in ``folder`` of graders that were killed and could not do it themselves."""
    for left in folder.glob(f"{SCRATCH}[0-9]*-*"):
        with contextlib.suppress(OSError, ValueError):
            if left.stat().st_uid == os.getuid() and not _runs(int(left.name.split("-")[1])):
                shutil.rmtree(left, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


@dataclass
class Enclosure:
    """Starts zygotes at one level. ``isolation`` and ``promises`` say what the self-test showed, ``refused`` why no stronger
    level is used, ``device`` where trainings run, and ``device_refused`` why not where they were to. ``careful`` gives no
    promise up for a device."""

    settings: model.Settings
    require: str | None
    level: str | None
    extra: Sequence[Path]
    secrets: Sequence[Path]
    preload: Sequence[str]
    data: Mapping[str, Path]
    device: str = "cpu"
    careful: bool = False
    meanwhile: Callable[[], object] = lambda: None
    device_refused: str = ""
    promises: "tuple[selftest.Promise, ...]" = ()
    refused: list[str] = field(default_factory=list)
    _spare: Zygote | None = None
    _device_proved: bool = False

    def __post_init__(self) -> None:
        for name in (self.require, self.level):
            if name is not None and name not in LEVELS:
                raise UsageError(f"There is no isolation level {name!r}; the levels are {', '.join(LEVELS)}.")
        self.readable = readable.readable([*self.extra, *self.data.values()])
        if self.careful and self.device == "cuda" and os.geteuid() != 0:
            self.refuse_device(UNBOUNDED)  # only root can make a control group
        self._door = gpu.door(self.device, self.readable)
        readable.refuse_secrets(self.readable, self.secrets)
        sweep(Path(tempfile.gettempdir()))
        self.scratch = new_folder()

    @property
    def _group(self) -> str:
        return f"autograder-{os.getpid()}-{Path(self.scratch).name}"

    @property
    def isolation(self) -> str:
        """One line for every report: the level and what the self-test showed. The same on every run of one machine."""
        kept = ", ".join(promise.short for promise in self.promises if promise.kept and promise.name != "work")
        broken = ", ".join(promise.short for promise in self.promises if not promise.kept)
        line = f"{self.level} (tried: {kept})" + (f"; NOT kept: {broken}" if broken else "")
        if self.device == "cpu" or not self._device_proved:
            return line
        bound = "" if cgroups.bounds_memory(self._group) else " and no bound on memory"
        return f"{line}; trainings on {self.device}, with its driver in reach{bound}"

    def start(self) -> Zygote:
        """A zygote at the strongest level that proves itself; later ones at the same. Raises UsageError if that is less than
        required, InternalError if there is none, Lost if a later one does not start."""
        if self.promises:
            assert self.level
            return self._next(self.level)
        reasons = []
        for level in [self.level] if self.level else candidates():
            self._check_required(level)
            try:
                self._prove(level)
                self.level = level
                return self._next(level)
            except (Lost, OSError) as error:
                reasons.append(f"{level}: {error}")
                self.refused.append(reasons[-1].partition("\n")[0])
                self.level = None
        raise InternalError("Submissions cannot be run here. What was tried:\n" + "\n".join(reasons))

    def _check_required(self, level: str) -> None:
        if self.require and LEVELS.index(level) < LEVELS.index(self.require):
            reasons = "; ".join(self.refused) or "no more was asked for"
            raise UsageError(
                f"Isolation level {self.require} is required, but only {level} can be had here ({reasons})."
            )

    def _prove(self, level: str) -> None:
        """Tries a zygote of ``level`` and keeps it for the first submission. Raises Lost if it does not hold what it promises."""
        zygote = self._launch(level)
        try:
            from autograder.student.isolation import selftest  # imports torch here, while the zygote does so there

            self.meanwhile()
            zygote.ready()
            promises = selftest.prove(zygote, self.scratch, self.settings.memory_mb, self.secrets)
            needed = NEEDED.get(level, set(selftest.PROMISES))
            if broken := [promise for promise in promises if promise.name in needed and not promise.kept]:
                raise Lost("the self-test showed otherwise: " + ", ".join(f"{p.short} ({p.detail})" for p in broken))
        except BaseException:
            zygote.close()
            raise
        self.promises, self._spare = promises, None if zygote.single_use else zygote

    @property
    def device_is_open(self) -> bool:
        """Whether a device other than the CPU was asked for and not yet tried."""
        return bool(self._door) and not self._device_proved

    def prove_device(self, running: Zygote) -> None:
        """Lets a process compute on the device asked for, behind the same walls. Where that fails, or a bound on memory would
        have to be given up by one who is careful, trainings stay on the CPU; then ``running``, which has a door, is to be
        forgotten."""
        from autograder.student.isolation import selftest

        assert self.level
        self._device_proved = True
        bounded = any(promise.name == "memory" and promise.kept for promise in self.promises)
        if self.careful and bounded and not cgroups.bounds_memory(self._group):
            self.refuse_device(UNBOUNDED)
            return
        zygote = self._launch(self.level) if running.single_use else running
        try:
            zygote.ready()
            selftest.prove_device(zygote, self.scratch, self.secrets, self.device, self.promises)
        except (Lost, OSError) as error:
            self.refuse_device(str(error).strip().partition("\n")[0])
        finally:
            if zygote is not running:
                zygote.close()

    def refuse_device(self, reason: str) -> None:
        """Trainings run on the CPU from here on; processes come from zygotes without a door."""
        self.device, self.device_refused, self._door = "cpu", reason, {}

    def _next(self, level: str) -> Zygote:
        """The zygote kept ahead, or a new one; of those for a single use another is started ahead."""
        zygote = self._spare or self._launch(level)
        self._spare = self._launch(level) if zygote.single_use else None
        zygote.ready()
        return zygote

    def _launch(self, level: str) -> Zygote:
        spec = self._spec(level)
        return Zygote(spec, bubblewrap.command(spec) if level == "bubblewrap" else ())

    def _spec(self, level: str) -> dict[str, Any]:
        """All that a zygote is told, as plain data."""
        single_use = level in SINGLE_USE
        return {
            "level": level,
            "uid": self._uid(level),
            "parent": os.getpid(),
            "group": self._group,
            "python_path": readable.python_path(),
            "readable": self.readable,
            "engine": readable.engine(),
            "scratch": new_folder(self.scratch) if single_use else self.scratch,
            "single_use": single_use,
            "gpu": self._door,
            "preload": list(self.preload),
            "data": {name: os.path.realpath(path) for name, path in self.data.items()},
            "memory_mb": self.settings.memory_mb,
            "cpu_seconds": int(CPU_PART * self.settings.total_seconds),
            "disk_mb": DISK_MB,
        }

    def _uid(self, level: str) -> int | None:
        """A user id of its own for students' processes, if we are root and what they read is open to all."""
        if sys.platform != "linux" or os.geteuid() != 0 or level in ("bubblewrap", "namespaces"):
            return None
        if level != "root" and not readable.others_may_read([*self.readable, self.scratch]):
            return None
        return FIRST_UID + os.getpid() % UIDS

    def close(self) -> None:
        """Removes what starting left on the disk; every zygote must be closed."""
        if self._spare is not None:
            self._spare.close()
        cgroups.remove(self._group)
        shutil.rmtree(self.scratch, ignore_errors=True)


def candidates() -> list[str]:
    """The levels worth trying here, the strongest first."""
    if sys.platform == "darwin":
        return ["macos", "rlimits"]
    if sys.platform != "linux":
        return ["rlimits"]
    return ["root" if os.geteuid() == 0 else "namespaces", "bubblewrap", "landlock", "rlimits"]


def new_folder(inside: str | None = None) -> str:
    """A temporary folder that a process with a user id of its own passes through, without seeing what is in it."""
    folder = tempfile.mkdtemp(prefix=f"{SCRATCH}{os.getpid()}-", dir=inside)
    os.chmod(folder, 0o711)
    return folder

"""Puts the walls up, level by level: around the zygote once, around each student's process after its fork.

    level        own root   Landlock   system calls   own uid   limits
    root         yes        yes        yes            yes       yes, and for all processes together
    namespaces   yes        yes        yes                      yes
    bubblewrap   bwrap's    yes        yes                      yes
    landlock                yes        yes            as root   yes
    macos        (the zygote is one worker in a sandbox, used once)   yes
    rlimits                                           as root   yes

Nothing here says that a wall holds: the self-test does.
"""

import contextlib
import os
import signal
import socket
import sys
from typing import Any

from autograder.student.isolation import cgroups, gpu, landlock, limits, macos, namespaces, seccomp, syscalls

OWN_ROOT = ("root", "namespaces")
FILTERED = ("root", "namespaces", "bubblewrap", "landlock")
LINUX = sys.platform == "linux"
MOST_THREADS = 256  # of one user id, counted where the id is the process's own


class Walls:
    """The walls of one zygote. ``spec``: level, uid, readable, engine, scratch, limits, and the door to a GPU, if any."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self.spec, self.level = spec, spec["level"]
        self.groups: cgroups.Groups | None = None
        self.own_numbers = -1
        self.folders = spec["scratch"]  # where students' folders are made

    def enter(self, control: socket.socket) -> None:
        """Around the zygote, before it imports what students import. Raises OSError where the level cannot be had."""
        if LINUX:
            syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)
            syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
            if self.level != "bubblewrap" and os.getppid() != self.spec["parent"]:  # bwrap follows the grader by itself
                os._exit(0)  # the grader was gone before this process could be told to follow it
        if self.level in FILTERED and not syscalls.NUMBERS:
            raise OSError(f"there is no table of system calls for {syscalls.ARCHITECTURE}")
        if self.level in ("landlock", "bubblewrap") and not landlock.version():
            raise OSError("this kernel has no Landlock")
        if self.level == "root":
            driver = gpu.DRIVER_MB if self.spec["gpu"] else 0
            self.groups = cgroups.Groups(self.spec["group"], self.spec["memory_mb"] + self.spec["disk_mb"] + driver)
        if self.level in OWN_ROOT:
            namespaces.enter(self.spec, control)
            self.own_numbers = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        if self.level in (*OWN_ROOT, "bubblewrap"):
            self.folders = namespaces.WORK
            os.environ |= dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME"), self.folders)
        if self.level == "macos":
            macos.enter(self.spec)
        syscalls.hide_memory()

    def seal(self) -> None:
        """After the imports: our own modules are no longer there to be read, and what comes is counted by the control groups
        (joined here and inherited by each fork: a process that moves by itself waits 20 ms for it)."""
        if self.groups is not None:
            self.groups.join()
        if self.level in OWN_ROOT:
            namespaces.hide([path for path in self.spec["engine"] if os.path.exists(path)])

    def new_folder(self) -> str:
        """The writable folder of the next student."""
        if self.level in OWN_ROOT:
            return namespaces.WORK  # a file system of its own, mounted by the process itself
        folder = limits.new_folder(self.folders)
        if self.spec["uid"] is not None:
            os.chown(folder, self.spec["uid"], self.spec["uid"])
        return folder

    def remove_folder(self, folder: str) -> None:
        if self.level not in OWN_ROOT:
            limits.remove_folder(folder)

    def fork(self) -> int:
        """Forks: 0 in the student's process, its number in the zygote."""
        return namespaces.fork(self.own_numbers) if self.level in OWN_ROOT else os.fork()

    def enter_child(self, folder: str, *, on_gpu: bool) -> None:
        """Around this process, a student's, for good. Raises OSError; then no line of the student's code may run."""
        used = limits.in_use()
        if self.level in OWN_ROOT:
            namespaces.enter_child(self.spec, gpu=on_gpu)
        limits.own_surroundings(folder, self.spec["gpu"]["environment"] if on_gpu else {})
        if self.spec["uid"] is not None:
            self._change_user(self.spec["uid"])
        if LINUX:
            syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)  # a change of user forgets it
        own_count = MOST_THREADS if self.level in OWN_ROOT or self.spec["uid"] is not None else None
        limits.apply(self.spec, used, own_count, on_gpu=on_gpu)
        if LINUX:
            syscalls.no_new_privileges()
            syscalls.drop_capabilities()
        if self.level in FILTERED:
            if landlock.version():  # a root of its own does without, where it must
                read = [*self.spec["readable"], *(f"/dev/{name}" for name in namespaces.DEVICES)]
                use = [*self.spec["gpu"]["files"], gpu.THREAD_NAMES] if on_gpu else []
                landlock.enter([*read, *(self.spec["gpu"]["read"] if on_gpu else ())], [folder], use)
            seccomp.install(gpu=on_gpu)

    def _change_user(self, uid: int) -> None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        with contextlib.suppress(OSError):
            syscalls.hide_memory()

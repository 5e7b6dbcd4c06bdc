"""Namespaces: a world of its own, with other process numbers, no network, and a root folder that holds only what may be read.

For an ordinary user a user namespace comes first, in which the rest is allowed. The zygote enters; every student's process gets
process numbers, a mount table and a writable folder of its own on top.
"""

import contextlib
import os
import signal
import socket
from collections.abc import Sequence
from typing import Any, NoReturn

from autograder.student.isolation import syscalls

NEW_MOUNT, NEW_CGROUP, NEW_UTS, NEW_IPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
NEW_USER, NEW_PID, NEW_NET = 0x10000000, 0x20000000, 0x40000000
READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC, REMOUNT, BIND, RECURSIVE, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
AT_FDCWD, AT_RECURSIVE, DETACH = -100, 0x8000, 2
DEVICES = ("null", "zero", "full", "random", "urandom")
WORK = "/submission"
MOST_ENTRIES = 4000  # files and folders in the writable folder


def enter(spec: dict[str, Any], control: socket.socket) -> None:
    """Moves this process (which becomes a child: the process numbers are new) into namespaces with a new root. Raises OSError."""
    if spec["level"] == "namespaces":
        _enter_user_namespace()
    syscalls.call("unshare", NEW_MOUNT | NEW_NET | NEW_IPC | NEW_UTS | NEW_CGROUP | NEW_PID)
    pid = os.fork()
    if pid:
        _keep(pid, control)
    syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)
    _new_root(spec)


def _enter_user_namespace() -> None:
    uid, gid = os.geteuid(), os.getegid()
    syscalls.call("unshare", NEW_USER)
    for name, content in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(content)


def _keep(pid: int, control: socket.socket) -> NoReturn:
    """What stays outside holds nothing and only waits: the grader knows this process, and its end is the end of all."""
    control.close()
    with contextlib.suppress(BaseException):
        os.waitpid(pid, 0)
    os._exit(0)


# ------------------------------------------------------------------ the new root


def _new_root(spec: dict[str, Any]) -> None:
    root = spec["scratch"] + "/root"
    os.makedirs(root, exist_ok=True)
    syscalls.mount(None, "/", None, RECURSIVE | PRIVATE)
    syscalls.mount("tmpfs", root, "tmpfs", NO_SUID | NO_DEVICES, "size=1m,mode=755")
    for path in [*spec["readable"], *spec["engine"]]:
        _show(path, root)
    os.mkdir(root + "/dev")
    for name in DEVICES:
        _bind(f"/dev/{name}", f"{root}/dev/{name}")
    for path in spec["gpu"].get("files", ()):
        if os.path.exists(path):
            _bind(path, root + path)
    for path in spec["gpu"].get("show", ()):
        _show(path, root)
    for folder in (WORK, "/proc"):
        os.mkdir(root + folder)
    syscalls.mount("tmpfs", root + WORK, "tmpfs", NO_SUID | NO_DEVICES, "size=16m,mode=1777")
    syscalls.mount("proc", root + "/proc", "proc", NO_SUID | NO_DEVICES | NO_EXEC)
    os.chdir(root)
    syscalls.call("pivot_root", b".", b".")
    syscalls.call("umount2", b".", DETACH)
    os.chdir("/")
    syscalls.mount(None, "/", None, REMOUNT | BIND | READ_ONLY | NO_SUID | NO_DEVICES)


def _show(path: str, root: str) -> None:
    """Makes ``path`` readable under the new root, where it was."""
    target = root + path
    if os.path.islink(path):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.symlink(os.readlink(path), target)
        return
    if not os.path.exists(path):
        return
    _bind(path, target)
    attributes = b"".join(value.to_bytes(8, "little") for value in (READ_ONLY | NO_SUID | NO_DEVICES, 0, 0, 0))
    syscalls.call("mount_setattr", AT_FDCWD, os.fsencode(target), AT_RECURSIVE, attributes, len(attributes))


def _bind(path: str, target: str) -> None:
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="ascii"):
            pass
    syscalls.mount(path, target, None, BIND | RECURSIVE)


def hide(paths: Sequence[str]) -> None:
    """Takes ``paths`` out of this root again (our own modules, once they are imported)."""
    for path in paths:
        syscalls.call("umount2", os.fsencode(path), DETACH)


# ------------------------------------------------------------------ a student's process


def fork(own_numbers: int) -> int:
    """Forks a process that is number 1 of process numbers of its own; ``own_numbers`` is a descriptor of this process's
    namespace, to come back to."""
    syscalls.call("unshare", NEW_PID)
    pid = os.fork()
    if pid:
        syscalls.setns(own_numbers, NEW_PID)
    return pid


def enter_child(spec: dict[str, Any], *, gpu: bool) -> None:
    """Its own mount table: the writable folder, bounded in bytes and files; no /proc and no GPU, or with one a /proc that
    shows this process alone."""
    syscalls.call("unshare", NEW_MOUNT | NEW_IPC)
    options = f"size={spec['disk_mb']}m,nr_inodes={MOST_ENTRIES},mode=1777"
    syscalls.mount("tmpfs", WORK, "tmpfs", NO_SUID | NO_DEVICES | NO_EXEC, options)
    if gpu:
        syscalls.mount("proc", "/proc", "proc", NO_SUID | NO_DEVICES | NO_EXEC)
    else:
        door = [*spec["gpu"].get("files", ()), *spec["gpu"].get("show", ())]
        hide(["/proc", *(path for path in door if os.path.exists(path))])

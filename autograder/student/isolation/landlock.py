"""Landlock: a process gives up every file but those it lists (Linux 5.13; TCP since 6.7, signals since 6.12).

It does not cover chmod, times, extended attributes, UDP and sockets with a path: ``seccomp`` does. It binds the calling thread,
so it must come right after the fork.
"""

import os
import stat
import struct
from collections.abc import Iterable

from autograder.student.isolation import syscalls

VERSION_QUESTION = 1
EXECUTE, WRITE_FILE, READ_FILE, READ_FOLDER = 1, 2, 4, 8
TRUNCATE, IOCTL_DEVICE = 1 << 14, 1 << 15
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEVICE
USE = READ_FILE | READ_FOLDER | WRITE_FILE | TRUNCATE | IOCTL_DEVICE
RIGHTS_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
NET_VERSION, SCOPE_VERSION = 4, 6
PATH_RULE = 1


def version() -> int:
    """The kernel's Landlock version; 0 where there is none."""
    try:
        return syscalls.call("landlock_create_ruleset", 0, 0, VERSION_QUESTION)
    except OSError:
        return 0


def enter(read: Iterable[str], write: Iterable[str], use: Iterable[str] = ()) -> None:
    """From here on only ``read`` may be read, and only what lies in ``write`` changed; what is in ``use`` (devices) may be
    written but neither made nor removed. Raises OSError."""
    number = version()
    rights = RIGHTS_BY_VERSION[min(number, 5)] if number else 0
    if not rights:
        raise OSError("this kernel has no Landlock")
    attributes = struct.pack("<Q", rights)
    if number >= NET_VERSION:
        attributes += struct.pack("<Q", 3)  # no TCP: neither bind nor connect
    if number >= SCOPE_VERSION:
        attributes += struct.pack("<Q", 3)  # no abstract sockets and no signals out of here
    rules = syscalls.call("landlock_create_ruleset", attributes, len(attributes), 0)
    for path in read:
        _allow(rules, path, (READ_FILE | READ_FOLDER) & rights)
    for path in write:
        _allow(rules, path, rights & ~EXECUTE)
    for path in use:
        _allow(rules, path, rights & USE)
    syscalls.no_new_privileges()
    syscalls.call("landlock_restrict_self", rules, 0)
    os.close(rules)


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what cannot be opened here cannot be opened later either
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= FILE_RIGHTS
        syscalls.call("landlock_add_rule", rules, PATH_RULE, struct.pack("<Qi", rights, fd), 0)
    finally:
        os.close(fd)

"""Linux system calls that Python 3.11 has no function for, by ctypes; numbers for x86-64 and aarch64.

An architecture that is not in the tables has none of the levels that need them.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

ARCHITECTURE = {"arm64": "aarch64"}.get(platform.machine(), platform.machine()) if sys.platform == "linux" else ""
AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# name: (x86-64, aarch64); None where the architecture does not have it
_TABLE: dict[str, tuple[int | None, int | None]] = {
    "open": (2, None), "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269), "socket": (41, 198),
    "connect": (42, 203), "accept": (43, 202), "accept4": (288, 242), "bind": (49, 200), "listen": (50, 201),
    "socketpair": (53, 199), "clone": (56, 220), "fork": (57, None), "vfork": (58, None), "execve": (59, 221),
    "execveat": (322, 281), "clone3": (435, 435), "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "fcntl": (72, 25), "ioctl": (16, 29),
    "prctl": (157, 167), "flock": (73, 32), "truncate": (76, 45), "openat": (257, 56), "openat2": (437, 437),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None),
    "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54), "utime": (132, None), "utimes": (235, None),
    "futimesat": (261, None), "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6),
    "fsetxattr": (190, 7), "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "mknod": (133, None), "mknodat": (259, 33), "ptrace": (101, 117), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "process_madvise": (440, 440), "process_mrelease": (448, 448), "kcmp": (312, 272),
    "personality": (135, 92), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "unshare": (272, 97), "setns": (308, 268), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "quotactl": (179, 60), "quotactl_fd": (443, 443), "add_key": (248, 217), "request_key": (249, 218),
    "keyctl": (250, 219), "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "io_setup": (206, 0),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "pidfd_send_signal": (424, 424), "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438), "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "msgget": (68, 186),
    "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187), "semget": (64, 190), "semctl": (66, 191),
    "semop": (65, 193), "semtimedop": (220, 192), "mq_open": (240, 180), "mq_unlink": (241, 181),
    "inotify_init": (253, None), "inotify_init1": (294, 26), "fanotify_init": (300, 262), "fanotify_mark": (301, 263),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104), "kexec_file_load": (320, 294),
    "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89), "syslog": (103, 116),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "clock_adjtime": (305, 266), "adjtimex": (159, 171),
    "sethostname": (170, 161), "setdomainname": (171, 162), "iopl": (172, None), "ioperm": (173, None),
    "modify_ldt": (154, None), "uselib": (134, None), "vmsplice": (278, 75), "move_pages": (279, 239),
    "migrate_pages": (256, 238), "mbind": (237, 235), "set_mempolicy": (238, 237),
    "set_mempolicy_home_node": (450, 450), "lookup_dcookie": (212, 18), "ioprio_set": (251, 30),
    "setpriority": (141, 140), "prlimit64": (302, 261), "sched_setaffinity": (203, 122), "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119), "sched_setattr": (314, 274), "capset": (126, 91), "seccomp": (317, 277),
    "landlock_create_ruleset": (444, 444), "landlock_add_rule": (445, 445), "landlock_restrict_self": (446, 446),
}  # fmt: skip
LAST_KNOWN = 462  # mseal; what is newer was never judged and answers ENOSYS
COLUMNS = {"x86_64": 0, "aarch64": 1}
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 36, 38, 47
_CAPABILITY_VERSION = 0x20080522
_LAST_CAPABILITY = 63
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def numbers(architecture: str) -> dict[str, int]:
    """The numbers of one architecture, by name; none for one that is not in the table."""
    if architecture not in COLUMNS:
        return {}
    rows = ((name, row[COLUMNS[architecture]]) for name, row in _TABLE.items())
    return {name: number for name, number in rows if number is not None}


NUMBERS = numbers(ARCHITECTURE)


def call(name: str, *arguments: int | bytes | ctypes.Array[ctypes.c_char]) -> int:
    """The system call ``name``. Raises OSError, with ENOSYS where there is none of that name."""
    if _libc is None or name not in NUMBERS:
        raise OSError(errno.ENOSYS, f"no system call {name} here")
    passed = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return _checked(_libc.syscall(ctypes.c_long(NUMBERS[name]), *passed), name)


def prctl(operation: int, argument: int = 0, second: int = 0) -> int:
    """prctl(2). Raises OSError."""
    if _libc is None:
        raise OSError(errno.ENOSYS, "no prctl here")
    passed = [ctypes.c_ulong(argument), ctypes.c_ulong(second), ctypes.c_ulong(0), ctypes.c_ulong(0)]
    return _checked(_libc.prctl(ctypes.c_int(operation), *passed), f"prctl {operation}")


def mount(source: str | None, target: str, kind: str | None = None, flags: int = 0, options: str = "") -> None:
    """mount(2). Raises OSError."""
    _path = [None if text is None else os.fsencode(text) for text in (source, target, kind)]
    assert _libc is not None
    _checked(_libc.mount(*_path, ctypes.c_ulong(flags), options.encode()), f"mount {target}")


def setns(fd: int, kind: int) -> None:
    """setns(2). Raises OSError."""
    call("setns", fd, kind)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what)
    return int(result)


def drop_capabilities() -> None:
    """Gives up every capability, for good."""
    for capability in range(_LAST_CAPABILITY):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError as error:
            if error.errno in (
                errno.EINVAL,
                errno.EPERM,
            ):  # past this kernel's last; nothing to drop for an ordinary user
                break
    prctl(PR_CAP_AMBIENT, 4)
    call("capset", struct.pack("<Ii", _CAPABILITY_VERSION, 0), bytes(24))


def no_new_privileges() -> None:
    """Nothing this process executes ever has more rights than it."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def hide_memory() -> None:
    """Keeps processes of the same user from reading this one's memory, environment and descriptors. Does nothing elsewhere
    than on Linux."""
    if _libc is not None:
        prctl(PR_SET_DUMPABLE, 0)

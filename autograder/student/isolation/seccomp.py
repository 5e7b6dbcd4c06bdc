"""seccomp: the system calls a student's process may make, as a classic BPF program that the kernel runs before each one.

Refused are all that reach out of the process: sockets, processes, other processes' memory and signals, mounts, keys, kernel
interfaces. What changes files' metadata pretends success and does nothing, for Landlock does not cover it and honest code calls
it in passing (``shutil.copy``). System calls newer than this list do not exist here.
"""

import ctypes
import errno
import os
import struct
from collections.abc import Mapping, Sequence

from autograder.student.isolation import syscalls

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, operand

LOAD, JUMP_EQUAL, JUMP_GREATER, JUMP_GREATER_EQUAL, JUMP_ANY_BIT, RETURN, AND = 0x20, 0x15, 0x25, 0x35, 0x45, 0x06, 0x54
ALLOW, KILL = 0x7FFF0000, 0x80000000
PRETEND, REFUSE, ABSENT = 0x00050000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
NUMBER_AT, ARCHITECTURE_AT, ARGUMENTS_AT = 0, 4, 16
X32 = 0x40000000
SET_FILTER = 1
CLONE_THREAD = 0x10000

REFUSED = (
    # the network and other processes' sockets
    "socket", "connect", "bind", "listen", "accept", "accept4", "sendmsg", "sendmmsg",
    # processes
    "fork", "vfork", "execve", "execveat",
    # other processes: memory, signals, scheduling
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "process_mrelease", "kcmp", "pidfd_open",
    "pidfd_getfd", "pidfd_send_signal", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "setpriority", "ioprio_set",
    "move_pages", "migrate_pages",
    # memory that no limit counts, and ways to hand it on
    "memfd_create", "memfd_secret", "shmget", "shmat", "shmctl", "msgget", "msgsnd", "msgrcv", "msgctl", "semget", "semctl",
    "semop", "semtimedop", "mq_open", "mq_unlink", "vmsplice",
    # mounts, namespaces, files behind Landlock's back
    "mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "open_tree", "move_mount", "fsopen", "fsconfig", "fsmount",
    "fspick", "mount_setattr", "name_to_handle_at", "open_by_handle_at", "truncate", "mknod", "mknodat", "inotify_init",
    "inotify_init1", "fanotify_init", "fanotify_mark", "quotactl", "quotactl_fd", "lookup_dcookie",
    # the kernel
    "add_key", "request_key", "keyctl", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter",
    "io_uring_register", "io_setup", "personality", "init_module", "finit_module", "delete_module", "kexec_load",
    "kexec_file_load", "reboot", "swapon", "swapoff", "acct", "syslog", "settimeofday", "clock_settime", "clock_adjtime",
    "adjtimex", "sethostname", "setdomainname", "iopl", "ioperm", "modify_ldt", "uselib",
)  # fmt: skip
PRETENDED = (
    "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat", "utime", "utimes", "futimesat",
    "utimensat", "setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr", "flock",
    "mbind", "set_mempolicy", "set_mempolicy_home_node",
)  # fmt: skip
CUDA = ("memfd_create", "bind", "listen")  # refused, but where there is a GPU: CUDA does not start without
MISSING = (
    "clone3",
    "openat2",
)  # arguments in memory, which BPF cannot see; the C library falls back to clone and openat
OWN_PROCESS = ("kill", "tgkill")
OWN_OR_ZERO = ("prlimit64", "sched_setaffinity", "sched_setparam", "sched_setscheduler", "sched_setattr")
LOCKS = (5, 6, 7, 36, 37, 38)  # F_GETLK … F_OFD_SETLKW: a file's locks are seen by everyone who reads it
SEQUENCED, STREAM, LOCAL = 5, 1, 1  # kinds of a socket, and the family that stays on this machine
SIGNAL_OWNERS = (8, 10, 15, 1024, 1026)  # F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY
REFUSED_IOCTLS = (
    *(0x5412, 0x541C),  # TIOCSTI, TIOCLINUX: keys into a terminal
    *(0x8901, 0x8902),  # FIOSETOWN, SIOCSPGRP: signals to others
    *(0x40086602, 0x40046602, 0x401C5820),  # FS_IOC_SETFLAGS, its 32-bit twin, FS_IOC_FSSETXATTR: a file's attributes
)
REFUSED_PRCTLS = (1, 4, 35, 0x59616D61)  # PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_MM, PR_SET_PTRACER


def install(*, gpu: bool = False) -> None:
    """Puts the filter on this process, for good. Raises OSError where the kernel or the architecture has none."""
    program = b"".join(struct.pack("<HBBI", *instruction) for instruction in build(os.getpid(), gpu=gpu))
    instructions = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("<HxxxxxxQ", len(program) // 8, ctypes.addressof(instructions)))
    syscalls.no_new_privileges()
    syscalls.call("seccomp", SET_FILTER, 0, header)


def build(pid: int, architecture: str = syscalls.ARCHITECTURE, *, gpu: bool = False) -> list[Instruction]:
    """The program for the process ``pid``, which may start CUDA if ``gpu``. Raises OSError for an architecture without a
    table."""
    if architecture not in syscalls.AUDIT:
        raise OSError(f"no table of system calls for {architecture or 'this system'}")
    numbers = syscalls.numbers(architecture)
    program: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (JUMP_EQUAL, 1, 0, syscalls.AUDIT[architecture]),
        (RETURN, 0, 0, KILL),  # a 32-bit call has other numbers
        (LOAD, 0, 0, NUMBER_AT),
    ]
    if architecture == "x86_64":
        program += [(JUMP_GREATER_EQUAL, 0, 1, X32), (RETURN, 0, 0, KILL)]
    program += [(JUMP_GREATER, 0, 1, syscalls.LAST_KNOWN), (RETURN, 0, 0, ABSENT)]
    refused: Sequence[str] = REFUSED
    if gpu:
        refused = [name for name in REFUSED if name not in (*CUDA, "socket")]
        program += _rule(numbers, "socket", _local_socket())
    for names, answer in ((refused, REFUSE), (PRETENDED, PRETEND), (MISSING, ABSENT)):
        for name in names:
            program += _rule(numbers, name, [(RETURN, 0, 0, answer)])
    return program + _by_argument(pid, numbers) + [(RETURN, 0, 0, ALLOW)]


def _local_socket() -> list[Instruction]:
    """A socket of this machine that knows only connections; as nothing may connect or accept, nobody is reached by it."""
    family = [_load(0), (JUMP_EQUAL, 1, 0, LOCAL), (RETURN, 0, 0, REFUSE)]
    return [*family, _load(1), (AND, 0, 0, 0xF), *_cases(None, {STREAM: ALLOW, SEQUENCED: ALLOW}, REFUSE)]


def _by_argument(pid: int, numbers: Mapping[str, int]) -> list[Instruction]:
    """The calls whose arguments decide."""
    program: list[Instruction] = []
    for name in OWN_PROCESS:
        program += _rule(numbers, name, _cases(0, {pid: ALLOW}, REFUSE))
    for name in OWN_OR_ZERO:
        program += _rule(numbers, name, _cases(0, {0: ALLOW, pid: ALLOW}, REFUSE))
    program += _rule(
        numbers, "fcntl", _cases(1, dict.fromkeys(LOCKS, PRETEND) | dict.fromkeys(SIGNAL_OWNERS, REFUSE), ALLOW)
    )
    program += _rule(numbers, "ioctl", _cases(1, dict.fromkeys(REFUSED_IOCTLS, REFUSE), ALLOW))
    program += _rule(numbers, "prctl", _cases(0, dict.fromkeys(REFUSED_PRCTLS, REFUSE), ALLOW))
    program += _rule(
        numbers, "clone", [_load(0), (JUMP_ANY_BIT, 0, 1, CLONE_THREAD), (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]
    )
    # a datagram socket could send to any socket with a path: pairs of streams only, and nothing to an address
    program += _rule(numbers, "socketpair", [_load(1), (AND, 0, 0, 0xF), *_cases(None, {1: ALLOW}, REFUSE)])
    program += _rule(
        numbers,
        "sendto",
        [
            _load(4),
            (JUMP_EQUAL, 1, 0, 0),
            (RETURN, 0, 0, REFUSE),
            _load(4, high=True),
            *_cases(None, {0: ALLOW}, REFUSE),
        ],
    )
    # opening for reading with O_TRUNC empties a file that may only be read, where Landlock is older than version 3
    for name, flags in (("open", 1), ("openat", 2)):
        program += _rule(
            numbers,
            name,
            [_load(flags), (AND, 0, 0, os.O_TRUNC | os.O_ACCMODE), *_cases(None, {os.O_TRUNC: REFUSE}, ALLOW)],
        )
    return program


def _rule(numbers: Mapping[str, int], name: str, body: Sequence[Instruction]) -> list[Instruction]:
    """``body`` for the system call ``name`` (each way through it returns); nothing where there is no such call."""
    if name not in numbers:
        return []
    return [(JUMP_EQUAL, 0, len(body), numbers[name]), *body]


def _cases(argument: int | None, cases: Mapping[int, int], otherwise: int) -> list[Instruction]:
    """The answer by the low half of an argument (None: of what is loaded)."""
    program = [] if argument is None else [_load(argument)]
    for value, answer in cases.items():
        program += [(JUMP_EQUAL, 0, 1, value), (RETURN, 0, 0, answer)]
    return [*program, (RETURN, 0, 0, otherwise)]


def _load(argument: int, *, high: bool = False) -> Instruction:
    return (LOAD, 0, 0, ARGUMENTS_AT + 8 * argument + (4 if high else 0))

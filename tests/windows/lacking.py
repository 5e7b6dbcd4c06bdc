"""Takes away, from our modules and from a student's, what Windows lacks: modules, functions, sockets, signals, links.

The libraries keep what they use of this system: they have a Windows of their own, and it is not theirs that is tried. Executed
with the path of a script and its arguments, this is that script in such a Python; ``install`` makes one of the running one.
"""

import builtins
import os
import runpy
import sys
import types

MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix", "crypt", "nis", "spwd"}
GONE = {
    "os": {
        "fork", "forkpty", "getuid", "geteuid", "getgid", "getegid", "getgroups", "setuid", "setgid", "setgroups", "setresuid",
        "setresgid", "setsid", "getpgid", "setpgid", "killpg", "wait", "wait3", "wait4", "waitid", "WIFSIGNALED", "WTERMSIG",
        "WEXITSTATUS", "WIFEXITED", "WNOHANG", "uname", "statvfs", "fstatvfs", "getloadavg", "mkfifo", "mknod", "chown", "fchown",
        "fchmod", "fchdir", "chroot", "lchown", "nice", "sched_getaffinity", "sched_setaffinity", "pidfd_open", "pipe2",
        "openpty", "ttyname", "sysconf", "set_blocking", "O_NOFOLLOW", "O_DIRECTORY", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY",
        "symlink", "getxattr", "listxattr", "setxattr", "memfd_create", "sendfile", "posix_spawn", "pread", "pwrite",
    },
    "socket": {"AF_UNIX", "socketpair", "send_fds", "recv_fds", "SO_PEERCRED", "CMSG_LEN"},
    "signal": {
        "SIGKILL", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGPIPE", "SIGCHLD", "SIGXCPU", "SIGXFSZ", "SIGBUS",
        "SIGSTOP", "SIGCONT", "SIGTSTP", "setitimer", "alarm", "pthread_sigmask", "pthread_kill", "sigwait", "siginterrupt",
    },
    "select": {"poll", "epoll", "kqueue"},
    "time": {"clock_gettime", "pthread_getcpuclockid", "tzset"},
    "selectors": {"DefaultSelector", "PollSelector", "EpollSelector"},
}  # fmt: skip
PUT = {"os": {"supports_dir_fd": frozenset(), "supports_follow_symlinks": frozenset()}, "sys": {"platform": "win32"}}
OURS = ("autograder", "__main__", "submission", "reference", "exercises", "driver")


class Lacking(types.ModuleType):
    """A module of this system as Windows has it."""

    def __init__(self, real: types.ModuleType) -> None:
        super().__init__(real.__name__)
        self.__dict__["_real"] = real

    def __getattr__(self, name: str):
        own = self.__dict__["_real"].__name__
        if name in GONE.get(own, ()):
            raise AttributeError(f"module {own!r} has no attribute {name!r}")
        return PUT[own][name] if name in PUT.get(own, {}) else getattr(self.__dict__["_real"], name)

    def __setattr__(self, name: str, value) -> None:
        setattr(self.__dict__["_real"], name, value)

    def __dir__(self):
        own = self.__dict__["_real"]
        return [name for name in dir(own) if name not in GONE.get(own.__name__, ())]


def install() -> None:
    """From here on, an import by one of our modules or of a student's gives what Windows has."""
    real = builtins.__import__

    def imported(name, globals=None, locals=None, fromlist=(), level=0):
        by = str((globals or {}).get("__name__", "")).partition(".")[0]
        if by not in OURS or level:
            return real(name, globals, locals, fromlist, level)
        if name.partition(".")[0] in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        module = real(name, globals, locals, fromlist, level)
        return Lacking(module) if name in {*GONE, *PUT} else module

    builtins.__import__ = imported


if __name__ == "__main__":
    script, sys.argv[:] = sys.argv[1], sys.argv[1:]
    sys.path.insert(0, os.path.dirname(script))
    install()
    runpy.run_path(script, run_name="__main__")

"""What our own processes import from: the interpreter and what is installed, never a place where submissions lie.

Python looks for modules in the working directory first when it is started with ``-m`` or ``-c`` (as worker processes are), and
where PYTHONPATH has an empty entry; a file ``pickle.py`` there runs as whoever grades. ``close`` shuts that for this process
and for every one it starts. It is called before anything else is imported, so this module imports only what the interpreter
has loaded by then.
"""

import os
import sys

SEARCHED = ("PYTHONPATH", "PATH", "LD_LIBRARY_PATH")  # in all of them an empty entry is the working directory
ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # the folder that holds autograder/


def close(arguments: list[str] | tuple[str, ...] = ()) -> None:
    """Takes the working directory, and every folder that ``arguments`` name or that lies in one of these, off the import path.

    ``arguments`` are those of the command line: what they name may hold submissions, results or packs.
    """
    if sys.flags.ignore_environment and not sys.flags.safe_path:  # -E would keep PYTHONSAFEPATH from our workers
        os.execv(sys.executable, [sys.executable, "-P", *sys.orig_argv[1:]])
    shut = [value for argument in arguments for value in (argument, argument.partition("=")[2]) if value]
    sys.path[:] = allowed(sys.path, shut)
    if not any(finder.find_spec("autograder", None) for finder in sys.meta_path):
        sys.path.append(ROOT)  # it was found there; at the end, it hides nothing
    closed = environment(shut)
    os.environ.clear()
    os.environ.update(closed)


def interpreter(*arguments: str) -> list[str]:
    """The command that starts Python without the working directory on its import path; run it with ``environment()``."""
    return [sys.executable, "-P", *arguments]


def environment(shut: list[str] | tuple[str, ...] = ()) -> dict[str, str]:
    """This process's environment, for one of ours: modules, programs and libraries are looked for where it is allowed."""
    found = dict(os.environ)
    for name in SEARCHED:
        if left := allowed(found.pop(name, "").split(os.pathsep), shut):
            found[name] = os.pathsep.join(left)
    return found | {"PYTHONSAFEPATH": "1"}


def allowed(path: list[str] | tuple[str, ...], shut: list[str] | tuple[str, ...] = ()) -> list[str]:
    """The entries that are neither relative, nor the working directory, nor one of ``shut`` or inside it."""
    here = working_directory()
    folders = [os.path.realpath(os.path.join(here, folder)) for folder in shut] if here else []
    return [
        entry
        for entry in path
        if os.path.isabs(entry)
        and os.path.realpath(entry) != here
        and (_is_pythons_own(entry) or not any(_is_inside(os.path.realpath(entry), folder) for folder in folders))
    ]


def working_directory() -> str:
    """The real path of the working directory; "" if it is gone."""
    try:
        return os.path.realpath(os.getcwd())
    except OSError:
        return ""


def _is_pythons_own(entry: str) -> bool:
    """Whether the interpreter put it there: its library and its packages, which may lie below a folder that is named."""
    own = [sys.prefix, sys.base_prefix, sys.exec_prefix, getattr(sys.modules.get("site"), "USER_SITE", None)]
    return any(_is_inside(entry, os.path.abspath(folder)) for folder in own if folder)


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


class Closed:
    """Within it, a process that is not ours (pytest's) imports like one that is; a context manager."""

    def __init__(self, *shut: object) -> None:
        self.shut = [str(folder) for folder in shut]

    def __enter__(self) -> None:
        self.before = list(sys.path)
        sys.path[:] = allowed(sys.path, self.shut)

    def __exit__(self, *_: object) -> None:
        sys.path[:] = self.before

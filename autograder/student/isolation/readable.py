"""What students' processes may read: interpreter, libraries, named data. Computed, and refused where it covers a secret.

Runs in the grader. The working directory, PYTHONPATH and editable installs are not in it: a folder that lies on ``sys.path``
by accident (the course's own) would be readable by everyone.
"""

import importlib.util
import os
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.model import UsageError
from autograder.student.isolation.gpu import covers

SYSTEM = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts"),
    *("/usr/share/fonts", "/usr/share/fontconfig", "/usr/share/zoneinfo", "/System/Library", "/opt/homebrew/lib"),
)
PACKAGES = ("torch", "torchvision", "numpy", "msgpack", "matplotlib")  # wherever they are, their folder must be there
ENGINE = Path(__file__).parents[2]  # the folder autograder/


def python_path() -> list[str]:
    """The folders of installed packages, as ``sys.path`` of the zygote."""
    named = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    specs = (importlib.util.find_spec(name) for name in PACKAGES)
    found = [str(Path(spec.origin).parents[1]) for spec in specs if spec and spec.origin]
    return list(dict.fromkeys([*named, *found]))


def readable(extra: Iterable[Path] = ()) -> list[str]:
    """Every path students' processes may read, none inside another. Links are there beside what they lead to."""
    base = {"base": sys.base_prefix, "installed_base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    standard = [
        sysconfig.get_path(name, vars={**base, "installed_platbase": base["platbase"]})
        for name in ("stdlib", "platstdlib")
    ]
    paths = [*SYSTEM, *standard, *python_path(), *_libraries(), *(str(path) for path in extra)]
    real = sorted({os.path.realpath(path) for path in paths if os.path.exists(path)})
    links = [path for path in SYSTEM if os.path.islink(path)]
    outermost = [path for path in real if not any(covers(other, path) for other in real if other != path)]
    return [*outermost, *links]


def engine() -> list[str]:
    """Our own modules that the zygote imports; taken away before the first student's process."""
    return [str(ENGINE / "student"), str(ENGINE / "model" / "steps.py")]


def _libraries() -> list[str]:
    """Shared libraries this process has loaded from elsewhere (libpython of an interpreter of one's own)."""
    try:
        lines = Path("/proc/self/maps").read_text().splitlines()
    except OSError:
        return []
    files = {line.split(maxsplit=5)[5] for line in lines if len(line.split(maxsplit=5)) == 6}
    return sorted(file for file in files if file.startswith("/") and ".so" in Path(file).name)


def refuse_secrets(readable: Sequence[str], secrets: Iterable[Path]) -> None:
    """Raises UsageError if one of ``secrets``, or the home folder, lies in what may be read."""
    home = Path(os.path.expanduser("~"))
    for secret, what in [
        *((secret, "must stay hidden from students' code") for secret in secrets),
        (home, "is your home folder"),
    ]:
        real = os.path.realpath(secret)
        for path in readable:
            if covers(path, real):
                raise UsageError(
                    f"{secret} {what}, but it lies in {path}, which students' code may read. Please move it elsewhere."
                )


def others_may_read(paths: Iterable[str]) -> bool:
    """Whether a user of no rights can reach ``paths``: then students' processes can get a user id of their own."""
    return all(
        _open_to_all(folder) for path in paths for folder in (path, *(str(parent) for parent in Path(path).parents))
    )


def _open_to_all(path: str) -> bool:
    mode = os.stat(path).st_mode
    return bool(mode & 0o001) or (os.path.isfile(path) and bool(mode & 0o004))

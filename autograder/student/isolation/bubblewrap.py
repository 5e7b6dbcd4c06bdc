"""bubblewrap: the distribution's program that may make namespaces where we may not (Ubuntu grants it by an AppArmor profile).

It executes a program, so it goes around the zygote; Landlock and the system-call filter keep the students apart inside it.
"""

import os
import shutil
import sys
from typing import Any

from autograder.student.isolation import namespaces


def command(spec: dict[str, Any]) -> list[str]:
    """The words to put before the zygote's command line. Raises OSError where there is no bwrap."""
    program = shutil.which("bwrap", path="/usr/bin:/usr/local/bin:/bin") or shutil.which("bwrap")
    if program is None:
        raise OSError("bwrap is not installed")
    words = [program, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    for path in [*spec["readable"], *spec["engine"], os.path.realpath(sys.executable)]:
        if os.path.islink(path):
            words += ["--symlink", os.readlink(path), path]
        elif os.path.exists(path):
            words += ["--ro-bind", path, path]
    for name in namespaces.DEVICES:
        words += ["--dev-bind", f"/dev/{name}", f"/dev/{name}"]
    for path in spec["gpu"].get("files", ()):
        words += ["--dev-bind-try", path, path]
    for path in spec["gpu"].get("show", ()):
        words += ["--ro-bind-try", path, path]
    return [*words, "--proc", "/proc", "--tmpfs", namespaces.WORK, "--chdir", namespaces.WORK, "--"]

"""The script the grader executes: ``python -I -S -B start.py FD SPEC``. Finds the few modules of ours, then is the zygote.

-I and -S keep the working directory, PYTHONPATH, the user's packages and every editable install off ``sys.path``; the folders
that belong there are named in SPEC. The package's own ``__init__`` files are not run: the engine has no business here.
"""

import json
import os
import socket
import sys
import types

PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # the folder autograder/


def find_our_modules() -> list[types.ModuleType]:
    """Makes ``autograder.student``, and what is plain in ``autograder.model``, importable without a folder on ``sys.path``."""
    packages = []
    rooms = {f"autograder.{room}": os.path.join(PACKAGE, room) for room in ("student", "model")}
    for name, folder in ({"autograder": PACKAGE} | rooms).items():
        packages.append(types.ModuleType(name))
        packages[-1].__path__ = [folder]
        sys.modules[name] = packages[-1]
    return packages


if __name__ == "__main__":
    control, spec = socket.socket(fileno=int(sys.argv[1])), json.loads(sys.argv[2])
    sys.path += spec["python_path"]
    packages = find_our_modules()

    from autograder.student.inside import zygote

    process = zygote.start(control, spec)
    for package in packages:
        package.__path__ = []  # from here on, a submission that imports the engine finds none
    process.serve()

"""The script the grader executes. Finds the few modules of ours, then is the zygote (``python -I -S -B start.py FD SPEC``), or
the process that zygotes are forked from (the same, where SPEC names no level), or, where there are no walls, a student's process
(``python -I -S -B start.py``, with SPEC as the line of its input).

-I and -S keep the working directory, PYTHONPATH, the user's packages and every editable install off ``sys.path``; the folders
that belong there are named in SPEC. The package's own ``__init__`` files are not run: the engine has no business here.
"""

import json
import os
import socket
import sys
import types
from collections.abc import Callable

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
    walled = len(sys.argv) > 1
    spec = json.loads(sys.argv[2] if walled else sys.stdin.readline())
    sys.path += spec["python_path"]
    packages = find_our_modules()

    serve: Callable[[], None]
    if walled:
        from autograder.student.inside import zygote

        control = socket.socket(fileno=int(sys.argv[1]))
        if spec["level"] is None:
            from autograder.student.inside import nursery

            control, spec = nursery.serve(control, spec)
        serve = zygote.start(control, spec).serve
    else:
        from autograder.student.inside import plain

        serve = plain.start(spec)
    from autograder.student.inside.intact import TAKEN_AWAY

    for name in [name for name in sys.modules if name.startswith(TAKEN_AWAY)]:
        del sys.modules[name]
    for package in packages:
        package.__path__ = []  # from here on, a submission that imports the engine finds none
    serve()

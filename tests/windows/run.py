"""``python tests/windows/run.py ARGUMENTS``: the ``autograder`` command in a Python that lacks what Windows lacks, and so do the
processes that it starts for students' code. ``--`` in place of ARGUMENTS reads a script from the input and runs that instead."""

import subprocess
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[2])
from tests.windows import lacking  # noqa: E402 - found by the line above

LACKING = str(Path(lacking.__file__))


class Popen(subprocess.Popen):
    """Every Python that is started lacks the same, and fails where its command is one that Windows does not know."""

    def __init__(self, command, *args, **options):
        assert "pass_fds" not in options and "preexec_fn" not in options
        scripts = [i for i, word in enumerate(command) if word.endswith(".py")]
        if command[0] == sys.executable and scripts:
            command = [*command[: scripts[0]], LACKING, *command[scripts[0] :]]
        super().__init__(command, *args, **options)


if __name__ == "__main__":
    subprocess.Popen = Popen
    lacking.install()
    if sys.argv[1:] == ["--"]:
        exec(compile(sys.stdin.buffer.read(), "<autograder script>", "exec"), {"__name__": "autograder.script"})
    else:
        from autograder.__main__ import main

        main()

"""A newcomer's terminal: commands in the order of a page, in a folder that holds what the page begins with and nothing else."""

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from autograder.commands.cli import cli
from tests.documentation.dispositions import CODES, FILLED, STAYS, begins
from tests.documentation.said import Said

PATIENCE = 240.0  # seconds until a command that stays must have said that it is there


class Walk:
    """Runs commands: in this process where no ``path`` is given, as far as they are ours, else in a shell with these folders
    of programs first."""

    def __init__(
        self,
        folder: Path,
        *,
        path: Sequence[Path] = (),
        environment: Mapping[str, str] | None = None,
        before: Mapping[str, Callable[["Walk"], object]] | None = None,
    ) -> None:
        self.root = self.here = folder
        self.typed, self.before = bool(path), before or {}
        self.section = 0
        self.said: dict[str, str] = {}  # command -> what it printed
        home = folder.parent / "home"
        home.mkdir(exist_ok=True)
        self.environment = {**os.environ, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})}
        self.environment["PATH"] = ":".join([*map(str, path or [Path(sys.executable).parent]), os.environ["PATH"]])

    def run(self, said: Said) -> None:
        """Carries it out and compares its exit code; a ``cd`` holds until the next section."""
        if said.section != self.section:
            self.here, self.section = self.root, said.section
        if prepare := self.before.get(begins(said.text, self.before) or ""):
            prepare(self)
        command = _filled(said.text)
        if marker := begins(said.text, STAYS):
            self._stays(command, STAYS[marker])
            return
        code, output = self._typed(command)
        self.said[said.text] = output
        assert code == CODES.get(begins(said.text, CODES) or "", 0), (
            f"{said.page}: {command}\nended with {code}:\n{output}"
        )

    def _typed(self, command: str) -> tuple[int, str]:
        words = shlex.split(command)
        if not self.typed and words[0] == "autograder":
            with chdir(self.here):
                result = CliRunner().invoke(cli, words[1:])
            return result.exit_code, result.output
        left = self.root.parent / "left"  # where the shell was when it ended, and what was activated there
        line = f'{command}\ncode=$?; printf "%s\\n" "$(pwd -P)" "$PATH" > {shlex.quote(str(left))}; exit $code'
        done = subprocess.run(
            ["bash", "-c", line], cwd=self.here, env=self.environment, capture_output=True, text=True, check=False
        )
        here, self.environment["PATH"] = left.read_text().splitlines()
        self.here = Path(here)
        return done.returncode, done.stdout + done.stderr

    def _stays(self, command: str, marker: str) -> None:
        """Starts it, waits for its word that it is there, and ends it as Ctrl-C does."""
        log = self.root.parent / "stays.log"
        with log.open("w") as out:
            process = subprocess.Popen(
                ["bash", "-c", f"exec {command}"], cwd=self.here, env=self.environment, stdout=out, stderr=out,
                start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            )  # fmt: skip
        try:
            deadline = time.monotonic() + PATIENCE
            while marker not in log.read_text() and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.1)
            assert marker in log.read_text(), f"{command}\n{log.read_text()}"
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, number)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                continue


def _filled(command: str) -> str:
    return " ".join(FILLED.get(word, word) for word in command.split(" "))

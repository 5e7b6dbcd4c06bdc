"""A Dask cluster of separate processes on this machine, and runs of the command on it."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Cluster:
    """A scheduler, and workers that no nanny restarts; ``folder`` holds their cache, their logs and their working directory."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.port, self.folder, self.processes = free_port(), folder, []
        self.engine = f"dask://127.0.0.1:{self.port}"
        self.scheduler = self.start("scheduler", "--port", str(self.port), "--host", "127.0.0.1", "--no-dashboard")
        self.until(self.answers)

    def until(self, holds) -> None:
        deadline = time.monotonic() + 120
        while not holds() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert holds(), "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def answers(self) -> bool:
        with socket.socket() as asked:
            return asked.connect_ex(("127.0.0.1", self.port)) == 0

    def start(self, *command: str, **environment: str) -> subprocess.Popen:
        with self.log(len(self.processes)).open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-W", "ignore", "-m", "dask", *command],
                env={**os.environ, "XDG_CACHE_HOME": str(self.folder / "cache"), **environment},
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def log(self, number: int) -> Path:
        return self.folder / f"{number}.log"

    def wait(self) -> None:
        """Until all workers are known to the scheduler."""
        logs = [self.log(i) for i in range(1, len(self.processes))]
        self.until(lambda: all("Registered to" in log.read_text() for log in logs))

    def worker(self, **environment: str) -> subprocess.Popen:
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder / "scratch")]
        return self.start("worker", f"127.0.0.1:{self.port}", *options, **environment)

    def end(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()


def command(folder: Path, out: Path, engine: str, *options: str) -> list[str]:
    started = [sys.executable, "-P", "-m", "autograder", "grade", "small", str(folder / "in"), "--out", str(out)]
    course = ["--course", str(folder / "course"), "--i-trust-these-students"]
    return [*started, *course, "--jobs", "2", "--engine", engine, *options]


@contextmanager
def grading(folder: Path, out: Path, engine: str, *options: str) -> Iterator[subprocess.Popen]:
    """The command, begun in ``folder``."""
    given = command(folder, out, engine, *options)
    process = subprocess.Popen(given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def run(folder: Path, out: Path, engine: str, *options: str) -> tuple[int, str, str]:
    """Exit code, last line, and all that was said."""
    with grading(folder, out, engine, *options) as process:
        return ended(process)


def ended(process: subprocess.Popen) -> tuple[int, str, str]:
    said = process.communicate(timeout=300)[0]
    return process.returncode, said.splitlines()[-1], said


def graded(out: Path) -> dict[str, int]:
    """Student -> when the report was written."""
    return {path.stem: path.stat().st_mtime_ns for path in (out / "reports").glob("*.json")}


def wait_for(count: int, out: Path, process: subprocess.Popen) -> None:
    """Until ``count`` reports are there."""
    while process.poll() is None and len(graded(out)) < count:
        time.sleep(0.02)
    assert process.poll() is None, process.stdout.read()


def contents(out: Path) -> dict[str, str]:
    """Student -> report without ``seconds``, byte by byte but for these."""
    found = {}
    for path in (out / "reports").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        seconds = json.dumps(json.loads(text)["seconds"], indent=1).replace("\n", "\n ")
        assert text.count(seconds) == 1
        found[path.stem] = text.replace(seconds, "{}")
    return found

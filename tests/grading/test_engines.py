"""A class on a real Dask cluster of separate processes: what is killed costs nobody a grade, and nobody is graded twice."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.course import parcel, unpack
from autograder.course.parcel import Parcel
from autograder.grading import engines
from autograder.grading.engines import seat
from autograder.model import CourseError, UsageError
from tests.conftest import RIGHT, SUM, make_course

pytest.importorskip("distributed")
NAMES = "abcdefgh"
SLOW = "import time\nfor _ in range(150):\n    time.sleep(0.01)\n"


@pytest.mark.parametrize(
    ("engine", "name", "address"),
    [("local", "local", ""), ("dask", "dask", ""), ("dask://h.example:8786", "dask", "h.example:8786")],
)
def test_an_engine_is_named_by_name_and_address(engine, name, address):
    assert engines.named(engine) == (name, address)


@pytest.mark.parametrize(
    "engine", ["ray", "local://h:1", "dask://", "dask://host", "dask://:8786", "dask://host:x", ""]
)
def test_what_names_no_engine_is_refused(engine):
    with pytest.raises(UsageError, match=r"engine|scheduler"):
        engines.named(engine)


def test_a_course_travels_by_its_content_and_what_was_damaged_on_the_way_is_refused(course, tmp_path):
    sent = parcel(course)
    place = unpack(sent, tmp_path)
    assert place.name == sent.digest == parcel(place).digest
    (place / "exercises" / "small" / "sheet.toml").write_text(
        "title = 'x'"
    )  # what lies in the cache is looked at each time
    assert parcel(unpack(sent, tmp_path)).digest == sent.digest
    with pytest.raises(CourseError, match="not the one that was sent"):
        unpack(Parcel("0" * 64, sent.data), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [sent.digest]


def test_a_difference_is_named():
    said = seat.differences({"torch": "2.13.0", "numpy": "2.4.6"}, {"torch": "2.12.0", "numpy": "2.4.6"})
    assert "torch 2.12.0 (here 2.13.0)" in said and "numpy" not in said
    assert seat.differences({"torch": "1"}, {"torch": "1"}) == ""


# ------------------------------------------------------------------ separate processes


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Cluster:
    """A scheduler, and workers that no nanny restarts; ``folder`` holds their cache."""

    def __init__(self, folder):
        self.port, self.folder, self.processes = free_port(), folder, []
        self.scheduler = self.start("scheduler", "--port", str(self.port), "--host", "127.0.0.1", "--no-dashboard")
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not self.answers():
            time.sleep(0.2)

    def answers(self):
        with socket.socket() as asked:
            return asked.connect_ex(("127.0.0.1", self.port)) == 0

    def start(self, *command, **environment):
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

    def log(self, number):
        return self.folder / f"{number}.log"

    def wait(self):
        """Until all workers are known to the scheduler."""
        logs = [self.log(i) for i in range(1, len(self.processes))]
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not all("Registered to" in log.read_text() for log in logs):
            time.sleep(0.2)

    def worker(self, **environment):
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder / "scratch")]
        return self.start("worker", f"127.0.0.1:{self.port}", *options, **environment)

    def end(self):
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    yield made
    made.end()


def graded(out):
    """Student -> when the report was written."""
    return {path.stem: path.stat().st_mtime_ns for path in (out / "reports").glob("*.json")}


def contents(out):
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (out / "reports").glob("*.json")}
    return {name: re.sub(r'"seconds": [\d.e-]+', "", json.dumps(report)) for name, report in found.items()}


@contextmanager
def grading(folder, out, engine):
    command = [sys.executable, "-P", "-m", "autograder", "grade", "small", str(folder / "in"), "--out", str(out)]
    options = ["--course", str(folder / "course"), "--i-trust-these-students", "--jobs", "2", "--engine", engine]
    process = subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def run(folder, out, engine):
    with grading(folder, out, engine) as process:
        said = process.communicate(timeout=500)[0]
        return process.returncode, said


def wait_for(count, out, process):
    while process.poll() is None and len(graded(out)) < count:
        time.sleep(0.05)
    assert process.poll() is None, process.stdout.read()


@pytest.fixture
def handed_in(tmp_path):
    make_course(tmp_path / "course")
    (tmp_path / "in").mkdir()
    for i, name in enumerate(NAMES):
        (tmp_path / "in" / f"{name}.py").write_text(SLOW + (SUM if i % 3 == 1 else RIGHT))
    return tmp_path


@pytest.mark.slow
def test_a_worker_and_then_the_whole_run_are_killed_and_nothing_is_lost_or_graded_twice(cluster, handed_in):
    first, _ = cluster.worker(), cluster.worker()
    out, engine = handed_in / "out", f"dask://127.0.0.1:{cluster.port}"
    cluster.wait()
    with grading(handed_in, out, engine) as process:
        wait_for(1, out, process)
        first.send_signal(signal.SIGKILL)
        wait_for(4, out, process)
        process.kill()
        process.wait()
    before = graded(out)
    assert 4 <= len(before) < len(NAMES)
    code, said = run(handed_in, out, engine)
    assert code == 0, said
    after = graded(out)
    assert sorted(after) == list(NAMES)
    assert {name: after[name] for name in before} == before
    assert f"Grading {len(NAMES) - len(before)} submissions; {len(before)} unchanged" in said
    code, said = run(handed_in, handed_in / "local", "local")
    assert code == 0, said
    assert contents(out) == contents(handed_in / "local")


@pytest.mark.slow
def test_what_cannot_be_graded_with_is_refused_in_one_line(cluster, handed_in):
    out, engine = handed_in / "out", f"dask://127.0.0.1:{cluster.port}"
    code, said = run(handed_in, out, engine)
    assert code == 2 and "has no worker" in said.splitlines()[-1]
    other = Path(cluster.folder / "other")
    (other / "torch-0.1.dist-info").mkdir(parents=True)
    (other / "torch-0.1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: torch\nVersion: 0.1\n")
    cluster.worker(PYTHONPATH=str(other))
    cluster.wait()
    code, said = run(handed_in, out, engine)
    assert code == 2 and "torch 0.1 (here " in said.splitlines()[-1], said
    cluster.end()
    code, said = run(handed_in, out, engine)
    assert code == 2 and "No Dask scheduler answers" in said.splitlines()[-1], said

"""A class on a real Dask cluster of separate processes: what is killed costs nobody a grade, nobody is graded twice, and what
cannot be graded with is refused in one line."""

import shutil
import signal
import subprocess

import pytest

from autograder.commands.grade import grade_class
from autograder.grading import stamp
from autograder.training import mnist
from tests.conftest import REPOSITORY, RIGHT, SUM, make_course
from tests.grading.cluster import Cluster, command, contents, ended, graded, grading, run, wait_for

pytest.importorskip("distributed")
psutil = pytest.importorskip("psutil")
pytestmark = pytest.mark.slow
NAMES = "abcdefgh"
SLOW = "import time\nfor _ in range(60):\n    time.sleep(0.01)\n"


@pytest.fixture
def cluster(tmp_path):
    made = Cluster(tmp_path / "cluster")
    yield made
    made.end()


@pytest.fixture
def handed_in(tmp_path):
    make_course(tmp_path / "course")
    (tmp_path / "in").mkdir()
    for i, name in enumerate(NAMES):
        (tmp_path / "in" / f"{name}.py").write_text(SLOW + (SUM if i % 3 == 1 else RIGHT))
    return tmp_path


def test_a_worker_and_then_the_whole_run_are_killed_and_nothing_is_lost_or_graded_twice(cluster, handed_in):
    first, _ = cluster.worker(), cluster.worker()
    out = handed_in / "out"
    cluster.wait()
    with grading(handed_in, out, cluster.engine) as process:
        wait_for(1, out, process)
        first.send_signal(signal.SIGKILL)
        wait_for(4, out, process)
        process.kill()
        process.wait()
    before = graded(out)
    assert 4 <= len(before) < len(NAMES)
    code, _, said = run(handed_in, out, cluster.engine)
    assert code == 0, said
    after = graded(out)
    assert sorted(after) == list(NAMES)
    assert {name: after[name] for name in before} == before
    assert f"Grading {len(NAMES) - len(before)} submissions; {len(before)} unchanged" in said
    grade_class("small", [handed_in / "in"], out=handed_in / "here", jobs=1, course=handed_in / "course", trust=True)
    assert contents(out) == contents(handed_in / "here")


def test_a_worker_with_other_versions_is_refused_with_the_difference(cluster, handed_in):
    code, said, _ = run(handed_in, handed_in / "out", cluster.engine)
    assert code == 2 and "has no worker" in said
    other = cluster.folder / "other"
    (other / "torch-0.1.dist-info").mkdir(parents=True)
    (other / "torch-0.1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: torch\nVersion: 0.1\n")
    shutil.copytree(REPOSITORY / "autograder", other / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    (other / "autograder" / "newer.py").touch()
    cluster.worker(PYTHONPATH=str(other))
    cluster.wait()
    code, said, _ = run(handed_in, handed_in / "out", cluster.engine)
    assert code == 2 and "torch 0.1 (here " in said and f"(here {stamp.engine()})" in said, said
    assert not graded(handed_in / "out")


def test_a_worker_without_the_data_is_refused_and_a_lost_scheduler_costs_nothing_that_was_graded(cluster, handed_in):
    out, digits = handed_in / "out", "/proc/self/cwd/digits"  # a path that leads elsewhere on the worker
    shutil.copytree(mnist().root, handed_in / "digits")
    cluster.worker()
    cluster.wait()
    code, said, _ = run(handed_in, out, cluster.engine, "--mnist", digits)
    assert code == 2 and said.startswith("autograder: Worker tcp://") and f"No MNIST in {digits}" in said, said
    with grading(handed_in, out, cluster.engine, "--mnist", "digits") as process:  # there under its whole path
        wait_for(2, out, process)
        cluster.scheduler.kill()
        code, said, _ = ended(process)
    assert code == 3 and "scheduler was lost" in said and "What was graded is kept" in said, said
    assert 2 <= len(graded(out)) < len(NAMES)
    code, said, _ = run(handed_in, out, cluster.engine)
    assert code == 2 and "No Dask scheduler answers" in said, said


def test_a_cluster_of_its_own_gives_the_bytes_of_a_local_run_though_a_process_that_grades_is_killed(handed_in):
    out, found = handed_in / "out", []
    with grading(handed_in, out, "dask") as process:
        wait_for(1, out, process)
        found += [
            child for child in psutil.Process(process.pid).children() if "engines.seat" in " ".join(child.cmdline())
        ]
        found[0].kill()
        code, _, said = ended(process)
    assert code == 0, said
    assert len(found) == 2
    grade_class("small", [handed_in / "in"], out=handed_in / "here", jobs=1, course=handed_in / "course", trust=True)
    assert contents(out) == contents(handed_in / "here")


SMALL_DISK = """
mount -t tmpfs -o size=$SIZE none "$OUT" && "$@"; echo "code $?"
ls "$OUT/reports"; echo "more room"
mount -o remount,size=32m none "$OUT" && "$@"; echo "code $?"
"""


@pytest.mark.skipif(
    bool(subprocess.run(["unshare", "-rm", "true"], check=False).returncode) if shutil.which("unshare") else True,
    reason="a small disk is mounted in a namespace",
)
def test_a_full_disk_in_the_middle_stops_in_one_line_and_the_next_run_grades_the_rest(handed_in):
    (handed_in / "out").mkdir()
    given = command(handed_in, handed_in / "out", "local")
    inside = ["env", "SIZE=200k", f"OUT={handed_in / 'out'}", "unshare", "-rm", "sh", "-c", SMALL_DISK, "sh", *given]
    done = subprocess.run(inside, capture_output=True, text=True, timeout=300, check=False)
    before, _, after = done.stdout.partition("more room\n")
    kept = [line for line in before.splitlines() if line.endswith(".json")]
    assert "code 3\n" in before and 0 < len(kept) < len(NAMES), done
    assert "No space left on device" in done.stderr or "disk is full" in done.stderr
    assert "Traceback" not in done.stderr and len([x for x in done.stderr.splitlines() if "failed" in x]) == 1
    assert f"Grading {len(NAMES) - len(kept)} submissions; {len(kept)} unchanged" in after and "code 0\n" in after

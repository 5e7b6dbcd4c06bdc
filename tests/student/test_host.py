"""Processes: what is left behind, what dies, what is started again; and nothing of ours in the student's process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.model import Call
from autograder.model.errors import InternalError
from autograder.student import Host, Student, nursery, zygote
from autograder.student.inside import pages
from autograder.student.inside.zygote import GATHERED
from autograder.student.isolation import levels, readable
from autograder.student.isolation.readable import python_path
from autograder.student.nursery import Born
from tests import warm
from tests.student.helpers import SETTINGS, call, outcomes, submission

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
F = "def f(): return 1"


def descendants() -> set[int]:
    """Processes below this one, by /proc."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    below, found = {os.getpid()}, set()
    while below:
        below = {pid for pid, parent in parents.items() if parent in below} - found
        found |= below
    return found


def gone(pids: set[int], seconds: float = 5.0) -> bool:
    """Whether none of ``pids`` lives within ``seconds``."""
    deadline = time.monotonic() + seconds
    while any(_lives(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def open_host(hosts):
    """A Host without walls: what it has to clean up by itself shows."""
    return hosts("rlimits")


def test_nothing_runs_before_the_first_call_and_nothing_after_the_last(host):
    before = descendants()
    with Student(host, submission(F)) as student:
        assert descendants() == before
        outcomes(student, Call("f", ()))
        assert len(descendants() - before) == 1
    assert descendants() == before


def test_processes_left_behind_are_ended(open_host):
    source = """
import os, time
def f():
    pids = []
    for _ in range(3):
        pid = os.fork()
        if pid == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(600)
            time.sleep(600)
        pids.append(pid)
    return pids
"""
    before = descendants()
    with Student(open_host, submission(source)) as student:
        pids = outcomes(student, Call("f", ()))[0].value
        assert len(pids) == 3 and len(descendants() - before) >= 4
    assert gone(descendants() - before)


def test_submissions_in_a_row_leave_no_descriptors_processes_folders_or_memory(host):
    def state() -> tuple[int, set[int], list[str], int]:
        memory = int(Path(f"/proc/{os.getpid()}/statm").read_text().split()[1]) * 4096 >> 20
        return len(os.listdir("/proc/self/fd")), descendants(), sorted(os.listdir(host._enclosure.scratch)), memory

    call(host, F)
    before = state()
    for _ in range(60):
        assert call(host, "open('left.txt', 'w').write('x' * 10**6)\n" + F).value == 1
    after = state()
    assert after[:3] == before[:3] and after[3] - before[3] < 20


def test_two_submissions_may_be_open_at_once(host):
    with (
        Student(host, submission("a = 1\ndef f(): return a")) as first,
        Student(host, submission("a = 2\ndef f(): return a")) as second,
    ):
        assert [outcomes(student, Call("f", ()))[0].value for student in (first, second, first)] == [1, 2, 1]


def kill_zygote(host: Host) -> None:
    zygote = host._running
    assert zygote is not None
    below = {pid for pid in descendants() if str(zygote.process.pid) in _ancestors(pid)}
    os.kill(zygote.process.pid, signal.SIGKILL)
    zygote.process.wait()
    assert gone(below)


def test_a_zygote_that_was_killed_is_started_again(host):
    call(host, F)
    kill_zygote(host)
    assert call(host, F).value == 1


def test_a_zygote_killed_under_an_open_submission_costs_it_nothing(host):
    with Student(host, submission("n = 0\ndef f():\n    global n\n    n += 1\n    return n")) as student:
        assert outcomes(student, Call("f", ()))[0].value == 1
        kill_zygote(host)
        answer = outcomes(student, Call("f", ()))[0]
    assert answer.fault is None and answer.value == 1  # in a fresh process, with the cells loaded again


def test_a_zygote_that_cannot_be_started_is_our_failure(monkeypatch):
    from autograder.student import zygote

    monkeypatch.setattr(zygote, "START", Path("/nowhere/start.py"))
    with pytest.raises(InternalError, match=r"(?s)cannot be run here.*nowhere"):
        Host(SETTINGS, preload=("torch",))


def test_when_the_grader_is_killed_nothing_stays(tmp_path):
    script = """
import sys, tests.student.helpers as h
from autograder.student import Host, Student, nursery, zygote
from autograder.model import Call
host = Host(h.SETTINGS, preload=("torch",))
with Student(host, h.submission("def f():\\n    while True: pass\\ndef g(): return 1")) as student:
    h.outcomes(student, Call("g", ()))
    print("running", flush=True)
    h.outcomes(student, Call("f", ()), seconds=60)
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == b"running\n"
        pids = {pid for pid in descendants() if str(process.pid) in _ancestors(pid)} | {process.pid}
        assert len(pids) >= 3
        process.kill()
        assert gone(pids)


def _ancestors(pid: int) -> list[str]:
    found = []
    while pid > 1:
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            break
        found.append(str(pid))
    return found


# ------------------------------------------------------------------ what is in the student's process

MODULES = """
import sys
def f(): return sorted(name for name in sys.modules if name.startswith(("autograder", "hypothesis", "pytest")))
"""
INSIDE = sorted(path.stem for path in (readable.ENGINE / "student" / "inside").glob("*.py"))
OURS = {
    "autograder", "autograder.nbgrader",  # the last is a stand-in that does nothing
    *(f"autograder.student{name}" for name in ("", ".channel", ".endings", ".inside", ".wire")),
    *(f"autograder.student.inside.{name}" for name in INSIDE if name not in ("__init__", "start", "plain", "nursery")),
    *(f"autograder.student.isolation{name}" for name in (
        "", ".cgroups", ".gpu", ".landlock", ".limits", ".macos", ".namespaces", ".seccomp", ".syscalls", ".walls",
    )),
}  # fmt: skip


def test_of_the_engine_only_the_students_side_is_in_the_process(host):
    assert set(call(host, MODULES).value) == OURS


def test_what_every_process_needs_is_imported_before_the_fork(host):
    source = "import sys\ndef f(): return list(sys.modules)"
    names = call(host, source).value
    assert max(map(names.index, ("numpy.random", "torch.utils._device"))) < names.index(
        "autograder.student.inside.loader"
    )


@pytest.mark.parametrize("harm", ["", "del sys.modules['autograder.student.wire']", "ours.server.perform = print"])
def test_our_functions_are_known_to_be_ours_unless_the_submission_changed_one(host, harm):
    source = f"""
import sys
ours = type("", (), {{n: sys.modules["autograder.student.inside." + n] for n in ("intact", "server", "serving")}})
{harm}
def f(): return ours.intact.changed(ours.serving.AT_START)
"""
    assert call(host, source).value is bool(harm)


def test_the_hosts_of_other_tests_fork_their_zygote_and_are_like_this_one(host):
    warm.put(True)
    with Host(SETTINGS, preload=("torch",)) as other:
        assert isinstance(other._zygote().process, Born) and not isinstance(host._zygote().process, Born)
        assert other.isolation == host.isolation
        assert call(other, MODULES).value == call(host, MODULES).value


def test_a_zygote_has_a_folder_of_its_own_for_what_is_imported_later(tmp_path, monkeypatch):
    """Not the one that dill, where it is installed, looked up as torch was imported for all zygotes."""
    (tmp_path / "dill.py").write_text("import tempfile\ntempfile.gettempdir()\ndef extend(use_dill): pass\n")
    monkeypatch.setattr(readable, "python_path", lambda: [str(tmp_path), *python_path()])
    begun = nursery.Nursery(zygote._program(), zygote._environment(str(tmp_path), {}))
    monkeypatch.setattr(nursery, "begun", begun)
    with Host(SETTINGS, preload=("torch", "torch._dynamo")) as host:
        assert isinstance(host._zygote().process, Born)
        assert call(host, F).value == 1
    begun.close()
    assert [path.name for path in tmp_path.iterdir() if "torch" in path.name] == []


def test_the_engine_cannot_be_imported_and_the_course_is_not_on_the_path(host):
    source = """
import sys
def f():
    found = []
    for name in ("autograder.checks", "autograder.model", "reference", "reference.gaussian", "exercises", "tests"):
        try:
            __import__(name)
        except ImportError:
            continue
        found.append(name)
    return [found, [path for path in sys.path if path.endswith(("site-packages", ".zip", "lib-dynload")) is False]]
"""
    found, paths = call(host, source).value
    assert found == [] and all("python3" in path for path in paths)


def test_the_environment_and_the_command_line_say_nothing_of_the_grader(host):
    source = "import os, sys\ndef f(): return [dict(os.environ), sys.argv[:1], os.listdir('.')]"
    environment, arguments, files = call(host, source).value
    assert "SECRET_TOKEN" in os.environ and "s3cret" not in str(environment)
    assert files == [] and arguments[0].endswith("start.py")


def test_only_five_descriptors_are_open_and_one_thread_runs(host):
    source = """
import os, threading
def f():
    def is_open(fd):
        try:
            return bool(os.fstat(fd))
        except OSError:
            return False
    return [[fd for fd in range(1024) if is_open(fd)], threading.active_count()]
"""
    assert call(host, source).value == [[0, 1, 2, 3, 4], 1]


def test_torch_computes_in_the_fork_with_gradients_convolutions_and_threads_of_its_own(host):
    source = """
import torch, threading
def f():
    net = torch.nn.Sequential(torch.nn.Conv2d(1, 4, 3), torch.nn.Flatten(), torch.nn.Linear(4 * 26 * 26, 2))
    net(torch.randn(8, 1, 28, 28)).sum().backward()
    thread = threading.Thread(target=lambda: (torch.randn(200, 200, requires_grad=True) @ torch.randn(200, 200)).sum().backward())
    thread.start(); thread.join()
    torch.set_num_threads(2)
    return [tuple(net[0].weight.grad.shape), (torch.ones(500, 500) @ torch.ones(500, 500))[0, 0].item()]
"""
    assert call(host, source).value == [[4, 1, 3, 3], 500.0]


# ------------------------------------------------------------------ workers for a single use


def test_where_forking_is_not_to_be_had_workers_started_ahead_serve(monkeypatch):
    monkeypatch.setattr(levels, "SINGLE_USE", ("rlimits",))
    before = descendants()
    with Host(SETTINGS, level="rlimits", preload=("torch",)) as host:
        with Student(host, submission("import os\ndef f(): return os.getpid()\ndef g(): os._exit(3)")) as student:
            first = outcomes(student, Call("f", ()))[0]
            died, second = outcomes(student, Call("g", ()), Call("f", ()))
        assert died.fault.kind == "exit" and first.value != second.value
    assert gone(descendants() - before)


def large_kb(pids: set[int]) -> int:
    """What lies in large pages in these processes."""
    rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
    return max(int(line.split()[1]) for text in rollups for line in text.splitlines() if "AnonHugePages" in line)


def test_after_some_forks_the_memory_that_all_copy_lies_in_large_pages():
    if not pages.gather():
        pytest.skip("the kernel grants none")
    with Host(SETTINGS, level="rlimits") as host:  # whose zygote shows its memory
        zygote = {host._zygote().process.pid}
        before = large_kb(zygote)
        assert {call(host, F).value for _ in range(GATHERED + 1)} == {1}
        assert large_kb(zygote) - before > 10_000


SEEN = "import sys\nSEEN = 'torch.fx.experimental.symbolic_shapes' in sys.modules\ndef f(): return SEEN\n"


@pytest.mark.parametrize(
    "code",
    [
        "def g(y, x, w): return torch.autograd.grad(y, x, w)",
        "def g(y, x): return torch.autograd.grad(outputs=y, inputs=x, grad_outputs=torch.ones_like(y))",
        "def g(y, w): y.backward(w)",
        "def g(y, w): y.backward(gradient=w)",
    ],
)
def test_what_torch_imports_for_weights_of_a_gradient_is_there_before_a_submission_that_has_some(code):
    warm.put(True)
    with Host(SETTINGS, level="rlimits") as host:
        assert call(host, SEEN + "def h(loss): loss.backward()\ndef backward(self, y): pass").value is False
        assert call(host, SEEN + "import torch\n" + code).value is True

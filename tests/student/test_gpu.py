"""The door to a GPU: what lies behind it is out of reach for all but trainings, and what else is closed stays closed.

Most machines that run this have no GPU. A character device made for the purpose stands in for the driver's, and a submission
does what CUDA is known to do when it starts. ``tests/checks/test_device.py`` computes on a GPU where there is one.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from autograder.grading import hosting
from autograder.model import Options
from autograder.model.errors import InternalError, UsageError
from autograder.student import Answer, Host
from autograder.student.isolation import gpu, levels, selftest
from autograder.student.student import Student
from tests import warm
from tests.student.helpers import SETTINGS, call, exercise, submission
from tests.student.test_isolation import PROBES, WALLED

NO_CUDA = (
    r"a submission's process cannot compute on cuda: (AssertionError: Torch not compiled|RuntimeError: Found no NVIDIA)"
)
NOT_KEPT = r"with a door to cuda these are not kept: no reading elsewhere \(read it\)"
NOT_THE_SAME = r"a step of training on cuda gave a loss of 0\.2, on the CPU 0\.1"
# what CUDA asks for when it starts, one by one; MAPPED is 64 GB of addresses
ASKED = {
    "a nameless file": "import os; os.close(os.memfd_create('cuda'))",
    "a socket to listen on": """
    import socket
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as sock: sock.bind(chr(0) + 'cuda-uvmfd-test'); sock.listen(1)""",
    "a name for a thread": "import threading; open(f'/proc/self/task/{threading.get_native_id()}/comm', 'w').write('cuda')",
    "addresses without memory": "import mmap; mmap.mmap(-1, 64 << 30, flags=0x4022, prot=0).close()",
    "its own maps": "open('/proc/self/maps').read()",
    "the kinds of devices": "open('/proc/devices').read()",
    "its own numbers": "open('/proc/self/status').read()",
    "nodes of memory": "import os; os.listdir('/sys/devices/system/cpu')",
    "the device": "import os; os.close(os.open(DEVICE, os.O_RDWR))",
}
NEVER = {
    "an answer to who calls": """
    import socket
    with socket.socket(socket.AF_UNIX) as sock: sock.bind(chr(0) + 'x'); sock.listen(1); sock.settimeout(0); sock.accept()""",
    "a connection": "import socket; socket.socket(socket.AF_UNIX).connect(chr(0) + 'x')",
    "a datagram socket": "import socket; socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)",
    "another process": "import os; assert any(os.listdir(f'/proc/{n}/fd') for n in os.listdir('/proc') if n.isdigit() and "
    "int(n) != os.getpid())",
    "a switch of the kernel": "open('/proc/sys/vm/overcommit_memory', 'w').write('1')",
    "another device": "import os; os.open('/dev/full', os.O_RDWR)",
}


pytestmark = pytest.mark.skipif(gpu.devices() != ("cpu",), reason="there is a real GPU, which these tests imitate")


@pytest.fixture(scope="module")
def device() -> Iterator[str]:
    """A character device that reads zeros, at a place that only the door leads to. Only root can make it; who is not root
    uses one that is there."""
    if os.geteuid() != 0 and (there := sorted(Path("/dev").glob("nvidia-test-*/nvidiactl"))):
        yield str(there[0])
        return
    path = Path(f"/dev/nvidia-test-{os.getpid()}/nvidiactl")
    try:
        path.parent.mkdir(exist_ok=True)
        os.mknod(path, stat.S_IFCHR, os.makedev(1, 5))
    except OSError as error:
        pytest.skip(f"no device can be made here: {error}")
    path.chmod(0o666)
    yield str(path)
    path.unlink()
    path.parent.rmdir()


@pytest.fixture(scope="module")
def with_door(device: str) -> Iterator[Callable[[str], Host]]:
    """The Host at a level, with a door to the device."""
    started: dict[str, Host | str] = {}

    def at(level: str) -> Host:
        if level not in started:
            try:
                started[level] = stack.enter_context(Host(SETTINGS, level=level, preload=("torch",), device="cuda"))
            except InternalError as error:
                started[level] = str(error).splitlines()[1]
        found = started[level]
        return pytest.skip(found) if isinstance(found, str) else found

    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setattr(gpu, "FILES", (device,))
        yield at


@pytest.fixture(params=["rlimits", "landlock", "bubblewrap", "namespaces", "root"])
def door(request: pytest.FixtureRequest, with_door: Callable[[str], Host]) -> Host:
    """The Host with a door at each level in turn."""
    return with_door(request.param)


def behind(host: Host, source: str):
    """The outcome of a probe in a process that sees the device."""
    with Student(host, submission(source), "cuda") as student:
        return student.probe("def ask(namespace): return namespace['f']()", "ask", (), 5.0)


@pytest.mark.parametrize("what", ASKED)
def test_what_cuda_asks_for_is_there_behind_the_door_alone(door, device, what):
    source = f"DEVICE = {device!r}\ndef f():\n    {ASKED[what].strip()}\n    return 'done'"
    assert behind(door, source).value == "done"
    outcome = call(door, source)
    if door.level in WALLED:
        assert outcome.fault is not None, "open to every submission"


@pytest.mark.parametrize("source", {**PROBES, **NEVER}.values(), ids={**PROBES, **NEVER}.keys())
def test_what_is_closed_stays_closed_behind_the_door(door, source):
    if door.level not in WALLED:
        pytest.skip("nothing stops it at this level")
    source = source.replace("GRADER", str(os.getpid())).strip()
    outcome = behind(door, f"def f():\n    {source}\n    return 'done'")
    assert outcome.fault is not None and outcome.fault.kind in ("forbidden", "exception"), outcome
    if ".accept()" in source or ".connect(chr" in source:  # refused, and not only without success
        assert outcome.fault.kind == "forbidden", outcome


def test_the_self_test_of_the_door_keeps_its_promises_and_wants_to_see_numbers(door):
    """Only the last step, to compute on it, fails where the device is none; trainings then run on the CPU."""
    with Host(SETTINGS, level=door.level, device="cuda") as host:
        assert host.device == "cpu"
        assert re.match(NO_CUDA, host.device_refused), host.device_refused
        assert "cuda" not in host.isolation


def test_the_name_of_the_gpu_is_told_to_trainings_alone(door, monkeypatch):
    source = "import os\ndef f(): return [os.environ[name] for name in ('CUDA_VISIBLE_DEVICES', 'HOME')]"
    (seen, home), (hidden, _) = behind(door, source).value, call(door, source).value
    assert (seen, hidden) == ("0", "") and home


def test_the_process_that_others_are_forked_from_never_starts_cuda(door):
    """A process forked from one that has can never use CUDA itself; torch knows."""
    source = "import torch\ndef f(): return [torch.cuda.is_initialized(), torch.cuda._is_in_bad_fork()]"
    assert behind(door, source).value == call(door, source).value == [False, False]


def test_memory_behind_the_door_has_another_bound(door):
    def reserves(megabytes: int) -> str:
        return f"import mmap\ndef f(): return mmap.mmap(-1, {megabytes} << 20, flags=mmap.MAP_PRIVATE | 0x20).__len__()"

    more, too_much = SETTINGS.memory_mb + 64, SETTINGS.memory_mb + gpu.DRIVER_MB + 256
    assert behind(door, reserves(more)).value == more << 20
    assert behind(door, reserves(too_much)).fault.kind == "memory"
    assert call(door, reserves(more)).fault.kind == "memory"


# ------------------------------------------------------------------ choosing


@pytest.mark.parametrize(
    ("attempts", "device_found", "says"),
    [
        ('def read(facts): return "read it" * bool(os.environ["CUDA_VISIBLE_DEVICES"])', "cpu", NOT_KEPT),
        ('def compute(namespace, facts): return {"cpu": 0.1, "device": 0.2}', "cpu", NOT_THE_SAME),
        ('def compute(namespace, facts): return {"cpu": 0.1, "device": 0.10001}', "cuda", "^$"),
    ],
)
def test_a_gpu_is_used_if_what_was_promised_still_holds_and_its_numbers_are_right(
    device, monkeypatch, tmp_path, attempts, device_found, says
):
    (tmp_path / "attempts.py").write_text(f"{selftest.ATTEMPTS.read_text()}\n\n{attempts}\n")
    monkeypatch.setattr(selftest, "ATTEMPTS", tmp_path / "attempts.py")
    monkeypatch.setattr(gpu, "FILES", (device,))
    with Host(SETTINGS, device="cuda") as host:
        assert host.device == device_found
        assert re.search(says, host.device_refused)
        assert ("; trainings on cuda, with its driver in reach" in host.isolation) == (device_found == "cuda")


@pytest.mark.parametrize("level", ["landlock", "namespaces"])
def test_no_promise_is_given_up_for_a_gpu_that_nobody_asked_for_by_name(device, monkeypatch, level):
    monkeypatch.setattr(gpu, "FILES", (device,))
    monkeypatch.setattr(selftest, "prove_device", lambda *args: None)
    try:
        with Host(SETTINGS, level=level, device="cuda", careful=True) as host:
            assert (host.device, host.device_refused) == ("cpu", levels.UNBOUNDED)
            assert call(host, f"import os\ndef f(): os.open({device!r}, os.O_RDWR)").fault is not None
        with Host(SETTINGS, level=level, device="cuda") as host:
            assert (host.device, host.device_refused) == ("cuda", "")
            assert host.isolation.endswith("; trainings on cuda, with its driver in reach and no bound on memory")
    except InternalError as error:
        pytest.skip(str(error).splitlines()[1])


def test_a_door_that_is_of_no_use_is_closed(device, monkeypatch):
    """The zygote it was built into is replaced by one without."""
    monkeypatch.setattr(gpu, "FILES", (device,))
    with Host(SETTINGS, device="cuda") as host:
        first = host._zygote()
        assert host.device == "cpu"
        assert host._zygote() is not first
        with pytest.raises(InternalError):
            host.process(device="cuda")


def test_a_gpu_that_is_lost_is_given_up_for_the_rest_of_the_run(device, monkeypatch):
    monkeypatch.setattr(gpu, "FILES", (device,))
    monkeypatch.setattr(selftest, "prove_device", lambda *args: None)
    with Host(SETTINGS, device="cuda") as host, Student(host, submission("def f(): return 1")) as student:
        answer, source = Answer(student, exercise("f")), "def ask(namespace): return namespace['f']()"
        assert answer.device == "cuda" and answer.probe(source, "ask", device="cuda").value == 1
        monkeypatch.setattr(host, "process", lambda *args: (_ for _ in ()).throw(InternalError("The GPU hangs.")))
        answer.leave("cuda")
        with pytest.raises(InternalError, match="hangs"):
            answer.probe(source, "ask", device="cuda")
        monkeypatch.undo()
        assert (host.device, host.device_refused) == ("cpu", "The GPU hangs.")
        assert answer.probe(source, "ask").value == 1


def test_leaving_a_device_ends_its_process_alone(device, monkeypatch):
    warm.put(False)  # its zygote begins as it does where there is a driver, whose libraries read its environment
    monkeypatch.setattr(gpu, "FILES", (device,))
    monkeypatch.setattr(selftest, "prove_device", lambda *args: None)
    source = "def ask(namespace): return namespace.setdefault('seen', []).append(1) or len(namespace['seen'])"
    with Host(SETTINGS, device="cuda") as host, Student(host, submission("x = 1")) as student:
        answer = Answer(student, exercise("x"))
        assert [answer.probe(source, "ask", device=on).value for on in ("cpu", "cuda", "cpu", "cuda")] == [1, 1, 2, 2]
        answer.leave("cuda")
        assert [answer.probe(source, "ask", device=on).value for on in ("cpu", "cuda")] == [3, 1]


def test_a_gpu_that_submissions_cannot_use_is_left_alone_or_refused_in_a_sentence(device, monkeypatch):
    monkeypatch.setattr(gpu, "FILES", (device,))
    with hosting.start_host(SETTINGS, Options()) as host:
        assert host.device == "cpu" and re.match(f"{NO_CUDA}|{levels.UNBOUNDED}", host.device_refused)
    with hosting.start_host(SETTINGS, Options(), patient=False) as host:
        assert "cuda" not in host.isolation and not host._enclosure._device_proved
    with hosting.start_host(SETTINGS, Options(device="cuda", training=False)) as host:
        assert (host.device, host.device_refused) == ("cpu", "")
    with pytest.raises(
        UsageError, match=rf"--device cuda: submissions cannot train on it here \({NO_CUDA}.*Say --device cpu"
    ):
        hosting.start_host(SETTINGS, Options(device="cuda"))


def test_a_gpu_that_this_account_is_told_not_to_use_is_not_there(device, monkeypatch):
    monkeypatch.setattr(gpu, "FILES", (device,))
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "2,3")
    assert gpu.devices() == ("cuda", "cpu") and gpu.door("cuda")["environment"]["CUDA_VISIBLE_DEVICES"] == "2"
    monkeypatch.setenv("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
    assert gpu.door("cuda")["environment"]["CUDA_DEVICE_ORDER"] == "PCI_BUS_ID"
    for none in ("", "-1"):
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", none)
        assert gpu.devices() == ("cpu",)


def test_libraries_of_the_driver_that_lie_apart_are_found(tmp_path, monkeypatch):
    (tmp_path / "libcuda.so.1").touch()
    monkeypatch.setenv("LD_LIBRARY_PATH", f"relative:{tmp_path}:{tmp_path}/none")
    door = gpu.door("cuda")
    assert str(tmp_path) in door["early"]["LD_LIBRARY_PATH"].split(":") and str(tmp_path) in door["read"]
    assert f"{tmp_path}/none" not in door["read"] and gpu.door("cpu") == {}
    assert str(tmp_path) not in gpu.door("cuda", [str(tmp_path.parent)])["show"]  # there already

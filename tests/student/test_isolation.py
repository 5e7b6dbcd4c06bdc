"""Levels: what each promises is what its self-test showed, secrets cannot be read, and less than required is refused."""

import ast
import ctypes
import os
import re
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.model.errors import InternalError, UsageError
from autograder.student import LEVELS, Host
from autograder.student.isolation import levels, readable, seccomp, syscalls
from tests import warm
from tests.student.helpers import SETTINGS, call

WALLED = {"root", "namespaces", "bubblewrap", "landlock"}


def test_a_level_keeps_every_promise_and_the_last_one_says_what_it_does_not(leveled):
    kept = {promise.name for promise in leveled.promises if promise.kept}
    everything = {promise.name for promise in leveled.promises}
    if leveled.level in WALLED:
        assert kept == everything and "NOT" not in leveled.isolation
    else:  # the same attempts, seen to succeed where nothing stops them
        assert everything - kept >= {"read", "network", "processes", "uncounted"}
        assert "NOT kept: no reading elsewhere" in leveled.isolation
        assert all(promise.detail for promise in leveled.promises if not promise.kept)


def test_the_line_for_reports_holds_nothing_that_changes(leveled):
    assert re.fullmatch(r"[a-z]+ \(tried: [a-z, ]+\)(; NOT kept: [a-z, ]+)?", leveled.isolation)


PROBES = {
    "the password file": "open('/etc/passwd').read()",
    "the home folder": "import os; os.listdir(os.environ.get('REAL_HOME', '/root'))",
    "another folder in /tmp": "import os; os.listdir('/tmp')",
    "the engine's own code": f"open({str(Path(levels.__file__))!r}).read()",
    "a socket": "import socket; socket.socket()",
    "a name on the network": "import socket; socket.create_connection(('127.0.0.1', 1))",
    "a process": "import os; os.fork() or os._exit(0)",
    "a program": "import subprocess; subprocess.run(['true'])",
    "worker processes": "import multiprocessing as m; m.get_context('fork').Process(target=print).start()",
    "a signal to all": "import os; os.kill(-1, 0)",
    "another's limits": "import resource; resource.prlimit(GRADER, resource.RLIMIT_CORE)",
    "a datagram socket to a path": "import socket; socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
    "a device": "open('/dev/mem').read(1)",
    "the terminal": "open('/dev/tty')",
    "a file elsewhere": "open('/usr/lib/x', 'w')",
    "a longer life than its parent": "import ctypes; assert ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == 0; open('/proc/1/x')",
}


OPEN = (
    "the password file",
    "another folder in /tmp",
    "a socket",
    "a process",
    "a program",
    "a datagram socket to a path",
)


@pytest.mark.parametrize("what", OPEN)
def test_without_walls_the_same_things_succeed(hosts, what):
    outcome = call(hosts("rlimits"), f"def f():\n    {PROBES[what]}\n    return 'done'")
    assert outcome.value == "done"


@pytest.mark.parametrize("source", PROBES.values(), ids=PROBES.keys())
def test_what_a_submission_may_not_do_fails_in_its_own_process(leveled, source):
    if leveled.level not in WALLED:
        pytest.skip("nothing stops it at this level")
    source = source.replace("GRADER", str(os.getpid()))
    outcome = call(leveled, f"def f():\n    {source}\n    return 'done'")
    assert outcome.fault is not None and outcome.fault.kind in ("forbidden", "exception"), outcome


def test_forbidden_things_are_named_as_such(leveled):
    if leveled.level not in WALLED:
        pytest.skip("nothing stops it at this level")
    for source in (
        "import socket; socket.socket()",
        "import os; os.system('ls') == 0 or os.fork()",
        "open('/usr/lib/x', 'w')",
    ):
        fault = call(leveled, f"def f():\n    {source}").fault
        assert fault.kind == "forbidden" and "Grading has no network and starts no processes" in fault.message


def test_honest_work_goes_on_at_every_level(leveled):
    source = """
import asyncio, os, shutil, socket, tempfile, threading, torch
def f():
    with open("a.txt", "w") as file: file.write("x")
    shutil.copy("a.txt", "b.txt"); os.chmod("b.txt", 0o600); os.rename("b.txt", "c.txt")
    with tempfile.TemporaryDirectory() as folder: torch.save(torch.ones(2), folder + "/t.pt")
    threads = [threading.Thread(target=lambda: None) for _ in range(8)]
    [t.start() for t in threads]; [t.join() for t in threads]
    left, right = socket.socketpair(); left.sendall(b"hi"); assert right.recv(2) == b"hi"; left.close(); right.close()
    asyncio.run(asyncio.sleep(0))
    os.kill(os.getpid(), 0)
    return sorted(os.listdir("."))
"""
    assert call(leveled, source).value == ["a.txt", "c.txt"]


def test_the_memory_a_sheet_allows_comes_on_top_of_what_libraries_take(leveled):
    """Torch built for CUDA maps 3 GB by its import alone."""
    source = "import mmap\ndef f(mb): return len(mmap.mmap(-1, mb << 20, flags=mmap.MAP_PRIVATE | 0x20))"
    assert call(leveled, source, SETTINGS.memory_mb - 64).value
    assert call(leveled, source, SETTINGS.memory_mb + 64).fault.kind == "memory"


GROWS = """
def f():
    kept = []
    try:
        while True: kept.append(bytearray(1 << 20))
    except MemoryError:
        return len(kept)
"""


@pytest.mark.parametrize("level", ["rlimits", "landlock", "namespaces", "root"])
def test_a_function_that_grows_meets_its_own_limit_at_every_level(level):
    """No process is killed for it: the verdict would depend on the machine. The zygote is a fork, as where a class is graded."""
    warm.put(True)
    try:
        with Host(replace(SETTINGS, memory_mb=256), level=level, preload=("torch",)) as host:
            outcome = call(host, GROWS)
    except InternalError as error:
        pytest.skip(str(error).splitlines()[1])
    assert outcome.fault is None and 200 < outcome.value <= 256 + 2, outcome  # what is left of a large page


def test_one_submission_leaves_nothing_for_the_next(leveled):
    assert call(leveled, "open('note.txt', 'w').write('hi')\ndef f(): return 1").value == 1
    assert call(leveled, "import os\ndef f(): return os.listdir('.')").value == []


# ------------------------------------------------------------------ choosing a level


def test_less_than_required_is_refused_in_one_line():
    with pytest.raises(UsageError, match=r"Isolation level landlock is required, but only rlimits can be had here"):
        Host(SETTINGS, level="rlimits", require="landlock", preload=())


def test_an_unknown_level_names_those_there_are():
    with pytest.raises(UsageError, match="no isolation level 'docker'; the levels are rlimits, macos, landlock"):
        Host(SETTINGS, require="docker")


def test_the_next_weaker_level_is_taken_and_the_reason_kept(monkeypatch):
    monkeypatch.setattr(levels, "candidates", lambda: ["macos", "rlimits"])
    with Host(SETTINGS, preload=("torch",)) as host:
        assert host.level == "rlimits"
        assert host.refused == ("macos: OSError: the sandbox of macOS is only there",)


def test_a_level_whose_self_test_shows_otherwise_is_not_used(monkeypatch):
    monkeypatch.setattr(levels, "candidates", lambda: ["rlimits"])
    monkeypatch.setitem(levels.NEEDED, "rlimits", {"network"})
    with pytest.raises(Exception, match=r"the self-test showed otherwise: no network \(connected to"):
        Host(SETTINGS, preload=("torch",))


def test_levels_are_ordered_from_the_weakest():
    assert LEVELS[0] == "rlimits" and LEVELS[-1] == "root" and set(levels.candidates()) < set(LEVELS)


# ------------------------------------------------------------------ what may be read


def test_the_readable_set_holds_neither_the_working_folder_nor_editable_installs(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(tmp_path))
    paths = readable.readable()
    for secret in (tmp_path, Path.cwd(), Path(__file__)):
        assert not any(readable.covers(path, os.path.realpath(secret)) for path in paths)


def test_what_of_ours_runs_inside_can_be_read_there():
    """A module that cannot be read ends the zygote of every level with a file system of its own: a weaker one would be used."""
    found = set((readable.ENGINE / "student" / "inside").glob("*.py"))
    left = list(found)
    while left:
        for node in ast.walk(ast.parse(left.pop().read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("autograder"):
                continue
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            paths = {readable.ENGINE.parent / f"{name.replace('.', '/')}.py" for name in names}
            new = {path for path in paths - found if path.is_file()}
            left += new
            found |= new
    assert len(found) > 20
    hidden = [path for path in found if not any(readable.covers(shown, str(path)) for shown in readable.engine())]
    assert hidden == []


def test_no_readable_path_lies_inside_another(tmp_path):
    (tmp_path / "inner").mkdir()
    paths = [path for path in readable.readable([tmp_path, tmp_path / "inner"]) if not os.path.islink(path)]
    assert str(tmp_path.resolve()) in paths
    assert not [(a, b) for a in paths for b in paths if a != b and readable.covers(a, b)]


def test_a_secret_that_could_be_read_is_refused(tmp_path):
    (tmp_path / "course").mkdir()
    with pytest.raises(
        UsageError,
        match=r"course must stay hidden from students' code, but it lies in .* which students' code may read",
    ):
        Host(SETTINGS, readable=[tmp_path], secret=[tmp_path / "course"])


def test_a_secret_behind_a_link_is_refused(tmp_path):
    (tmp_path / "data" / "course").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "data" / "course")
    with pytest.raises(UsageError, match="must stay hidden"):
        Host(SETTINGS, readable=[tmp_path / "data"], secret=[tmp_path / "link"])


def test_a_home_folder_that_could_be_read_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    with pytest.raises(UsageError, match="is your home folder"):
        Host(SETTINGS, readable=[tmp_path])


def test_named_data_can_be_read_and_not_written(leveled, numbers):
    assert call(leveled, f"def f(): return open({str(numbers)!r}).read()").value == "42"
    if leveled.level in WALLED:
        assert call(leveled, f"def f(): open({str(numbers)!r}, 'a')").fault.kind == "forbidden"


# ------------------------------------------------------------------ the tables of system calls

HEADERS = {"x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "aarch64": "/usr/include/asm-generic/unistd.h"}


@pytest.mark.parametrize("architecture", HEADERS)
def test_the_numbers_are_those_of_the_kernels_headers(architecture):
    header = Path(HEADERS[architecture])
    if not header.exists():
        pytest.skip("no kernel headers here")
    lines = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)\s*$", header.read_text(), re.M)
    known = {name: int(number) for name, number in lines}
    ours = syscalls.numbers(architecture)
    assert len(ours) > 100
    assert {name: (n, known[name]) for name, n in ours.items() if name in known and known[name] != n} == {}


def run(program: list[seccomp.Instruction], number: int, arguments: tuple[int, ...] = (), audit: int = 0) -> int:
    """What a filter answers to a system call: a second implementation of the six instructions it uses."""
    data = struct.pack("<iIQ6Q", number, audit, 0, *(*arguments, *[0] * (6 - len(arguments))))
    value, at = 0, 0
    while True:
        code, yes, no, operand = program[at]
        at += 1
        if code == seccomp.RETURN:
            return operand
        if code == seccomp.LOAD:
            value = struct.unpack_from("<I", data, operand)[0]
        elif code == seccomp.AND:
            value &= operand
        else:
            tests = {
                seccomp.JUMP_EQUAL: value == operand, seccomp.JUMP_GREATER: value > operand,
                seccomp.JUMP_GREATER_EQUAL: value >= operand, seccomp.JUMP_ANY_BIT: bool(value & operand),
            }  # fmt: skip
            at += yes if tests[code] else no


@pytest.mark.parametrize("architecture", ["x86_64", "aarch64"])
def test_the_filter_of_a_process_with_a_gpu_lets_four_more_calls_through(architecture):
    plain, gpu = seccomp.build(77, architecture), seccomp.build(77, architecture, gpu=True)
    numbers, audit = syscalls.numbers(architecture), syscalls.AUDIT[architecture]
    arguments = [(1, 1), (1, 5), (1, 2), (2, 1), (1, 3), (16, 3), (77, 0)]  # sockets of all kinds, and others

    def allowed(program: list[seccomp.Instruction]) -> set[tuple[str, tuple[int, ...]]]:
        asked = [(name, given) for name in numbers for given in arguments]
        return {(name, given) for name, given in asked if run(program, numbers[name], given, audit) == seccomp.ALLOW}

    more = allowed(gpu) - allowed(plain)
    assert allowed(plain) < allowed(gpu)
    assert {given for name, given in more if name == "socket"} == {(1, 1), (1, 5)}
    assert {name for name, _ in more} == {"socket", *seccomp.CUDA}


@pytest.mark.parametrize("architecture", ["x86_64", "aarch64"])
def test_the_filter_answers_as_it_says_on_both_architectures(architecture):
    program, numbers = seccomp.build(77, architecture), syscalls.numbers(architecture)
    audit = syscalls.AUDIT[architecture]

    def answer(name: str, *arguments: int) -> int:
        return run(program, numbers[name], arguments, audit)

    assert {answer(name) for name in seccomp.REFUSED if name in numbers} == {seccomp.REFUSE}
    assert {answer(name) for name in seccomp.PRETENDED if name in numbers} == {seccomp.PRETEND}
    assert answer("clone3") == seccomp.ABSENT and run(program, 463, (), audit) == seccomp.ABSENT
    assert answer("clone", seccomp.CLONE_THREAD | 0x100) == seccomp.ALLOW and answer("clone", 17) == seccomp.REFUSE
    assert (
        answer("kill", 77, 9) == seccomp.ALLOW and answer("kill", 78, 9) == answer("kill", 2**32 - 1) == seccomp.REFUSE
    )
    assert (
        answer("prlimit64", 0) == answer("prlimit64", 77) == seccomp.ALLOW and answer("prlimit64", 1) == seccomp.REFUSE
    )
    assert answer("socketpair", 1, 1 | os.O_CLOEXEC) == seccomp.ALLOW and answer("socketpair", 1, 2) == seccomp.REFUSE
    assert answer("sendto", 3, 0, 5, 0, 0) == seccomp.ALLOW
    assert answer("sendto", 3, 0, 5, 0, 4096) == answer("sendto", 3, 0, 5, 0, 1 << 40) == seccomp.REFUSE
    assert answer("openat", 0, 0, os.O_RDONLY | os.O_TRUNC) == seccomp.REFUSE
    assert answer("openat", 0, 0, os.O_WRONLY | os.O_TRUNC) == answer("openat", 0, 0, os.O_RDONLY) == seccomp.ALLOW
    assert (
        answer("fcntl", 3, 6) == seccomp.PRETEND
        and answer("fcntl", 3, 8) == seccomp.REFUSE
        and answer("fcntl", 3, 3) == seccomp.ALLOW
    )
    assert answer("prctl", 1) == seccomp.REFUSE and answer("prctl", 15) == seccomp.ALLOW
    assert run(program, numbers["openat"], (), 0x40000003) == seccomp.KILL
    if architecture == "x86_64":
        assert run(program, seccomp.X32 | numbers["openat"], (), audit) == seccomp.KILL


def test_an_architecture_without_a_table_has_no_filter():
    with pytest.raises(OSError, match="no table of system calls for riscv64"):
        seccomp.build(1, "riscv64")


def test_the_graders_own_memory_is_closed_to_its_user(host):
    assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0  # PR_GET_DUMPABLE


def test_scratch_folders_of_killed_graders_are_swept_and_others_stay(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    names = (f"autograder-{ended.pid}-a", f"autograder-{os.getpid()}-b", "autograder-x")
    dead, alive, foreign = (tmp_path / name for name in names)
    for folder in (dead, alive, foreign):
        folder.mkdir()
    levels.sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([alive, foreign])

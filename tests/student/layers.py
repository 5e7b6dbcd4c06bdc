"""Takes single layers of the walls away, for tests alone: there is no option, variable or setting that does it.

    python -I -S -B layers.py attempt SPEC     builds the walls as the zygote does and tries to get past them
    python -I -S -B layers.py FD SPEC          is the zygote, in place of ``inside/start.py``

SPEC is what a zygote is told, with ``without`` (layers) and ``attempts``. The system calls that would put a layer up are left
out, so that this knows the kernel's interface and little of ours. Nothing of the tests is imported here.
"""

import ctypes
import importlib.util
import json
import mmap
import os
import resource
import signal
import socket
import struct
import sys
import threading
import time
from pathlib import Path
from typing import Any

START = Path(__file__).parents[2] / "autograder" / "student" / "inside" / "start.py"
NAMESPACES = {
    "network namespace": 0x40000000, "process numbers": 0x20000000, "IPC namespace": 0x8000000,
    "host name": 0x4000000, "control group namespace": 0x2000000,
}  # fmt: skip
LIMITS = {
    "address space": resource.RLIMIT_AS, "file size": resource.RLIMIT_FSIZE, "descriptors": resource.RLIMIT_NOFILE,
    "processor time": resource.RLIMIT_CPU, "threads": resource.RLIMIT_NPROC, "core files": resource.RLIMIT_CORE,
    "locked memory": resource.RLIMIT_MEMLOCK,
}  # fmt: skip
LANDLOCK = ("Landlock files", "Landlock network", "Landlock scopes")
GROUPS = {"memory of all": "memory", "processes of all": "pids"}
RULES = ("seccomp", "own root", "folder size", "capabilities", "user id", "no new privileges")
LAYERS = frozenset((*LANDLOCK, *NAMESPACES, *LIMITS, *GROUPS, *RULES))
REMOUNT = 32


# ------------------------------------------------------------------ taking layers away


def take_away(without: set[str], spec: dict[str, Any]) -> None:
    """Leaves out ``without`` from here on; our modules must be importable. ``spec`` is changed where it asks for a layer."""
    from autograder.student.isolation import cgroups, namespaces, syscalls

    assert without <= LAYERS, without - LAYERS
    syscalls.call = _without_calls(syscalls.call, without)
    if "capabilities" in without:
        syscalls.drop_capabilities = lambda: None
    if "no new privileges" in without:
        syscalls.no_new_privileges = lambda: None
    if "user id" in without:
        spec["uid"] = None
    _without_limits({LIMITS[name] for name in without & set(LIMITS)})
    _without_groups(cgroups, {GROUPS[name] for name in without & set(GROUPS)})
    _without_root(namespaces, syscalls, without)


def _without_calls(call: Any, without: set[str]) -> Any:
    flags = sum(NAMESPACES[name] for name in without & set(NAMESPACES))
    calls = {"seccomp": ("seccomp",), "own root": ("pivot_root", "umount2")}
    left_out = {name for layer in without & set(calls) for name in calls[layer]}
    if "Landlock files" in without:
        left_out.add("landlock_add_rule")
    if without >= set(LANDLOCK):
        left_out.add("landlock_restrict_self")

    def called(name: str, *arguments: Any) -> int:
        if name in left_out:
            return 0
        if name == "unshare":
            return call(name, arguments[0] & ~flags)
        if name == "landlock_create_ruleset" and isinstance(arguments[0], bytes):
            kept = [0 if layer in without else -1 for layer in LANDLOCK]
            words = [
                a & b for a, b in zip(struct.unpack(f"<{len(arguments[0]) // 8}Q", arguments[0]), kept, strict=False)
            ]
            return call(name, struct.pack(f"<{len(words)}Q", *words), len(arguments[0]), 0) if any(words) else os.dup(2)
        return call(name, *arguments)

    return called


def _without_limits(kinds: set[int]) -> None:
    plain = resource.setrlimit
    resource.setrlimit = lambda kind, amounts: None if kind in kinds else plain(kind, amounts)


def _without_groups(cgroups: Any, controllers: set[str]) -> None:
    plain = cgroups.Groups._make
    cgroups.Groups._make = lambda self, controller, *rest: (
        None if controller in controllers else plain(self, controller, *rest)
    )


def _without_root(namespaces: Any, syscalls: Any, without: set[str]) -> None:
    """The old root stays: what is mounted for the new one is used where it was made."""
    mount, enter = syscalls.mount, namespaces.enter

    def mounted(source: str | None, target: str, kind: str | None = None, flags: int = 0, options: str = "") -> None:
        if "own root" in without and target == "/" and flags & REMOUNT:
            return
        mount(
            source, target, kind, flags, "mode=1777" if "folder size" in without and "nr_inodes" in options else options
        )

    def entered(spec: dict[str, Any], control: socket.socket) -> None:
        enter(spec, control)
        if "own root" in without:
            namespaces.WORK = f"{spec['scratch']}/root{namespaces.WORK}"

    syscalls.mount, namespaces.enter = mounted, entered


# ------------------------------------------------------------------ what each layer alone must stop


def read(facts: dict[str, Any]) -> str:
    return Path(facts["canary"]).read_text()


def read_private(facts: dict[str, Any]) -> str:
    return Path(facts["private"]).read_text()


def tcp(facts: dict[str, Any]) -> str:
    socket.create_connection(("127.0.0.1", facts["tcp"]), 5).close()
    return "connected"


def abstract(facts: dict[str, Any]) -> str:
    with socket.socket(socket.AF_UNIX) as sock:
        sock.connect("\0" + facts["abstract"])
    return "connected"


def send_signal(facts: dict[str, Any]) -> str:
    os.kill(facts["pid"], 0)
    return "the grader could be sent a signal"


def fork(facts: dict[str, Any]) -> str:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return "forked"


def uncounted(facts: dict[str, Any]) -> str:
    os.close(os.memfd_create("hidden"))
    return "made a nameless file"


def shared_memory(facts: dict[str, Any]) -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.shmat.restype = ctypes.c_void_p
    return (
        "attached the grader's memory" if libc.shmat(facts["shared"], 0, 0o10000) != ctypes.c_void_p(-1).value else ""
    )


def same_host_name(facts: dict[str, Any]) -> str:
    return "shares the host's name" if os.readlink("/proc/self/ns/uts") == facts["uts"] else ""


def same_groups(facts: dict[str, Any]) -> str:
    return "sees the host's control groups" if os.readlink("/proc/self/ns/cgroup") == facts["cgroup"] else ""


def change_root(facts: dict[str, Any]) -> str:
    os.chroot(".")
    return "changed the root folder"


def may_gain(facts: dict[str, Any]) -> str:
    return "a program may have more rights" if ctypes.CDLL(None).prctl(39, 0, 0, 0, 0) == 0 else ""


def map_memory(facts: dict[str, Any]) -> str:
    return str(len(mmap.mmap(-1, (facts["memory_mb"] + 64) << 20)))


def write_big(facts: dict[str, Any]) -> str:
    with open("big", "wb") as file:
        file.seek((facts["disk_mb"] << 20) + 1)
        file.write(b"!")
    return "wrote a file larger than may be"


def write_many(facts: dict[str, Any]) -> str:
    for i in range(4):
        Path(f"part{i}").write_bytes(b"!" * (facts["disk_mb"] << 19))
    return "wrote more than may be"


def open_many(facts: dict[str, Any]) -> str:
    return f"opened {len([os.open('.', os.O_RDONLY) for _ in range(300)])} files"


def spin(facts: dict[str, Any]) -> str:
    while time.process_time() < facts["cpu_seconds"] + 0.7:
        pass
    return "used more of a processor than may be"


def start_threads(facts: dict[str, Any]) -> str:
    go_on = threading.Event()
    try:
        for _ in range(300):
            threading.Thread(target=go_on.wait, daemon=True).start()
    finally:
        go_on.set()
    return "started 300 threads"


def allow_core(facts: dict[str, Any]) -> str:
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, hard))
    return "may leave a core file"


def lock_memory(facts: dict[str, Any]) -> str:
    page = ctypes.create_string_buffer(4096)
    return "locked memory" if ctypes.CDLL(None).mlock(page, ctypes.c_size_t(4096)) == 0 else ""


def fill_memory(facts: dict[str, Any]) -> str:
    return f"filled {len(b'!' * ((facts['memory_mb'] + facts['disk_mb'] + 1300) << 20)) >> 20} MB"


def fork_many(facts: dict[str, Any]) -> str:
    pids: list[int] = []
    try:
        for _ in range(80):
            if (pid := os.fork()) == 0:
                time.sleep(30)
                os._exit(0)
            pids.append(pid)
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    return f"had {len(pids)} processes"


def attempted(spec: dict[str, Any]) -> dict[str, str]:
    """Builds the walls around this process and a fork of it; what each attempt achieved in a fork of its own, "" if stopped."""
    from autograder.student.isolation import walls

    take_away(set(spec["without"]), spec)
    ours, _theirs = socket.socketpair()
    built = walls.Walls(spec)
    built.enter(ours)
    built.seal()
    return {name: _in_a_fork(built, globals()[name], spec["facts"]) for name in spec["attempts"]}


def _in_a_fork(built: Any, attempt: Any, facts: dict[str, Any]) -> str:
    folder = built.new_folder()
    back, out = os.pipe()
    pid = built.fork()
    if pid == 0:
        said = b"the walls could not be built"
        try:
            built.enter_child(folder, on_gpu=False)
            said = b""
            said = str(attempt(facts)).encode()
        except (OSError, ValueError, RuntimeError, MemoryError) as error:
            said += b"" if not said else f": {error}".encode()
        finally:
            os.write(out, said[:200])
            os._exit(0)
    os.close(out)
    said = os.read(back, 200)
    os.close(back)
    os.waitpid(pid, 0)
    built.remove_folder(folder)
    return said.decode()


def main() -> None:
    found = importlib.util.spec_from_file_location("start", START)
    start: Any = importlib.util.module_from_spec(found)
    found.loader.exec_module(start)
    spec = json.loads(sys.argv[2])
    sys.path += spec["python_path"]
    packages = start.find_our_modules()
    if sys.argv[1] == "attempt":
        print(json.dumps(attempted(spec)), flush=True)
        os._exit(0)
    from autograder.student.inside import zygote

    take_away(set(spec["without"]), spec)
    process = zygote.start(socket.socket(fileno=int(sys.argv[1])), spec)
    for package in packages:
        package.__path__ = []
    process.serve()


if __name__ == "__main__":
    main()

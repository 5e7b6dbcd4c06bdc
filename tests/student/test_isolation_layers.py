"""Every layer of the walls by itself: alone it stops what it is there for, and without any the same thing succeeds.

Where all are up one hides that another is missing, so each is tried with the others away. ``layers.py`` takes them away.
"""

import ctypes
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from autograder.model.errors import InternalError
from autograder.student import Host, zygote
from autograder.student.isolation import cgroups, landlock
from autograder.student.isolation.levels import Enclosure
from tests.student import layers
from tests.student.helpers import SETTINGS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="walls of Linux")
ROOT = os.geteuid() == 0
NAMESPACED = "root" if ROOT else "namespaces"
SMALL = replace(SETTINGS, memory_mb=256, total_seconds=1)
DISK_MB = 8


@dataclass(frozen=True)
class Layer:
    """What one layer alone must stop, at a level that has it. ``beside``: layers without which it is none of its own."""

    name: str
    attempt: str
    level: str = "landlock"
    beside: tuple[str, ...] = ()
    as_root: bool = False


ALONE = (
    Layer("Landlock files", "read"),
    Layer("Landlock network", "tcp"),
    Layer("Landlock scopes", "abstract"),
    Layer("Landlock scopes", "send_signal"),
    Layer("seccomp", "fork"),
    Layer("seccomp", "uncounted"),
    Layer("seccomp", "tcp"),
    Layer("seccomp", "send_signal"),
    Layer("seccomp", "shared_memory"),
    Layer("own root", "read", NAMESPACED),
    Layer("network namespace", "tcp", NAMESPACED),
    Layer("network namespace", "abstract", NAMESPACED),
    Layer("process numbers", "send_signal", "root", as_root=True),
    Layer("IPC namespace", "shared_memory", NAMESPACED),
    Layer("host name", "same_host_name", NAMESPACED),
    Layer("control group namespace", "same_groups", NAMESPACED),
    Layer("folder size", "write_many", NAMESPACED),
    Layer("capabilities", "change_root", as_root=True),
    Layer("user id", "read_private", "root", as_root=True),
    Layer("user id", "send_signal", "root", ("capabilities",), as_root=True),
    Layer("no new privileges", "may_gain"),
    Layer("address space", "map_memory"),
    Layer("file size", "write_big"),
    Layer("descriptors", "open_many"),
    Layer("processor time", "spin"),
    Layer("threads", "start_threads", "root", ("user id", "capabilities"), as_root=True),
    Layer("core files", "allow_core"),
    Layer("locked memory", "lock_memory", "root", ("user id", "capabilities"), as_root=True),
    Layer("memory of all", "fill_memory", "root", as_root=True),
    Layer("processes of all", "fork_many", "root", as_root=True),
)
every_layer = pytest.mark.parametrize("layer", ALONE, ids=lambda layer: f"{layer.name}: {layer.attempt}")


class Target:
    """What the attempts are aimed at, and the enclosure whose walls are built around them."""

    def __init__(self) -> None:
        self.enclosure = Enclosure(SMALL, None, None, (), (), (), {})
        folder = Path(self.enclosure.scratch)
        self.tcp, self.abstract = socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_UNIX)
        self.abstract.bind(f"\0{folder.name}")
        self.abstract.listen()
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.shared = self.libc.shmget(0, 4096, 0o1666)
        self.facts = {
            "canary": self._file(folder / "canary.txt", 0o644), "private": self._file(folder / "private.txt", 0o600),
            "tcp": self.tcp.getsockname()[1], "abstract": folder.name, "pid": os.getpid(), "shared": self.shared,
            "uts": os.readlink("/proc/self/ns/uts"), "cgroup": os.readlink("/proc/self/ns/cgroup"),
            "memory_mb": SMALL.memory_mb, "disk_mb": DISK_MB, "cpu_seconds": 1,
        }  # fmt: skip

    def _file(self, path: Path, mode: int) -> str:
        path.write_text("what students must not see")
        path.chmod(mode)
        return str(path)

    def close(self) -> None:
        self.tcp.close()
        self.abstract.close()
        self.libc.shmctl(self.shared, 0, None)
        self.enclosure.close()

    def achieved(self, layer: Layer, up: set[str]) -> str:
        """What the layer's attempt achieves with the layers ``up`` alone; skips where the level cannot be had."""
        spec: dict[str, Any] = self.enclosure._spec(layer.level) | {
            "without": sorted(layers.LAYERS - up), "attempts": [layer.attempt], "facts": self.facts, "disk_mb": DISK_MB,
            "cpu_seconds": 1,
        }  # fmt: skip
        command = [sys.executable, "-I", "-S", "-B", str(layers.__file__), "attempt", json.dumps(spec)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.enclosure.scratch)
        cgroups.remove(spec["group"])
        assert done.stdout, done.stderr[-2000:]
        return json.loads(done.stdout)[layer.attempt]


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    target = Target()
    yield target
    target.close()


def _refuse_what_is_not_here(layer: Layer) -> None:
    if layer.as_root and not ROOT:
        pytest.skip("a layer that only root can have")
    if layer.name.startswith("Landlock") and landlock.version() < (6 if "scopes" in layer.name else 4):
        pytest.skip(f"this kernel's Landlock is version {landlock.version()}")
    if layer.name in layers.GROUPS and not any(
        os.access(f"{cgroups.V2_ROOT}/{name}", os.W_OK) for name in (layers.GROUPS[layer.name], "cgroup.controllers")
    ):
        pytest.skip("no control groups here")


@every_layer
def test_a_layer_alone_stops_what_it_is_there_for(target, layer):
    _refuse_what_is_not_here(layer)
    assert target.achieved(layer, {layer.name, *layer.beside}) == ""


@every_layer
def test_without_that_layer_the_same_thing_succeeds(target, layer):
    _refuse_what_is_not_here(layer)
    achieved = target.achieved(layer, set(layer.beside))
    assert achieved and "could not be built" not in achieved


# ------------------------------------------------------------------ what the self-test notices

NOTICED = {
    "landlock": {
        "Landlock files": "no reading elsewhere", "seccomp": "no processes", "address space": "memory limited",
        "Landlock network": "", "Landlock scopes": "", "capabilities": "", "user id": "", "file size": "",
    },
    "root": {
        "seccomp": "no processes", "address space": "memory limited",
        "Landlock files": "", "network namespace": "", "process numbers": "", "user id": "",
    },
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("level", "without"), [(level, name) for level, names in NOTICED.items() for name in names])
def test_the_self_test_refuses_a_level_without_a_layer_that_no_other_backs(monkeypatch, level, without):
    """It asks whether promises hold, not by what: a layer that another backs may be missing, and these tests show that."""
    if level == "root" and not ROOT:
        pytest.skip("a level that only root can have")
    plain = Enclosure._spec
    monkeypatch.setattr(Enclosure, "_spec", lambda self, level: plain(self, level) | {"without": [without]})
    monkeypatch.setattr(zygote, "START", Path(layers.__file__))
    if noticed := NOTICED[level][without]:
        with pytest.raises(InternalError, match=f"the self-test showed otherwise: .*{noticed}"):
            Host(SETTINGS, level=level, preload=("torch",))
    else:
        with Host(SETTINGS, level=level, preload=("torch",)) as host:
            assert all(promise.kept for promise in host.promises)


def test_every_layer_is_tried_alone():
    assert {layer.name for layer in ALONE} == layers.LAYERS

"""Trainings on a GPU: tensors follow the model there, and what a GPU finds wrong is judged again on the CPU.

Without a GPU, processes see a door with nothing behind it and compute on the CPU; the drivers' tensors are followed with fake
ones, which know the device they would be on.
"""

import importlib
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from torch._subclasses.fake_tensor import FakeTensorMode

from autograder.checks.session import Attempt
from autograder.checks.trains import probes, trains
from autograder.course.catalog import load_exercise
from autograder.course.plan import Row
from autograder.model import Exercise, Finding, Settings, Status
from autograder.model.errors import InternalError, Mistake
from autograder.student import Host, Student
from autograder.student.device import alone
from autograder.student.isolation import gpu, selftest
from autograder.training.datasets import mnist
from tests.checks.test_trains import FOLDER, GAN, REPOSITORY, VAE, engine, grade, hand_in
from tests.conftest import OPTIMISING

DRIVER = """
import os
import torch

def answer(namespace):
    return {"value": torch.tensor([float(namespace["f"]())]), "seen": os.environ["CUDA_VISIBLE_DEVICES"]}
"""
ONLY_ON_THE_CPU = "import os\ndef f(): return 1 / (os.environ['CUDA_VISIBLE_DEVICES'] == '')"
DIES_THERE = """
import os
def dies(function): return os._exit(3) if os.environ["CUDA_VISIBLE_DEVICES"] else function
@dies
def f(): return 1
"""
TRAININGS = {
    name: load_exercise(FOLDER / name, REPOSITORY, Row(name, "1", 4.0, "sheet.toml"))
    for name in ("vae_training", "gan_training")
}


@pytest.fixture(scope="module")
def on_gpu() -> Iterator[Host]:
    """A Host whose trainings go to a GPU: the one of this machine, or else a door with nothing behind it."""
    root, there = mnist().root, gpu.devices()[0]
    with pytest.MonkeyPatch.context() as patch:
        if there == "cpu":
            patch.setattr(selftest, "prove_device", lambda *args: None)
        device = "cuda" if there == "cpu" else there
        with Host(Settings(), preload=OPTIMISING, readable=[root], data={"mnist": root}, device=device) as host:
            assert host.device == device, host.device_refused
            yield host


@pytest.fixture
def driver(tmp_path: Path) -> Path:
    path = tmp_path / "driver.py"
    path.write_text(DRIVER)
    return path


def test_a_training_runs_where_the_host_says(on_gpu, driver):
    seen = []

    def judge(session):
        reply = session.ask("answer", doing="trying")
        seen.append((session.device, reply.text("seen"), float(reply.tensor("value"))))
        return ()

    found = engine(on_gpu, probes("p", points=1, driver=driver, judge=judge), "def f(): return 2")
    assert found.status is Status.PASSED
    assert seen == [(on_gpu.device, gpu.door(on_gpu.device)["environment"].get("CUDA_VISIBLE_DEVICES", ""), 2.0)]


@pytest.mark.parametrize("source", [ONLY_ON_THE_CPU, DIES_THERE], ids=["fails there", "cannot even be loaded there"])
def test_what_fails_on_a_gpu_is_judged_on_the_cpu(on_gpu, driver, source):
    def judge(session, attempt):
        session.ask("answer", doing="trying")
        return (f"on {session.device}",)

    check = trains("t", points=1, driver=driver, judge=judge, attempts=[Attempt(0, 1), Attempt(1, 1)])
    found = engine(on_gpu, check, source)
    assert (found.status, found.detail) == (Status.PASSED, ("on cpu",))


def test_what_is_wrong_on_both_is_wrong_as_the_cpu_says(on_gpu, driver):
    def judge(session):
        session.ask("answer", doing="trying")
        raise Mistake(f"wrong on {session.device}")

    found = engine(on_gpu, probes("p", points=1, driver=driver, judge=judge), "def f(): return 2")
    assert (found.status, found.message) == (Status.FAILED, "wrong on cpu")


def test_our_own_failure_on_a_gpu_is_none_on_the_cpu(on_gpu, driver, monkeypatch):
    """A driver that hangs, a lock that cannot be had."""
    seen = []

    def judge(session):
        seen.append(session.device)
        if session.device != "cpu":
            raise [InternalError("The driver hangs."), TimeoutError("others have used the GPU all the time")][
                len(seen) // 3
            ]
        return ()

    for _ in range(2):
        assert engine(on_gpu, probes("p", points=1, driver=driver, judge=judge)).status is Status.PASSED
    assert seen == [on_gpu.device, "cpu"] * 2


def test_the_lock_on_a_gpu_is_not_waited_for_without_end(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with alone("cuda"), pytest.raises(TimeoutError, match="others have used the GPU all the time"), alone("cuda", 0.1):
        pass
    assert stat.S_IMODE((tmp_path / "autograder-cuda.lock").stat().st_mode) == 0o644


def test_ordinary_calls_and_trainings_do_not_share_a_process(on_gpu):
    source = "import os\nseen = []\ndef f(): seen.append(os.environ['CUDA_VISIBLE_DEVICES']); return seen"
    ask = "def ask(namespace): return namespace['f']()"
    visible = gpu.door(on_gpu.device)["environment"].get("CUDA_VISIBLE_DEVICES", "")
    with Student(on_gpu, hand_in(source)) as student:
        assert student.on("cpu").probe(ask, "ask", (), 5.0).value == [""]
        assert student.on(on_gpu.device).probe(ask, "ask", (), 5.0).value == [visible]
        assert student.on("cpu").probe(ask, "ask", (), 5.0).value == ["", ""]


# ------------------------------------------------------------------ the drivers' tensors


def run(*paths: Path) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "driver"}
    for path in paths:
        exec(compile(path.read_text(), str(path), "exec"), names)
    return names


@pytest.fixture
def fake(monkeypatch) -> Iterator[None]:
    """Tensors without values, which refuse to be mixed across devices. To move one takes more of CUDA than its name, so that a
    new one is made there."""
    original = torch.Tensor.to

    def to(self: torch.Tensor, *args: Any, **options: Any) -> torch.Tensor:
        moves = any(str(arg).startswith("cuda") for arg in args)
        return torch.empty_like(self, device="cuda") if moves else original(self, *args, **options)

    def move(self: torch.nn.Module, device: str) -> torch.nn.Module:
        for module in self.modules():
            for name, parameter in module.named_parameters(recurse=False):
                setattr(module, name, torch.nn.Parameter(parameter.detach().to(device)))
        return self

    monkeypatch.setattr(torch.Tensor, "to", to)
    monkeypatch.setattr(torch.nn.Module, "to", move)
    # Autograd cannot follow a leaf to a device that is not there: it ends the process.
    monkeypatch.setattr(torch.Tensor, "requires_grad_", lambda self, requires_grad=True: self)
    with FakeTensorMode(allow_non_fake_inputs=False):
        yield


def everywhere(device: str, value: Any) -> None:
    """All tensors of a reply are on the device."""
    for name, tensor in value.items():
        if isinstance(tensor, torch.Tensor):
            assert tensor.device.type == device, name


@pytest.mark.parametrize("layout", ["flat", "image"])
def test_every_tensor_of_the_vae_follows_the_model(fake, layout):
    files = ("driver.py", "driver_probes.py", "driver_gradients.py")
    driver = run(*(FOLDER / "vae_training" / file for file in files))
    student = run(FOLDER / "vae_training" / "solution.py")
    pixels, z = torch.zeros(6, 784, dtype=torch.uint8), torch.zeros(6, 20)
    said = driver["build"](student, 0, "cuda")
    assert (said["device"], said["elsewhere"]) == ("cuda", [])
    everywhere("cuda", driver["forward"](student, pixels, layout, 0))
    everywhere("cuda", {"loss": driver["loss"](student, pixels, layout, torch.zeros(6, 784), z, z)["loss"]})
    assert driver["watch"](student, pixels, layout, z, z, 0)["calls"] == 1
    assert driver["leak"](student, pixels, pixels, layout, z)["calls"] == 2
    everywhere("cuda", driver["encode"](student, pixels, layout))
    everywhere("cuda", driver["decode"](student, z))


def test_every_tensor_of_the_gan_follows_the_networks(fake):
    driver, student = run(FOLDER / "gan_training" / "driver.py"), run(FOLDER / "gan_training" / "solution.py")
    pixels = torch.zeros(6, 784, dtype=torch.uint8)
    assert driver["build"](student, 0, "cuda")["device"] == "cuda"
    everywhere("cuda", driver["judge"](student, pixels))
    everywhere("cuda", driver["samples"](student, torch.zeros(3, 16)))


def test_the_loops_train_where_the_model_is(monkeypatch):
    """On a device without values, as fake tensors have no gradients without the real one's library."""
    adam = torch.optim.Adam
    monkeypatch.setattr(torch.optim, "Adam", lambda parameters, fused=True, **options: adam(parameters, **options))
    monkeypatch.setattr(torch, "isfinite", lambda tensor: True)
    pixels = torch.zeros(6, 784, dtype=torch.uint8)
    files = ("driver.py", "driver_probes.py", "driver_gradients.py")
    driver = run(*(FOLDER / "vae_training" / file for file in files))
    student = run(FOLDER / "vae_training" / "solution.py")
    driver["float"] = lambda value: 1.0
    driver["build"](student, 0, "meta")
    assert driver["gradients"](student, pixels, "flat", "flat", 0)["frozen"] == []
    everywhere("meta", driver["train"](student, pixels, "flat", "flat", 0, "Adam", 1e-3, 2, 4))
    driver, student = run(FOLDER / "gan_training" / "driver.py"), run(FOLDER / "gan_training" / "solution.py")
    driver["build"](student, 0, "meta")
    everywhere("meta", driver["reach"](student, pixels, 0))
    everywhere("meta", driver["against_noise"](student, pixels, 0, 1e-3, 2, 4))
    everywhere("meta", driver["train"](student, pixels, "nonsaturating_generator_loss", 0, 1e-3, 2, 4))


def test_a_driver_that_forgets_the_device_would_be_seen(fake):
    files = ("driver.py", "driver_probes.py", "driver_gradients.py")
    driver = run(*(FOLDER / "vae_training" / file for file in files))
    student = run(FOLDER / "vae_training" / "solution.py")
    driver["build"](student, 0, "cuda")
    student["__vae_training__"]["device"] = "cpu"
    with pytest.raises(Exception, match=r"two (different )?devices"):
        driver["forward"](student, torch.zeros(6, 784, dtype=torch.uint8), "flat", 0)


# ------------------------------------------------------------------ the same verdicts


@pytest.mark.skipif(gpu.devices() == ("cpu",), reason="no GPU here")
@pytest.mark.parametrize(("name", "source"), [("vae_training", VAE), ("gan_training", GAN)])
def test_the_drivers_compute_on_the_gpu_itself(on_gpu, name, source):
    with Student(on_gpu, hand_in(source)) as student:
        built = student.on(on_gpu.device).probe(
            (FOLDER / name / "driver.py").read_text(), "build", (0, on_gpu.device), 60.0
        )
    assert built.value["device"] == on_gpu.device


def cases() -> Iterator[Any]:
    for name, exercise in TRAININGS.items():
        answers = [(wrong.slug, wrong.source) for wrong in exercise.wrong]
        answers = [("solution", exercise.solution), *exercise.right.items(), *answers]
        yield from (pytest.param(exercise, source, id=f"{name}/{label}") for label, source in answers)


def there_alone(on_gpu: Host, exercise: Exercise, source: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Finding]:
    """What a GPU finds by itself: nothing found wrong is judged again, but code that makes tensors of its own on the CPU."""
    with monkeypatch.context() as patch:
        patch.setattr(importlib.import_module("autograder.checks.trains"), "FORGIVEN", (NotImplementedError,))
        theirs = grade(on_gpu, exercise, source)
    if any("on the same device" in finding.message for finding in theirs.values()):
        theirs = grade(on_gpu, exercise, source)
    return theirs


@pytest.mark.parametrize("exercise", TRAININGS.values(), ids=TRAININGS)
def test_a_solution_earns_everything_there_too(on_gpu, exercise, monkeypatch):
    """On the CPU ``tests/test_every_exercise.py`` trains it."""
    found = there_alone(on_gpu, exercise, exercise.solution, monkeypatch)
    assert list(found) == [check.name for check in exercise.checks]
    assert {(f.status, f.mistake) for f in found.values()} == {(Status.PASSED, None)}
    assert sum(f.points for f in found.values()) == pytest.approx(exercise.points)


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "source"), [*cases()])
def test_every_labelled_training_gets_the_same_verdict_on_both(trainer, on_gpu, exercise, source, monkeypatch):
    ours, theirs = grade(trainer, exercise, source), there_alone(on_gpu, exercise, source, monkeypatch)
    assert {name: (f.status, f.points, f.mistake) for name, f in theirs.items()} == {
        name: (f.status, f.points, f.mistake) for name, f in ours.items()
    }

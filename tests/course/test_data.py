"""Data of the course's own: compared with their digest when a sheet is loaded, read inside the walls, part of the digest."""

import gzip
import shutil
import tomllib

import pytest

from autograder.commands.release import release
from autograder.course import load_sheet, load_stamped
from autograder.course.catalog import _read_once
from autograder.course.data import sha256
from autograder.grading import Grader, start_host
from autograder.model import CourseError
from autograder.training.datasets import FILES, PACKAGED
from tests.commands.test_cli import run
from tests.conftest import finding, hand_in

READS = """
from pathlib import Path


def mean_square(x):
    assert Path("data/prices.csv").read_text() == "1,2,3\\n"
    assert sorted(p.name for p in Path("data/images").iterdir()) == ["a.bin", "more"]
    for written in ("data/prices.csv", "data/images/a.bin", "data/images/new.bin"):
        try:
            open(written, "w")
        except OSError:
            continue
        raise AssertionError(f"{written} could be written")
    return (x**2).mean()
"""


@pytest.fixture
def with_data(course, tmp_path):
    """A copy of the small course with a file and a folder of data that only its owner may read."""
    shutil.copytree(course, tmp_path / "course")
    data = tmp_path / "course" / "data"
    (data / "images" / "more").mkdir(parents=True)
    (data / "prices.csv").write_text("1,2,3\n")
    (data / "images" / "a.bin").write_bytes(b"a")
    (data / "images" / "more" / "b.bin").write_bytes(b"b")
    for path in data.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    _declare(tmp_path / "course", "prices", "data/prices.csv")
    _declare(tmp_path / "course", "images", "data/images")
    return tmp_path / "course"


def _declare(course, name, path, /, **others):
    said = {"path": path, "sha256": sha256(course / path), "licence": "CC0"} | others
    lines = [f'{key} = "{value}"' for key, value in said.items() if value is not None]
    with (course / "exercises" / "small" / "sheet.toml").open("a") as plan:
        plan.write("\n".join([f"\n[data.{name}]", *lines, ""]))


def test_data_are_read_by_their_plain_path_and_cannot_be_written(with_data):
    sheet = load_sheet("small", with_data)
    assert [(one.name, one.plain, one.licence) for one in sheet.data] == [
        ("prices", "data/prices.csv", "CC0"),
        ("images", "data/images", "CC0"),
    ]
    with start_host(sheet.settings, data=sheet.data, secret=(with_data,)) as host, Grader(sheet, host) as grader:
        report = grader.grade(hand_in(READS), ["mean_square"])
    assert finding(report, "agrees with the reference").status == "passed", finding(report, "agrees with the reference")


def test_a_grade_depends_on_the_data(with_data):
    before = load_stamped("small", with_data).sha256
    (with_data / "data" / "prices.csv").write_text("1,2,4\n")
    with pytest.raises(
        CourseError, match=r"\[data\.prices\]: the data in .*prices\.csv are not those that were declared"
    ):
        load_sheet("small", with_data)
    plan = with_data / "exercises" / "small" / "sheet.toml"
    declared = tomllib.loads(plan.read_text())["data"]["prices"]["sha256"]
    plan.write_text(plan.read_text().replace(declared, sha256(with_data / "data" / "prices.csv")))
    assert load_stamped("small", with_data).sha256 != before


@pytest.mark.parametrize(
    ("path", "others", "says"),
    [
        ("data/prices.csv", {"sha256": None}, r"sheet\.toml, line 16: \[data\.x\] lacks sha256; .* is sha256 = \"[0-9a-f]{64}\""),
        ("data/prices.csv", {"licence": None}, r"sheet\.toml, line 16: \[data\.x\] lacks licence; "),
        ("data/prices.csv", {"licence": ""}, r"lacks licence"),
        ("data/prices.csv", {"license": "CC0"}, r"\[data\.x\] has the unknown key 'license'; did you mean 'licence'"),
        ("data/prices.csv", {"path": "data/price.csv"}, r"there is no .*price\.csv; did you mean 'data/prices\.csv'"),
        ("data/prices.csv", {"path": "../other"}, r"'\.\./other', leads out of the course"),
        ("data/prices.csv", {"path": "/etc/passwd"}, r"leads out of the course"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_entry_is_said_with_its_line(course, tmp_path, path, others, says):
    shutil.copytree(course, tmp_path / "course")
    (tmp_path / "course" / "data").mkdir()
    (tmp_path / "course" / "data" / "prices.csv").write_text("1\n")
    _declare(tmp_path / "course", "x", path, **others)
    with pytest.raises(CourseError, match=says):
        load_sheet("small", tmp_path / "course")


def test_fashion_mnist_is_a_ready_name(course, tmp_path):
    shutil.copytree(course, tmp_path / "course")
    folder = tmp_path / "course" / "data" / "fashion"
    folder.mkdir(parents=True)
    for name in FILES:
        content = bytearray(gzip.decompress((PACKAGED / f"{name}.gz").read_bytes()))
        content[16:20] = b"\1\2\3\4" if "images" in name else content[16:20]  # a first picture of its own
        (folder / f"{name}.gz").write_bytes(gzip.compress(bytes(content)))
    _declare(tmp_path / "course", "fashion_mnist", "data/fashion")
    sheet = load_sheet("small", tmp_path / "course")
    source = """
from torchvision.datasets import MNIST, FashionMNIST

clothes, digits = FashionMNIST("anywhere", train=False, download=True), MNIST("anywhere", train=False, download=True)
def mean_square(x):
    assert clothes.data.flatten()[:4].tolist() == [1, 2, 3, 4]
    assert digits.data.flatten()[:4].tolist() == [0, 0, 0, 0]
    return (x**2).mean()
"""
    with (
        start_host(sheet.settings, data=sheet.data, secret=(tmp_path / "course",)) as host,
        Grader(sheet, host) as grader,
    ):
        report = grader.grade(hand_in(source), ["mean_square"])
    assert finding(report, "agrees with the reference").status == "passed", finding(report, "agrees with the reference")


def test_a_pack_hands_the_data_on(with_data, tmp_path, monkeypatch):
    release("small", tmp_path / "pack", course=with_data)
    assert (tmp_path / "pack" / "data" / "images" / "more" / "b.bin").read_bytes() == b"b"
    (tmp_path / "pack" / "anna.py").write_text(READS)
    monkeypatch.chdir(tmp_path / "pack")
    code, said = run("check", "small", "anna.py", "--only", "mean_square")
    assert code == 0, said
    (tmp_path / "pack" / "data" / "prices.csv").write_text("4\n")
    _read_once.cache_clear()  # as in a process of its own
    code, said = run("check", "small", "anna.py", "--only", "mean_square")
    assert code == 2
    assert "are not those that were declared" in said

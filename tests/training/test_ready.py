"""Which data sets a course may name, and where they come from."""

import pytest

from autograder.model import CourseError, Data, Options
from autograder.training import mnist
from autograder.training.datasets import PACKAGED
from autograder.training.ready import fashion_mnist, ready


@pytest.fixture
def declared(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    numbers = tmp_path / "numbers.csv"
    numbers.write_text("1")
    return [
        Data("numbers", "numbers.csv", numbers, "a" * 64, ""),
        Data("fashion_mnist", "fashion", PACKAGED, "b" * 64, ""),
    ]


def test_fashion_mnist_is_the_data_set_of_that_name(declared):
    root = fashion_mnist(declared)
    assert root is not None
    assert ready("fashion_mnist", mnist(), Options(fashion_mnist=str(root))).train == mnist().train
    assert fashion_mnist(declared[:1]) is None


def test_digits_are_those_of_this_run():
    digits = mnist()
    assert ready("mnist", digits, Options()) is digits


def test_what_the_sheet_does_not_declare_is_the_authors_to_mend():
    with pytest.raises(CourseError, match=r"sheet\.toml does not declare it"):
        ready("fashion_mnist", mnist(), Options())

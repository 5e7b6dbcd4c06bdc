"""Pictures: the same numbers give the same bytes, and numbers that are none do no harm."""

import io
import subprocess
import sys

import pytest
import torch
from PIL import Image

from autograder.training import pictures
from autograder.training.pictures import curves, grid, scatter

NAN = float("nan")


def draw(kind: str):
    points = torch.linspace(0, 1, 20)
    if kind == "grid":
        return grid(points.reshape(1, 5, 2, 2), "a caption")
    if kind == "scatter":
        return scatter(points.reshape(10, 2), torch.arange(10), x="mu_1", y="mu_2", caption="a caption")
    pictures._curves.cache_clear()
    return curves(
        {"a": ([1, 2, 3], [3.0, NAN, 1.0]), "b": ([1, 2], [1.0, 2.0])}, x="step", y="loss", caption="a caption"
    )


@pytest.mark.parametrize("kind", ["grid", "scatter", "curves"])
def test_the_same_numbers_give_the_same_bytes(kind):
    first, second = draw(kind), draw(kind)
    assert first == second
    assert first.caption == "a caption"
    head = b"\x89PNG" if first.media_type == "image/png" else b"<?xml"
    assert first.data.startswith(head)


def test_curves_that_half_a_class_has_are_drawn_once():
    one, same, other = (
        curves({"loss": (range(1, 4), [3.0, last, 1.0])}, x="step", y="loss", caption="a") for last in (2.0, 2.0, 2.5)
    )
    assert one is same and one.data != other.data


def test_ink_is_dark_and_what_is_no_number_is_paper():
    images = torch.tensor([1.0, 0.0, NAN, 7.0]).reshape(1, 4, 1, 1).expand(1, 4, 4, 4)
    picture = Image.open(io.BytesIO(grid(images, "").data)).convert("L")
    assert picture.size == ((4 * 6 + 2) * 2, (6 + 2) * 2)
    assert [picture.getpixel((2 * (2 + 6 * i + 1), 8)) for i in range(4)] == [0, 255, 255, 0]


def test_curves_name_their_axes_and_hold_no_date():
    svg = draw("curves").data.decode()
    assert "<!-- step -->" in svg and "<!-- loss -->" in svg and "<dc:date>" not in svg


def test_matplotlib_is_imported_for_pictures_only():
    code = "import sys, autograder.training.pictures, autograder.checks; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_matplotlibrc_in_the_working_directory_is_not_read(tmp_path):
    (tmp_path / "matplotlibrc").write_bytes(b"\xff\xfe")  # the import would end with an error
    code = (
        "import os, torch; from autograder.training.pictures import grid; here = os.getcwd()\n"
        "grid(torch.zeros(1, 1, 2, 2), ''); assert os.getcwd() == here"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_images_stand_in_rows_with_white_between_them():
    rows = torch.ones(2, 3, 4, 5)
    rows[0, 1] = 0.0
    rows[1, 2] = NAN
    image = Image.open(io.BytesIO(grid(rows, "a caption").data)).convert("L")
    assert image.size == (2 * (3 * (5 + 2) + 2), 2 * (2 * (4 + 2) + 2))
    pixels = torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8).reshape(image.size[::-1])[::2, ::2]
    dark = (pixels < 128).int()
    for i in range(2):
        for j in range(3):
            top, left = 2 + i * 6, 2 + j * 7
            assert bool((dark[top : top + 4, left : left + 5] == ((i, j) not in {(0, 1), (1, 2)})).all())
            dark[top : top + 4, left : left + 5] = 0
    assert not bool(dark.any())  # the rest is paper

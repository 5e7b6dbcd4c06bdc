"""torchvision can be imported beside this torch, matching or not."""

import subprocess
import sys

import pytest

SCRIPT = """
from autograder.student.inside import vision
{before}
vision.make_importable()
vision.make_importable()
import torchvision.datasets, torchvision.models, torchvision.transforms
print("imported")
"""


def run(before: str = "") -> str:
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(before=before)], capture_output=True, text=True, check=False
    )
    return result.stdout + result.stderr


def test_torchvision_can_be_imported():
    assert run() == "imported\n"


def test_without_the_declarations_a_mismatched_pair_cannot_be_imported():
    said = run("vision.make_importable = lambda: None")
    if said == "imported\n":
        pytest.skip("torch and torchvision match here")
    assert "operator torchvision::nms does not exist" in said

"""What is measured can be run: every benchmark imports, and the calibration speaks to drivers as the engine does."""

import importlib

import pytest

from autograder.checks.session import session_of
from autograder.course.catalog import load_exercise
from autograder.course.plan import Row
from benchmarks.in_process import InProcess
from tests.conftest import REPOSITORY

MODULES = sorted(path.stem for path in (REPOSITORY / "benchmarks").glob("*.py") if not path.stem.startswith("__"))
SCRIPTS = {"alone", "floor", "__init__", "__main__"}  # of the comparison: run by themselves
MODULES += [
    f"versus.{path.stem}" for path in (REPOSITORY / "benchmarks" / "versus").glob("*.py") if path.stem not in SCRIPTS
]
TRAINING = REPOSITORY / "exercises" / "generative_models" / "vae_training"


@pytest.mark.parametrize("name", MODULES)
def test_every_benchmark_imports(name):
    assert importlib.import_module(f"benchmarks.{name}").__doc__


def test_an_answer_in_this_process_is_asked_like_one_in_a_students():
    exercise = load_exercise(TRAINING, REPOSITORY, Row("vae_training", "1", 4.0, "sheet.toml"))
    answer = InProcess((TRAINING / "solution.py").read_text())
    with session_of(answer, (TRAINING / "driver.py").read_text(), 60.0, "cpu") as session:
        assert session.ask("build", 0, session.device, doing="building").device() == "cpu"
    assert exercise.checks[0].run(answer) == ()

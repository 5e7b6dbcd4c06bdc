"""What the grader does with the models of ``trainings/``: right ones earn everything, wrong ones are called by their cause."""

from pathlib import Path

import pytest

from autograder.course.catalog import load_exercise
from autograder.course.plan import Row
from autograder.grading.grader import Grader
from autograder.model import Cell, Exercise, Options, Result, Settings, Sheet, Status, Submission
from autograder.student import Host

CORPUS = Path(__file__).parent / "trainings"
REPOSITORY = Path(__file__).parents[2]
CALLED = {  # wrong model -> the mistake that its cause is called
    "binarised_output": "binarised_output",
    "decoder_draws_z": "decoder_draws_z",
    "decodes_mu": "no_noise",
    "detached_mu": "returns_detached",
    "encoder_layer_made_in_encode": "layer_made_in_call",
    "forward_draws_prior": "prior_drawn",
    "heads_swapped_in_encode": "heads_swapped",
    "heads_swapped_in_forward": "heads_swapped",
    "hidden_detached": "trunk_cut",
    "layer_made_in_forward": "layer_made_in_call",
    "layers_in_a_list": "not_registered",
    "mean_over_batch_in_decoder": "batch_mixed",
    "needs_arguments": "needs_arguments",
    "no_sigmoid": "logits",
    "one_head": "shared_head",
    "relu_before_sigmoid": "relu_before_sigmoid",
    "relu_on_heads": "relu_on_heads",
    "returns_four": "returns_other",
    "returns_std_for_logvar": "returns_std",
    "returns_z_for_mu": "returns_z",
    "sampling_no_grad": "gradient_cut",
    "sigmoid_twice": "sigmoid_twice",
    "sigmoid_twice_in_decode": "sigmoid_twice",
    "skip_connection": "leaks_past_z",
    "softmax_output": "softmax_output",
    "tanh_output": "tanh_output",
    "trunk_no_grad": "trunk_cut",
    "uniform_noise": "uniform_noise",
    "variance_for_std": "spread_exp_logvar",
    "zeros_for_logvar": "another_q",
}
TRAINED = {"relu_on_heads"}  # what shows after a training only
SAMPLE = {"right_zero_init_last", "right_lazy_linear"}  # those of the right ones that are trained with every change


def stems(kind: str) -> list[str]:
    return sorted(path.stem.removeprefix(f"{kind}_") for path in CORPUS.glob(f"{kind}_*.py"))


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    folder = REPOSITORY / "exercises" / "generative_models" / "vae_training"
    return load_exercise(folder, REPOSITORY, Row("vae_training", "1", 4.0, "sheet.toml"))


@pytest.fixture(scope="module")
def host(trainer: Host) -> Host:
    return trainer


def graded(host: Host, exercise: Exercise, name: str, training: bool) -> Result:
    source = (CORPUS / f"{name}.py").read_text(encoding="utf-8")
    submission = Submission("anna", "anna.py", "0" * 64, (Cell(source, 1),))
    sheet = Sheet("sheet", "Sheet", (exercise,), Settings())
    with Grader(sheet, host, options=Options(device="cpu", training=training)) as grader:
        return grader.grade(submission).results[0]


def said(result: Result) -> str:
    return "\n".join(f"{f.check}: {f.status} {f.mistake or ''} {f.message}" for f in result.findings)


def test_every_model_has_its_expectation() -> None:
    assert stems("wrong") == sorted(CALLED)
    assert len(stems("right")) >= 20


@pytest.mark.parametrize("name", stems("right"))
def test_right_models_pass_all_that_is_looked_at_before_a_training(host, exercise, name) -> None:
    result = graded(host, exercise, f"right_{name}", training=False)
    assert [f.status for f in result.findings] == [Status.PASSED, Status.PASSED, Status.PENDING], said(result)


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=[] if f"right_{n}" in SAMPLE else [pytest.mark.slow]) for n in stems("right")],
)
def test_right_models_earn_everything(host, exercise, name) -> None:
    result = graded(host, exercise, f"right_{name}", training=True)
    assert result.score == exercise.points, said(result)


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.slow] if n in TRAINED else []) for n in stems("wrong")]
)
def test_wrong_models_are_called_by_their_cause(host, exercise, name) -> None:
    result = graded(host, exercise, f"wrong_{name}", training=name in TRAINED)
    failed = [f for f in result.findings if f.status is Status.FAILED]
    assert [f.mistake for f in failed] == [CALLED[name]], said(result)
    assert sum(f.points for f in result.findings) < exercise.points

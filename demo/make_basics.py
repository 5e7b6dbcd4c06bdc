"""Writes ``demo/basics`` and ``demo/basics.json``: a small class on the sheet Deep Learning Basics, and what should be found.

Answers are taken from the exercise folders; the oddities are written here. The same files come out every time:
``python demo/make_basics.py``.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from make_class import COURSE, DEMO, Student, say, write

from autograder.course import load_sheet

SHEET = load_sheet("deep_learning_basics", COURSE)
PROSE = """The training loss goes on falling while the validation loss rises: the network learns the noise of its
training examples by heart, which is overfitting. Weight decay adds a multiple of the squared weights to the
loss, so that large weights have to pay for themselves; dropout leaves units out at random in each step, so
that none can rely on another. Both narrow the gap. I would try several strengths, compare them on the
validation set, and look at the test set once, at the end.
"""
SHORT = "It is overfitting. I would use dropout and stop early, and take the strength with the best accuracy on the test set."


def all_but(**other: str) -> dict[str, str]:
    """The solutions, but for ``other``; the answer in words is the first one here."""
    answers = {exercise.id: "solution" for exercise in SHEET.exercises if exercise.id != "classifier_training"}
    return answers | {"regularisation": PROSE} | other


def students() -> tuple[Student, ...]:
    return (
        Student("anna", all_but(classifier_training="solution")),
        Student(
            "boris",
            all_but(
                softmax_cross_entropy="right/autograd",
                linear_layer="right/einsum",
                batch_norm="right/torch_inside",
                attention="right/module",
                adam_step="right/torch_optimiser",
                char_tokenizer="right/bisect",
                accuracy="right/numpy",
                binary_metrics="right/sets",
                sigmoid_derivative="right/power_rule",
                cross_entropy_decomposition="right/latex",
                classifier_training="right/convolutional",
            ),
            before=("!pip install torch\n%matplotlib inline", "import torch\nimport numpy as np"),
        ),
        Student(
            "carla",
            all_but(
                softmax_cross_entropy="wrong/overflow",
                linear_layer="wrong/grad_weight_averaged",
                sigmoid_derivative="wrong/inner_derivative_forgotten",
                cross_entropy_decomposition="wrong/swapped_kl",
                classifier_training="wrong/softmax_at_the_end",
            ),
        ),
        Student(
            "deniz",
            all_but(
                batch_norm="wrong/unbiased_in_training",
                attention="wrong/not_scaled",
                adam_step="wrong/no_bias_correction",
                sigmoid_derivative="wrong/definition_is_result",
                classifier_training="wrong/not_registered",
                regularisation=SHORT,
            ),
            python=True,
        ),
        Student(
            "edith",
            all_but(
                attention="wrong/mask_turned",
                char_tokenizer="wrong/from_zero",
                accuracy="wrong/percent",
                binary_metrics="wrong/division_by_zero",
                cross_entropy_decomposition="wrong/not_split",
                classifier_training="wrong/half_a_digit",
            ),
            in_order=False,
        ),
        Student(
            "fynn",
            {
                "softmax_cross_entropy": "solution",
                "linear_layer": "starter",
                "accuracy": "wrong/a_tensor",
                "sigmoid_derivative": "wrong/left_in_x",
                "regularisation": SHORT,
            },
        ),
        Student("gina", dict.fromkeys((exercise.id for exercise in SHEET.exercises), "starter")),
        Student(
            "henk",
            all_but(
                adam_step="class Adam:\n    def step(self, params, grads):\n        while True:\n            pass\n"
            ),
            scores={"adam_step": 0},
            after=("import sys\nsys.exit(0)",),
        ),
    )


def main() -> None:
    say(write(students(), DEMO / "basics", SHEET), DEMO / "basics.json")


if __name__ == "__main__":
    main()

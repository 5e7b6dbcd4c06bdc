"""How little a new function exercise is: five labelled mistakes in at most 60 lines."""

import re
from pathlib import Path

import pytest

from autograder.course import load_sheet
from tests.commands.test_cli import run

EXERCISE = """
from autograder.checks import Battery, agrees, arguments, gradient, leaves_alone, reaches, real

signature = "least_squares_loss(d_real, d_fake)"


def oracle(d_real, d_fake):
    return 0.5 * ((d_real - 1) ** 2).mean() + 0.5 * (d_fake**2).mean()


def terms(d_real, d_fake):
    return 0.5 * ((d_real - 1) ** 2).mean(), 0.5 * (d_fake**2).mean()


battery = Battery(
    "least_squares_loss",
    oracle,
    terms,
    arguments(real(3), real(3), shapes=[[(1,), (1,)], [(2,), (3,)], [(5, 1), (2, 1)], [(30,), (40,)]]),
    gradients=(0, 1),
)
checks = [
    agrees(battery),
    reaches(battery),
    leaves_alone(battery),
    gradient(battery, points=0.5, needs=("agrees with the reference", "gradients reach every argument")),
]
"""
FILES = {
    "exercise.py": EXERCISE,
    "README.md": "## The discriminator's least squares\n\n$$\\tfrac{1}{2} E_x[(D(x) - 1)^2] + \\tfrac{1}{2} E_z[D(G(z))^2]$$\n",
    "starter.py": "def least_squares_loss(d_real, d_fake):\n    raise NotImplementedError('Your answer goes here.')\n",
    "solution.py": "def least_squares_loss(d_real, d_fake):\n"
    "    return ((d_real - 1) ** 2).mean() / 2 + (d_fake**2).mean() / 2\n",
} | {
    f"wrong/{slug}.py": f'"""{label}"""\n\n\ndef least_squares_loss(d_real, d_fake):\n    {code}\n'
    for slug, label, code in (
        (
            "halves_missing",
            "You return twice the loss: both terms carry a factor 1/2.",
            "return ((d_real - 1) ** 2).mean() + (d_fake**2).mean()",
        ),
        (
            "swapped",
            "Real and fake are swapped: D is to be 1 on data and 0 on samples.",
            "return 0.5 * (d_real**2).mean() + 0.5 * ((d_fake - 1) ** 2).mean()",
        ),
        (
            "cut_off",
            "\nfails: gradients reach every argument\ncredit: 0.5\nmistake: gradient_missing\n",
            "return 0.5 * ((d_real - 1) ** 2).mean() + 0.5 * (d_fake.detach() ** 2).mean()",
        ),
        (
            "half_the_gradient",
            "\nfails: gradients agree with the reference\ncredit: 0.5\nmistake: wrong_gradient\n",
            "return 0.5 * ((d_real - 1) ** 2).mean() + 0.5 * (d_fake * d_fake.detach()).mean()",
        ),
        (
            "in_place",
            "\nfails: leaves its arguments alone\ncredit: 0.75\nmistake: changes_its_arguments\n",
            "d_real.data.sub_(1)\n    return 0.5 * (d_real**2).mean() + 0.5 * (d_fake**2).mean()",
        ),
    )
}


@pytest.fixture
def begun(tmp_path) -> Path:
    assert run("new", "sheet", "mine", "--title", "Exercise 3", "--course", tmp_path)[0] == 0
    assert run("new", "exercise", "mine", "least_squares_loss", "--item", "3-1", "--course", tmp_path)[0] == 0
    folder = tmp_path / "exercises" / "mine" / "least_squares_loss"
    for path in folder.glob("wrong/*.py"):
        path.unlink()
    for name, said in FILES.items():
        (folder / name).write_text(said.lstrip("\n"))
    return folder


def test_a_function_with_five_labelled_mistakes_is_at_most_sixty_lines_and_passes_its_test(begun):
    written = [
        line for path in begun.rglob("*.*") if path.suffix in (".py", ".md") for line in path.read_text().splitlines()
    ]
    assert len([*begun.glob("wrong/*.py")]) == 5
    assert len([line for line in written if line.strip()]) <= 60
    code, said = run("test", "mine", "--jobs", "1", "--course", begun.parents[2])
    assert code == 0, said


def test_what_a_label_does_not_say_is_meant(begun):
    (begun / "exercise.py").write_text((begun / "exercise.py").read_text() + "cap = 0.4\n")
    wrong = {one.slug: one for one in load_sheet("mine", begun.parents[2]).exercises[0].wrong}
    plain = wrong["halves_missing"]
    assert (plain.name, plain.fails, plain.credit) == ("halves missing", "agrees with the reference", 0.4)
    assert plain.tell == "You return twice the loss: both terms carry a factor 1/2."
    keyed = wrong["cut_off"]
    assert (keyed.name, keyed.fails, keyed.credit, keyed.tell) == ("cut off", "gradients reach every argument", 0.5, "")


def test_a_wrong_answer_without_a_docstring_is_said(begun):
    path = begun / "wrong" / "swapped.py"
    path.write_text(re.sub(r'""".*"""', "", path.read_text()))
    code, said = run("test", "mine", "--jobs", "1", "--course", begun.parents[2])
    assert code == 2
    assert "swapped.py has no docstring that says which mistake it is." in said

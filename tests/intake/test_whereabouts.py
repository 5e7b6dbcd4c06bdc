"""Where a function stands that cannot be called: one sentence each."""

import pytest

from autograder.intake import AnswerCell
from autograder.intake.whereabouts import elsewhere
from autograder.model import Check, Exercise

CHECK = Check("c", 1, lambda answer: None)


def exercise(name, starter):
    return Exercise(name.lower(), "1", 1, "code", (name,), (CHECK,), starter=starter)


LOSS = exercise("vae_loss", "def vae_loss(x, mu):\n    raise NotImplementedError\n")
NET = exercise("Net", "class Net:\n    def encode(self): ...\n    def decode(self): ...\n")


def said(*cells, exercises=(LOSS,), python=False):
    given = [AnswerCell(kind, source, number) for number, (kind, source) in enumerate(cells, 1)]
    return elsewhere(given, exercises, python=python)


def test_what_is_defined_at_the_margin_needs_no_word():
    assert said(("code", "def vae_loss(x, mu):\n    return x\n")) == {}
    assert said(("code", "def f(a):\n    return a\n"), ("code", "x = 1")) == {}


def test_a_function_in_a_markdown_cell_is_found_wherever_other_definitions_stand():
    source = ("text", "def vae_loss(x, mu):\n    return x\n")
    for cells in (
        (source, ("code", "def other(a):\n    return a\n")),
        (("code", "def other(a):\n    return a\n"), source),
    ):
        sentence = said(*cells)["vae_loss"]
        assert sentence.startswith(
            "'vae_loss' stands in a Markdown cell (the one that begins with `def vae_loss(x, mu):`, line 1)"
        )


def test_a_nested_function_is_found_by_what_it_stands_in():
    inside = "x = 1\nclass Model:\n\n    def vae_loss(self, x):\n        return x\n"
    assert "Model" in said(("code", inside))["vae_loss"] and "line 4" in said(("code", inside))["vae_loss"]
    guard = "if __name__ == '__main__':\n    if True:\n        def vae_loss(x, mu):\n            return x\n"
    other = "if x > 1:\n    if True:\n        def vae_loss(x, mu):\n            return x\n"
    assert "__main__" in said(("code", guard))["vae_loss"]
    assert "__main__" not in said(("code", other))["vae_loss"]
    assert said(("code", other), python=True)["vae_loss"] != said(("code", other))["vae_loss"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def VAELoss(x, mu):\n    return x\n", "VAELoss"),
        ("def vae_lose(a, b):\n    return a\n", "vae_lose"),
        ("def elbo(x, mu):\n    return x\n", "elbo"),  # the same parameters
        ("class VaeLoss:\n    pass\n", ""),  # a class is no function
        ("def plot(a):\n    return a\n", ""),
    ],
)
def test_a_function_of_another_name_is_proposed_where_it_is_likely_meant(source, found):
    sentence = said(("code", source)).get("vae_loss", "")
    assert (f"the function {found!r}" in sentence) if found else (sentence == "")
    if found:
        assert f"add a line `vae_loss = {found}` below it" in sentence


def test_a_class_of_another_name_is_told_by_its_methods():
    like = "class Model:\n    def encode(self): ...\n    def decode(self): ...\n"
    assert "the class 'Model'" in said(("code", like), exercises=(NET,))["Net"]
    unlike = "class Model:\n    def encode(self): ...\n    def train(self): ...\n"
    assert said(("code", unlike), exercises=(NET,)) == {}


def test_without_a_starter_a_capital_makes_a_class():
    bare = (exercise("Net", ""), exercise("loss", ""))
    found = said(("code", "class net_: ...\ndef los(x): ...\ndef nets(x): ...\n"), exercises=bare)
    assert "the class 'net_'" in found["Net"] and "the function 'los'" in found["loss"]


def test_a_long_name_is_shown_in_part():
    name = "vae_loss_" + "x" * 70
    assert said(("code", f"def {name}(x, mu):\n    return x\n"))["vae_loss"].count(name) == 0


def test_an_abbreviation_of_the_name_is_likelier_than_the_same_arguments():
    wanted = exercise("generator_loss", "def generator_loss(d_real, d_fake):\n    raise NotImplementedError\n")
    sentence = said(
        ("code", "def d_loss(d_real, d_fake):\n    return 0\n"),
        ("code", "def g_loss(real, fake):\n    return 0\n"),
        exercises=(wanted,),
    )["generator_loss"]
    assert "the function 'g_loss' is (cell 2, line 1)" in sentence

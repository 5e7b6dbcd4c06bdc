"""Texts that only a letter labels, "b) ...", in a notebook without metadata: the number above says of which task."""

from pathlib import Path

import pytest

from autograder.course import load_sheet
from autograder.intake import find_texts
from autograder.intake.sections import AnswerCell

COURSE = Path(__file__).parents[2]
ROLES = "The generator makes fakes from noise; the discriminator says for each example how likely it is real."
TERMS = (
    "The first term is small where D gives real examples a probability near 1, the second where fakes get one near 0."
)
GAME = r"$$\min_G \max_D \mathbb{E}_{p_{data}}[\log D(x)] + \mathbb{E}_{p_z}[\log(1-D(G(z)))]$$"
SLOW = "At the beginning D(G(z)) is near 0, so the gradient of log(1-D) is small and G hardly learns."
GAN = ("gan_roles", "loss_terms", "minimax_game", "slow_learning")
CODE = "\n\n".join(
    f"def {name}(*d):\n    return 0"
    for name in ("discriminator_loss", "generator_loss", "nonsaturating_generator_loss")
)


@pytest.fixture(scope="module")
def exercises():
    return load_sheet("generative_models", COURSE).exercises


def found(exercises, *cells):
    made = [
        AnswerCell("code" if source.startswith("def ") else "text", source, number)
        for number, source in enumerate(cells, start=1)
    ]
    return find_texts(made, exercises)


@pytest.mark.parametrize(
    "cells",
    [
        (f"## 9-2 a)\n{ROLES}", CODE, f"b) {TERMS}\n\nc) {GAME}\n\nd) {SLOW}"),
        (f"## 9-2 a)\n{ROLES}", CODE, f"b) {TERMS}", f"c) {GAME}", f"d) {SLOW}"),
        (f"# Exercise 9-2\n\na) {ROLES}\n\nb) {TERMS}\n\nc) {GAME}\n\nd) {SLOW}",),
        (f"# 9-2\n(a) {ROLES}\n(b) {TERMS}\n(c) {GAME}\n(d) {SLOW}",),
        ("## Aufgabe 9-2", f"**a)** {ROLES}", CODE, f"**b)** {TERMS}", f"**c)**\n{GAME}", f"**d)** {SLOW}"),
        ("# 9-2", f"### a)\n{ROLES}", f"### b)\n{TERMS}", CODE, f"### c)\n{GAME}", f"### d)\n{SLOW}"),
        ("# 9-2", f"## (a)\n{ROLES}", f"## (b)\n{TERMS}", f"## (c)\n{GAME}", f"## (d)\n{SLOW}"),
        (f"**9-2 (a)** {ROLES}", f"b) {TERMS}\n\nc)\n{GAME}", CODE, f"d) {SLOW}"),
        (f"Task 9-2 a\n\n{ROLES}", f"B) {TERMS}", f"C) {GAME}", f"D) {SLOW}"),
        (CODE, f"a) {ROLES}\n\nb) {TERMS}\n\nc) {GAME}\n\nd) {SLOW}"),
    ],
)
def test_a_letter_is_read_below_the_number_that_stands_above(exercises, cells):
    texts = found(exercises, *cells)
    answers = [texts.answers.get(id, "") for id in GAN]
    assert [text in answer for text, answer in zip((ROLES, TERMS, GAME, SLOW), answers, strict=True)] == [True] * 4
    assert [len(answer) < len(text) + 20 for text, answer in zip((ROLES, TERMS, GAME, SLOW), answers, strict=True)] == [
        True
    ] * 4
    assert not set(texts.doubts) & set(GAN)


@pytest.mark.parametrize(
    "listed",
    [
        f"{ROLES} Both learn:\n\na) D from real and fake examples,\n\nb) G from what D says of its fakes.",
        f"a) {ROLES}\n\nb) Both learn from each other's mistakes.",
    ],
)
def test_a_list_within_an_answer_is_part_of_it(exercises, listed):
    texts = found(exercises, f"## 9-2 a)\n{listed}", f"## 9-2 b)\n{TERMS}")
    assert "each other" in texts.answers["gan_roles"] or "of its fakes" in texts.answers["gan_roles"]
    assert texts.answers["loss_terms"].strip() == TERMS


def test_an_initial_or_a_letter_of_the_formula_is_no_label(exercises):
    text = f"D: the discriminator, G: the generator. {ROLES}\n\nB. Schmidt explained it so."
    assert "Schmidt" in found(exercises, f"## 9-2 a)\n{text}").answers["gan_roles"]


def test_where_metadata_are_there_a_letter_says_nothing(exercises):
    cells = [AnswerCell("text", f"{ROLES}", 1, "gan_roles"), AnswerCell("text", f"b) {TERMS}", 2)]
    cells += [AnswerCell("text", "An answer of its own.", 3, "loss_terms")]
    assert find_texts(cells, exercises).answers["loss_terms"] == "An answer of its own."


def test_a_text_that_stands_where_none_is_asked_goes_to_a_person(exercises):
    texts = found(exercises, f"## 9-2 a)\n{ROLES}", CODE, SLOW)
    assert "hardly learns" in texts.answers["slow_learning"]
    assert "a person will read it" in texts.doubts["slow_learning"]

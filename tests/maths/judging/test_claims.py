"""What is said beside a derivation: inequalities, what holds under a condition, what replaces a random variable."""

import pytest

from autograder.maths.judging.claims import at_the_optimum, condition, inequality
from autograder.maths.judging.conditions import assuming
from autograder.maths.judging.verdicts import judge_for
from autograder.maths.reading.equations import equations
from autograder.maths.reading.reader import read
from autograder.maths.reading.rows import Row
from tests.maths.exercises import NORMALS
from tests.maths.judging.answers import AB, ELBO, KL, elbo, kl, words

PLAIN = judge_for(None, AB)


def equation(text):
    return equations(Row(1, text), PLAIN.language)[-1]


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("For μ₁ = μ₂, σ₁ = σ₂: KL = 0", "side equation"),
        ("For q = p: KL(q || p) = 0", "side equation"),
        ("For μ₁ = μ₂: KL = log(σ₂/σ₁) + σ₁²/(2σ₂²) - 1/2", "side equation"),
        ("For μ₁ = μ₂: KL = 0", "first error"),  # the variances differ
        ("For σ₁ = 1: KL = log σ₂ + (1 + (μ₁-μ₂)²)/(2σ₂²)", "first error"),
    ],
)
def test_what_is_said_under_a_condition_has_to_hold_under_it(said, word):
    assert words(kl(*KL, said))[-1] == word


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("a = 1", 1),
        ("a = b = 1", 2),
        ("a = 2 b", 1),
        ("a^2 = b", 1),
        ("a = a", 0),  # that holds anyway
        ("a + b = 1", 0),  # not of a parameter alone
        ("a < 1", 0),
        ("b < a = 1", 0),  # says that b is less
        ("a", 0),
    ],
)
def test_what_a_condition_is(text, pairs):
    assert len(condition(equation(text), PLAIN)) == pairs


def test_what_says_what_a_name_is_assumes_nothing():
    assert words(kl("s := σ₁²", *KL)) == ["side equation", "follows", "follows"]


def test_what_cannot_be_assumed_of_the_worlds_makes_no_judge():
    a, b = read("a", PLAIN.language), read("b", PLAIN.language)
    under = assuming(PLAIN, ((a, b),))
    assert under is not None
    assert under.compare(read("a + b", PLAIN.language), read("2 a", PLAIN.language)).status == "equal"
    assert PLAIN.compare(read("a + b", PLAIN.language), read("2 a", PLAIN.language)).status == "different"
    assert assuming(PLAIN, ((read("a + b", PLAIN.language), b),)) is None


NORMAL = judge_for("two_normals", NORMALS)
GAN = judge_for("gan", {})


@pytest.mark.parametrize(
    ("text", "assumes"),
    [
        ("p(x) = N(x; 0, 1)", True),
        ("p(x) = N(x; mu_1, 1)", False),  # says what p is, and wrongly
        ("p(x) = N(x; 0, sigma_1^2)", False),
        ("q(x) = p(x)", True),
        ("sigma_1 = sigma_2", True),
        ("sigma_1^2 = 1", True),
        ("mu_1 = E_q[x]", False),  # that holds
        ("mu_2 = E_q[x]", False),
        ("mu_1 = 2 x", False),
    ],
)
def test_what_may_be_assumed_of_normals(text, assumes):
    found = equations(Row(1, text), NORMAL.language)[-1]
    assert bool(condition(found, NORMAL)) == assumes


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [
        ("D*(x)", "p_data(x)/(p_data(x) + p_g(x))", "equal"),
        ("D*(x)", "p_g(x)/(p_data(x) + p_g(x))", "different"),
        ("D*(x)", "1/2", "equal"),  # where p_g = p_data
        ("D*(x)", "1/3", "different"),
        ("1 - D*(x)", "1/2", "equal"),
        ("D(x)", "1/2", None),  # nothing is said of the best answer
    ],
)
def test_what_is_said_of_the_best_discriminator(left, right, status):
    first, second = (read(side, GAN.language) for side in (left, right))
    found = at_the_optimum(first, second, GAN)
    assert (found and found.status) == status


# ------------------------------------------------------------------ inequalities


@pytest.mark.parametrize(
    ("left", "relation", "right", "status"),
    [
        ("a^2 + 1", "≥", "1", "equal"),
        ("a^2 + 1", ">", "1", "equal"),
        ("a^2 + 1", "≠", "1", "equal"),
        ("a^2 + 1", "≤", "1", "different"),
        ("a^2 + 1", "<", "1", "different"),
        ("a^2", "≤", "a^2 + b^2", "equal"),
        ("a^2", "≥", "a^2 + b^2", "different"),
        ("a + a", "≥", "2 a", "equal"),
        ("a + a", "≤", "2 a", "equal"),
        ("a + a", ">", "2 a", "different"),
        ("a + a", "≠", "2 a", "different"),
        ("a", ">", "1", "undecided"),  # a condition on a parameter
        ("a", "<", "b", "undecided"),
        ("a", "<", "b + 1", "undecided"),
        ("2", ">", "1", "equal"),
        ("1", ">", "2", "different"),
        ("log(-a^2 - 1)", "<", "1", "undecided"),  # has no value anywhere
    ],
)
def test_an_inequality_holds_in_all_worlds_or_is_named(left, relation, right, status):
    first, second = (read(side, PLAIN.language) for side in (left, right))
    assert inequality(first, relation, second, PLAIN).status == status


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            "KL ≤ 0",
            "The left side is said to be at most the right side. At mu_1 = 1, mu_2 = 3, sigma_1 = 3, sigma_2 = 1/2: "
            "the left side gives 23.71, the right side gives 0.",
        ),
        ("KL > KL", "The left side is said to be larger than the right side. The two are equal."),
        ("KL ≠ KL", "The left side is said to be other than the right side. The two are equal."),
    ],
)
def test_a_wrong_inequality_is_named_with_small_numbers(said, message):
    found = kl(*KL, said)
    assert words(found) == ["follows", "follows", "first error"]
    assert found[-1].message == message


# ------------------------------------------------------------------ variables that replace others


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("x = μ₁ + σ₁ z", ""),
        ("x = μ₁ - σ₁ z", ""),
        ("x = μ₁ + σ₁² z", "variance"),
        ("x = μ₂ + σ₁ z", "mean"),
    ],
)
def test_a_variable_that_replaces_another_has_its_mean_and_variance(written, wrong):
    found = kl("z ~ N(0, 1)", written, *KL)
    assert words(found)[1:] == ["first error" if wrong else "remark", "follows", "follows"]
    assert found[1].message.endswith(f"the {wrong} of $x$ is not what it should be." if wrong else "")


# ------------------------------------------------------------------ terms that are named in a sentence


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("The second term is $-KL(q(z) || p(z))$.", "side equation"),
        ("The second term is $-KL(p(z) || q(z))$.", "first error"),
        ("where $KL(p(z) || q(z))$ is what regularises", "first error"),  # the sign is a matter of taste
        ("It is not $KL(p(x) || q(z))$.", "side equation"),  # no term of the lines above, turned round or not
        ("The first term is $E_q[log p(x|z)]$.", "side equation"),
    ],
)
def test_a_term_that_is_named_with_its_kl_the_wrong_way_round(said, word):
    *above, last = [line for line in elbo(*ELBO, said) if line.number]
    assert words(above) == ["follows"] * 4
    assert (last.verdict, last.slip) == (word, "KL the wrong way round" if word == "first error" else "")

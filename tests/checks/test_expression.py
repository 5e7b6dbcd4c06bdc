"""The check ``expression``: what a student sees, what costs points, what goes to a person, what is our fault."""

import importlib
from dataclasses import dataclass

import pytest

from autograder.checks.expressions import expression
from autograder.maths import OwnSlip
from autograder.maths.judging.verdicts import Verdict
from autograder.model import Fault, Line
from autograder.model.errors import CourseError, InternalError, Mistake, NeedsPerson

TARGET = "(mu_1^2 + sigma_1^2 - 1)/2 - log(sigma_1)"
DOMAINS = {"mu_1": "real", "sigma_1": "positive", "mu_2": 0, "sigma_2": 1}


@dataclass
class Text:
    text: str
    fault: Fault | None = None


def check(**options):
    return expression(
        TARGET, domains=DOMAINS, world="two_normals", form="closed", names={"KL": "KL(q(x) || p(x))"}, **options
    )


def mistake(text, **options):
    with pytest.raises(Mistake) as raised:
        check(**options).run(Text(text))
    return raised.value


def test_a_right_formula_is_shown_as_it_was_read_and_called_proved():
    (line,) = check().run(Text("KL = 1/2 (mu1^2 + s1^2 - 1 - log s1^2)"))
    assert line == Line(
        1,
        "KL = 1/2 (mu1^2 + s1^2 - 1 - log s1^2)",
        r"\mathrm{KL} = \frac{1}{2} \, \left(\mu_{1}^{2} + \sigma_{1}^{2} - 1 - \log\left(\sigma_{1}^{2}\right)\right)",
        "follows",
        "This is right: proved.",
    )


def test_the_last_side_of_the_last_line_counts():
    text = "KL = log(s2/s1) + (s1^2 + (m1 - m2)^2)/(2 s2^2) - 1/2\n= -log s1 + (s1^2 + m1^2)/2 - 1/2"
    assert [line.verdict for line in check().run(Text(text))] == ["side equation", "follows"]


def test_a_wrong_formula_names_the_slip_and_the_world():
    found = mistake("1/2 (mu_1^2 + sigma_1^2 - 1) + log(sigma_1)")
    assert found.name == "sign_of_a_term"
    assert found.message == (
        r"The sign of the term $\log \sigma_{1}$ is turned round. "
        "At mu_1 = 1, sigma_1 = 3: your answer gives 5.599, what is asked gives 3.401."
    )
    assert found.counterexample == "mu_1 = 1, sigma_1 = 3"
    assert found.detail[0].verdict == "first error"
    assert found.credit is None


def test_a_wrong_formula_without_a_known_slip_is_said_to_be_another():
    found = mistake("mu_1^4")
    assert found.name == "another_formula"
    assert found.message.startswith("This is not the asked formula. At mu_1 = ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("E_q[log q(x) - log p(x)]", "There is still an expectation in it"),
        ("KL(q || p)", "There is still a KL in it"),
        ("∫ q(x) log(q(x)/p(x)) dx", "There is still an integral in it"),
        ("-log(sigma_1/sigma_2) + (sigma_1^2 + mu_1^2)/2 - 1/2", "sigma_2 has the value 1 here; put it in."),
    ],
)
def test_the_right_value_in_another_form_is_not_enough(text, says):
    found = mistake(text)
    assert found.name == "not_the_asked_form"
    assert says in found.message


@pytest.mark.parametrize("text", ["(mu_1^2 + ", "mu_3^2", "1/2 (mu_1² + σ₁² − 1) − lоg σ₁"])
def test_what_cannot_be_read_costs_nothing_until_a_person_has_read_it(text):
    with pytest.raises(NeedsPerson) as raised:
        check().run(Text(text))
    assert raised.value.message.startswith("Line 1 cannot be read (character ")
    assert raised.value.message.endswith("It costs nothing until a person has read it.")
    assert raised.value.detail[0].verdict == "unreadable"


def test_unless_the_instructor_says_so():
    assert mistake("mu_3^2", unreadable="wrong").name == "unreadable"


def test_an_unreadable_line_before_a_readable_result_does_not_matter():
    assert check().run(Text("KL ≈ 3\n" + TARGET))[1].verdict == "follows"


def test_what_cannot_be_decided_goes_to_a_person():
    with pytest.raises(NeedsPerson, match="a person has to read it"):
        check().run(Text("3^(10^9)"))


@pytest.mark.parametrize(
    ("text", "name"),
    [("", "nothing_handed_in"), ("  \n", "nothing_handed_in"), ("I do not know this one", "no_formula")],
)
def test_no_formula_is_a_mistake(text, name):
    assert mistake(text).name == name


def test_a_missing_answer_says_so():
    with pytest.raises(Mistake, match="no text called kl"):
        check().run(Text("", Fault("missing", "There is no text called kl.")))


def test_a_contradiction_of_our_two_ways_is_our_fault(monkeypatch):
    module = importlib.import_module("autograder.checks.expressions")
    monkeypatch.setattr(module, "verdict_on", lambda *_: Verdict("equal", evidence="agrees in 3 worlds"))
    with pytest.raises(InternalError, match="disagree"):
        check().run(Text("mu_1 + sigma_1 + 17"))


def test_the_same_text_gives_the_same_finding():
    assert mistake("mu_1^2") == mistake("mu_1^2")
    assert check().run(Text(TARGET)) == check().run(Text(TARGET))


def test_min_and_max_are_told_without_giving_the_answer_away():
    game = expression("min_G max_D E_x[log D(x)] + E_z[log(1 - D(G(z)))]", domains={}, world="gan", scale="positive")
    with pytest.raises(Mistake) as raised:
        game.run(Text("max_D min_G E_x[log D(x)] + E_z[log(1 - D(G(z)))]"))
    assert raised.value.name == "min_and_max"
    assert "min over G, max over D" not in raised.value.message


def test_an_instructors_formula_must_be_readable():
    with pytest.raises(CourseError, match="Check 'is the asked formula': a formula of the exercise cannot be read"):
        expression("mu_1 +", domains=DOMAINS)


def test_the_author_says_what_a_slip_is_called_and_leaves():
    text = "(mu_1^2 + sigma_1^2)/2 - log(sigma_1)"
    assert mistake(text).credit is None
    found = mistake(text, slips={"the constant lost": OwnSlip(text, "The -1/2 of the entropy is missing.", 0.75)})
    assert (found.name, found.credit) == ("the_constant_lost", 0.75)
    assert found.message.startswith("The -1/2 of the entropy is missing. At ")

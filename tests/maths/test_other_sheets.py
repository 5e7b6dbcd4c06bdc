"""The mathematics of other sheets, each exercise declared here as an author would: derivatives, sums over classes and examples,
own functions and densities, right lines and wrong ones."""

import re
from dataclasses import dataclass

import pytest

from autograder.checks import Part, derivation, expression
from autograder.maths import judge, judge_for, read
from autograder.maths.reading.echo import latex
from autograder.model import CourseError, Mistake, NeedsPerson

SIGMOID = {"domains": {"x": "real"}, "functions": {"s": "1/(1+exp(-x))"}}
CLASSES = {"domains": {"k": "1..K", "p_k": "simplex", "q_k": "simplex"}}
SOFTMAX = {
    "domains": {"k": "1..K", "z_k": "real", "y_k": "simplex"},
    "functions": {"s_k": "exp(z_k)/Σ_j exp(z_j)"},
}
GAUSS = {"domains": {"mu": "real", "sigma": "positive", "i": "1..n", "x_i": "real"}}
MSE = {
    "domains": {"w": "real", "b": "real", "i": "1..n", "x_i": "real", "y_i": "real"},
    "functions": {"L(w)": "1/n Σ_i (w x_i + b - y_i)^2"},
}
NOISE = {"domains": {"m": "real", "v": "positive"}, "densities": {"r(x)": "N(x; m, v)"}}

RIGHT = {
    "sigmoid": (
        SIGMOID,
        "d/dx s(x)",
        [
            "s(x)(1-s(x))",
            "s(1-s)",
            "s - s²",
            "s'(x)",
            "s'",
            "ds/dx",
            r"\frac{ds}{dx}",
            r"\frac{\mathrm{d}s(x)}{\mathrm{d}x}",
            r"\frac{d}{dx}\frac{1}{1+e^{-x}}",
            "d/dx (1+exp(-x))^(-1)",
            "exp(-x)/(1+exp(-x))^2",
            "s(x) s(-x)",
            "∂s/∂x",
            r"\frac{d^2}{dx^2}\log(1+e^x)",
            r"s(x)\cdot\left(1-s(x)\right)",
            r"\partial_x s(x)",
            r"s^\prime(x)",
            r"\nabla_x s(x)",
            "-(1+e^{-x})^(-2) * d/dx (1 + e^{-x})",
            "s(x) - s^2(x)",
        ],
    ),
    "cross entropy": (
        CLASSES,
        "-Σ_k p_k log q_k",
        [
            "H(p,q)",
            r"-\sum_{k=1}^K p_k \log q_k",
            r"-\sum_{k=1}^{K} p_k\ln q_k",
            "H(p) + KL(p||q)",
            r"\mathbb{E}_{k\sim p}[-\log q_k]",
            "E_p[-log q]",
            r"-\sum_j p_j\log q_j",
            "-Σ_k p(k) log q(k)",
            "H(p) + D_KL(p‖q)",
            "-Σₖ pₖ log qₖ",
            r"\sum_k p_k\log\frac{p_k}{q_k} - \sum_k p_k\log p_k",
            r"\sum_k p_k \log\frac{1}{q_k}",
            r"-\log\prod_k q_k^{p_k}",
        ],
    ),
    "softmax": (
        SOFTMAX,
        "∂/∂z_j (-Σ_k y_k log s_k)",
        [
            "s_j - y_j",
            r"-\sum_k y_k \frac{\partial \log s_k}{\partial z_j}",
            r"-\sum_k y_k (\delta_{kj} - s_j)",
            r"\frac{\partial}{\partial z_j}\left(\log\sum_k e^{z_k} - \sum_k y_k z_k\right)",
            r"\frac{e^{z_j}}{\sum_k e^{z_k}} - y_j",
            r"-\sum_k \frac{y_k}{s_k}\frac{\partial s_k}{\partial z_j}",
            r"-\sum_{k=1}^K\frac{y_k}{s_k}\, s_k(\delta_{kj} - s_j)",
        ],
    ),
    "log likelihood": (
        GAUSS,
        "Σ_i (x_i - mu)/sigma^2",
        [
            r"\frac{\partial}{\partial\mu}\sum_{i=1}^n \log\mathcal N(x_i;\mu,\sigma^2)",
            "∂/∂μ log ∏_i N(x_i; μ, σ²)",
            r"\frac{1}{\sigma^2}\left(\sum_{i} x_i - n\mu\right)",
            "1/σ² Σᵢ (xᵢ − μ)",
            "Σ_j (x_j - mu)/sigma^2",
            r"\frac{1}{\sigma^2}\sum_{i=1}^N (x^{(i)} - \mu)",
            r"\sum_i \frac{\partial}{\partial\mu}\left(-\frac{(x_i-\mu)^2}{2\sigma^2}\right)",
            r"-\frac{1}{2\sigma^2}\sum_{i=1}^n 2(x_i-\mu)\cdot(-1)",
            r"\frac{n}{\sigma^2}\left(\frac1n\sum_i x_i - \mu\right)",
        ],
    ),
    "maximum": (
        GAUSS,
        "1/n Σ_i x_i",
        [
            r"\arg\max_\mu \sum_i \log\mathcal N(x_i;\mu,\sigma^2)",
            r"\operatorname{argmin}_{\mu} \sum_i (x_i-\mu)^2",
            r"\frac{\sum_{i=1}^{n} x_i}{n}",
            r"\underset{\mu}{\arg\max}\; -\frac{1}{2\sigma^2}\sum_i (x_i-\mu)^2",
        ],
    ),
    "squared error": (
        MSE,
        "∂L(w)/∂w",
        [
            r"\frac{2}{n}\sum_i x_i (w x_i + b - y_i)",
            "L'(w)",
            "dL/dw",
            r"\frac1n\sum_i 2(wx_i+b-y_i)\cdot x_i",
            r"\frac1n\sum_{i=1}^n \frac{\partial}{\partial w}(wx_i+b-y_i)^2",
            r"\frac{2w}{n}\sum_i x_i^2 + \frac2n\sum_i x_i(b - y_i)",
        ],
    ),
    "own density": (
        NOISE,
        "m",
        ["∫ x r(x) dx", "E_r[x]", "E_{x~r}[x]", "E[x]", "E_{t~r}[t]", "E_{x~N(m, v)}[x]", "Var_r[x] m / v"],
    ),
}
WRONG = {
    "sigmoid": [
        "s(x)",
        "s(1+s)",
        "s(x)(1-s(-x))",
        "s^2(x)",
        "-s(1-s)",
        "exp(-x)/(1+exp(-x))",
        "s(x)^2 (1 - s(x))",
        "s''(x)",
        "1 - s",
    ],
    "cross entropy": [
        "H(q,p)",
        "Σ_k p_k log q_k",
        "KL(p||q)",
        "H(q)+KL(q||p)",
        "H(p) - KL(p||q)",
        "-Σ_k q_k log p_k",
        "H(p)",
    ],
    "softmax": ["y_j - s_j", "s_j", "s_j (1 - s_j) - y_j", r"-\frac{y_j}{s_j}", r"-\sum_k y_k (1 - s_j)"],
    "log likelihood": [
        r"\sum_i (x_i - \mu)/\sigma",
        r"\sum_i (\mu - x_i)/\sigma^2",
        r"\frac{1}{\sigma^2}(\sum_i x_i - \mu)",
        r"\frac{\partial}{\partial\sigma}\sum_i \log\mathcal N(x_i;\mu,\sigma^2)",
        "0",
    ],
    "maximum": [r"\sum_i x_i", r"\frac{1}{n-1}\sum_i x_i", r"\arg\max_\mu -\sum_i (x_i-2\mu)^2"],
    "squared error": [
        r"\frac{2}{n}\sum_i (w x_i + b - y_i)",
        r"\frac{1}{n}\sum_i x_i(w x_i + b - y_i)",
        "L(w)",
        r"2\sum_i x_i(wx_i + b - y_i)",
    ],
    "own density": ["E_r[x^2]", "∫ r(x) dx", "v", "Var_r[x]"],
}


@pytest.mark.parametrize("kind", RIGHT)
def test_right_lines_are_accepted(kind):
    task, target, lines = RIGHT[kind]
    found = {line: judge(line, target, **task) for line in lines}
    assert {
        line: verdict.message or verdict.status for line, verdict in found.items() if verdict.status != "equal"
    } == {}


@pytest.mark.parametrize("kind", WRONG)
def test_wrong_lines_are_rejected_with_small_numbers(kind):
    task, target, _ = RIGHT[kind]
    found = {line: judge(line, target, **task) for line in WRONG[kind]}
    assert {
        line: verdict.message or verdict.status for line, verdict in found.items() if verdict.status != "different"
    } == {}
    assert all(verdict.values is None or verdict.world for verdict in found.values())


@pytest.mark.parametrize("kind", RIGHT)
def test_the_echo_is_read_as_the_same_line(kind):
    task, _, lines = RIGHT[kind]
    language = judge_for(
        None, task["domains"], functions=task.get("functions"), densities=task.get("densities")
    ).language
    for line in [*lines, *WRONG[kind]]:
        tree = read(line, language)
        assert latex(read(latex(tree), language)) == latex(tree), line


def test_a_wrong_maximum_is_never_right():
    assert judge(r"\arg\max_\mu \sum_i (x_i-\mu)^2", "1/n Σ_i x_i", **GAUSS).status == "undecided"


REFUSED = [
    (SIGMOID, "s(1-s(x))", "This is s of a bracket or s times a bracket"),
    (SIGMOID, "s(x, 1)", "takes 1 arguments, not 2"),
    (SIGMOID, "s^2(2 x)", "for a power of s"),
    (SIGMOID, "d/dy s(x)", "is not declared"),
    (SIGMOID, "a s(x)", '"a" is not declared'),
    (GAUSS, r"\sum_{i=2}^n x_i", "from 1 on"),
    (GAUSS, r"\sum_{i=1}^{n-1} x_i", "all values of an index"),
    (GAUSS, r"\sum_{j \neq i} x_j", "all values of an index"),
    (GAUSS, "x_a", "is no index of x here"),
    (GAUSS, "Σ_i Σ_i x_i", "stands for two things"),
    (GAUSS, "x", "is not declared"),
    (SOFTMAX, "s", "needs its index here"),
]


@pytest.mark.parametrize(("task", "line", "says"), REFUSED)
def test_what_cannot_be_told_is_refused(task, line, says):
    verdict = judge(line, "1", **task)
    assert (verdict.status, says in verdict.message) == ("unreadable", True), verdict.message


@pytest.mark.parametrize(
    "line",
    [
        "sum_i x_i y_i / sum_i x_i^2",
        "sum_i x_i y_i / (w + sum_i x_i^2 - w)",
        "Σ_i x_i y_i / Σ_{i=1}^n x_i^2",
        r"\sum_{i} x_i y_i / \left(\sum_{i} x_i^2\right)",
        "1/(Σ_i x_i^2) Σ_i x_i y_i",
    ],
)
def test_a_sum_ends_where_another_over_its_index_begins(line):
    assert judge(line, "(Σ_i x_i y_i) / (Σ_j x_j^2)", domains=MSE["domains"]).status == "equal"
    assert (
        judge(line.replace("y_i", "x_i"), "(Σ_i x_i y_i) / (Σ_j x_j^2)", domains=MSE["domains"]).status == "different"
    )


def test_sums_side_by_side_are_a_product():
    assert judge("Σ_i x_i Σ_i y_i", "(Σ_i x_i) (Σ_j y_j)", domains=MSE["domains"]).status == "equal"
    assert judge("Σ_i x_i (y_i - Σ_i y_i)", "0", domains=MSE["domains"]).status == "unreadable"


def test_a_formula_of_the_exercise_that_cannot_be_read_is_quoted():
    with pytest.raises(CourseError, match=re.escape("'Σ_i Σ_i x_i': The index i stands for two things")):
        expression("Σ_i Σ_i x_i", domains=GAUSS["domains"])


def test_an_index_is_no_number():
    assert judge("Σ_i i", "1", **GAUSS).status == "undecided"


def test_an_index_put_into_a_declared_formula_is_not_caught_by_its_own_sum():
    task = {"domains": {"k": "1..K", "z_k": "real"}, "functions": {"t_k": "Σ_j exp(z_j - z_k)"}}
    assert judge("Σ_j 1/t_j", "1", **task).status == "equal"
    assert judge("∂t_k/∂z_j", "∂/∂z_j (Σ_l exp(z_l - z_k))", **task).status == "equal"


@pytest.mark.parametrize("name", ["E", "H", "N", "D", "e", "pi", "KL", "Var", "p", "d"])
def test_a_symbol_that_the_exercise_declares_wins_over_a_built_in_reading(name):
    task = {"domains": {name: "positive", "c": "positive"}}
    assert judge(f"c {name}^2 + {name}", f"{name} (1 + c {name})", **task).status == "equal"
    assert judge(f"{name}", "c", **task).status == "different"


def test_a_function_that_the_exercise_declares_wins_over_a_built_in_reading():
    task = {"domains": {"x": "real"}, "functions": {"sigma(x)": "1/(1+exp(-x))", "H(x)": "x^2", "max(x)": "3 x"}}
    assert judge("σ(x)(1 - σ(x))", "σ'(x)", **task).status == "equal"
    assert judge("H(x + 1)", "x^2 + 2 x + 1", **task).status == "equal"
    assert judge("max(2 x)", "6 x", **task).status == "equal"


def test_a_chain_rule_with_a_name_of_ones_own():
    from autograder.maths import judge_derivation

    lines = "u = 1 + exp(-x)\nds/dx = ds/du du/dx\n= -1/u^2 * (-exp(-x))\n= s(x)(1-s(x))"
    task = {"start": "s'(x)", "target": "s'(x)", **SIGMOID}
    assert [line.verdict for line in judge_derivation(lines, **task)] == [
        "side equation",
        "follows",
        "follows",
        "follows",
    ]
    wrong = lines.replace("-1/u^2", "-1/u")
    assert [line.verdict for line in judge_derivation(wrong, **task)][2] == "first error"


# ------------------------------------------------------------------ as checks of an exercise


@dataclass
class Text:
    text: str
    fault: None = None


CHECKS = derivation(
    start=["d/dx s(x)", "d/dx 1/(1+exp(-x))", "d/dx (1+exp(-x))^(-1)"],
    target="s(x)(1-s(x))",
    form="s(x) (1 - s(x))",
    **SIGMOID,
    starts=Part("starts at the derivative", 1),
    waypoints={"differentiated": Part("differentiates", 1, shows="exp(-x)/(1+exp(-x))^2")},
    follows=Part("every line follows", 1),
    ends=Part("ends in s(1-s)", 1),
)


def outcomes(text):
    found = {}
    for check in CHECKS:
        try:
            check.run(Text(text))
            found[check.name] = "passed"
        except (Mistake, NeedsPerson) as reason:
            found[check.name] = reason.message
    return found


ANSWER = r"""
$$\begin{align}
s'(x) &= \frac{d}{dx}\frac{1}{1+e^{-x}} \\
&= \frac{e^{-x}}{(1+e^{-x})^2} && | \text{ chain rule} \\
&= \frac{1}{1+e^{-x}}\cdot\frac{e^{-x}}{1+e^{-x}} \\
&= s(1-s) \qquad (3)
\end{align}$$
""".replace("e^{-x}", r"\exp(-x)")


def test_a_derivation_with_own_functions_and_own_waypoints_earns_everything():
    assert set(outcomes(ANSWER).values()) == {"passed"}


def test_its_wrong_line_is_found():
    found = outcomes(ANSWER.replace(r"\frac{\exp(-x)}{(1", r"\frac{-\exp(-x)}{(1"))
    assert "Line 2" in found["every line follows"]


def test_without_the_step_its_waypoint_is_missing():
    assert outcomes("s'(x) = d/dx s(x) = s(x)(1-s(x))")["differentiates"] != "passed"


def test_a_waypoint_may_be_a_function_of_the_line():
    checks = derivation(
        start="d/dx s(x)",
        target="s(x)(1-s(x))",
        **SIGMOID,
        starts=Part("a", 1),
        waypoints={"anything": Part("b", 1, shows=lambda tree: "exp" in latex(tree))},
        follows=Part("c", 1),
        ends=Part("d", 1),
    )
    assert checks[1].run(Text(ANSWER))
    with pytest.raises(Mistake):
        checks[1].run(Text("d/dx s(x) = s(x)(1-s(x))"))


def test_a_formula_with_own_functions_is_a_check_of_its_own():
    check = expression("∂L(w)/∂w", **MSE)
    assert check.run(Text(r"$\frac{\partial L}{\partial w} = \frac{2}{n}\sum_{i=1}^n x_i(wx_i + b - y_i)$"))
    with pytest.raises(Mistake, match=r"not the asked formula|factor 1/2"):
        check.run(Text(r"$\frac{\partial L}{\partial w} = \frac{1}{n}\sum_{i=1}^n x_i(wx_i + b - y_i)$"))


WRONG_EXERCISES = [
    {"functions": {"s": "a x"}},
    {"functions": {"f": "x c"}, "domains": {"x": "real", "c": "real"}},
    {"functions": {"1s(x)": "x"}},
    {"densities": {"r": "N(x; x, 1)"}},
    {"domains": {"x": "reel"}},
]


@pytest.mark.parametrize("wrong", WRONG_EXERCISES)
def test_an_exercise_that_cannot_be_read_says_so(wrong):
    with pytest.raises(CourseError):
        expression("x", **{"domains": {"x": "real"}, **wrong})


def test_a_waypoint_that_nobody_knows_says_so():
    with pytest.raises(CourseError, match="those that say what they show"):
        derivation(
            start="x",
            target="x",
            domains={"x": "real"},
            waypoints={"none": Part("a", 1)},
            starts=Part("b", 1),
            follows=Part("c", 1),
            ends=Part("d", 1),
        )

"""Lines that want to hang, crash or break in: a clear word for each, in bounded steps, and nothing else disturbed."""

import pytest

from autograder.maths import judge, judge_derivation
from autograder.maths.judging.verdicts import judge_for
from autograder.maths.reading.rows import MAX_TEXT
from tests.maths.exercises import KINDS, KL_TASK

LINES = [
    "x" * 10_000,
    "1+" * 5_000 + "1",
    "(" * 3_000,
    "(" * 3_000 + "1" + ")" * 3_000,
    "[(" * 500,
    "{" * 500,
    "}" * 500,
    "\\left(" * 300,
    "\\underbrace{" * 200,
    "\\frac{1}{" * 150 + "1" + "}" * 150,
    "10**10**10",
    "9^9^9^9",
    "factorial(10^9)",
    "(10^9)!",
    "exp(exp(exp(exp(10))))",
    "E_q[exp(exp(exp(x)))]",
    "(1 + 10^-9)^(10^9)",
    "mu_1^(9^9)",
    "E_q[x^(10^9)]",
    "E_q[(x + 1)^200]",
    "∫ x^2 dx",
    "∫ exp(x^2) dx",
    "∫ q(x)^-1 dx",
    "1/(mu_1 - mu_1)",
    "1/(log(4) - 2 log(2))",
    "0^(-1)",
    "log(mu_1 - mu_1)",
    "__import__('os').system('true')",
    "exec('1')",
    "lambda: 0",
    "E_q[log q\0]",
    "\0\0\0",
    "\u202e1+1",
    "\ud800",
    "сигма",
    "ⅇ^2",
    "x",
    "q(z)",
    "log p(x|z)",
    "E_q[" * 60 + "x" + "]" * 60,
    "∫ " * 40 + "x" + " dx" * 40,
    "∫ q(x) ∫ p(z) ∫ p(y) log(x + y + z) dy dz dx",
    "∫ ∫ q(x) p(z)/(x^2 + z^2) dx dz",
    "E_q[1/(1 + x^2)] " * 20,
    "+".join(["E_q[log q(x)]"] * 80),
    "E_q[" + "+".join(f"x^{k}" for k in range(17)) + "]",
    "- " * 900 + "1",
    "1/" * 400 + "1",
    "2^" * 200 + "1",
    "log " * 300 + "2",
    "KL(KL(q || p) || p)",
    "KL(1 || 2)",
    "E_{x ~ N(0, 0)}[x]",
    "a = b\nb = a\n= a",
    "a = a + 1",
    "\n".join(f"a_{k} = a_{k - 1} a_{k - 1}" for k in range(1, 30)),
    "= mu_1\n" * 2_000,
    "=\n" * 5_000,
    "$" * 99,
    "$$\\begin{aligned}",
    "\\\\" * 500,
    "||||||||",
    "= = = =",
    "_^_^_^",
    "x" + "|_{x=0}" * 100,
    "|_{x=0}" * 100,
    "\\frac{d}{dx} " * 60 + "x",
    "d/d" * 200,
    "s'" * 300,
    "\\int " * 150,
    "∫ q(x) " * 80,
    "E_{y~q}[" * 40 + "y" + "]" * 40,
    "\\langle " * 60,
    "(\\text{" * 100,
    "(" * 60 + "a=b" + ")" * 60,
    "&" * 1900,
    "\\quad " * 300,
    "\\mid " * 300,
    "\\text{since} " * 150 + "= 1",
    "\\underbrace{" * 19 + "x" + "}" * 19,
    "\\newcommand{\\a}{\\a\\a\\a}\n$" + "\\a" * 300 + "$",
    "\\begin{align}" + "\\intertext{a}" * 200,
    "we get " * 2_000,
    "A = B where " * 1_500,
    "~~" * 5_000,
    "\\underbrace{" * 100 + "a" + "}_{b}" * 100,
    "\n".join(f"$E_q[(x-\\mu_1)^2 + {k}] = \\sigma_1^2$ for $\\mu_1 = {k}$" for k in range(100)),
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    "{{7*7}}",
    "",
    "   \n \t ",
    "x" + "\n" * 19_000,
    "KL = \\frac12" + "\n" * 19_000 + "x",
    "KL =" + " " * 19_000 + "\\frac{1}{2} x",
    "\n \t" * 6_000 + "\\log x",
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: repr(line[:24]))
def test_a_hostile_line_gets_a_word_and_never_the_wrong_one(line):
    verdict = judge(line, **KINDS["kl_derivation"])
    assert verdict.status in ("different", "undecided", "unreadable")
    assert verdict.message
    assert len(verdict.message) < 600
    for line_verdict in judge_derivation(line, **KL_TASK):
        assert line_verdict.passes == ()
        assert line_verdict.verdict not in ("follows", "right but does not follow")


@pytest.mark.parametrize("kind", ["elbo_derivation", "minimax_game"])
@pytest.mark.parametrize("line", LINES, ids=lambda line: repr(line[:24]))
def test_nor_in_the_finite_worlds(kind, line):
    assert judge(line, **KINDS[kind]).status in ("different", "undecided", "unreadable")


def test_no_line_takes_more_than_a_bounded_number_of_steps(monkeypatch):
    """Steps, not seconds: the count of evaluated nodes over all worlds stays in the hundred thousands."""
    from autograder.maths.worlds.world import World

    count = 0
    original = World.at

    def counted(self, tree, env):
        nonlocal count
        count += 1
        return original(self, tree, env)

    monkeypatch.setattr(World, "at", counted)
    for line in LINES:
        count = 0
        judge_for.__globals__["_judge_for"].cache_clear()
        judge_derivation(line, **KL_TASK)
        assert count < 400_000, line[:40]


def test_what_stands_behind_a_very_long_answer_is_not_read():
    text = "= mu_1\n" * (MAX_TEXT // 7) + "= KL(q || p)"
    assert all("mu" in line.text for line in judge_derivation(text, **KL_TASK))


def test_a_hostile_answer_changes_no_other_verdict():
    before = [judge(line, **KINDS["kl_derivation"]) for line in ("KL(q || p)", "KL(p || q)")]
    for line in LINES:
        judge(line, **KINDS["kl_derivation"])
    assert [judge(line, **KINDS["kl_derivation"]) for line in ("KL(q || p)", "KL(p || q)")] == before

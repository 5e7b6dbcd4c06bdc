"""Answers as a student writes them, and what the judge says of each row."""

from types import SimpleNamespace
from typing import Any

from autograder.checks import expression
from autograder.maths import LineVerdict, judge_derivation
from autograder.model import Mistake, NeedsPerson
from tests.maths.exercises import ELBO_TASK, KL_TASK

AB = {"a": "real", "b": "real"}
DEFINITION = "KL(q || p) = ∫ q(x) log(q(x)/p(x)) dx"
RESULT = "= log(σ₂/σ₁) + (σ₁² + (μ₁-μ₂)²)/(2σ₂²) - 1/2"
KL = [DEFINITION, RESULT]
ELBO = [
    "L = ∫ q(z) log(p(z,x)/q(z)) dz",
    "= ∫ q(z) log(p(x|z) p(z)/q(z)) dz",
    "= ∫ q(z) log p(x|z) dz + ∫ q(z) log(p(z)/q(z)) dz",
    "= E_q[log p(x|z)] - KL(q(z) || p(z))",
]


def formula(text: str, target: str, *, domains: dict[str, Any] = AB, **options: Any) -> tuple[str, list[str], str]:
    """(what becomes of an answer, the word at each of its rows, what is said): "right", "person" or a mistake's name."""
    try:
        lines = expression(target, domains=domains, **options).run(SimpleNamespace(text=text, fault=None))
    except Mistake as found:
        return found.name, [line.verdict for line in found.detail], found.message
    except NeedsPerson as found:
        return "person", [line.verdict for line in found.detail], found.message
    return "right", [line.verdict for line in lines], " ".join(line.message for line in lines)


def kl(*lines: str) -> tuple[LineVerdict, ...]:
    return judge_derivation(list(lines), **KL_TASK)


def elbo(*lines: str) -> tuple[LineVerdict, ...]:
    return judge_derivation(list(lines), **ELBO_TASK)


def words(lines: tuple[LineVerdict, ...]) -> list[str]:
    return [line.verdict for line in lines]

"""One node of a right answer changed: the judge's verdict against an oracle that shares no arithmetic with it."""

from dataclasses import replace
from itertools import islice
from random import Random

import mpmath
import pytest

from autograder.maths import judge
from autograder.maths import tree as t
from autograder.maths.judging.verdicts import judge_for
from autograder.maths.reading.echo import latex
from autograder.maths.reading.equations import equations
from autograder.maths.reading.reader import read
from autograder.maths.reading.rows import Row
from autograder.maths.reading.tokens import Unreadable
from tests.maths.exercises import KINDS, lines
from tests.maths.oracle import NoValue, Oracle

SWAPS = {
    "mu_1": "mu_2",
    "mu_2": "sigma_2",
    "sigma_1": "sigma_2",
    "sigma_2": "mu_1",
    "x": "z",
    "z": "x",
    "pi": "e",
    "e": "pi",
}
OTHER = {"q": "p", "p": "q", "p_data": "p_g", "p_g": "p_data", "p_z": "p_data"}


def changes(node):
    """Every way to change this node alone."""
    match node:
        case t.Number(value):
            return [t.Number(value + 1), t.Number(-value), t.Number(2 * value)]
        case t.Symbol(name):
            return [t.Symbol(SWAPS.get(name, "mu_1"))]
        case t.Negative(of):
            return [of]
        case t.Sum(terms):
            turned = [
                replace(node, terms=(*terms[:k], t.Negative(term), *terms[k + 1 :])) for k, term in enumerate(terms)
            ]
            return [*turned, t.Product(terms), *terms]
        case t.Product(factors):
            return [t.Sum(factors), *factors]
        case t.Quotient(top, bottom):
            return [t.Quotient(bottom, top), t.Product((top, bottom)), top]
        case t.Power(base, exponent):
            return [base, t.Power(base, t.number(3)), t.Product((base, exponent))]
        case t.Call(function, of):
            return [of, t.Call({"log": "exp", "exp": "log", "sqrt": "log"}[function], of)]
        case t.Density(name, args, given):
            return [
                replace(node, name=OTHER[name]),
                replace(node, args=(*args, *given), given=()),
                replace(node, given=args, args=given or args),
            ]
        case t.Normal(at, mean, variance):
            return [t.Normal(mean, at, variance), t.Normal(at, mean, t.Call("sqrt", variance))]
        case t.Expectation(dist, var, body):
            return [body, t.Variance(dist, var, body), t.Integral(body, var)]
        case t.Variance(dist, var, body):
            return [t.Expectation(dist, var, body)]
        case t.Divergence(left, right, var):
            return [t.Divergence(right, left, var), t.Entropy(left, right, var), t.Entropy(left, None, var)]
        case t.Entropy(of, relative, var):
            return [t.Divergence(of, relative or of, var), t.Negative(node)]
        case t.Integral(body, _, _):
            return [body]
        case t.Apply(function, of):
            return [t.Apply("D", t.Apply("G", of)) if function == "D" else of]
    return []


def body(tree):
    """What a problem optimises; problems themselves are tested in test_judging."""
    return body(tree.body) if isinstance(tree, t.Optimum) else tree


def originals(kind):
    language = judge_for(KINDS[kind]["world"], KINDS[kind]["domains"]).language
    for line in lines(kind, "right"):
        if (
            "V" in line.replace("Var", "").replace("Vert", "")
            or "J" in line
            or "KL =" in line
            or "\\begin" in line
            or "\\[" in line
        ):
            continue
        row = Row(1, line.replace("$", ""))
        tree = body(equations(row, language)[0].sides[-1].tree)
        try:
            Oracle(kind, 0).value(tree)
        except NoValue:
            continue
        yield tree


def mutations(kind):
    """Each mutant once, as its echo."""
    return list(dict.fromkeys(latex(m) for tree in originals(kind) for m, _, _ in t.variants(tree, changes)))


def mutants(kind, echoes):
    """Mutants as their echoes are read: what is judged and what the oracle sees are the same."""
    language = judge_for(KINDS[kind]["world"], KINDS[kind]["domains"]).language
    for text in echoes:
        try:
            yield read(text, language)
        except Unreadable:
            continue


def oracle_says(kind, mutant, target):
    """True: equal in three worlds. False: different in one, or without a value. None: the oracle cannot tell."""
    for seed in range(3):
        oracle = Oracle(kind, seed)
        try:
            gap = abs(oracle.value(mutant) - oracle.value(target))
        except NoValue:
            return None
        if gap > mpmath.mpf("1e-9") * (1 + abs(oracle.value(target))):
            return False
    return True


def false_verdicts(kind, chosen):
    """(how many were compared, how many were left to a person, the false ones)."""
    task = {**KINDS[kind], "target": KINDS[kind]["target"].removeprefix("min_G max_D ")}
    task.pop("scale", None)
    target = read(task["target"], judge_for(task["world"], task["domains"]).language)
    compared = open_ = 0
    false = []
    for mutant in chosen:
        truth = oracle_says(kind, mutant, target)
        verdict = judge(latex(mutant), **task)
        if truth is None:
            false += (
                [(latex(mutant), "equal without a value")] if verdict.status == "equal" and not verdict.notes else []
            )
            continue
        compared += 1
        open_ += verdict.status in ("undecided", "unreadable")
        if (verdict.status == "equal") != truth and verdict.status in ("equal", "different"):
            false.append((latex(mutant), verdict.status))
    return compared, open_, false


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_of_mutations_is_judged_as_the_oracle_does(kind):
    echoes = mutations(kind)
    Random(f"sample {kind}").shuffle(echoes)
    compared, _, false = false_verdicts(kind, islice(mutants(kind, echoes), 40))
    assert false == []
    assert compared >= 20


@pytest.mark.slow
def test_thousands_of_mutations_are_judged_as_the_oracle_does():
    compared = 0
    for kind in KINDS:
        count, open_, false = false_verdicts(kind, mutants(kind, mutations(kind)))
        assert false == []
        assert open_ <= count / 20
        compared += count
        print(f"{kind}: {count} mutations compared, {open_} left to a person")
    assert compared >= 2000


@pytest.mark.parametrize("kind", KINDS)
def test_the_oracle_agrees_with_every_right_line(kind):
    target = body(read(KINDS[kind]["target"], judge_for(KINDS[kind]["world"], KINDS[kind]["domains"]).language))
    factors = (1, 2, 6) if kind == "minimax_game" else (1,)
    checked = 0
    for tree in originals(kind):
        scaled = [t.Quotient(tree, t.number(factor)) for factor in factors]
        checked += any(oracle_says(kind, candidate, target) for candidate in scaled)
    assert checked >= 30

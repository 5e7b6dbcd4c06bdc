"""A second opinion that shares no arithmetic with the judge: trees evaluated by mpmath at 40 digits, expectations by quadrature.

Expectations and integrals over the line are Gauss-Hermite sums (exact for polynomials of degree below 80 against q, good to many
digits for what else occurs); finite spaces are tables of their own.
"""

from functools import cache
from random import Random
from typing import Any

import mpmath
import numpy as np
from mpmath import mpf

from autograder.maths import tree as t

mpmath.mp.dps = 40
NODES = 40


class NoValue(Exception):
    """The tree has no value here, or none that this oracle can compute."""


@cache
def hermite() -> list[tuple[mpf, mpf]]:
    """Nodes and weights for the weight exp(-x²): numpy's to 16 digits, polished by Newton's method at 40."""
    found = []
    for guess in np.polynomial.hermite.hermgauss(NODES)[0]:
        x = mpf(float(guess))
        for _ in range(4):
            h, below = mpmath.hermite(NODES, x), mpmath.hermite(NODES - 1, x)
            x -= h / (2 * NODES * below)
        weight = (
            mpf(2) ** (NODES - 1)
            * mpmath.factorial(NODES)
            * mpmath.sqrt(mpmath.pi)
            / (NODES * mpmath.hermite(NODES - 1, x)) ** 2
        )
        found.append((x, weight))
    return found


def _draw(random: Random) -> mpf:
    return mpf(random.randint(3000, 17000)) / 10000


def _simplex(random: Random, size: int) -> list[mpf]:
    weights = [_draw(random) for _ in range(size)]
    return [weight / sum(weights) for weight in weights]


class Oracle:
    """Values in one world: parameters for the line, tables for finite spaces."""

    def __init__(self, kind: str, seed: int) -> None:
        random = Random(f"oracle {kind} {seed}")
        self.kind = kind
        self.numbers = {name: _draw(random) for name in ("mu_1", "mu_2", "sigma_1", "sigma_2")}
        self.numbers |= {"mu_1": self.numbers["mu_1"] - 1, "mu_2": -self.numbers["mu_2"]}
        if kind == "kl_simplified":
            self.numbers |= {"mu_2": mpf(0), "sigma_2": mpf(1)}
        self.sizes = {"z": 4, "x": 3}
        self.prior, self.q = _simplex(random, 4), [_simplex(random, 4) for _ in range(3)]
        self.likelihood = [_simplex(random, 3) for _ in range(4)]
        self.data, self.judged = _simplex(random, 3), [mpf("0.9") * v for v in _simplex(random, 3)]
        self.made = [random.randrange(3) for _ in range(4)]

    def value(self, tree: t.Node, env: dict[str, Any] | None = None) -> mpf:
        value = self.at(tree, env or {})
        if not isinstance(value, mpf) or not mpmath.isfinite(value):
            raise NoValue
        return value

    def at(self, tree: t.Node, env: dict[str, Any]) -> Any:
        match tree:
            case t.Number(value):
                return mpf(value.numerator) / value.denominator
            case t.Symbol(name):
                return self.symbol(name, env)
            case t.Negative(of):
                return -self.at(of, env)
            case t.Sum(terms):
                return mpmath.fsum(self.at(term, env) for term in terms)
            case t.Product(factors):
                return mpmath.fprod(self.at(factor, env) for factor in factors)
            case t.Quotient(top, bottom):
                return self.real(lambda: self.at(top, env) / self.at(bottom, env))
            case t.Power(base, exponent):
                return self.real(lambda: self.at(base, env) ** self.at(exponent, env))
            case t.Call(function, of):
                return self.real(lambda: getattr(mpmath, function)(self.at(of, env)))
            case t.Apply("D", of):
                return self.judged[self.point(of, env, "x")]
            case t.Density():
                return self.density(tree, env)
            case t.Normal(at, mean, variance):
                return self.bell(self.at(at, env), self.at(mean, env), self.at(variance, env))
            case t.Expectation(dist, var, body):
                return self.weighed(dist, var, lambda e: self.at(body, e), env)
            case t.Variance(dist, var, body):
                mean = self.weighed(dist, var, lambda e: self.at(body, e), env)
                return self.weighed(dist, var, lambda e: self.at(body, e) ** 2, env) - mean**2
            case t.Divergence(left, right, var):
                return self.weighed(left, var, lambda e: self.log(left, e) - self.log(right, e), env)
            case t.Entropy(of, relative, var):
                return -self.weighed(of, var, lambda e: self.log(relative or of, e), env)
            case t.Integral(body, var, _):
                return self.integral(var, lambda e: self.at(body, e), env)
        raise NoValue

    @staticmethod
    def real(compute: Any) -> mpf:
        try:
            value = compute()
        except (ZeroDivisionError, ValueError, OverflowError):
            raise NoValue from None
        if isinstance(value, mpmath.mpc) or not mpmath.isfinite(value):
            raise NoValue
        return value

    def log(self, tree: t.Node, env: dict[str, Any]) -> mpf:
        return self.real(lambda: mpmath.log(self.at(tree, env)))

    def symbol(self, name: str, env: dict[str, Any]) -> mpf:
        if name in env and not isinstance(env[name], int):
            return env[name]
        if name in ("pi", "e"):
            return +getattr(mpmath, name)
        if name not in self.numbers or self.kind in ("elbo_derivation", "minimax_game"):
            raise NoValue
        return self.numbers[name]

    # ------------------------------------------------------------------ the line

    def bell(self, x: mpf, mu: mpf, variance: mpf) -> mpf:
        return self.real(lambda: mpmath.exp(-((x - mu) ** 2) / (2 * variance)) / mpmath.sqrt(2 * mpmath.pi * variance))

    def weighed(self, weight: t.Node, var: str, body: Any, env: dict[str, Any]) -> mpf:
        if self.kind in ("elbo_derivation", "minimax_game"):
            return self.integral(var, lambda e: self.at(weight, e) * body(e), env)
        if isinstance(weight, t.Density) and weight.args == (t.Symbol(var),):
            mu, sigma = (self.numbers[f"{name}_{'1' if weight.name == 'q' else '2'}"] for name in ("mu", "sigma"))
        elif isinstance(weight, t.Normal) and weight.at == t.Symbol(var):
            mu, sigma = self.at(weight.mean, env), self.real(lambda: mpmath.sqrt(self.at(weight.variance, env)))
        else:
            raise NoValue
        root = mpmath.sqrt(2)
        return mpmath.fsum(w * body({**env, var: mu + root * sigma * x}) for x, w in hermite()) / mpmath.sqrt(mpmath.pi)

    def integral(self, var: str, body: Any, env: dict[str, Any]) -> mpf:
        if self.kind in ("elbo_derivation", "minimax_game"):
            return mpmath.fsum(body({**env, var: index}) for index in range(self.sizes[var]))
        values = []
        for steps in (40, 64):
            width = mpf(24) * max(self.numbers["sigma_1"], self.numbers["sigma_2"]) / steps
            points = [self.numbers["mu_1"] + width * (k - steps) / 2 for k in range(2 * steps + 1)]
            values.append(mpmath.fsum(body({**env, var: x}) for x in points) * width / 2)
        if not abs(values[0] - values[1]) < mpf("1e-9") * (1 + abs(values[0])):
            raise NoValue
        return values[1]

    # ------------------------------------------------------------------ finite spaces

    def point(self, tree: t.Node, env: dict[str, Any], space: str) -> int:
        if isinstance(tree, t.Apply) and tree.function == "G" and space == "x" and self.kind == "minimax_game":
            return self.made[self.point(tree.of, env, "z")]
        if tree == t.Symbol(space) and isinstance(env.get(space), int):
            return env[space]
        if tree == t.Symbol("x") and space == "x" and self.kind == "elbo_derivation":
            return 1
        raise NoValue

    def density(self, tree: t.Density, env: dict[str, Any]) -> mpf:
        if self.kind in ("kl_derivation", "kl_simplified"):
            if len(tree.args) != 1 or tree.given:
                raise NoValue
            index = "1" if tree.name == "q" else "2"
            return self.bell(
                self.at(tree.args[0], env), self.numbers[f"mu_{index}"], self.numbers[f"sigma_{index}"] ** 2
            )
        if self.kind == "minimax_game":
            if len(tree.args) != 1 or tree.given:
                raise NoValue
            space, row = {
                "p_data": ("x", self.data),
                "p_z": ("z", self.prior),
                "p": ("z", self.prior),
                "p_g": ("x", None),
            }[tree.name]
            k = self.point(tree.args[0], env, space)
            return row[k] if row else mpmath.fsum(p for p, made in zip(self.prior, self.made, strict=True) if made == k)
        return self.latent(tree, env)

    def latent(self, tree: t.Density, env: dict[str, Any]) -> mpf:
        head, given = ({arg.name for arg in args if isinstance(arg, t.Symbol)} for args in (tree.args, tree.given))
        x = self.point(t.Symbol("x"), env, "x")
        z = self.point(t.Symbol("z"), env, "z") if "z" in head | given else 0
        joint = [p * row[x] for p, row in zip(self.prior, self.likelihood, strict=True)]
        if tree.name == "q" and head == {"z"} and given <= {"x"}:
            return self.q[x if given else 1][z]
        if tree.name != "p" or len(tree.args) != len(head):
            raise NoValue
        match (sorted(head), sorted(given)):
            case (["z"], []):
                return self.prior[z]
            case (["x"], ["z"]):
                return self.likelihood[z][x]
            case (["x", "z"], []):
                return joint[z]
            case (["x"], []):
                return mpmath.fsum(joint)
            case (["z"], ["x"]):
                return joint[z] / mpmath.fsum(joint)
        raise NoValue

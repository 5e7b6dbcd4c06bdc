"""A second opinion on scalar formulas: sympy, under the declared assumptions, in a process that can be killed.

One helper process is started when it is first needed and kept; it is asked once for each pair of formulas. It
decides nothing: where it agrees with the worlds a finding says "proved", where it cannot tell the worlds stand
alone, and where it contradicts them something of ours is wrong.
"""

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from autograder.maths.judging.verdicts import Verdict
from autograder.maths.language import Domain, Domains
from autograder.maths.tree import Call, Negative, Node, Number, Power, Product, Quotient, Sum, Symbol, symbols, walk
from autograder.model import InternalError

Word = Literal["equal", "different", "unknown"]
MAX_NODES = 150  # of a formula that sympy is asked about
MAX_BITS = 200  # of a number in it
MAX_POWER = 12
STARTING, ANSWERING = 60.0, 10.0  # seconds; the last guard only, sizes are bounded before


def certify(verdict: Verdict, answer: Node, target: Node, domains: Domains) -> Verdict:
    """The verdict with what sympy has to say.

    Raises:
        InternalError: sympy and the worlds disagree.
    """
    if verdict.status not in ("equal", "different"):
        return verdict
    word = certify_trees(answer, target, domains, equal=verdict.status == "equal" and not verdict.notes)
    return replace(verdict, evidence="proved") if word == "equal" and verdict.status == "equal" else verdict


def certify_trees(answer: Node, target: Node, domains: Domains, *, equal: bool) -> Word:
    """What sympy says of two formulas that the worlds found equal or not; "unknown" where it is not asked.

    Raises:
        InternalError: it says the opposite.
    """
    if not (_scalar(answer, domains) and _scalar(target, domains)):
        return "unknown"
    word = _ask(answer, target, tuple(sorted(domains.items())))
    if (word == "equal") != equal and word != "unknown":
        raise InternalError(
            f"Two ways of comparing an answer with the target disagree: by values in random worlds they are "
            f"{'equal' if equal else 'different'}, by computer algebra {word}. A person has to look at this answer."
        )
    return word


def _scalar(tree: Node, domains: Domains) -> bool:
    """Whether a formula has numbers, parameters and arithmetic only, and is small."""
    parts = list(walk(tree))
    allowed = all(
        isinstance(part, Number | Symbol | Negative | Sum | Product | Quotient | Power | Call) for part in parts
    )
    if not allowed or len(parts) > MAX_NODES or not symbols(tree) <= {*domains, "pi", "e"}:
        return False
    numbers = [part.value for part in parts if isinstance(part, Number)]
    powers = [part.exponent for part in parts if isinstance(part, Power)]
    small = all(max(value.numerator.bit_length(), value.denominator.bit_length()) <= MAX_BITS for value in numbers)
    return small and all(_small_power(power) for power in powers)


def _small_power(power: Node) -> bool:
    return (
        _small_power(power.of)
        if isinstance(power, Negative)
        else isinstance(power, Number) and abs(power.value) <= MAX_POWER
    )


@lru_cache(maxsize=4096)
def _ask(answer: Node, target: Node, domains: tuple[tuple[str, Domain], ...]) -> Word:
    known = dict(domains)
    words = {name: domain for name, domain in known.items() if isinstance(domain, str)}
    return _helper().ask({"left": _plain(answer, known), "right": _plain(target, known), "domains": words})


def _plain(tree: Node, domains: dict[str, Domain]) -> list[Any]:
    """A tree as nested lists, for the wire."""
    match tree:
        case Number(value):
            return ["number", str(value.numerator), str(value.denominator)]
        case Symbol(name):
            domain = domains.get(name, "real")
            if isinstance(domain, str):
                return ["symbol", name]
            return ["number", str(Fraction(domain).numerator), str(Fraction(domain).denominator)]
        case Negative(of):
            return ["*", ["number", "-1", "1"], _plain(of, domains)]
        case Sum(terms):
            return ["+", *(_plain(term, domains) for term in terms)]
        case Product(factors):
            return ["*", *(_plain(factor, domains) for factor in factors)]
        case Quotient(top, bottom):
            return ["*", _plain(top, domains), ["^", _plain(bottom, domains), ["number", "-1", "1"]]]
        case Power(base, exponent):
            return ["^", _plain(base, domains), _plain(exponent, domains)]
        case Call(function, of):
            return [function, _plain(of, domains)]
    raise AssertionError(f"not a scalar: {tree}")


class _Helper:
    """The process, and the one that started it (a fork must not share it)."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(Path(__file__).with_name("certifier.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()  # not every system can wait for a pipe
        if self.line(STARTING) != "ready":
            self.stop()

    def ask(self, question: dict[str, Any]) -> Word:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
            word = self.line(ANSWERING)
        except (BrokenPipeError, ValueError):
            word = ""
        if word == "equal":
            return "equal"
        if word == "different":
            return "different"
        if word != "unknown":
            self.stop()
        return "unknown"

    def line(self, seconds: float) -> str:
        """The next line of the process, "" if none comes in time."""
        try:
            return self._lines.get(timeout=seconds)
        except queue.Empty:
            return ""

    def _read(self) -> None:
        assert self.process.stdout is not None
        with suppress(ValueError):  # closed while it was read
            for line in self.process.stdout:
                self._lines.put(line.strip())

    @property
    def alive(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def stop(self) -> None:
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


_running: list[_Helper] = []


def _helper() -> _Helper:
    if _running and not _running[0].alive:
        stop()
    if not _running:
        _running.append(_Helper())
    return _running[0]


@atexit.register
def stop() -> None:
    """Ends the helper process, if there is one."""
    while _running:
        _running.pop().stop()

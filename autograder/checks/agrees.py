"""Agrees with an oracle on every example of a battery."""

import re
from functools import partial

from torch import Tensor

from autograder.checks.kept import recorded
from autograder.checks.readback import explain
from autograder.checks.replay import Replay, describe, nothing, outcomes_of, replay, sentence, show, show_pair
from autograder.checks.single import batch_of_one
from autograder.inputs import Absent, Battery, Evidence, Expected, Verdict, evidence, is_tensor, judge, kind_of, words
from autograder.model import Answer, Call, Check, Detail, Mistake, Outcome, Visibility

_SAID_FIRST = (
    "absent",
    "wrong",
    "broadcasts",
    "differs",
    "infinite",
    "nan",
    "fault",
)  # a wrong shape explains wrong values, not the reverse

_NO_EVIDENCE = ("fault timeout", "fault memory", "fault crash", "fault exit")
_WHERE = re.compile(r" (in cell \d+, line|at line) \d+(?=\.)")

_APART = "its terms apart; their sum is right. Add them, and return one tensor."


def agrees(
    battery: Battery,
    *,
    points: float = 1,
    name: str = "agrees with the reference",
    unit: str = "",
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
) -> Check:
    """Every value equals the oracle's: shape, dtype of its own accord, no NaN, within rounding of the terms added up.

    A wrong value carries evidence, by which a known wrong answer is recognised, and a counterexample: the simplest
    readable input that fails or, where none does, the smallest that Hypothesis finds. A right value that comes back as a
    float or an array is the mistake ``not_a_tensor`` (half of the points are left).
    """

    def run(answer: Answer) -> tuple[Detail, ...]:
        seen = replay(battery, answer)
        if seen.dead:
            raise Mistake(sentence(battery.function, seen.dead), evidence=raised(seen))
        if seen.is_right:
            return seen.notes
        verdicts = [_verdict(o, e) for o, e in zip(seen.outcomes, seen.expected, strict=True)]
        bad = [i for i, verdict in enumerate(verdicts) if verdict not in ("equal", "not a tensor")]
        if bad and _apart(seen):
            raise Mistake(f"{battery.function} returns {_APART}", name="returned_apart", credit=0.0)
        if bad:
            worst = min(bad, key=lambda i: _SAID_FIRST.index(verdicts[i].partition(" ")[0]))
            call, outcome, expected = seen.calls[worst], seen.outcomes[worst], seen.expected[worst]
            empty = nothing(battery, seen)
            message = empty.message if empty else _message(battery, call, outcome, expected, verdicts[worst])
            args = [call.args for call in seen.calls]
            right = [args[i] for i in range(len(args)) if i not in bad]
            mistake = batch_of_one(battery.function, message, [args[i] for i in bad], right) or Mistake(message)
            mistake.evidence = _evidence(seen, verdicts)
            mistake.shrink = lambda: counterexample(battery, answer, call, outcome, unit)
            mistake.read = lambda: empty or explain(battery, answer)
            raise mistake
        if "not a tensor" in verdicts:
            raise Mistake(_no_tensor(battery.function, seen), name="not_a_tensor", credit=0.5)
        return seen.notes

    record = recorded("agrees", battery, points=points, name=name, needs=needs, hint=hint, unit=unit)
    return Check(name, points, run, visibility, needs, hint, record, asks=lambda: (battery.calls,))


def _apart(seen: Replay) -> bool:
    """Whether several tensors come back that would be right if they were added."""
    values = [o.value for o in seen.outcomes]
    if not all(isinstance(v, list | tuple) and len(v) > 1 and all(isinstance(t, Tensor) for t in v) for v in values):
        return False
    alike = all(len({t.shape for t in value}) == 1 for value in values)
    return alike and all(judge(sum(v), e) == "equal" for v, e in zip(values, seen.expected, strict=True))


def counterexample(battery: Battery, answer: Answer, start: Call, first: Outcome, unit: str = "") -> tuple[str, str]:
    """The simplest failing input with both values, as lines of text, and the sentence on them; ``start`` with its outcome where
    no other fails."""
    for rung in battery.rungs:
        outcomes = outcomes_of(battery, answer, rung.calls, partial(battery.forms_of, rung.calls))
        for call, outcome, expected in zip(rung.calls, outcomes, rung.expected, strict=True):
            if _verdict(outcome, expected) != "equal":
                return _shown(battery, call, outcome, expected, unit)
    call = battery.shrink(lambda call: _verdict(_ask(battery, answer, call), battery.expect(call)) != "equal") or start
    outcome, expected = _ask(battery, answer, call), battery.expect(call)
    if _verdict(outcome, expected) == "equal":  # right by now: the answer depends on more than its arguments
        call, outcome, expected = start, first, battery.expect(start)
    return _shown(battery, call, outcome, expected, unit)


def _shown(battery: Battery, call: Call, outcome: Outcome, expected: Expected, unit: str) -> tuple[str, str]:
    message = _message(battery, call, outcome, expected, _verdict(outcome, expected))
    return _lines(battery, call, outcome, expected, unit), message


def _ask(battery: Battery, answer: Answer, call: Call) -> Outcome:
    return outcomes_of(battery, answer, (call,), lambda: battery.forms_of((call,)))[0]


def _verdict(outcome: Outcome, expected: Expected) -> Verdict | str:
    return f"fault {outcome.fault.kind}" if outcome.fault else judge(outcome.value, expected)


def _evidence(seen: Replay, verdicts: list[Verdict | str]) -> Evidence | None:
    read = seen.expected[0].layout is not None  # then what is no such value is evidence in words
    if any((v == "wrong type" and not read) or v in _NO_EVIDENCE for v in verdicts):
        return None
    return evidence(seen.outcomes, seen.expected)


def raised(seen: Replay) -> Evidence | None:
    """What every call raised, as evidence: the same exceptions with the same words on the same inputs."""
    faults = [outcome.fault for outcome in seen.outcomes]
    if not all(fault and fault.kind == "exception" for fault in faults):
        return None
    return Evidence(tuple(_WHERE.sub("", fault.message.partition(" raised ")[2]) for fault in faults if fault))


def _message(battery: Battery, call: Call, outcome: Outcome, expected: Expected, verdict: Verdict | str) -> str:
    said = battery.subject
    if outcome.fault:
        where = describe(call, battery.parameters).replace("\n", "; ")
        return f"{sentence(battery.function, outcome.fault)} It happened for {where}."
    shape, value = tuple(expected.value.shape), outcome.value
    match verdict:
        case "absent":
            return (
                f"{said.removesuffix(' is')} is missing: {kind_of(value)} came back where {battery.around} is expected."
            )
        case "wrong type" if expected.layout:
            return f"{said} {kind_of(value)}; {words(expected.layout)} is expected."
        case "wrong type":
            return f"{said} {show(value)}; a tensor of shape {shape} is expected."
        case "wrong shape" | "broadcasts" if expected.layout:
            return f"{said} {kind_of(value)}; {words(expected.layout)} is expected."
        case "wrong shape" | "broadcasts":
            found = tuple(value.shape) if is_tensor(value) and not isinstance(value, list | tuple) else show(value)
            shapes = ", ".join(str(tuple(getattr(arg, "shape", ()))) for arg in call.args)
            return f"{said} shape {found} for arguments of shapes {shapes}; {shape} is expected."
        case "nan":
            return f"{said} NaN where {show(expected.meant)} is expected."
    found_text, expected_text = show_pair(value, expected.meant)
    return f"{said} {found_text} where {expected_text} is expected."


def _no_tensor(name: str, seen: Replay) -> str:
    value = next(o.value for o in seen.outcomes if not o.fault and not is_tensor(o.value))
    kind = "an array" if hasattr(value, "dtype") else f"a Python {type(value).__name__}"
    return (
        f"{name} returns the right value as {kind}. Return a tensor: torch cannot differentiate through {kind}, "
        "so nothing can be trained with it."
    )


def _lines(battery: Battery, call: Call, outcome: Outcome, expected: Expected, unit: str) -> str:
    unit = f" {unit}" if unit else ""
    if outcome.fault:
        return f"{describe(call, battery.parameters)}\nexpected {show(expected.meant)}{unit}\nfound    {outcome.fault.message}"
    found_text, expected_text = show_pair(outcome.value, expected.meant)
    if isinstance(outcome.value, Absent):
        found_text = kind_of(outcome.value)
    return f"{describe(call, battery.parameters)}\nexpected {expected_text}{unit}\nfound    {found_text}"
